#include "viz/model/state_view.h"

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"
#include "viz/model/state_machine_layout.h"

using namespace std::chrono_literals;
using viz::Index;
using viz::NodeStateView;
using viz::TraceIndex;
using viz::Viewpoint;

namespace {

constexpr Index yamaha = 1;

NodeStateView view_at(const TraceIndex& index, Index node, Index step) {
  return viz::state_at(index, node, step, index.trace().steps[step].time, Viewpoint::omniscient);
}

}  // namespace

TEST_CASE("a machine shows its present state and the way it came") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const NodeStateView before = view_at(index, yamaha, 0);
  REQUIRE(before.machines.size() == 1);
  REQUIRE(before.machines[0].machine != nullptr);
  CHECK(before.machines[0].machine->name == "main-mode-initiator");
  CHECK(before.machines[0].current == "awaiting-main-mode-2");
  CHECK(before.machines[0].taken_at_step.has_value());
  CHECK_FALSE(before.machines[0].terminal);

  const NodeStateView after = view_at(index, yamaha, trace.exchanges[0].last_step);
  CHECK(after.machines[0].current == "established");
  CHECK(after.machines[0].terminal);
  CHECK(after.machines[0].visited.size() == 5);
  REQUIRE(after.machines[0].taken.size() == 4);
  const engine::ike::Transition& last = after.machines[0].machine->transitions[after.machines[0].taken.back()];
  CHECK(last.story == "main-mode.initiator.receive-6");
}

TEST_CASE("of each machine the latest run of each tunnel is shown") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const NodeStateView view = view_at(index, yamaha, static_cast<Index>(trace.steps.size()) - 1);
  REQUIRE(view.machines.size() == 4);  // Main mode and quick mode, each for two tunnels.
  CHECK(view.machines[1].name == "quick-mode-initiator");
  CHECK(view.machines[1].message_id == trace.exchanges.back().message_id);
}

TEST_CASE("lifetimes count down with the cursor's time and end at zero") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Index step = trace.exchanges[0].last_step;
  const viz::Time now = trace.steps[step].time;
  const auto remaining = [&](viz::Time time) {
    return viz::state_at(index, yamaha, step, time, Viewpoint::omniscient).ike_sas.at(0).until_expiry;
  };
  CHECK(remaining(now).left == 28800s);
  CHECK(remaining(now + 1h).left == 25200s);
  CHECK(remaining(now + 9h).left == 0s);
  CHECK(remaining(now + 9h).over);
  CHECK_FALSE(remaining(now).over);
  const NodeStateView early = view_at(index, yamaha, 0);
  CHECK_FALSE(early.ike_sas.at(0).until_expiry.limited);
}

TEST_CASE("a pair of IPsec SAs shows counters and replay window once packets came") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const NodeStateView quiet = view_at(index, yamaha, trace.exchanges[1].last_step);
  REQUIRE(quiet.ipsec_sas.size() == 1);
  CHECK(quiet.ipsec_sas[0].traffic == nullptr);
  CHECK(quiet.ipsec_sas[0].state->state == "installed");
  const NodeStateView busy = view_at(index, yamaha, trace.exchanges.back().first_step - 1);
  REQUIRE(busy.ipsec_sas.size() == 2);
  const viz::IpsecSaView& first = busy.ipsec_sas[1];
  REQUIRE(first.traffic != nullptr);
  CHECK(first.traffic->packets_in == 3);
  CHECK(first.traffic->replay_highest == 3);
  CHECK(first.tunnel == 0);
}

TEST_CASE("SAs that ended are left out before those that live") {
  sim::Trace trace;
  trace.nodes.resize(1);
  for (std::uint32_t id = 1; id <= 40; ++id) {
    sim::Step step;
    step.node = 0;
    step.time = engine::time_at(id);
    engine::ike::IkeSaState sa;
    sa.id = id;
    sa.state = id % 10 == 0 ? "established" : "deleted";
    step.notes.push_back(sa);
    trace.steps.push_back(step);
  }
  const TraceIndex index(trace);
  const NodeStateView view = view_at(index, 0, 39);
  REQUIRE(view.ike_sas.size() == viz::max_state_rows);
  CHECK(std::count_if(view.ike_sas.begin(), view.ike_sas.end(),
                      [](const viz::IkeSaView& sa) { return sa.state->state == "established"; }) == 4);
  CHECK(view.ike_sas[0].state->id == 40);
  CHECK(view.ike_sas[1].state->id == 39);
}

TEST_CASE("gateways are the nodes that speak IKE") {
  CHECK(viz::gateways(tests::synthetic_trace()) == std::vector<Index>{1, 3, 4});
}

TEST_CASE("every machine of the engine is laid out: each state in its own place, each transition a line") {
  for (const engine::ike::StateMachine* machine : engine::ike::all_state_machines()) {
    INFO(machine->name);
    const viz::StateMachineLayout layout = viz::lay_out(*machine);
    REQUIRE(layout.boxes.size() == machine->states.size());
    CHECK(layout.edges.size() == machine->transitions.size());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
    for (const viz::StateBox& box : layout.boxes) {
      CHECK(box.column < layout.columns);
      CHECK(box.row < layout.rows);
      CHECK(std::count(places.begin(), places.end(), std::pair(box.column, box.row)) == 0);
      places.emplace_back(box.column, box.row);
      if (machine->states[box.state].id == "failed") CHECK(box.column == 1);
      if (machine->states[box.state].id == "established") CHECK(box.column == 0);
    }
    for (std::size_t a = 0; a < layout.edges.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        const bool same_ends = layout.edges[a].from == layout.edges[b].from && layout.edges[a].to == layout.edges[b].to;
        if (same_ends) CHECK(layout.edges[a].lane != layout.edges[b].lane);
      }
    }
  }
}
