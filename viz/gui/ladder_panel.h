#pragma once

#include <cstdint>

#include "viz/gui/ui.h"
#include "viz/model/ladder.h"

namespace viz {

/// The sequence diagram: lifelines, arrows with names and payloads, brackets around exchanges. Draws the rows in view
/// alone, so that a trace of any length scrolls smoothly.
class LadderPanel {
 public:
  void draw(Ui& ui);

 private:
  /// Where things stand in this frame, in pixels.
  struct Geometry {
    float row = 0;   ///< Height of a row.
    float left = 0;  ///< Of the whole.
    float right = 0;
    float time = 0;        ///< Width of the column of times.
    float lane = 0;        ///< Width of one lane of brackets.
    float lines_left = 0;  ///< First lifeline.
    float lines_right = 0;
    float top = 0;  ///< Of row 0; above the window when scrolled.
    float width_of_column = 0;
  };

  void draw_filters(Ui& ui);
  void draw_heads(const Ui& ui, const Ladder& ladder, const Geometry& geometry) const;
  /// Returns the geometry of the rows, which have a scroll bar beside them.
  Geometry draw_rows(Ui& ui, const Ladder& ladder, float height);
  void draw_row(Ui& ui, const Ladder& ladder, const Geometry& geometry, Index row);
  void draw_note(const Ui& ui, const Ladder& ladder, const Geometry& geometry, const LadderNote& note, float y,
                 float ink) const;
  void draw_fold(Ui& ui, const Geometry& geometry, const Fold& fold, float y, float ink);
  void draw_brackets(const Ui& ui, const Ladder& ladder, const Geometry& geometry, Index first, Index last) const;
  void handle_keys(Ui& ui, const Ladder& ladder, float visible_rows);
  void toggle_fold(Ui& ui, const Fold& fold);
  Geometry measure(const Ui& ui, const Ladder& ladder) const;

  std::uint64_t seen_moves_ = ~std::uint64_t{0};
};

}  // namespace viz
