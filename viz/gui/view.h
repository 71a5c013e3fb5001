#pragma once

#include <optional>
#include <string>

#include "viz/text/catalogue.h"

namespace viz {

/// The look of the window.
enum class ThemeName : unsigned char { dark, light };

/// The panels, in the order of the keys that focus them.
enum class PanelId : unsigned char { topology, story, ladder, inspector, negotiation, keys, state, transport };

/// What `tunnelwalk view` was told on its command line.
struct ViewOptions {
  std::string source;              ///< Path of a scenario or a trace, or id of the library; empty: the article's.
  std::string scenario_directory;  ///< Where the library lies; shown by the scenario picker.
  std::optional<int> step;         ///< Index of the first step shown; clamped. None: the first message.
  std::string screenshot;          ///< PNG to write without user action, then leave; empty: run the window.
  int width = 1600;                ///< Pixels.
  int height = 1000;
  Language language = Language::en;
  ThemeName theme = ThemeName::dark;
  int text_scale = 100;             ///< Percent, 100 to 300.
  PanelId panel = PanelId::ladder;  ///< That has the focus at the start; a tab comes to the front.
  bool eavesdropper = false;
  bool reduce_motion = false;
  bool help = false;       ///< Opens with the help overlay.
  std::string state_file;  ///< For tests: the state as JSON, written anew after each change; empty: none.
};

/// The panel of an id ("ladder", "inspector", ...); none if there is no such panel.
std::optional<PanelId> panel_from_id(const std::string& id);

/// Opens the visualizer and returns when its window is closed (or the screenshot is written). Messages go to standard
/// error. Returns the exit status: 0, or 2 where the source cannot be read or no display can be opened.
int view(const ViewOptions& options);

/// Whether a window can be opened here (DISPLAY or WAYLAND_DISPLAY is set).
bool has_display();

}  // namespace viz
