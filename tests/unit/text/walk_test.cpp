#include "viz/text/walk.h"

#include <algorithm>
#include <sstream>

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"
#include "viz/text/layout.h"

namespace {

using viz::Language;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

bool has_line_with(const std::vector<std::string>& lines, std::string_view part) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("no line of a walk is wider than asked for, and no part is left unfilled") {
  tests::SyntheticOptions options;
  options.fail_third_exchange = true;
  const sim::Trace trace = tests::synthetic_trace(options);
  for (const Language language : {Language::en, Language::ja}) {
    for (const std::size_t width : {std::size_t{80}, std::size_t{96}, std::size_t{100}}) {
      viz::WalkOptions walk_options;
      walk_options.width = width;
      for (const std::string& line : lines_of(viz::walk(trace, language, walk_options))) {
        INFO(line);
        CHECK(viz::display_width(line) <= width);
        CHECK(line.find('{') == std::string::npos);
        CHECK((line.empty() || line.back() != ' '));
      }
    }
  }
}

TEST_CASE("the walk tells the exchange, the traffic, the lesson and the outcome in order") {
  const sim::Trace trace = tests::synthetic_trace();
  const std::string text = viz::walk(trace, Language::en);
  std::size_t at = 0;
  for (const char* part : {"A trace made by hand", "Main Mode 1: yamaha → aws1", "Main Mode 6: aws1 → yamaha",
                           "Phase 1 is complete", "Quick Mode 3: yamaha → aws1", "Tunnel 1 is up",
                           "Lesson: ", "ESP: yamaha wraps ICMP echo request", "Outcome", "Tunnel 1: up"}) {
    INFO(part);
    at = text.find(part, at);
    REQUIRE(at != std::string::npos);
  }
}

TEST_CASE("the Japanese walk is Japanese") {
  const std::string text = viz::walk(tests::synthetic_trace(), Language::ja);
  for (const char* part : {"フェーズ1の開始：yamahaがイニシエーター", "メインモード1：yamaha → aws1", "クイックモード3",
                           "ICMPエコー要求", "結果"}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find("Why:") == std::string::npos);
}

TEST_CASE("runs of alike messages are folded, each tunnel's for itself") {
  tests::SyntheticOptions options;
  options.dpd_rounds = 341;
  const sim::Trace trace = tests::synthetic_trace(options);
  const std::vector<std::string> folded = lines_of(viz::walk(trace, Language::en));
  CHECK(has_line_with(folded, "DPD × 340, 10 s apart (Tunnel 1)"));
  CHECK(folded.size() < 1200);
  viz::WalkOptions unfolded;
  unfolded.fold = false;
  CHECK(lines_of(viz::walk(trace, Language::en, unfolded)).size() > 5000);
}

TEST_CASE("a lost message is marked where it is sent and explained where it is lost") {
  const std::vector<std::string> lines = lines_of(viz::walk(tests::synthetic_trace(), Language::en));
  CHECK(has_line_with(lines, "Main Mode 5: yamaha → aws2  [LOST]"));
  CHECK(has_line_with(lines, "Lost on the way: Main Mode 5"));
  CHECK(has_line_with(lines, "Main Mode 5 again: yamaha → aws2"));
}

TEST_CASE("what was explained once is not explained again") {
  const std::string text = viz::walk(tests::synthetic_trace(), Language::en);
  const std::string why = "Before anything secret can be done";
  const std::size_t first = text.find(why);
  REQUIRE(first != std::string::npos);
  CHECK(text.find(why, first + 1) == std::string::npos);
}

TEST_CASE("without explanations the arrows and failures stay") {
  viz::WalkOptions options;
  options.explain = false;
  const std::string text = viz::walk(tests::synthetic_trace(), Language::en, options);
  CHECK(text.find("Main Mode 1: yamaha → aws1") != std::string::npos);
  CHECK(text.find("!! Why: lost on the link") != std::string::npos);
  CHECK(text.find("\n    Why: ") == std::string::npos);
}

TEST_CASE("a question of the lesson comes with its answers and the right one") {
  sim::Trace trace = tests::synthetic_trace();
  sim::TraceBeat beat;
  beat.id = "predict";
  beat.step = 1;
  beat.title = {"Predict", "予想"};
  beat.text = {"Look at the offer.", "提案を見ます。"};
  beat.question = sim::Question{{"What comes next?", "次は何ですか。"},
                                {{"Main Mode 2", "メインモード2"}, {"ESP", "ESP"}},
                                0,
                                {"The responder chooses.", "レスポンダーが選びます。"}};
  trace.beats.push_back(beat);
  trace.steps[1].notes.emplace_back(sim::BeatNote{static_cast<sim::Index>(trace.beats.size() - 1)});
  const std::vector<std::string> lines = viz::walk_step(trace, 1, Language::en);
  CHECK(has_line_with(lines, ">> Lesson: Predict"));
  CHECK(has_line_with(lines, "?? Question: What comes next?"));
  CHECK(has_line_with(lines, "B. ESP"));
  CHECK(has_line_with(lines, "Answer: A. The responder chooses."));
  viz::WalkOptions without;
  without.beats = false;
  CHECK_FALSE(has_line_with(viz::walk_step(trace, 1, Language::en, without), "Question"));
}

TEST_CASE("expectations stand at the end, the unmet with what was seen instead") {
  sim::Trace trace = tests::synthetic_trace();
  trace.expectations = {{"tunnel1 comes up", true, "", 0, 1}, {"nothing is lost", false, "1 packet was lost", 0, 2}};
  const std::vector<std::string> lines = lines_of(viz::walk(trace, Language::en));
  CHECK(has_line_with(lines, "[met] tunnel1 comes up"));
  CHECK(has_line_with(lines, "[NOT MET] nothing is lost"));
  CHECK(has_line_with(lines, "1 packet was lost"));
  CHECK(lines.back() == "Expectations: 1 of 2 met.");
}

TEST_CASE("an empty trace gives a walk without steps") {
  const std::string text = viz::walk(sim::Trace{}, Language::en);
  CHECK(text.find("Outcome") != std::string::npos);
  CHECK(viz::walk_step(sim::Trace{}, 0, Language::en).empty());
}
