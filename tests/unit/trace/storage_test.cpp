#include "sim/trace/storage.h"

#include <cstdio>
#include <filesystem>

#include "sim/scenario/load.h"
#include "sim/scenario/simulate.h"
#include "sim/trace/fingerprint.h"
#include "tests/catch.h"

namespace {

sim::Trace run(const std::string& id) {
  const engine::Result<sim::Scenario> scenario =
      sim::load_scenario(std::string(TUNNELWALK_SOURCE_DIR) + "/scenarios/" + id + ".json");
  REQUIRE(scenario.ok());
  engine::Result<sim::Trace> trace = sim::simulate(*scenario);
  REQUIRE(trace.ok());
  return std::move(trace).value();
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

std::string error_of(const std::string& json) {
  const engine::Result<sim::Trace> trace = sim::trace_from_json(json);
  REQUIRE_FALSE(trace.ok());
  return trace.error().message;
}

/// Two nodes, a link and a packet that crosses it.
sim::Trace tiny() {
  sim::Trace trace;
  trace.title = {"t", "題"};
  trace.seed = 0xffffffffffffffffU;
  trace.nodes.resize(2);
  trace.nodes[1].type = sim::NodeType::vgw;
  trace.links.resize(1);
  trace.links[0].a = 0;
  trace.links[0].b = 1;
  trace.links[0].mtu = 0;
  sim::TracePacket packet;
  packet.origin = 0;
  packet.label = "ESP";
  sim::TraceHop hop{0, 0, 1, sim::Time(sim::Duration(5)), sim::Time(sim::Duration(9)), {}, engine::Reason::none};
  for (int i = 0; i < 40; ++i) hop.bytes.push_back(static_cast<std::uint8_t>(i));
  packet.hops.push_back(hop);
  hop.bytes[8] = 0xee;
  hop.lost = engine::Reason::link_loss;
  packet.hops.push_back(hop);
  trace.packets.push_back(packet);
  sim::Step step;
  step.packet = 0;
  step.hop = 1;
  step.node = 1;
  sim::EspSaState state;
  state.replay_seen = {true, false, true};
  step.notes = {sim::ScriptNote{"x"}, state, engine::ike::Remark{"c", "id", {{"k", "v"}}}};
  trace.steps.push_back(step);
  return trace;
}

}  // namespace

TEST_CASE("A trace that was written and read again is the same in every field") {
  for (const std::string id : {"ikev1-psk-mismatch", "ikev1-group-mismatch", "aws-yamaha"}) {
    CAPTURE(id);
    const sim::Trace trace = run(id);
    const std::string json = sim::to_json(trace);
    const engine::Result<sim::Trace> again = sim::trace_from_json(json);
    REQUIRE(again.ok());
    CHECK(sim::to_json(*again) == json);
    CHECK(sim::difference(sim::fingerprint(trace), sim::fingerprint(*again)) == "");
    REQUIRE(again->packets.size() == trace.packets.size());
    for (std::size_t i = 0; i < trace.packets.size(); ++i) {
      REQUIRE(again->packets[i].hops.size() == trace.packets[i].hops.size());
      for (std::size_t hop = 0; hop < trace.packets[i].hops.size(); ++hop) {
        REQUIRE(again->packets[i].hops[hop].bytes == trace.packets[i].hops[hop].bytes);
      }
    }
  }
}

TEST_CASE("Zero and absent are told apart where they differ") {
  const sim::Trace trace = tiny();
  const engine::Result<sim::Trace> again = sim::trace_from_json(sim::to_json(trace));
  REQUIRE(again.ok());
  CHECK(again->title.ja == "題");
  CHECK(again->seed == trace.seed);
  CHECK(again->links[0].mtu == 0);
  CHECK(again->links[0].a == 0);
  CHECK(again->packets[0].origin == 0);
  CHECK(again->packets[0].destination == sim::no_index);
  CHECK(again->packets[0].hops[1].bytes[8] == 0xee);
  CHECK(again->packets[0].hops[1].lost == engine::Reason::link_loss);
  CHECK(again->nodes[1].type == sim::NodeType::vgw);
  REQUIRE(again->steps[0].notes.size() == 3);
  CHECK(std::get<sim::EspSaState>(again->steps[0].notes[1]).replay_seen == std::vector<bool>{true, false, true});
  CHECK(std::get<engine::ike::Remark>(again->steps[0].notes[2]).values[0].second == "v");
}

TEST_CASE("A hop that differs in a few octets costs a few octets") {
  const std::string json = sim::to_json(tiny());
  CHECK(json.find("\"#0@8:ee\"") != std::string::npos);
}

TEST_CASE("A row that does not exist is refused, whichever table names it") {
  const std::string json = sim::to_json(tiny());
  CHECK(error_of(replaced(json, "\"b\":1", "\"b\":2")) == "row 2 of \"nodes\" is named, but there are only 2 rows");
  CHECK(error_of(replaced(json, "\"b\":1", "\"c\":1")).find("\"b\" is missing") != std::string::npos);
  CHECK(error_of(replaced(json, "\"hop\":1", "\"hop\":2")) == "step 0 names hop 2 of a packet that has no such hop");
  CHECK(error_of(replaced(json, "\"bytes\":\"#1\"", "\"bytes\":\"#2\"")) == "no such row of \"octets\"");
  CHECK(error_of(replaced(json, "\"#0@8:ee\"", "\"#1@8:ee\"")).find("row with changes") != std::string::npos);
  CHECK(error_of(replaced(json, "@8:ee", "@40:ee")).find("row with changes") != std::string::npos);
}

TEST_CASE("Kinds, names and ranges are checked") {
  const std::string json = sim::to_json(tiny());
  CHECK(error_of(replaced(json, "\"script\"", "\"skript\"")).find("is not one of") != std::string::npos);
  CHECK(error_of(replaced(json, "\"link-loss\"", "\"link-lost\"")) == "\"link-lost\" is not the name of a reason");
  CHECK(error_of(replaced(json, "\"departed\":5", "\"departed\":\"5\"")) == "expected a whole number, found \"5\"");
  CHECK(error_of(replaced(json, "18446744073709551615", "-1")) == "the number -1 is out of range");
  CHECK(error_of(replaced(json, "\"label\"", "\"lable\"")) == "member \"lable\" is not known here");
  CHECK(error_of(replaced(json, "\"tunnelwalk_trace\":1", "\"tunnelwalk_trace\":2")) ==
        "the number 2 is not a format that this version reads, expected 1");
  CHECK(error_of("{}") == "not a trace: expected an object with \"tunnelwalk_trace\": 1");
}

TEST_CASE("A trace is saved whole or not at all, and an error in a file names the place") {
  const std::string path = std::string(TUNNELWALK_BINARY_DIR) + "/storage_test.json";
  REQUIRE(sim::save_trace(tiny(), path).ok());
  CHECK(sim::load_trace(path).ok());
  CHECK_FALSE(std::filesystem::exists(path + ".partial"));
  std::FILE* file = std::fopen(path.c_str(), "wb");
  REQUIRE(file != nullptr);
  std::fputs("{\"tunnelwalk_trace\":1,\n\"seed\":true}", file);
  std::fclose(file);
  CHECK(sim::load_trace(path).error().message == path + ":2:8: expected a whole number, found true");
  std::filesystem::remove(path);
  CHECK_FALSE(sim::load_trace(path).ok());
  CHECK_FALSE(sim::save_trace(tiny(), "no/such/folder/trace.json").ok());
}

TEST_CASE("A trace is told from a scenario by its head") {
  CHECK(sim::looks_like_trace(sim::to_json(tiny())));
  CHECK_FALSE(sim::looks_like_trace("{\"$schema\": \"scenario.schema.json\"}"));
}
