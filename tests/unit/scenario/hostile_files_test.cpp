#include <fstream>
#include <iterator>
#include <random>

#include "sim/scenario/import.h"
#include "sim/scenario/load.h"
#include "sim/scenario/simulate.h"
#include "sim/trace/storage.h"
#include "tests/catch.h"

namespace {

std::string read(const std::string& path) {
  std::ifstream in(std::string(TUNNELWALK_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// One to four changes: an octet replaced, a piece taken out, doubled, or put elsewhere.
std::string mutate(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t bound) { return random() % std::max<std::size_t>(bound, 1); };
  for (std::size_t changes = 1 + below(4); changes > 0 && !text.empty(); --changes) {
    const std::size_t at = below(text.size());
    const std::size_t length = 1 + below(12);
    switch (below(4)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      default:
        text.insert(below(text.size()), text.substr(at, length));
        break;
    }
  }
  return text;
}

void expect_one_line(const std::string& message) {
  CHECK_FALSE(message.empty());
  CHECK(message.find('\n') == std::string::npos);
}

/// "file:line:column: ...".
bool names_a_place(const std::string& message) {
  int numbers = 0;
  for (std::size_t colon = message.find(':'); colon != std::string::npos;) {
    const std::size_t next = message.find_first_not_of("0123456789", colon + 1);
    const bool is_number = next != std::string::npos && next > colon + 1 && message[next] == ':';
    numbers = is_number ? numbers + 1 : 0;
    if (numbers == 2 && message.compare(next, 2, ": ") == 0) return true;
    colon = is_number ? next : message.find(':', colon + 1);
  }
  return false;
}

}  // namespace

TEST_CASE("Truncated and mutated scenarios give a scenario or one line, never a crash") {
  const std::string text = read("tests/scenarios/bad/base.json");
  const auto load = [](const std::string& candidate) {
    const engine::Result<sim::Scenario> scenario = sim::parse_scenario(candidate, "x.json", "/nowhere");
    if (scenario) return;
    expect_one_line(scenario.error().message);
    CHECK(names_a_place(scenario.error().message));
  };
  for (std::size_t length = 0; length < text.size(); length += 7) load(text.substr(0, length));
  std::mt19937 random(1);
  for (int i = 0; i < 1500; ++i) load(mutate(text, random));
}

TEST_CASE("Truncated and mutated configurations give a scenario or one line, never a crash") {
  const std::string text = read("scenarios/aws-yamaha/tunnel1.conf");
  const auto load = [](const std::string& candidate) {
    const engine::Result<sim::ImportedScenario> imported = sim::import_configurations({{"x.conf", candidate}});
    if (!imported) expect_one_line(imported.error().message);
  };
  for (std::size_t length = 0; length < text.size(); ++length) load(text.substr(0, length));
  std::mt19937 random(2);
  for (int i = 0; i < 1500; ++i) load(mutate(text, random));
}

TEST_CASE("Truncated and mutated traces give a trace or one line, never a crash") {
  const engine::Result<sim::Scenario> scenario =
      sim::load_scenario(std::string(TUNNELWALK_SOURCE_DIR) + "/scenarios/ikev1-group-mismatch.json");
  REQUIRE(scenario.ok());
  const engine::Result<sim::Trace> trace = sim::simulate(*scenario);
  REQUIRE(trace.ok());
  const std::string text = sim::to_json(*trace);
  const auto load = [](const std::string& candidate) {
    const engine::Result<sim::Trace> loaded = sim::trace_from_json(candidate);
    if (!loaded) expect_one_line(loaded.error().message);
  };
  for (std::size_t length = 0; length < text.size(); length += 211) load(text.substr(0, length));
  std::mt19937 random(3);
  for (int i = 0; i < 400; ++i) load(mutate(text, random));
}

TEST_CASE("Deep nesting and large objects are refused, not followed") {
  const std::string deep(100'000, '[');
  CHECK(sim::parse_scenario(deep, "deep.json", "").error().message.starts_with("deep.json:1:33: nested deeper"));
  std::string wide = "{";
  for (int i = 0; i < 1000; ++i) wide += "\"k" + std::to_string(i) + "\": 1,";
  CHECK(sim::parse_scenario(wide, "wide.json", "").error().message.find("more than 256 members") != std::string::npos);
  const std::string huge(sim::max_scenario_size + 1, ' ');
  CHECK(sim::parse_scenario(huge, "huge.json", "").error().reason == engine::Reason::limit_exceeded);
}
