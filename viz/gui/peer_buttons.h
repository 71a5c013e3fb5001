#pragma once

#include "viz/gui/ui.h"

namespace viz {

/// A row of buttons, one a gateway of the trace, to choose whose keys and states are shown; it wraps where it is
/// narrow.
void draw_peer_buttons(Ui& ui);

}  // namespace viz
