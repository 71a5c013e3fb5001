#pragma once

#include <array>

#include "engine/ike/state_machine.h"
#include "engine/wire/isakmp.h"

/// Short forms for writing the tables down, and what every table must obey, checked when it is compiled.
namespace engine::ikev1 {

/// The bit of a payload type in Transition::required and Transition::optional.
constexpr std::uint32_t bit(wire::PayloadType type) { return 1U << static_cast<std::uint8_t>(type); }

constexpr std::uint32_t sa_bit = bit(wire::PayloadType::security_association);
constexpr std::uint32_t ke_bit = bit(wire::PayloadType::key_exchange);
constexpr std::uint32_t id_bit = bit(wire::PayloadType::identification);
constexpr std::uint32_t hash_bit = bit(wire::PayloadType::hash);
constexpr std::uint32_t nonce_bit = bit(wire::PayloadType::nonce);
constexpr std::uint32_t notify_bit = bit(wire::PayloadType::notification);
constexpr std::uint32_t delete_bit = bit(wire::PayloadType::delete_payload);

constexpr bool in_clear = false;
constexpr bool is_encrypted = true;

/// A message that comes in.
template <class State, class Action>
constexpr ike::Transition on_message(State from, std::uint8_t number, std::uint32_t required, std::uint32_t optional,
                                     bool encrypted, Action action, State to, std::uint8_t sends,
                                     std::string_view story, std::string_view rfc) {
  return {static_cast<std::uint8_t>(from),   ike::Trigger::message,         number, required, optional, encrypted,
          static_cast<std::uint8_t>(action), static_cast<std::uint8_t>(to), sends,  story,    rfc};
}

/// Anything else that moves an exchange.
template <class State, class Action>
constexpr ike::Transition on(ike::Trigger trigger, State from, Action action, State to, std::uint8_t sends,
                             std::string_view story, std::string_view rfc) {
  return {static_cast<std::uint8_t>(from), trigger, 0,     0,  0, false, static_cast<std::uint8_t>(action),
          static_cast<std::uint8_t>(to),   sends,   story, rfc};
}

/// Rows stay inside the states, nothing leaves a terminal state, and (from, trigger, action) names one row.
template <std::size_t States, std::size_t Rows>
constexpr bool is_sound(const std::array<ike::State, States>& states, const std::array<ike::Transition, Rows>& rows) {
  for (std::size_t i = 0; i < Rows; ++i) {
    if (rows[i].from >= States || rows[i].to >= States || states[rows[i].from].terminal) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (rows[i].from == rows[j].from && rows[i].trigger == rows[j].trigger && rows[i].action == rows[j].action) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace engine::ikev1
