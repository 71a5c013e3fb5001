#include "sim/scenario/load.h"

#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "tests/catch.h"

namespace {

const std::string directory = std::string(TUNNELWALK_SOURCE_DIR) + "/tests/scenarios/bad/";

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("A well-formed scenario loads with all its parts") {
  const engine::Result<sim::Scenario> scenario = sim::load_scenario(directory + "base.json");
  REQUIRE(scenario.ok());
  CHECK(scenario->id == "base");
  CHECK(scenario->title.ja == "小さな VPN");
  CHECK(scenario->seed == 3);
  CHECK(scenario->until == sim::Time(std::chrono::seconds(10)));
  CHECK(scenario->nodes.size() == 5);
  CHECK(scenario->links.size() == 4);
  CHECK(scenario->links[1].bits_per_second == 100'000'000);
  CHECK(scenario->links[1].is_public);
  REQUIRE(scenario->vpns.size() == 1);
  CHECK(scenario->vpns[0].tunnels[0].device_tunnel == 1);
  CHECK(scenario->script[0].interval == std::chrono::seconds(1));
  CHECK(scenario->expectations[3].line == 52);
  REQUIRE(scenario->beats[0].question.has_value());
  CHECK(scenario->beats[0].question->correct == 1);
}

TEST_CASE("A bad scenario gives one message with its place") {
  const std::string base = read(directory + "base.json");
  const nlohmann::json cases = nlohmann::json::parse(read(directory + "cases.json"));
  REQUIRE(cases.size() > 60);
  for (const nlohmann::json& one : cases) {
    CAPTURE(one["what"].get<std::string>());
    std::string text = base;
    const std::string wanted = one["replace"];
    const std::size_t at = text.find(wanted);
    REQUIRE(at != std::string::npos);
    text.replace(at, wanted.size(), one["with"].get<std::string>());
    const engine::Result<sim::Scenario> scenario = sim::parse_scenario(text, "base.json", directory);
    REQUIRE_FALSE(scenario.ok());
    CHECK(scenario.error().message == one.value("error", ""));
  }
}

TEST_CASE("A scenario carries its device configurations with it, so that it can be run again from a trace") {
  const std::string path = std::string(TUNNELWALK_SOURCE_DIR) + "/scenarios/aws-yamaha.json";
  const engine::Result<sim::Scenario> first = sim::load_scenario(path);
  REQUIRE(first.ok());
  const engine::Result<sim::Scenario> again = sim::parse_scenario(first->json, "aws-yamaha.json", "/nowhere");
  REQUIRE(again.ok());
  CHECK(again->json == first->json);
  REQUIRE(again->nodes[1].device.tunnels.size() == 2);
  CHECK(again->nodes[1].device.tunnels[0].connection.setting_sources.size() ==
        first->nodes[1].device.tunnels[0].connection.setting_sources.size());
}

TEST_CASE("A scenario that is not there is an error with its path") {
  const engine::Result<sim::Scenario> scenario = sim::load_scenario("no/such.json");
  REQUIRE_FALSE(scenario.ok());
  CHECK(scenario.error().message == "no/such.json:1:1: the file cannot be read, expected a scenario");
}
