#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"
#include "viz/gui/fonts.h"
#include "viz/gui/keyboard.h"
#include "viz/gui/session.h"
#include "viz/gui/theme.h"
#include "viz/gui/wrapping.h"

namespace {

/// A font without a window, an OpenGL context or a file.
class Font {
 public:
  Font() {
    font_ = atlas_.AddFontDefault();
    atlas_.Build();
  }
  const ImFont& get() const { return *font_; }

 private:
  ImFontAtlas atlas_;
  ImFont* font_ = nullptr;
};

/// WCAG 2.1: relative luminance.
double luminance(ImU32 color) {
  const auto channel = [&](int shift) {
    const double value = ((color >> shift) & 0xff) / 255.0;
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(IM_COL32_R_SHIFT) + 0.7152 * channel(IM_COL32_G_SHIFT) + 0.0722 * channel(IM_COL32_B_SHIFT);
}

double contrast(ImU32 a, ImU32 b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

std::unique_ptr<viz::Document> document() { return std::make_unique<viz::Document>(tests::synthetic_trace()); }

}  // namespace

TEST_CASE("no key asks for two things") {
  std::set<std::tuple<int, int, char32_t>> seen;
  for (const viz::Binding& binding : viz::all_bindings()) {
    INFO(binding.text);
    CHECK(seen.insert({binding.key, binding.modifiers, binding.character}).second);
    CHECK((binding.key != 0) != (binding.character != 0));
  }
}

TEST_CASE("every action has a key that is shown, with a text in both languages") {
  std::set<viz::Action> shown;
  for (const viz::Binding& binding : viz::all_bindings()) {
    INFO(binding.text);
    CHECK(viz::has_text(binding.text));
    CHECK_FALSE(viz::text(binding.text, viz::Language::ja).empty());
    if (!binding.shown.empty()) shown.insert(binding.action);
  }
  CHECK(shown.size() == static_cast<std::size_t>(viz::Action::quit) + 1);
}

TEST_CASE("a key press is found by key and modifiers, or by the character typed") {
  const auto right = std::find_if(viz::all_bindings().begin(), viz::all_bindings().end(),
                                  [](const viz::Binding& b) { return b.action == viz::Action::next_message; });
  CHECK(viz::action_for({right->key, 0, 0}) == viz::Action::next_message);
  CHECK(viz::action_for({0, 0, U'?'}) == viz::Action::help);
  CHECK(viz::action_for({0, 0, U'B'}) == viz::Action::previous_beat);
  CHECK_FALSE(viz::action_for({0, 0, U'~'}).has_value());
}

TEST_CASE("every text that the window names is in the catalogue") {
  const std::regex id("\"(interface\\.[a-z0-9.-]*[a-z0-9])\"");
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TUNNELWALK_SOURCE_DIR "/viz/gui")) {
    std::ifstream file(entry.path());
    const std::string source{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    for (std::sregex_iterator match(source.begin(), source.end(), id), end; match != end; ++match) {
      INFO(entry.path().filename().string() << ": " << (*match)[1].str());
      CHECK(viz::has_text((*match)[1].str()));
      ++found;
    }
  }
  CHECK(found > 100);
}

TEST_CASE("text stands out from its ground in both themes, as WCAG 2.1 1.4.3 asks") {
  for (const viz::ThemeName theme : {viz::ThemeName::dark, viz::ThemeName::light}) {
    const viz::Palette& colors = viz::palette_of(theme);
    CHECK(contrast(colors.text, colors.panel) >= 7);
    CHECK(contrast(colors.text, colors.selection) >= 7);
    CHECK(contrast(colors.muted, colors.panel) >= 4.5);
    CHECK(contrast(colors.muted, colors.raised) >= 4.5);
    CHECK(contrast(colors.accent, colors.panel) >= 4.5);
    CHECK(contrast(colors.accent_text, colors.accent) >= 4.5);
    for (const ImU32 mark : {colors.phase1, colors.phase2, colors.informational, colors.esp, colors.good, colors.bad,
                             colors.warning, colors.secret}) {
      CHECK(contrast(mark, colors.panel) >= 3);
    }
  }
}

TEST_CASE("lines break at blanks and are no longer than the width") {
  const Font font;
  const std::string_view text = "Only someone with the pre-shared key can compute this HASH.";
  std::string joined;
  for (const std::string_view line : viz::wrap_lines(font.get(), text, 120)) {
    CHECK(viz::width_of(font.get(), line) <= 120);
    joined += std::string(joined.empty() ? "" : " ") + std::string(line);
  }
  CHECK(joined == text);
}

TEST_CASE("Japanese breaks between characters, but not before a full stop") {
  const Font font;
  const float character = font.get().GetCharAdvance(0x3042);
  const auto lines = viz::wrap_lines(font.get(), "ああああ。あ", character * 4.5F);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "あああ");
  CHECK(lines[1] == "あ。あ");
}

TEST_CASE("line feeds are kept, and a word longer than the line is cut") {
  const Font font;
  CHECK(viz::wrap_lines(font.get(), "a\n\nb", 100).size() == 3);
  for (const std::string_view line : viz::wrap_lines(font.get(), std::string(100, 'x'), 70)) {
    CHECK(viz::width_of(font.get(), line) <= 70);
  }
}

TEST_CASE("a line too long ends in an ellipsis") {
  const Font font;
  CHECK(viz::fitted(font.get(), "short", 1000) == "short");
  const std::string cut = viz::fitted(font.get(), "a very long line of text", 80);
  CHECK(cut.ends_with("…"));
  CHECK(cut.size() < 24);
}

TEST_CASE("glyph ranges are sorted pairs that hold what was added and ASCII") {
  viz::Glyphs glyphs;
  glyphs.add("鍵");
  const std::vector<ImWchar> ranges = glyphs.ranges();
  REQUIRE(ranges.size() % 2 == 1);
  CHECK(ranges.back() == 0);
  const auto holds = [&](ImWchar c) {
    for (std::size_t i = 0; i + 1 < ranges.size(); i += 2) {
      if (c >= ranges[i] && c <= ranges[i + 1]) return true;
    }
    return false;
  };
  CHECK(holds('A'));
  CHECK(holds(0x9375));
  CHECK_FALSE(holds(0x9376));
  for (std::size_t i = 1; i + 1 < ranges.size(); ++i) CHECK(ranges[i - 1] <= ranges[i]);
}

TEST_CASE("playing goes forwards through every step and stops at the end") {
  viz::Session session(document());
  session.set_playing(true);
  for (int i = 0; i < 20 && session.speed() < viz::fastest_speed; ++i) session.change_speed(true);
  viz::Index before = session.step();
  sim::Time time = session.time();
  for (int i = 0; i < 20000 && session.playing(); ++i) {
    session.advance(0.02);
    if (session.open_question() != viz::no_index) session.give_answer(session.open_question(), 0);
    CHECK(session.step() >= before);
    CHECK(session.time() >= time);
    before = session.step();
    time = session.time();
    if (!session.playing() && !session.at_end()) session.set_playing(true);
  }
  CHECK(session.at_end());
  CHECK_FALSE(session.playing());
}

TEST_CASE("a pinned packet is looked at until the next move") {
  viz::Session session(document());
  session.next(viz::Granularity::message);
  const viz::Index own = session.packet();
  REQUIRE(session.trace().packets.size() > own + 1);
  session.pin(own + 1, 0);
  CHECK(session.packet() == own + 1);
  session.next(viz::Granularity::event);
  CHECK_FALSE(session.pinned());
}

TEST_CASE("an eavesdropper gets no cleartext") {
  viz::Session session(document());
  for (viz::Index step = 0; step < session.index().step_count(); ++step) {
    session.seek(step);
    session.set_viewpoint(viz::Viewpoint::omniscient);
    const std::size_t all = session.inspection().buffers.size();
    session.set_viewpoint(viz::Viewpoint::eavesdropper);
    const std::size_t seen = session.inspection().buffers.size();
    CHECK(seen <= std::min<std::size_t>(all, 1));
  }
}
