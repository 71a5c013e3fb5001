#pragma once

#include <string_view>

#include "viz/gui/icons.h"
#include "viz/gui/ui.h"

namespace viz {

/// The window's own controls and pieces of text, in its own look. Sizes are in font units; ids are Dear ImGui's.

enum class ButtonKind : unsigned char { plain, primary, quiet };

struct ButtonLook {
  std::string_view label = {};
  Icon icon = Icon::none;
  ButtonKind kind = ButtonKind::plain;
  bool on = false;  ///< A toggle that is on: filled, with a mark.
  bool enabled = true;
  std::string_view tooltip = {};  ///< Shown with `key` when the pointer rests on it.
  std::string_view key = {};
  float width = 0;  ///< Pixels; 0: as wide as the label.
};

/// Pixels that a button with this look takes.
ImVec2 button_size(const Ui& ui, const ButtonLook& look);

/// Returns whether it was clicked.
bool button(const Ui& ui, const char* id, const ButtonLook& look);

/// One word on a rounded plate, with an outline and an icon or a dot as its second signal.
void badge(const Ui& ui, std::string_view label, ImU32 color, Icon icon = Icon::none);

/// A paragraph wrapped to the width that is left.
void paragraph(const Ui& ui, std::string_view text, ImU32 color);
void paragraph(const Ui& ui, const ImFont& font, std::string_view text, ImU32 color);

/// One line, cut with "…" where it is too long (the whole then in a tooltip).
void line(const Ui& ui, const ImFont& font, std::string_view text, ImU32 color, float width = 0);

/// A small label above what it names.
void label(const Ui& ui, std::string_view text);

/// Says in the middle of an empty panel what will stand there.
void empty_message(const Ui& ui, Icon icon, std::string_view text);

/// A row of an aligned list: label at the left, value from `column` pixels on, wrapped.
void property(const Ui& ui, std::string_view name, std::string_view value, float column, const ImFont* font = nullptr);

/// Draws text without advancing the layout.
void draw_text(ImDrawList& list, const ImFont& font, ImVec2 at, ImU32 color, std::string_view text);

/// A box around a group of items; what is drawn between begin and end lies on it.
class Card {
 public:
  /// `color` marks its left edge.
  Card(const Ui& ui, ImU32 color);
  ~Card();
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;

 private:
  const Ui& ui_;
  ImU32 color_;
  ImVec2 start_;
  float width_;
};

}  // namespace viz
