// What holds for every text: it is there in both languages, says the same of the same things, and is set properly.

#include <algorithm>
#include <set>

#include "tests/catch.h"
#include "viz/text/catalogue.h"
#include "viz/text/layout.h"

namespace {

bool is_japanese(char32_t code) { return (code >= 0x3041 && code <= 0x30ff) || (code >= 0x4e00 && code <= 0x9fff); }

bool has_japanese(std::string_view text) {
  const std::vector<viz::Glyph> glyphs = viz::glyphs_of(text);
  return std::any_of(glyphs.begin(), glyphs.end(), [](const viz::Glyph& glyph) { return is_japanese(glyph.code); });
}

/// A sentence of an explanation, as opposed to a name.
bool is_sentence(std::string_view text) { return text.size() > 2 && text.back() == '.'; }

/// The window's own words are set by other rules: its language switch names each language in that language.
bool is_of_the_window(const viz::CatalogueEntry& entry) { return entry.id.rfind("interface.", 0) == 0; }

std::multiset<std::string> parts_of(std::string_view text) {
  const std::vector<std::string> parts = viz::named_parts(text);
  return {parts.begin(), parts.end()};
}

}  // namespace

TEST_CASE("every text is there in both languages and differs from its id") {
  for (const viz::CatalogueEntry& entry : viz::all_texts()) {
    INFO(entry.id);
    CHECK_FALSE(entry.en.empty());
    CHECK_FALSE(entry.ja.empty());
    CHECK(entry.en != entry.id);
    CHECK(entry.ja != entry.id);
  }
}

TEST_CASE("both languages have the same named parts") {
  for (const viz::CatalogueEntry& entry : viz::all_texts()) {
    const std::multiset<std::string> en = parts_of(entry.en);
    const std::multiset<std::string> ja = parts_of(entry.ja);
    INFO(entry.id);
    CHECK(std::set<std::string>(en.begin(), en.end()) == std::set<std::string>(ja.begin(), ja.end()));
  }
}

TEST_CASE("English sentences are Japanese sentences, and Japanese") {
  for (const viz::CatalogueEntry& entry : viz::all_texts()) {
    if (!is_sentence(entry.en) || is_of_the_window(entry)) continue;
    INFO(entry.id);
    CHECK(has_japanese(entry.ja));
    const std::string_view full_stop = "。";
    const bool ends_well =
        entry.ja.size() >= full_stop.size() && entry.ja.substr(entry.ja.size() - full_stop.size()) == full_stop;
    CHECK(ends_well);
  }
}

TEST_CASE("English texts hold no Japanese") {
  for (const viz::CatalogueEntry& entry : viz::all_texts()) {
    if (is_of_the_window(entry)) continue;
    INFO(entry.id);
    CHECK_FALSE(has_japanese(entry.en));
  }
}

TEST_CASE("punctuation of the two languages is not mixed") {
  for (const viz::CatalogueEntry& entry : viz::all_texts()) {
    INFO(entry.id << ": " << entry.ja);
    for (const char* wrong : {"。.", "。。", "、、", ",、", "、,", "．", " 。", " 、", "。 ", "、 ", "!。"}) {
      CHECK(entry.ja.find(wrong) == std::string_view::npos);
    }
    for (const char* wrong : {"  ", " .", " ,", "..", ",,"}) {
      const bool is_ellipsis = std::string_view(wrong) == ".." && entry.en.find("...") != std::string_view::npos;
      CHECK((is_ellipsis || entry.en.find(wrong) == std::string_view::npos));
    }
  }
}

TEST_CASE("a Japanese character is not followed by an ASCII full stop, comma, colon or bracket") {
  for (const viz::CatalogueEntry& entry : viz::all_texts()) {
    if (is_of_the_window(entry)) continue;
    const std::vector<viz::Glyph> glyphs = viz::glyphs_of(entry.ja);
    INFO(entry.id << ": " << entry.ja);
    for (std::size_t i = 1; i < glyphs.size(); ++i) {
      const char32_t code = glyphs[i].code;
      const bool is_ascii_mark =
          code == U',' || code == U':' || code == U';' || code == U'(' || code == U'!' || code == U'?';
      CHECK_FALSE(
          (is_japanese(glyphs[i - 1].code) && is_ascii_mark && entry.ja.find("prf(") == std::string_view::npos));
    }
  }
}
