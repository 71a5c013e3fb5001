#include <algorithm>
#include <set>

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"
#include "viz/model/inspector.h"
#include "viz/model/key_graph.h"
#include "viz/model/ladder.h"
#include "viz/model/negotiation.h"
#include "viz/model/state_view.h"
#include "viz/model/topology.h"

using viz::Index;
using viz::no_index;
using viz::TraceIndex;
using viz::Viewpoint;

namespace {

constexpr Viewpoint spy = Viewpoint::eavesdropper;

bool contains(engine::ByteView bytes, engine::ByteView part) {
  return !part.empty() && std::search(bytes.begin(), bytes.end(), part.begin(), part.end()) != bytes.end();
}

/// Everything that must not be seen on the Internet: secret values, cleartext of what was encrypted, inner packets.
std::vector<engine::Bytes> secrets_of(const sim::Trace& trace) {
  std::vector<engine::Bytes> secrets;
  for (const sim::TraceValue& value : trace.values) {
    // The last CBC block and the IVs made of it travel as ciphertext; keys and their like never do.
    if (value.derived.secret && value.derived.bytes.size() >= 8) secrets.push_back(value.derived.bytes);
  }
  for (const sim::TraceMessage& message : trace.messages) {
    const engine::Bytes& text = message.sent.cleartext;
    if (text.size() > 28) secrets.emplace_back(text.begin() + 28, text.end());
  }
  for (const sim::TraceEsp& esp : trace.esp) secrets.push_back(esp.plaintext);
  return secrets;
}

}  // namespace

TEST_CASE("an eavesdropper sees packets on public links alone, as octets on the wire") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const std::vector<engine::Bytes> secrets = secrets_of(trace);
  REQUIRE(secrets.size() > 50);
  for (Index packet = 0; packet < trace.packets.size(); ++packet) {
    const viz::Inspection seen = viz::inspect(index, packet, 0, spy);
    const bool crosses =
        trace.packets[packet].kind == sim::PacketKind::ike || trace.packets[packet].kind == sim::PacketKind::esp;
    REQUIRE(seen.buffers.size() == (crosses ? 1 : 0));
    if (!crosses) continue;
    REQUIRE(seen.buffers[0].kind == viz::BufferKind::wire);
    for (const engine::Bytes& secret : secrets) REQUIRE_FALSE(contains(seen.buffers[0].bytes, secret));
  }
}

TEST_CASE("to an eavesdropper ESP is opaque behind the sequence number") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const viz::Inspection seen = viz::inspect(index, trace.esp[0].packet, 0, spy);
  CHECK(viz::find_field(seen, "esp.spi").has_value());
  CHECK(viz::find_field(seen, "esp.sequence_number").has_value());
  CHECK_FALSE(viz::find_field(seen, "esp.icv").has_value());
  CHECK_FALSE(viz::find_field(seen, "esp.iv").has_value());
}

TEST_CASE("an eavesdropper's ladder has public nodes, public packets, and names that the wire tells") {
  tests::SyntheticOptions options;
  options.fail_third_exchange = true;
  options.end_down = true;
  const sim::Trace trace = tests::synthetic_trace(options);
  const TraceIndex index(trace);
  viz::LadderOptions ladder_options;
  ladder_options.viewpoint = spy;
  ladder_options.fold = false;
  const viz::Ladder ladder(index, ladder_options);
  CHECK(ladder.lifelines().size() == 3);  // Yamaha and the two endpoints.
  CHECK(ladder.notes().empty());
  CHECK(ladder.brackets().empty());
  CHECK(ladder.arrows().size() == trace.messages.size() + trace.esp.size());
  for (const viz::Arrow& arrow : ladder.arrows()) {
    CHECK(arrow.carries == no_index);
    CHECK(arrow.esp == no_index);
    CHECK_FALSE(arrow.lost);
    CHECK_FALSE(arrow.refused);
    CHECK(arrow.reason == engine::Reason::none);
    CHECK(arrow.name.find("dpd") == std::string_view::npos);
    if (arrow.kind != viz::ArrowKind::ike || !arrow.encrypted) continue;
    REQUIRE(arrow.payloads.size() == 1);
    CHECK(arrow.payloads[0] == "HDR*");
  }
}

TEST_CASE("an eavesdropper is told nothing of nodes, tunnels, keys and negotiations") {
  tests::SyntheticOptions options;
  options.end_down = true;
  const sim::Trace trace = tests::synthetic_trace(options);
  const TraceIndex index(trace);
  for (Index step = 0; step < trace.steps.size(); ++step) {
    const viz::TopologyView view = viz::topology_at(index, step, trace.steps[step].time, spy);
    for (const viz::TunnelView& tunnel : view.tunnels) {
      REQUIRE(tunnel.phase == sim::TunnelPhase::down);
      REQUIRE(tunnel.reason == engine::Reason::none);
    }
    for (Index node = 0; node < view.nodes.size(); ++node) {
      REQUIRE_FALSE(view.nodes[node].active);
      REQUIRE(view.nodes[node].visible == (node >= 1 && node <= 4));
    }
    for (const viz::Flight& flight : view.flights) {
      REQUIRE(trace.links[flight.link].is_public);
      REQUIRE(flight.carries == no_index);
      REQUIRE_FALSE(flight.will_be_lost);
    }
    for (Index link = 0; link < view.links.size(); ++link) {
      REQUIRE((trace.links[link].is_public || view.links[link].last_packet == no_index));
    }
    const viz::Flight stepped = viz::flight_of_step(index, step, spy);
    REQUIRE((stepped.packet == no_index || trace.links[stepped.link].is_public));
    REQUIRE(viz::negotiation_at(index, step, spy) == no_index);
    for (Index node : viz::gateways(trace)) {
      REQUIRE(viz::key_graph(index, node, viz::ike_sa_at(index, node, step), step, spy).nodes.empty());
      const viz::NodeStateView state = viz::state_at(index, node, step, trace.steps[step].time, spy);
      REQUIRE((state.machines.empty() && state.ike_sas.empty() && state.ipsec_sas.empty() && !state.counters));
    }
  }
}
