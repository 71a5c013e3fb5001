#include "viz/model/state_machine_layout.h"

#include <algorithm>

namespace viz {
namespace {

using engine::ike::StateMachine;
using engine::ike::Transition;
using engine::ike::Trigger;

/// Whether a state lies on the way that things take when nothing goes wrong.
bool is_on_the_way(const StateMachine& machine, std::size_t state) {
  if (!machine.states[state].terminal) return true;
  return std::any_of(machine.transitions.begin(), machine.transitions.end(), [state](const Transition& transition) {
    return transition.to == state && (transition.trigger == Trigger::message || transition.trigger == Trigger::start);
  });
}

bool is_inside(const StateMachine& machine, const Transition& transition) {
  return transition.from < machine.states.size() && transition.to < machine.states.size();
}

}  // namespace

StateMachineLayout lay_out(const StateMachine& machine) {
  StateMachineLayout layout;
  layout.machine = &machine;
  std::uint32_t way = 0;
  std::uint32_t aside = 0;
  for (std::size_t state = 0; state < machine.states.size(); ++state) {
    const bool on_the_way = is_on_the_way(machine, state);
    layout.boxes.push_back({static_cast<std::uint8_t>(state), on_the_way ? 0U : 1U, on_the_way ? way++ : aside++});
  }
  // The other endings stand at the height of the last state before the end.
  const std::uint32_t down = way > aside + 1 ? way - aside - 1 : 0;
  for (StateBox& box : layout.boxes) {
    if (box.column == 1) box.row += down;
  }
  layout.columns = machine.states.empty() ? 0 : (aside == 0 ? 1 : 2);
  layout.rows = std::max(way, aside + down);
  for (std::uint32_t row = 0; row < machine.transitions.size(); ++row) {
    const Transition& transition = machine.transitions[row];
    if (!is_inside(machine, transition)) continue;
    const auto lane = std::count_if(layout.edges.begin(), layout.edges.end(), [&](const StateEdge& edge) {
      return edge.from == transition.from && edge.to == transition.to;
    });
    const bool backwards = layout.boxes[transition.to].row <= layout.boxes[transition.from].row &&
                           layout.boxes[transition.to].column == layout.boxes[transition.from].column;
    layout.edges.push_back({row, transition.from, transition.to, static_cast<std::uint32_t>(lane), backwards});
  }
  return layout;
}

}  // namespace viz
