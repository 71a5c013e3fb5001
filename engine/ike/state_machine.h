#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace engine::ike {

/// One state of an exchange, as data: the engine runs on it and the window draws it.
struct State {
  std::string_view id;    ///< "awaiting-main-mode-2"
  std::string_view name;  ///< "Sent SA, wait for the choice"
  bool terminal = false;
};

/// What moves an exchange on.
enum class Trigger : std::uint8_t { start, message, refusal, timeout, command };

/// One row of an exchange's table. `from` and `to` index the machine's states.
struct Transition {
  std::uint8_t from = 0;
  Trigger trigger = Trigger::message;
  std::uint8_t message_number = 0;  ///< Of the message received (trigger message).
  std::uint32_t required = 0;  ///< Payloads that must be there: bit (1 << type). NAT-D and others above 31 never are.
  std::uint32_t optional = 0;  ///< Payloads that may be there; vendor IDs and notifications always may.
  bool encrypted = false;      ///< The message must be (or must not be) encrypted.
  std::uint8_t action = 0;     ///< Which of the machine's own actions to run; its enum stands beside the table.
  std::uint8_t to = 0;
  std::uint8_t sends = 0;  ///< Number of the message sent on the way; 0: none.
  std::string_view story;  ///< "main-mode.initiator.receive-2"
  std::string_view rfc;
};

struct StateMachine {
  std::string_view name;   ///< "main-mode-initiator"
  std::string_view title;  ///< "Main Mode, initiator"
  std::uint8_t phase = 1;
  std::span<const State> states;
  std::span<const Transition> transitions;
};

/// Every machine of the engine, for those who draw or list them.
std::span<const StateMachine* const> all_state_machines();

/// By name; null if there is none.
const StateMachine* find_state_machine(std::string_view name);

}  // namespace engine::ike
