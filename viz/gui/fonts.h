#pragma once

#include <imgui.h>

#include <string_view>
#include <vector>

namespace viz {

/// The fonts of the window, all in one atlas of one text scale.
struct Fonts {
  ImFont* body = nullptr;
  ImFont* strong = nullptr;
  ImFont* title = nullptr;  ///< Strong, 1.3 times as large.
  ImFont* small = nullptr;  ///< 0.85 times as large.
  ImFont* mono = nullptr;   ///< For octets and commands; 0.92 times as large.
  float em = 17;            ///< Pixels of the body text; all sizes are told in it.
  bool has_japanese = false;
};

/// The characters that the window must be able to draw: printable ASCII and Latin-1, the window's own symbols, and
/// those of all texts added.
class Glyphs {
 public:
  Glyphs();
  void add(std::string_view utf8);
  /// In pairs first, last, as Dear ImGui wants them, with a zero at the end.
  std::vector<ImWchar> ranges() const;

 private:
  std::vector<bool> wanted_;
};

/// Finds fonts on the system by a list of known places, and builds the atlas of Dear ImGui's current context with `em`
/// pixels for body text. A text in Japanese falls back to a symbol when no Japanese font is installed; with no font at
/// all, Dear ImGui's own stands in.
Fonts build_fonts(const Glyphs& glyphs, float em);

}  // namespace viz
