#include "viz/gui/wrapping.h"

#include <cfloat>

namespace viz {

namespace {

struct Character {
  char32_t code = 0;
  std::size_t length = 1;
};

Character decode(std::string_view text, std::size_t at) {
  const unsigned char lead = static_cast<unsigned char>(text[at]);
  std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + length > text.size()) length = 1;
  char32_t code = length == 1 ? lead : lead & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
  return {code, length};
}

bool is_east_asian(char32_t c) { return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xffef); }

/// Marks that may not begin a line (closing brackets, stops, small kana, the long vowel mark).
bool may_begin_line(char32_t c) {
  constexpr std::u32string_view forbidden =
      U"、。，．・：；？！）」』】〕］｝〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.;:!?)]}";
  return forbidden.find(c) == std::u32string_view::npos;
}

bool may_end_line(char32_t c) {
  constexpr std::u32string_view forbidden = U"（「『【〔［｛〈《([{";
  return forbidden.find(c) == std::u32string_view::npos;
}

float advance_of(const ImFont& font, char32_t code) {
  return font.GetCharAdvance(static_cast<ImWchar>(code <= 0xffff ? code : 0xfffd));
}

}  // namespace

float width_of(const ImFont& font, std::string_view line) {
  float width = 0;
  for (std::size_t at = 0; at < line.size();) {
    const Character character = decode(line, at);
    width += advance_of(font, character.code);
    at += character.length;
  }
  return width;
}

std::vector<std::string_view> wrap_lines(const ImFont& font, std::string_view text, float width) {
  std::vector<std::string_view> lines;
  std::size_t begin = 0;      // Of the line.
  std::size_t break_at = 0;   // The last place at which it may end.
  std::size_t resume_at = 0;  // Where the next line begins, if it ends there.
  float x = 0;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = decode(text, at);
    if (c.code == U'\n') {
      lines.push_back(text.substr(begin, at - begin));
      begin = break_at = resume_at = at + 1;
      x = 0;
      before = 0;
      at += 1;
      continue;
    }
    if (c.code == U' ') {
      break_at = at;
      resume_at = at + 1;
    } else if (before != 0 && before != U' ' && (is_east_asian(c.code) || is_east_asian(before)) &&
               may_begin_line(c.code) && may_end_line(before)) {
      break_at = resume_at = at;
    }
    const float advance = advance_of(font, c.code);
    if (x + advance > width && at > begin && c.code != U' ') {
      if (break_at <= begin) break_at = resume_at = at;
      lines.push_back(text.substr(begin, break_at - begin));
      begin = break_at = resume_at;
      x = width_of(font, text.substr(begin, at - begin));
    }
    x += advance;
    before = c.code;
    at += c.length;
  }
  if (begin < text.size() || lines.empty()) lines.push_back(text.substr(begin));
  return lines;
}

std::string fitted(const ImFont& font, std::string_view line, float width) {
  if (width_of(font, line) <= width) return std::string(line);
  const float room = width - width_of(font, "…");
  float x = 0;
  std::size_t at = 0;
  while (at < line.size()) {
    const Character c = decode(line, at);
    const float advance = advance_of(font, c.code);
    if (x + advance > room) break;
    x += advance;
    at += c.length;
  }
  if (at == 0) return {};
  return std::string(line.substr(0, at)) + "…";
}

}  // namespace viz
