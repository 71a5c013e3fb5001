#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/scenario/load.h"
#include "sim/scenario/simulate.h"
#include "sim/trace/fingerprint.h"
#include "tests/catch.h"

namespace {

const std::string library = std::string(TUNNELWALK_SOURCE_DIR) + "/scenarios";
const std::string fingerprints_file = library + "/fingerprints.json";

std::vector<std::string> scenario_ids() {
  std::vector<std::string> ids;
  for (const auto& entry : std::filesystem::directory_iterator(library)) {
    const std::filesystem::path& path = entry.path();
    if (path.extension() == ".json" && path.stem().extension() != ".schema" && path.stem() != "fingerprints") {
      ids.push_back(path.stem().string());
    }
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

sim::Trace run(const std::string& id) {
  const engine::Result<sim::Scenario> scenario = sim::load_scenario(library + "/" + id + ".json");
  INFO((scenario.ok() ? "" : scenario.error().message));
  REQUIRE(scenario.ok());
  engine::Result<sim::Trace> trace = sim::simulate(*scenario);
  REQUIRE(trace.ok());
  return std::move(trace).value();
}

std::string line_of(const std::string& id, const sim::Fingerprint& hash) {
  return fmt::format(
      "\"{}\": {{\"order\": \"{}\", \"times\": \"{}\", \"wire\": \"{}\", \"states\": \"{}\", \"keys\": "
      "\"{}\", \"texts\": \"{}\"}}",
      id, hash.order, hash.times, hash.wire, hash.states, hash.keys, hash.texts);
}

std::map<std::string, sim::Fingerprint> kept_fingerprints() {
  std::map<std::string, sim::Fingerprint> kept;
  std::ifstream in(fingerprints_file);
  const nlohmann::json file = nlohmann::json::parse(in, nullptr, false);
  if (!file.is_object()) return kept;
  for (const auto& [id, parts] : file.items()) {
    kept[id] = {parts.value("order", ""),  parts.value("times", ""), parts.value("wire", ""),
                parts.value("states", ""), parts.value("keys", ""),  parts.value("texts", "")};
  }
  return kept;
}

}  // namespace

TEST_CASE("Every scenario meets its expectations, and each of its beats has its event") {
  const std::vector<std::string> ids = scenario_ids();
  REQUIRE(ids.size() >= 3);
  for (const std::string& id : ids) {
    const sim::Trace trace = run(id);
    CHECK_FALSE(trace.expectations.empty());
    for (const sim::ExpectationResult& result : trace.expectations) {
      INFO(id << ".json:" << result.line << ": " << result.text << ": " << result.detail);
      CHECK(result.met);
    }
    for (const sim::TraceBeat& beat : trace.beats) {
      INFO(id << ": beat " << beat.id);
      CHECK(beat.step != sim::no_index);
    }
    CHECK(std::is_sorted(trace.beats.begin(), trace.beats.end(),
                         [](const sim::TraceBeat& a, const sim::TraceBeat& b) { return a.step < b.step; }));
    CHECK(std::any_of(trace.beats.begin(), trace.beats.end(),
                      [](const sim::TraceBeat& beat) { return beat.question.has_value(); }));
  }
}

TEST_CASE("Two runs of a scenario are the same, and the same as those on record") {
  std::string lines;
  const bool update = std::getenv("TUNNELWALK_UPDATE_FINGERPRINTS") != nullptr;
  const std::map<std::string, sim::Fingerprint> kept = kept_fingerprints();
  for (const std::string& id : scenario_ids()) {
    const sim::Fingerprint first = sim::fingerprint(run(id));
    INFO(id << ": if the change is meant, tests/scenarios/update_fingerprints.sh puts it on record");
    CHECK(sim::difference(first, sim::fingerprint(run(id))) == "");
    lines += fmt::format("{}  {}", lines.empty() ? "" : ",\n", line_of(id, first));
    if (update) continue;
    REQUIRE(kept.contains(id));
    CHECK(sim::difference(kept.at(id), first) == "");
  }
  if (update) std::ofstream(fingerprints_file) << "{\n" << lines << "\n}\n";
}
