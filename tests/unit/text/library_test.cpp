// The stories of the scenario library: real engines, real messages.

#include <algorithm>
#include <sstream>

#include "sim/scenario/load.h"
#include "sim/scenario/simulate.h"
#include "tests/catch.h"
#include "viz/text/layout.h"
#include "viz/text/story.h"
#include "viz/text/walk.h"

namespace {

using viz::Language;
using viz::Story;
using viz::StoryDetail;

sim::Trace run(const std::string& id) {
  const auto scenario = sim::load_scenario(TUNNELWALK_SOURCE_DIR "/scenarios/" + id + ".json");
  if (!scenario) FAIL(scenario.error().message);
  auto trace = sim::simulate(*scenario);
  if (!trace) FAIL(trace.error().message);
  return std::move(trace).value();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string all_text(const Story& story) {
  std::string all = story.title + "\n" + story.what + "\n" + story.why + "\n" + story.next;
  for (const StoryDetail& detail : story.details) all += "\n" + detail.title + "\n" + detail.body;
  return all;
}

/// The English name of a node of the scenario.
std::string name_of(const sim::Trace& trace, std::string_view id) {
  for (const sim::TraceNode& node : trace.nodes) {
    if (node.id == id) return node.name.en;
  }
  FAIL("no node " << id);
  return {};
}

void check_in_order(const std::string& text, std::initializer_list<std::string> parts) {
  std::size_t at = 0;
  for (const std::string& part : parts) {
    INFO(part);
    at = text.find(part, at);
    REQUIRE(at != std::string::npos);
  }
}

}  // namespace

TEST_CASE("every step of the library has a whole story, and every line fits") {
  for (const char* id : {"aws-yamaha", "ikev1-psk-mismatch", "ikev1-group-mismatch"}) {
    const sim::Trace trace = run(id);
    for (const Language language : {Language::en, Language::ja}) {
      for (sim::Index step = 0; step < trace.steps.size(); ++step) {
        const Story story = viz::story_at(trace, step, language);
        const std::string all = all_text(story);
        const bool is_whole = !story.title.empty() && !story.what.empty() && all.find('{') == std::string::npos &&
                              all.find(" - ") == std::string::npos && all.find("?? ") == std::string::npos;
        if (is_whole) continue;
        INFO(id << " step " << step << ": " << all);
        CHECK(is_whole);
      }
      for (const std::string& line : lines_of(viz::walk(trace, language))) {
        if (viz::display_width(line) <= viz::WalkOptions().width) continue;
        INFO(line);
        CHECK(viz::display_width(line) <= viz::WalkOptions().width);
      }
    }
  }
}

TEST_CASE("the article's tunnel is told from the first offer to the last delete") {
  const sim::Trace trace = run("aws-yamaha");
  const std::string yamaha = name_of(trace, "yamaha");
  check_in_order(viz::walk(trace, Language::en),
                 {"Phase 1 begins: " + yamaha + " is the initiator", "Main Mode 1: " + yamaha,
                  "the lowest configured value", "PFS MODP-1024", "Phase 2 is complete: the tunnel is up",
                  "ESP: " + yamaha + " wraps ICMP echo request", "152 octets on the line", "Informational (R-U-THERE)",
                  "DPD × ", "Phase 2 again", "Informational (DELETE)", "Outcome"});
}

TEST_CASE("the article's tunnel is told in Japanese") {
  check_in_order(
      viz::walk(run("aws-yamaha"), Language::ja),
      {"フェーズ1の開始", "メインモード1", "対向認証", "フェーズ2の完了：トンネルが確立", "ICMPエコー要求", "結果"});
}

TEST_CASE("each tunnel's beginning is told with its own peer, also where one step begins both") {
  const sim::Trace trace = run("aws-yamaha");
  std::string beginnings;
  for (sim::Index step = 0; step < trace.steps.size(); ++step) {
    for (const sim::Note& note : trace.steps[step].notes) {
      const auto* change = std::get_if<engine::ike::StateChanged>(&note);
      if (change == nullptr || change->story != "main-mode.initiator.send-1") continue;
      beginnings += all_text(viz::story_at(trace, step, Language::en));
      break;
    }
  }
  CHECK(beginnings.find("a tunnel to " + name_of(trace, "vgw-1a") + " (3.114.184.122)") != std::string::npos);
  CHECK(beginnings.find("a tunnel to " + name_of(trace, "vgw-1c") + " (54.250.211.67)") != std::string::npos);
}

TEST_CASE("a rewritten MSS is told where it is rewritten, with both values") {
  const sim::Trace trace = run("aws-yamaha");
  std::size_t told = 0;
  for (sim::Index step = 0; step < trace.steps.size(); ++step) {
    const Story story = viz::story_at(trace, step, Language::en);
    const std::string all = all_text(story);
    if (all.find("lowers the MSS to 1379") == std::string::npos) continue;
    ++told;
    CHECK(all.find("announced an MSS of 1460") != std::string::npos);
    CHECK(all.find(name_of(trace, "yamaha") + " lowers") != std::string::npos);
  }
  CHECK(told >= 1);
}

TEST_CASE("different pre-shared keys show as different SKEYIDs and an unreadable message 5") {
  check_in_order(
      viz::walk(run("ikev1-psk-mismatch"), Language::en),
      {"computed the same, and it was never sent", "has another value", "cannot read Main Mode 5",
       "!! Why: does not decrypt: the keys differ", "What to do: Set the same pre-shared key",
       "does not accept Informational (PAYLOAD-MALFORMED)", "Main Mode 5 again", "Nobody answers Main Mode 5"});
}

TEST_CASE("groups that do not match show as the one attribute that differs") {
  const sim::Trace trace = run("ikev1-group-mismatch");
  const std::string text = viz::walk(trace, Language::en);
  check_in_order(text, {"refuses every proposal", "MODP-1024", "MODP-2048", "DIFFERS", "has refused every proposal"});
  std::size_t differences = 0;
  for (const std::string& line : lines_of(text)) differences += line.find("DIFFERS") != std::string::npos ? 1 : 0;
  CHECK(differences == 1);
}
