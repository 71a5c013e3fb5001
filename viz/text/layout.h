#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Plain text in columns, for terminals and files: East Asian wide characters take two columns.
namespace viz {

/// One character of UTF-8 text and the columns it takes (0, 1 or 2). Octets that are no UTF-8 count as one each.
struct Glyph {
  std::string_view octets;
  char32_t code = 0;
  unsigned columns = 1;
};

/// The characters of a text, in order; views of `text`.
std::vector<Glyph> glyphs_of(std::string_view text);

/// Columns that a line of text takes.
std::size_t display_width(std::string_view text);

/// The text with blanks behind it, `columns` wide or wider.
std::string padded(std::string_view text, std::size_t columns);

/// Breaks a text into lines of at most `width` columns: at blanks, between wide characters (but never before closing
/// punctuation or behind an opening bracket), within a word only where it alone is too long. Line ends in the text are
/// kept.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// As wrapped(), with `first` before the first line and as many blanks before the others.
std::vector<std::string> wrapped_behind(std::string_view first, std::string_view text, std::size_t width);

/// Rows of cells as aligned lines of at most `width` columns, a rule below the first row; cells of the widest column
/// are broken where needed.
std::vector<std::string> table_lines(const std::vector<std::vector<std::string>>& rows, std::size_t width);

}  // namespace viz
