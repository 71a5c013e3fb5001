#include "viz/gui/fonts.h"

#include <array>
#include <cmath>
#include <filesystem>
#include <span>
#include <string>

namespace viz {

namespace {

struct FontFile {
  const char* path;
  int face = 0;  ///< Within a collection (.ttc).
};

struct Family {
  FontFile regular;
  FontFile strong;
};

constexpr std::array<Family, 7> latin = {{
    {{"/usr/share/fonts/opentype/inter/Inter-Regular.otf"}, {"/usr/share/fonts/opentype/inter/Inter-SemiBold.otf"}},
    {{"/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf"},
     {"/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-Bold.ttf"}},
    {{"/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"}, {"/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"}},
    {{"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"}, {"/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"}},
    {{"/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"},
     {"/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"}},
    {{"/usr/share/fonts/TTF/DejaVuSans.ttf"}, {"/usr/share/fonts/TTF/DejaVuSans-Bold.ttf"}},
    {{"/System/Library/Fonts/Supplemental/Arial.ttf"}, {"/System/Library/Fonts/Supplemental/Arial Bold.ttf"}},
}};

constexpr std::array<Family, 8> japanese = {{
    {{"/usr/share/fonts/opentype/mplus/Mplus1-Regular.otf"}, {"/usr/share/fonts/opentype/mplus/Mplus1-SemiBold.otf"}},
    {{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"},
     {"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"}},
    {{"/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf"},
     {"/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf"}},
    {{"/usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf"}, {"/usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf"}},
    {{"/usr/share/fonts/truetype/vlgothic/VL-PGothic-Regular.ttf"},
     {"/usr/share/fonts/truetype/vlgothic/VL-PGothic-Regular.ttf"}},
    {{"/usr/share/fonts/truetype/fonts-japanese-gothic.ttf"}, {"/usr/share/fonts/truetype/fonts-japanese-gothic.ttf"}},
    {{"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"},
     {"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"}},
    {{"/System/Library/Fonts/Hiragino Sans GB.ttc"}, {"/System/Library/Fonts/Hiragino Sans GB.ttc"}},
}};

constexpr std::array<FontFile, 5> monospaced = {{
    {"/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf"},
    {"/usr/share/fonts/truetype/noto/NotoSansMono-Regular.ttf"},
    {"/usr/share/fonts/truetype/noto/NotoMono-Regular.ttf"},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"},
    {"/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"},
}};

constexpr std::array<FontFile, 3> symbols = {{
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"},
    {"/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf"},
    {"/usr/share/fonts/TTF/DejaVuSans.ttf"},
}};

bool exists(const FontFile& file) {
  std::error_code ignored;
  return std::filesystem::exists(file.path, ignored);
}

const Family* find(std::span<const Family> families) {
  for (const Family& family : families) {
    if (exists(family.regular) && exists(family.strong)) return &family;
  }
  return nullptr;
}

const FontFile* find(std::span<const FontFile> files) {
  for (const FontFile& file : files) {
    if (exists(file)) return &file;
  }
  return nullptr;
}

/// Adds one font: `first`, and behind it, for the characters that it lacks, the others.
class Composer {
 public:
  Composer(const std::vector<ImWchar>& ranges) : ranges_(ranges) {}

  ImFont* compose(const FontFile* first, const FontFile* second, const FontFile* third, float pixels) {
    ImFont* font = nullptr;
    for (const FontFile* file : {first, second, third}) {
      if (file == nullptr) continue;
      ImFontConfig config;
      config.MergeMode = font != nullptr;
      config.FontNo = file->face;
      config.OversampleH = file == first ? 2 : 1;
      config.OversampleV = 1;
      ImFont* added = ImGui::GetIO().Fonts->AddFontFromFileTTF(file->path, pixels, &config, ranges_.data());
      if (font == nullptr) font = added;
    }
    if (font != nullptr) return font;
    ImFontConfig config;
    config.SizePixels = pixels;
    return ImGui::GetIO().Fonts->AddFontDefault(&config);
  }

 private:
  const std::vector<ImWchar>& ranges_;
};

}  // namespace

Glyphs::Glyphs() : wanted_(0x10000, false) {
  for (std::size_t c = 0x20; c < 0x100; ++c) wanted_[c] = true;
  // U+FFFD is drawn for characters that no font has.
  add("−→←↑↓↔⇄✓✗⚠▶◀■●○◆…—–·×÷≤≥≠⊕√∞\xEF\xBF\xBD");
}

void Glyphs::add(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    const unsigned char lead = static_cast<unsigned char>(utf8[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (at + length > utf8.size()) return;
    std::uint32_t code = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) code = code << 6 | (static_cast<unsigned char>(utf8[at + i]) & 0x3fU);
    if (code >= 0x20 && code < wanted_.size()) wanted_[code] = true;
    at += length;
  }
}

std::vector<ImWchar> Glyphs::ranges() const {
  std::vector<ImWchar> result;
  for (std::size_t c = 1; c < wanted_.size(); ++c) {
    if (!wanted_[c]) continue;
    const std::size_t first = c;
    while (c + 1 < wanted_.size() && wanted_[c + 1]) ++c;
    result.push_back(static_cast<ImWchar>(first));
    result.push_back(static_cast<ImWchar>(c));
  }
  result.push_back(0);
  return result;
}

Fonts build_fonts(const Glyphs& glyphs, float em) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.TexDesiredWidth = 2048;
  const std::vector<ImWchar> ranges = glyphs.ranges();
  const Family* text = find(latin);
  const Family* kana = find(japanese);
  const FontFile* mono = find(monospaced);
  const FontFile* signs = find(symbols);
  const FontFile* regular = text != nullptr ? &text->regular : nullptr;
  const FontFile* strong = text != nullptr ? &text->strong : nullptr;
  const FontFile* kana_regular = kana != nullptr ? &kana->regular : nullptr;
  const FontFile* kana_strong = kana != nullptr ? &kana->strong : nullptr;

  Composer composer(ranges);
  Fonts fonts;
  fonts.em = em;
  fonts.has_japanese = kana != nullptr;
  fonts.body = composer.compose(regular, kana_regular, signs, em);
  fonts.strong = composer.compose(strong, kana_strong, signs, em);
  fonts.title = composer.compose(strong, kana_strong, signs, std::round(em * 1.3F));
  fonts.small = composer.compose(regular, kana_regular, signs, std::round(em * 0.85F));
  fonts.mono = composer.compose(mono, kana_regular, signs, std::round(em * 0.92F));
  atlas.Build();
  // The files' octets are not needed any more: tens of megabytes with a large Japanese font.
  atlas.ClearInputData();
  return fonts;
}

}  // namespace viz
