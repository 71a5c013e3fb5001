#include "viz/text/layout.h"

#include <algorithm>
#include <array>

namespace viz {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

/// Wide and fullwidth characters of Unicode's EastAsianWidth, as far as text in these languages has them.
constexpr std::array wide_ranges = {
    Range{0x1100, 0x115f},   Range{0x2e80, 0x303e},   Range{0x3041, 0x33ff}, Range{0x3400, 0x4dbf},
    Range{0x4e00, 0x9fff},   Range{0xa000, 0xa4cf},   Range{0xac00, 0xd7a3}, Range{0xf900, 0xfaff},
    Range{0xfe30, 0xfe6f},   Range{0xff00, 0xff60},   Range{0xffe0, 0xffe6}, Range{0x1f300, 0x1f64f},
    Range{0x1f900, 0x1f9ff}, Range{0x20000, 0x3fffd},
};

/// Characters that may not begin a line, and such that may not end one.
constexpr std::u32string_view no_line_start =
    U"、。，．：；！？）」』】〉》〕］｝・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ),.:;!?]}";
constexpr std::u32string_view no_line_end = U"（「『【〈《〔［｛([{";

unsigned columns_of(char32_t code) {
  if (code < 0x20 || (code >= 0x300 && code <= 0x36f) || code == 0x200b) return 0;
  const auto holds = [&](const Range& range) { return code >= range.first && code <= range.last; };
  return std::any_of(wide_ranges.begin(), wide_ranges.end(), holds) ? 2 : 1;
}

/// Octets of the character that begins at `text[at]`; 1 where it is no UTF-8.
std::size_t length_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  if (at + length > text.size()) return 1;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[at + i]) & 0xc0) != 0x80) return 1;
  }
  return length;
}

char32_t decode(std::string_view octets) {
  const auto lead = static_cast<unsigned char>(octets[0]);
  if (octets.size() == 1) return lead;
  char32_t code = lead & (0xffU >> (octets.size() + 1));
  for (std::size_t i = 1; i < octets.size(); ++i) code = (code << 6) | (static_cast<unsigned char>(octets[i]) & 0x3fU);
  return code;
}

bool contains(std::u32string_view set, char32_t code) { return set.find(code) != std::u32string_view::npos; }

/// Whether a line may be broken between two characters that stand side by side.
bool may_break(const Glyph& before, const Glyph& after) {
  if (before.code == U' ') return after.code != U' ';
  if (after.code == U' ') return false;
  if (contains(no_line_start, after.code) || contains(no_line_end, before.code)) return false;
  return before.columns == 2 || after.columns == 2;
}

void trim_end(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

/// Puts unbreakable pieces into lines.
class LineFiller {
 public:
  LineFiller(std::size_t width, std::vector<std::string>& lines) : width_(width), lines_(lines) {}

  void add(const std::vector<Glyph>& piece) {
    std::size_t needed = 0;
    std::size_t trailing = 0;
    for (const Glyph& glyph : piece) {
      needed += glyph.columns;
      trailing = glyph.code == U' ' ? trailing + 1 : 0;
    }
    if (used_ > 0 && used_ + needed - trailing > width_) end_line();
    for (const Glyph& glyph : piece) {
      if (used_ > 0 && used_ + glyph.columns > width_) {
        if (glyph.code == U' ') continue;
        end_line();
      }
      line_ += glyph.octets;
      used_ += glyph.columns;
    }
  }

  void end_line() {
    trim_end(line_);
    lines_.push_back(std::move(line_));
    line_.clear();
    used_ = 0;
  }

 private:
  std::size_t width_;
  std::vector<std::string>& lines_;
  std::string line_;
  std::size_t used_ = 0;
};

void wrap_paragraph(std::string_view text, std::size_t width, std::vector<std::string>& lines) {
  LineFiller filler(width, lines);
  std::vector<Glyph> piece;
  for (const Glyph& glyph : glyphs_of(text)) {
    if (!piece.empty() && may_break(piece.back(), glyph)) {
      filler.add(piece);
      piece.clear();
    }
    piece.push_back(glyph);
  }
  filler.add(piece);
  filler.end_line();
}

/// Widths of a table's columns: as wide as their cells, the widest one narrowed until the whole fits.
std::vector<std::size_t> column_widths(const std::vector<std::vector<std::string>>& rows, std::size_t width,
                                       std::size_t gap) {
  std::vector<std::size_t> widths;
  for (const std::vector<std::string>& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::size_t total = gap * (widths.empty() ? 0 : widths.size() - 1);
  for (const std::size_t column : widths) total += column;
  constexpr std::size_t least = 8;
  while (total > width) {
    std::size_t& widest = *std::max_element(widths.begin(), widths.end());
    if (widest <= least) break;
    --widest;
    --total;
  }
  return widths;
}

}  // namespace

std::vector<Glyph> glyphs_of(std::string_view text) {
  std::vector<Glyph> glyphs;
  for (std::size_t at = 0; at < text.size();) {
    Glyph glyph;
    glyph.octets = text.substr(at, length_at(text, at));
    glyph.code = decode(glyph.octets);
    glyph.columns = columns_of(glyph.code);
    at += glyph.octets.size();
    glyphs.push_back(glyph);
  }
  return glyphs;
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  for (const Glyph& glyph : glyphs_of(text)) columns += glyph.columns;
  return columns;
}

std::string padded(std::string_view text, std::size_t columns) {
  std::string result(text);
  const std::size_t width = display_width(text);
  if (width < columns) result.append(columns - width, ' ');
  return result;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    wrap_paragraph(text.substr(at, end - at), width, lines);
    at = end + 1;
  }
  return lines;
}

std::vector<std::string> wrapped_behind(std::string_view first, std::string_view text, std::size_t width) {
  const std::size_t indent = display_width(first);
  std::vector<std::string> lines = wrapped(text, width > indent + 8 ? width - indent : 8);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i] = (i == 0 ? std::string(first) : std::string(indent, ' ')) + lines[i];
    trim_end(lines[i]);
  }
  return lines;
}

std::vector<std::string> table_lines(const std::vector<std::vector<std::string>>& rows, std::size_t width) {
  constexpr std::size_t gap = 2;
  const std::vector<std::size_t> widths = column_widths(rows, width, gap);
  std::vector<std::string> lines;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      cells.push_back(wrapped(rows[r][i], widths[i]));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      std::string built;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) built.append(gap, ' ');
        built += padded(line < cells[i].size() ? cells[i][line] : std::string(), widths[i]);
      }
      trim_end(built);
      lines.push_back(std::move(built));
    }
    if (r > 0) continue;
    std::string rule;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (i > 0) rule.append(gap, ' ');
      rule.append(widths[i], '-');
    }
    lines.push_back(std::move(rule));
  }
  return lines;
}

}  // namespace viz
