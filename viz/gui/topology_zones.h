#pragma once

#include <vector>

#include "viz/gui/layout.h"
#include "viz/gui/ui.h"

namespace viz {

/// Draws the zones ("Data center", "Internet", "AWS") as plates behind the nodes. `places`: of the nodes, on the
/// screen; `board`: the room that the zones share.
void draw_zones(const Ui& ui, ImDrawList& list, const std::vector<ImVec2>& places, const Area& board);

}  // namespace viz
