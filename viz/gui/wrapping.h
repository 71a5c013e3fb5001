#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

namespace viz {

/// Breaks a text into lines of at most `width` pixels: at blanks, and between Japanese characters, but not before
/// closing marks or after opening ones. Line feeds break always. The views point into `text`.
std::vector<std::string_view> wrap_lines(const ImFont& font, std::string_view text, float width);

/// Pixels of a line.
float width_of(const ImFont& font, std::string_view line);

/// The line itself, or as much of it as fits with "…" behind.
std::string fitted(const ImFont& font, std::string_view line, float width);

}  // namespace viz
