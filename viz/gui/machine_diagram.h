#pragma once

#include "viz/gui/ui.h"
#include "viz/model/state_machine_layout.h"
#include "viz/model/state_view.h"

namespace viz {

/// Draws a state machine from the engine's own transition table into a child window of `size`: the present state
/// marked, the way taken so far thick.
void draw_machine(const Ui& ui, const MachineView& view, ImVec2 size);

}  // namespace viz
