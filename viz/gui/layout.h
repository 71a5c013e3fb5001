#pragma once

#include <array>

#include "viz/gui/ui.h"

namespace viz {

/// A rectangle in pixels.
struct Area {
  ImVec2 at;
  ImVec2 size;
};

/// How the panels share the window. The shares are moved by dragging the gaps between the panels, or with Alt and the
/// arrow keys.
class Layout {
 public:
  /// One area a panel; the right-hand panels (inspector, negotiation, keys, state) share one and show one at a time.
  struct Places {
    Area topology;
    Area story;
    Area ladder;
    Area right;
    bool single = false;  ///< The window is too small for its text (or one panel is enlarged): one panel at a time.
  };

  /// Divides `whole` and handles the gaps. `single`: one panel takes all.
  Places arrange(const Ui& ui, Area whole, bool single);

  /// Moves the gap beside the panel with the focus.
  void nudge(PanelId focus, Action action);

 private:
  float left_ = 0.55F;      ///< Share of the left column in the width.
  float top_ = 0.46F;       ///< Share of topology and story in the left column's height.
  float topology_ = 0.48F;  ///< Share of the topology in that row's width.
};

/// Below this width or height, in font units, only one panel is shown at a time.
constexpr float least_width = 66;
constexpr float least_height = 34;

/// Begins a panel: plate, border (thicker with the focus), title with its key. Returns whether its inside is visible;
/// end_panel() must be called in any case.
bool begin_panel(Ui& ui, PanelId panel, const Area& area, std::string_view title);
void end_panel();

/// The same with a row of tabs for a title; returns the panel whose tab was clicked.
std::optional<PanelId> begin_tabbed_panel(Ui& ui, std::span<const PanelId> panels, PanelId shown, const Area& area);

/// Catalogue id of a panel's title.
std::string_view title_id(PanelId panel);

}  // namespace viz
