#include "viz/model/topology.h"

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"

using viz::Flight;
using viz::Index;
using viz::no_index;
using viz::TopologyView;
using viz::TraceIndex;
using viz::Viewpoint;

namespace {

Index first_step_of(const sim::Trace& trace, sim::PacketKind kind) {
  for (Index step = 0; step < trace.steps.size(); ++step) {
    const Index packet = trace.steps[step].packet;
    if (packet != no_index && trace.packets[packet].kind == kind) return step;
  }
  return no_index;
}

}  // namespace

TEST_CASE("a packet in flight moves along its link with the time") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Index step = first_step_of(trace, sim::PacketKind::ike);
  const sim::TraceHop& hop = trace.packets[trace.steps[step].packet].hops[0];
  for (std::uint32_t permille : {0U, 250U, 500U, 999U}) {
    const viz::Time time = hop.departed + (hop.arrived - hop.departed) * permille / 1000;
    const TopologyView view = viz::topology_at(index, step, time, Viewpoint::omniscient);
    REQUIRE(view.flights.size() == 1);
    CHECK(view.flights[0].permille == permille);
    CHECK(view.flights[0].from == hop.from);
    CHECK(view.flights[0].to == hop.to);
    CHECK(view.flights[0].tunnel == 0);
  }
  const TopologyView arrived = viz::topology_at(index, step, hop.arrived, Viewpoint::omniscient);
  REQUIRE(arrived.flights.size() == 1);
  CHECK(arrived.flights[0].hop == 1);
}

TEST_CASE("of two packets that share a link both are shown, the one that overtakes too") {
  sim::Trace trace;
  trace.nodes.resize(2);
  trace.links.resize(1);
  trace.links[0].a = 0;
  trace.links[0].b = 1;
  trace.packets.resize(3);
  const std::int64_t times[3][2] = {{0, 1000}, {100, 300}, {200, 250}};
  for (Index packet = 0; packet < 3; ++packet) {
    sim::TraceHop hop;
    hop.link = 0;
    hop.from = 0;
    hop.to = 1;
    hop.departed = engine::time_at(times[packet][0]);
    hop.arrived = engine::time_at(times[packet][1]);
    trace.packets[packet].hops.push_back(hop);
  }
  const TraceIndex index(trace);
  const auto flying = [&](std::int64_t time) {
    std::vector<Index> packets;
    for (const Flight& flight : viz::topology_at(index, 0, engine::time_at(time), Viewpoint::omniscient).flights) {
      packets.push_back(flight.packet);
    }
    return packets;
  };
  CHECK(flying(50) == std::vector<Index>{0});
  CHECK(flying(220) == std::vector<Index>{0, 1, 2});
  CHECK(flying(260) == std::vector<Index>{0, 1});
  CHECK(flying(500) == std::vector<Index>{0});
  CHECK(flying(1000).empty());
}

TEST_CASE("a tunnel is drawn as it comes to be") {
  tests::SyntheticOptions options;
  options.end_down = true;
  const sim::Trace trace = tests::synthetic_trace(options);
  const TraceIndex index(trace);
  std::vector<sim::TunnelPhase> phases;
  for (Index step = 0; step < trace.steps.size(); ++step) {
    const auto phase = viz::topology_at(index, step, trace.steps[step].time, Viewpoint::omniscient).tunnels[1].phase;
    if (phases.empty() || phases.back() != phase) phases.push_back(phase);
  }
  using Phase = sim::TunnelPhase;
  CHECK(phases == std::vector{Phase::down, Phase::phase1, Phase::isakmp_sa, Phase::up, Phase::down});
  const auto last = static_cast<Index>(trace.steps.size()) - 1;
  CHECK(viz::topology_at(index, last, trace.end, Viewpoint::omniscient).tunnels[1].reason == engine::Reason::peer_dead);
}

TEST_CASE("a link that refused its last packet because it is down is down") {
  sim::Trace trace = tests::synthetic_trace();
  const Index packet = trace.steps[first_step_of(trace, sim::PacketKind::ike)].packet;
  trace.packets[packet].hops[0].lost = engine::Reason::link_down;
  const TraceIndex index(trace);
  const viz::Time time = trace.packets[packet].hops[0].departed;
  const Index link = trace.packets[packet].hops[0].link;
  CHECK_FALSE(viz::topology_at(index, 1, time, Viewpoint::omniscient).links[link].up);
  CHECK(viz::topology_at(index, 1, trace.end, Viewpoint::omniscient).links[link].up);
}

TEST_CASE("stepping shows a packet at the beginning of its hop, and at its end once it has arrived") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  for (Index step = 0; step < trace.steps.size(); ++step) {
    const Flight flight = viz::flight_of_step(index, step, Viewpoint::omniscient);
    const sim::Step& current = trace.steps[step];
    if (current.packet == no_index) {
      CHECK(flight.packet == no_index);
      continue;
    }
    REQUIRE(flight.packet == current.packet);
    const bool leaves = current.kind == sim::StepKind::send || current.kind == sim::StepKind::forward;
    CHECK(flight.permille == (leaves ? 0 : 1000));
  }
}

TEST_CASE("a ping is inside an ESP packet on the way through the tunnel, and in the open before and after") {
  tests::SyntheticOptions options;
  options.pings = 1;
  const sim::Trace trace = tests::synthetic_trace(options);
  const TraceIndex index(trace);
  const Index ping = trace.steps[first_step_of(trace, sim::PacketKind::icmp)].packet;
  const Index esp = trace.packets[ping].carried_by.at(0);
  const Flight before = viz::flight_of_step(index, index.steps_of_packet(ping).front(), Viewpoint::omniscient);
  CHECK(before.tunnel == no_index);
  CHECK(before.carries == no_index);
  const Flight inside = viz::flight_of_step(index, index.steps_of_packet(esp).front(), Viewpoint::omniscient);
  CHECK(inside.tunnel == 0);
  CHECK(inside.carries == ping);
  const Flight after = viz::flight_of_step(index, index.steps_of_packet(ping).back(), Viewpoint::omniscient);
  CHECK(after.tunnel == no_index);
}
