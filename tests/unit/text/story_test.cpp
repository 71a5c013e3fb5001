#include "viz/text/story.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"
#include "viz/text/walk.h"

namespace {

using viz::Language;
using viz::Story;
using viz::StoryDetail;

constexpr std::initializer_list<Language> languages = {Language::en, Language::ja};

/// All the text of a story.
std::string all_text(const Story& story) {
  std::string all = story.title + "\n" + story.what + "\n" + story.why + "\n" + story.next;
  for (const StoryDetail& detail : story.details) {
    all += "\n" + detail.title + "\n" + detail.body;
    for (const std::vector<std::string>& row : detail.table) {
      for (const std::string& cell : row) all += "\n" + cell;
    }
  }
  return all;
}

/// The first step at which a message of this name is sent.
sim::Index sending_of(const sim::Trace& trace, std::string_view name) {
  for (sim::Index step = 0; step < trace.steps.size(); ++step) {
    if (trace.steps[step].kind != sim::StepKind::send || trace.steps[step].packet == sim::no_index) continue;
    const sim::Index message = trace.packets[trace.steps[step].packet].message;
    if (message != sim::no_index && trace.messages[message].sent.name.id == name) return step;
  }
  return sim::no_index;
}

bool has_detail(const Story& story, StoryDetail::Kind kind) {
  return std::any_of(story.details.begin(), story.details.end(),
                     [&](const StoryDetail& detail) { return detail.kind == kind; });
}

}  // namespace

TEST_CASE("every step of a run has a title and says what happens, with every part filled in") {
  tests::SyntheticOptions options;
  options.fail_third_exchange = true;
  options.end_down = true;
  const sim::Trace trace = tests::synthetic_trace(options);
  for (const Language language : languages) {
    for (sim::Index step = 0; step < trace.steps.size(); ++step) {
      const Story story = viz::story_at(trace, step, language);
      INFO("step " << step << ": " << all_text(story));
      CHECK_FALSE(story.id.empty());
      CHECK_FALSE(story.title.empty());
      CHECK_FALSE(story.what.empty());
      CHECK(all_text(story).find('{') == std::string::npos);
    }
  }
}

TEST_CASE("the story names the nodes, addresses and numbers of the trace") {
  const sim::Trace trace = tests::synthetic_trace();
  const Story offer = viz::story_at(trace, sending_of(trace, "main-mode-1"), Language::en);
  CHECK(offer.title == "Main Mode 1: yamaha → aws1");
  CHECK(offer.what.find("198.51.100.1") != std::string::npos);
  CHECK(offer.what.find("AES-CBC-128") != std::string::npos);
  const Story key = viz::story_at(trace, sending_of(trace, "main-mode-3"), Language::en);
  CHECK(key.what.find("128 octets") != std::string::npos);
}

TEST_CASE("a step behind the end has an empty story") {
  const sim::Trace trace = tests::synthetic_trace();
  const Story story = viz::story_at(trace, static_cast<sim::Index>(trace.steps.size()), Language::en);
  CHECK(story.title.empty());
  CHECK(story.details.empty());
  CHECK(viz::story_at(trace, sim::no_index, Language::ja).title.empty());
  CHECK(viz::step_json(trace, sim::no_index, Language::en) == "{}");
}

TEST_CASE("derived values, comparisons and SAs of a step are its details") {
  const sim::Trace trace = tests::synthetic_trace();
  bool has_values = false;
  bool has_table = false;
  bool has_sa = false;
  for (sim::Index step = 0; step < trace.steps.size(); ++step) {
    const Story story = viz::story_at(trace, step, Language::en);
    has_values = has_values || has_detail(story, StoryDetail::Kind::value);
    has_sa = has_sa || has_detail(story, StoryDetail::Kind::sa);
    for (const StoryDetail& detail : story.details) {
      has_table = has_table || (detail.kind == StoryDetail::Kind::negotiation && detail.table.size() > 1);
    }
  }
  CHECK(has_values);
  CHECK(has_table);
  CHECK(has_sa);
}

TEST_CASE("a value that both ends derive is compared with the other end's") {
  sim::Trace trace = tests::synthetic_trace();
  const auto initiator_value =
      std::find_if(trace.values.rbegin(), trace.values.rend(),
                   [](const sim::TraceValue& value) { return value.node == 1 && value.derived.name == "SKEYID"; });
  REQUIRE(initiator_value != trace.values.rend());
  const sim::Index step = initiator_value->step;
  const auto find_value = [&] {
    const Story story = viz::story_at(trace, step, Language::en);
    const auto found = std::find_if(story.details.begin(), story.details.end(),
                                    [](const StoryDetail& detail) { return detail.title.rfind("SKEYID = ", 0) == 0; });
    REQUIRE(found != story.details.end());
    return *found;
  };
  CHECK_FALSE(find_value().bad);
  CHECK(find_value().body.find("computed the same") != std::string::npos);
  initiator_value->derived.bytes[0] ^= 1;
  CHECK(find_value().bad);
  CHECK(find_value().body.find("another value") != std::string::npos);
}

TEST_CASE("a step about two tunnels tells each with its own peer") {
  sim::Trace trace = tests::synthetic_trace();
  std::vector<engine::ike::StateChanged> begun;
  for (const sim::Step& step : trace.steps) {
    for (const sim::Note& note : step.notes) {
      const auto* change = std::get_if<engine::ike::StateChanged>(&note);
      if (change != nullptr && change->story == "main-mode.initiator.send-1") begun.push_back(*change);
    }
  }
  REQUIRE(begun.size() >= 2);
  trace.steps[0].notes = {begun[0], begun[1]};
  const Story story = viz::story_at(trace, 0, Language::en);
  CHECK(story.what.find("a tunnel to aws1 ") != std::string::npos);
  CHECK(all_text(story).find("a tunnel to aws2 ") != std::string::npos);
}

TEST_CASE("a failure comes with its explanation and with advice") {
  tests::SyntheticOptions options;
  options.fail_third_exchange = true;
  const sim::Trace trace = tests::synthetic_trace(options);
  bool found = false;
  for (sim::Index step = 0; step < trace.steps.size(); ++step) {
    const Story story = viz::story_at(trace, step, Language::en);
    for (const StoryDetail& detail : story.details) {
      if (detail.kind != StoryDetail::Kind::failure) continue;
      if (detail.title != "Why: the peer was not authenticated") continue;
      found = true;
      CHECK(detail.bad);
      CHECK(detail.body.find("What to do: Compare pre-shared key") != std::string::npos);
    }
  }
  CHECK(found);
}

TEST_CASE("an eavesdropper is told nothing that cannot be seen on a public link") {
  const sim::Trace trace = tests::synthetic_trace();
  for (const Language language : languages) {
    for (sim::Index step = 0; step < trace.steps.size(); ++step) {
      const Story story = viz::story_at(trace, step, language, viz::Viewpoint::eavesdropper);
      INFO("step " << step << ": " << all_text(story));
      CHECK_FALSE(story.title.empty());
      CHECK(story.details.empty());
      CHECK(all_text(story).find('{') == std::string::npos);
      CHECK(all_text(story).find("10.0.1.20") == std::string::npos);
      CHECK(all_text(story).find("HASH_I") == std::string::npos);
    }
  }
  const Story hidden =
      viz::story_at(trace, sending_of(trace, "main-mode-5"), Language::en, viz::Viewpoint::eavesdropper);
  CHECK(hidden.title.rfind("IKE, encrypted: ", 0) == 0);
}

TEST_CASE("a step as JSON is one line with its story") {
  const sim::Trace trace = tests::synthetic_trace();
  const sim::Index step = sending_of(trace, "main-mode-5");
  const std::string line = viz::step_json(trace, step, Language::ja);
  CHECK(line.find('\n') == std::string::npos);
  const nlohmann::json json = nlohmann::json::parse(line);
  CHECK(json["step"] == step);
  CHECK(json["kind"] == "send");
  CHECK(json["node"] == "yamaha");
  CHECK(json["packet"]["message"] == "main-mode-5");
  CHECK(json["packet"]["encrypted"] == true);
  CHECK(json["story"]["title"] == viz::story_at(trace, step, Language::ja).title);
}

TEST_CASE("the outcome as JSON tells the tunnels and what was expected") {
  sim::Trace trace = tests::synthetic_trace();
  trace.expectations = {{"tunnel1 comes up", true, "", 0, 1}, {"nothing is lost", false, "1 packet", 0, 2}};
  const nlohmann::json json = nlohmann::json::parse(viz::outcome_json(trace, Language::en));
  CHECK(json["outcome"] == "not met");
  CHECK(json["tunnels"].size() == trace.tunnels.size());
  CHECK(json["tunnels"][0]["phase"] == "up");
  CHECK(json["expectations"][1]["detail"] == "1 packet");
}
