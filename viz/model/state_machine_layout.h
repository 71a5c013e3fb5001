#pragma once

#include <cstdint>
#include <vector>

#include "engine/ike/state_machine.h"

namespace viz {

/// Place of one state on a grid.
struct StateBox {
  std::uint8_t state = 0;  ///< Row of StateMachine::states.
  std::uint32_t column = 0;
  std::uint32_t row = 0;
};

/// One transition as a line between boxes.
struct StateEdge {
  std::uint32_t transition = 0;  ///< Row of StateMachine::transitions.
  std::uint8_t from = 0;         ///< Rows of StateMachineLayout::boxes.
  std::uint8_t to = 0;
  std::uint32_t lane = 0;  ///< The n-th of those between the same two states.
  bool backwards = false;  ///< It leads to the same state or to an earlier row.
};

/// A state machine as boxes and lines: the way to success runs down column 0, the other endings stand in column 1.
struct StateMachineLayout {
  const engine::ike::StateMachine* machine = nullptr;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::vector<StateBox> boxes;   ///< One for each state, in the machine's order.
  std::vector<StateEdge> edges;  ///< One for each transition, in the machine's order.
};

/// Transitions that name a state which the machine does not have are left out.
StateMachineLayout lay_out(const engine::ike::StateMachine& machine);

}  // namespace viz
