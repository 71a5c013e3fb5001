#pragma once

#include <string>

#include "viz/gui/icons.h"
#include "viz/gui/ui.h"
#include "viz/model/ladder.h"

namespace viz {

/// Where the lifelines stand, in pixels.
struct ArrowSpace {
  float left = 0;  ///< Labels stay between these.
  float right = 0;
  float first_lifeline = 0;
  float column = 0;  ///< From one lifeline to the next.
  float row = 0;     ///< Height of the row.
  ImU32 ground = 0;  ///< Color behind the row.
};

/// Draws one arrow with its label into the row that begins at `y`. `ink`: 1, or less for what lies in the future.
void draw_ladder_arrow(const Ui& ui, const ArrowSpace& space, const Arrow& arrow, float y, float ink);

/// A note in words, with its signs.
struct LadderNoteText {
  std::string text;
  Icon icon = Icon::none;
  ImU32 color = 0;
};
LadderNoteText ladder_note_text(const Ui& ui, const LadderNote& note);

/// "12 rounds of DPD, 3 pings".
std::string fold_text(const Ui& ui, const Fold& fold);

}  // namespace viz
