#pragma once

#include "viz/gui/layout.h"
#include "viz/gui/ui.h"

namespace viz {

/// Buttons to step and play, and the time line with phases and marks.
class TransportPanel {
 public:
  void draw(Ui& ui, const Area& area);

  /// Pixels that it needs.
  static float height(const Ui& ui);

 private:
  void draw_buttons(Ui& ui, const Area& area);
  void draw_timeline(Ui& ui, const Area& area);
  void draw_spans(const Ui& ui, const Area& lanes);
  void draw_marks(Ui& ui, const Area& lanes);
  void draw_axis(const Ui& ui, const Area& lanes);
  bool dragging_ = false;
};

}  // namespace viz
