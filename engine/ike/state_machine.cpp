#include "engine/ike/state_machine.h"

#include <array>

#include "engine/ikev1/tables.h"

namespace engine::ike {
namespace {

constexpr std::array machines = {
    &ikev1::main_mode_initiator,  &ikev1::main_mode_responder, &ikev1::quick_mode_initiator,
    &ikev1::quick_mode_responder, &ikev1::informational,
};

}  // namespace

std::span<const StateMachine* const> all_state_machines() { return machines; }

const StateMachine* find_state_machine(std::string_view name) {
  for (const StateMachine* machine : machines) {
    if (machine->name == name) return machine;
  }
  return nullptr;
}

}  // namespace engine::ike
