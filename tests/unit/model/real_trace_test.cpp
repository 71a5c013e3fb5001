#include <algorithm>
#include <cstring>
#include <set>
#include <unordered_set>

#include "sim/scenario/load.h"
#include "sim/scenario/simulate.h"
#include "tests/catch.h"
#include "tests/support/shell.h"
#include "viz/model/cursor.h"
#include "viz/model/inspector.h"
#include "viz/model/key_graph.h"
#include "viz/model/ladder.h"
#include "viz/model/negotiation.h"
#include "viz/model/recompute.h"
#include "viz/model/state_view.h"
#include "viz/model/timeline.h"
#include "viz/model/topology.h"

// The model on what the engine and the simulator really make of the article's scenario.

using engine::ike::InputSource;
using viz::Index;
using viz::no_index;
using viz::TraceIndex;
using viz::Viewpoint;

namespace {

sim::Trace run_scenario(const std::string& name) {
  auto scenario = sim::load_scenario(TUNNELWALK_SOURCE_DIR "/scenarios/" + name + ".json");
  if (!scenario) FAIL(scenario.error().message);
  auto run = sim::simulate(*scenario);
  if (!run) FAIL(run.error().message);
  return std::move(run).value();
}

/// The article's trace, run once for all tests.
const sim::Trace& article() {
  static const sim::Trace trace = run_scenario("aws-yamaha");
  return trace;
}

std::uint64_t window_at(const engine::Bytes& bytes, std::size_t offset) {
  std::uint64_t window = 0;
  std::memcpy(&window, bytes.data() + offset, sizeof window);
  return window;
}

/// The first eight octets of every secret. What is shorter (a protocol number) tells nothing.
std::unordered_set<std::uint64_t> beginnings_of_secrets(const sim::Trace& trace) {
  std::unordered_set<std::uint64_t> windows;
  const auto add = [&](const engine::Bytes& bytes, std::size_t offset) {
    if (bytes.size() >= offset + 8) windows.insert(window_at(bytes, offset));
  };
  for (const sim::TraceValue& value : trace.values) {
    if (value.derived.secret) add(value.derived.bytes, 0);
  }
  for (const sim::TraceMessage& message : trace.messages) add(message.sent.cleartext, 28);
  for (const sim::TraceEsp& esp : trace.esp) add(esp.plaintext, 0);
  return windows;
}

}  // namespace

TEST_CASE("the article: both tunnels' messages stand on the ladder in the RFC's order") {
  const TraceIndex index(article());
  for (Index tunnel = 0; tunnel < 2; ++tunnel) {
    viz::LadderOptions options;
    options.tunnel = tunnel;
    const viz::Ladder ladder(index, options);
    std::vector<std::string> names;
    for (const viz::Arrow& arrow : ladder.arrows()) {
      REQUIRE(arrow.from < ladder.lifelines().size());
      REQUIRE(arrow.to < ladder.lifelines().size());
      REQUIRE(arrow.first_step <= arrow.last_step);
      if (arrow.kind == viz::ArrowKind::ike) names.emplace_back(arrow.name);
    }
    REQUIRE(names.size() > 9);
    names.resize(9);
    CHECK(names == std::vector<std::string>{"main-mode-1", "main-mode-2", "main-mode-3", "main-mode-4", "main-mode-5",
                                            "main-mode-6", "quick-mode-1", "quick-mode-2", "quick-mode-3"});
  }
}

TEST_CASE("the article: an hour folds into a ladder that can be read") {
  const TraceIndex index(article());
  const viz::Ladder ladder(index, {});
  CHECK_FALSE(ladder.folds().empty());
  CHECK(ladder.rows().size() < 400);
  viz::LadderOptions options;
  options.fold = false;
  const viz::Ladder full(index, options);
  CHECK(full.rows().size() > 2 * ladder.rows().size());
  for (Index step = 0; step < index.step_count(); ++step) REQUIRE(ladder.row_of_step(step) < ladder.rows().size());
}

TEST_CASE("the article: the time line has negotiation, data and rekey for each tunnel, and room for the first second") {
  const TraceIndex index(article());
  const viz::Timeline timeline(index);
  for (Index tunnel = 0; tunnel < 2; ++tunnel) {
    std::set<viz::SpanKind> kinds;
    for (const viz::PhaseSpan& span : timeline.spans()) {
      if (span.tunnel == tunnel) kinds.insert(span.kind);
    }
    for (viz::SpanKind kind :
         {viz::SpanKind::main_mode, viz::SpanKind::quick_mode, viz::SpanKind::rekey_phase2, viz::SpanKind::data}) {
      CHECK(kinds.count(kind) == 1);
    }
  }
  CHECK(timeline.position_of_time(engine::time_at(0) + std::chrono::seconds(1)) > viz::timeline_width / 20);
}

TEST_CASE("the article: the tunnels come up in the drawing, and every step can be drawn") {
  const TraceIndex index(article());
  bool was_up[2] = {false, false};
  for (Index step = 0; step < index.step_count(); ++step) {
    const viz::TopologyView view = viz::topology_at(index, step, article().steps[step].time, Viewpoint::omniscient);
    for (Index tunnel = 0; tunnel < 2; ++tunnel)
      was_up[tunnel] |= view.tunnels.at(tunnel).phase == sim::TunnelPhase::up;
    for (const viz::Flight& flight : view.flights) REQUIRE(flight.permille <= 1000);
  }
  CHECK(was_up[0]);
  CHECK(was_up[1]);
}

TEST_CASE("the article: every octet of every packet is in a field of the inspector") {
  const TraceIndex index(article());
  for (Index packet = 0; packet < article().packets.size(); ++packet) {
    const viz::Inspection seen = viz::inspect(index, packet, 0, Viewpoint::omniscient);
    const Index message = article().packets[packet].message;
    const bool encrypted = message != no_index && article().messages[message].sent.encrypted;
    const bool has_inside = encrypted || article().packets[packet].esp != no_index;
    REQUIRE(seen.buffers.size() == (has_inside ? 2 : 1));
    for (const viz::InspectorBuffer& buffer : seen.buffers) {
      std::size_t found = 0;
      for (std::uint32_t offset = 0; offset < buffer.bytes.size(); ++offset) {
        found += viz::path_at(buffer.root, offset).has_value() ? 1 : 0;
      }
      REQUIRE(found == buffer.bytes.size());
    }
  }
}

TEST_CASE("the article: every input of every value leads to where it came from, with those very octets") {
  const TraceIndex index(article());
  std::size_t fields = 0;
  for (const sim::TraceValue& value : article().values) {
    for (const engine::ike::ValueInput& input : value.derived.inputs) {
      INFO(value.derived.name << " <- " << input.name << " (" << input.field << ")");
      if (input.source == InputSource::value) {
        const Index row = article().find_value(value.node, input.value);
        REQUIRE(row != no_index);
        REQUIRE(article().values[row].derived.bytes == input.bytes);
      } else if (input.source == InputSource::field) {
        const Index message = article().find_message(value.node, input.message);
        REQUIRE(message != no_index);
        const viz::Inspection seen = viz::inspect(index, article().messages[message].packet, 0, Viewpoint::omniscient);
        const auto place = viz::find_field(seen, input.field, input.bytes);
        REQUIRE(place.has_value());
        const viz::InspectorBuffer& buffer = seen.buffers[place->buffer];
        const engine::wire::Field* field = viz::field_at(buffer.root, place->path);
        REQUIRE(field->length >= input.bytes.size());
        const auto tail = buffer.bytes.subspan(field->offset + field->length - input.bytes.size(), input.bytes.size());
        REQUIRE(std::equal(tail.begin(), tail.end(), input.bytes.begin()));
        ++fields;
      }
    }
  }
  CHECK(fields > 100);
}

TEST_CASE("the article: the commands recompute one value of every name and way of computing") {
  std::set<std::pair<engine::ike::Operation, std::string>> done;
  for (const sim::TraceValue& value : article().values) {
    const std::string name = value.derived.name.substr(0, value.derived.name.find(" ("));
    if (!done.insert({value.derived.operation, name}).second) continue;
    INFO(value.derived.name);
    const std::vector<viz::RecomputeCommand> commands = viz::recompute_commands(value.derived);
    CHECK(commands.empty() == (value.derived.operation == engine::ike::Operation::random));
    for (const viz::RecomputeCommand& command : commands) {
      INFO(command.text);
      CHECK(tests::run_in_shell(command.text) == engine::to_hex(value.derived.bytes));
    }
  }
  CHECK(done.size() > 15);
}

TEST_CASE("the article: the key graph reaches from the private value to the ESP keys") {
  const TraceIndex index(article());
  const Index last = index.step_count() - 1;
  const Index gateway = viz::gateways(article()).at(0);
  for (const sim::TraceExchange& exchange : article().exchanges) {
    if (!exchange.machine.starts_with("quick-mode") || exchange.last_step >= last) continue;
    const auto sa = viz::ike_sa_at(index, gateway, exchange.last_step);
    const viz::KeyGraph graph = viz::key_graph(index, gateway, sa, exchange.last_step, Viewpoint::omniscient);
    std::set<std::string> names;
    for (const viz::KeyNode& node : graph.nodes)
      names.insert(node.derived->name.substr(0, node.derived->name.find(" (")));
    for (const char* name :
         {"xi", "g^xy", "SKEYID", "SKEYID_d", "SKEYID_e", "KEYMAT", "ESP encryption key", "ESP integrity key"}) {
      INFO(name);
      CHECK(names.count(name) == 1);
    }
    CHECK(graph.nodes.size() < 100);
    for (const viz::KeyEdge& edge : graph.edges) REQUIRE(graph.nodes[edge.from].column < graph.nodes[edge.to].column);
  }
}

TEST_CASE("the article: the negotiation table shows what was chosen, and the pre-shared key leads to its line") {
  const TraceIndex index(article());
  REQUIRE_FALSE(article().negotiations.empty());
  for (Index row = 0; row < article().negotiations.size(); ++row) {
    const viz::NegotiationTable table = viz::negotiation_table(index, row);
    REQUIRE(table.chosen.has_value());
    CHECK(table.columns[*table.chosen].matches);
    CHECK(std::count(table.closest.begin(), table.closest.end(), *table.chosen) == 1);
    CHECK(table.message != no_index);
    CHECK(table.tunnel != no_index);
  }
  const auto skeyid = std::find_if(article().values.begin(), article().values.end(), [](const sim::TraceValue& value) {
    return value.derived.name == "SKEYID" && value.node == viz::gateways(article())[0];
  });
  REQUIRE(skeyid != article().values.end());
  const viz::KeyGraph graph =
      viz::key_graph(index, skeyid->node, skeyid->derived.ike_sa, skeyid->step, Viewpoint::omniscient);
  const auto node = std::find_if(graph.nodes.begin(), graph.nodes.end(),
                                 [](const viz::KeyNode& candidate) { return candidate.derived->name == "SKEYID"; });
  REQUIRE(node != graph.nodes.end());
  REQUIRE(node->inputs[0].setting != no_index);
  CHECK(article().settings[node->inputs[0].setting].text.find("pre-shared-key") != std::string::npos);
}

TEST_CASE("the article: machines are the engine's, every transition taken is in its table, lifetimes run down") {
  const TraceIndex index(article());
  for (Index node : viz::gateways(article())) {
    bool counted_down = false;
    bool had_traffic = false;
    for (Index step = 0; step < index.step_count(); ++step) {
      const viz::NodeStateView view =
          viz::state_at(index, node, step, article().steps[step].time, Viewpoint::omniscient);
      for (const viz::MachineView& machine : view.machines) {
        REQUIRE(machine.machine != nullptr);
        REQUIRE(machine.state.has_value());
        REQUIRE_FALSE(machine.taken.empty());
        REQUIRE(machine.tunnel != no_index);
      }
      for (const viz::IpsecSaView& sa : view.ipsec_sas) {
        counted_down |= sa.until_expiry.limited && sa.until_expiry.left < std::chrono::seconds(3000);
        had_traffic |= sa.traffic != nullptr;
      }
    }
    CHECK(counted_down);
    if (node == viz::gateways(article())[0]) CHECK(had_traffic);
  }
}

TEST_CASE("the article: nothing secret crosses a public link, whatever the eavesdropper inspects") {
  const TraceIndex index(article());
  const std::unordered_set<std::uint64_t> secrets = beginnings_of_secrets(article());
  REQUIRE(secrets.size() > 100);
  for (Index packet = 0; packet < article().packets.size(); ++packet) {
    for (const viz::InspectorBuffer& buffer : viz::inspect(index, packet, 0, Viewpoint::eavesdropper).buffers) {
      REQUIRE(buffer.kind == viz::BufferKind::wire);
      const engine::Bytes bytes(buffer.bytes.begin(), buffer.bytes.end());
      std::size_t leaks = 0;
      for (std::size_t offset = 0; offset + 8 <= bytes.size(); ++offset)
        leaks += secrets.count(window_at(bytes, offset));
      INFO("packet " << packet << ": " << engine::to_hex(bytes));
      REQUIRE(leaks == 0);
    }
  }
}

TEST_CASE("keys that differ: the ladder has the refused message 5, the inspector what either side reads in it") {
  const sim::Trace trace = run_scenario("ikev1-psk-mismatch");
  const TraceIndex index(trace);
  const viz::Ladder ladder(index, {});
  const auto refused = std::find_if(ladder.arrows().begin(), ladder.arrows().end(),
                                    [](const viz::Arrow& arrow) { return arrow.refused; });
  REQUIRE(refused != ladder.arrows().end());
  CHECK(refused->name == "main-mode-5");
  CHECK(refused->reason == engine::Reason::decryption_failed);
  const viz::Inspection seen = viz::inspect(index, refused->packet, 0, Viewpoint::omniscient);
  REQUIRE(seen.buffers.size() == 3);
  CHECK(seen.buffers[1].kind == viz::BufferKind::sender_cleartext);
  CHECK(seen.buffers[2].kind == viz::BufferKind::receiver_cleartext);
  CHECK(viz::path_of(seen.buffers[1].root, "ike.hash.hash_data").has_value());
  const viz::Timeline timeline(index);
  CHECK(std::any_of(timeline.spans().begin(), timeline.spans().end(), [](const viz::PhaseSpan& span) {
    return span.kind == viz::SpanKind::main_mode && span.reason != engine::Reason::none;
  }));
}

TEST_CASE("groups that do not match: the table shows the attribute at fault and that nothing was chosen") {
  const sim::Trace trace = run_scenario("ikev1-group-mismatch");
  const TraceIndex index(trace);
  const viz::NegotiationTable table = viz::negotiation_table(index, 0);
  CHECK_FALSE(table.chosen.has_value());
  CHECK(table.reason == engine::Reason::no_proposal_chosen);
  REQUIRE(table.closest.size() == 1);
  std::vector<std::string_view> differing;
  for (std::size_t row = 0; row < table.attributes.size(); ++row) {
    if (!table.columns[table.closest[0]].cells[row].matches) differing.push_back(table.attributes[row]);
  }
  CHECK(differing == std::vector<std::string_view>{"Group Description"});
}
