#pragma once

#include "engine/ike/state_machine.h"

/// The exchanges of IKEv1 as tables (RFC 2409 5). The engine runs on them: which message may come in a state, with
/// which payloads, encrypted or not, what is done about it, what is sent, and which state is next.
namespace engine::ikev1 {

/// What a row of a main mode table makes the engine do.
enum class MainModeAction : std::uint8_t {
  offer,            ///< Initiator, message 1: offer the policy.
  choose,           ///< Responder, message 1 -> 2: choose a transform.
  take_choice,      ///< Initiator, message 2 -> 3: check the choice, send KE and nonce.
  answer_key,       ///< Responder, message 3 -> 4: send own KE and nonce, derive the keys.
  identify,         ///< Initiator, message 4 -> 5: derive the keys, send identity and HASH_I.
  authenticate,     ///< Responder, message 5 -> 6: check HASH_I, send identity and HASH_R.
  finish,           ///< Initiator, message 6: check HASH_R.
  refuse,           ///< The peer's message is not acceptable.
  refuse_and_stay,  ///< The peer's message is not acceptable, but it may have been forged: go on waiting.
  peer_refused,     ///< The peer told that it refuses.
  give_up,          ///< Waited long enough.
  abandon,          ///< The operator, or a deletion, ends it.
};

/// States of both main mode machines; `waiting_*` has the number of the message it waits for.
enum class MainModeInitiatorState : std::uint8_t { idle, waiting_2, waiting_4, waiting_6, established, failed };
enum class MainModeResponderState : std::uint8_t { idle, waiting_3, waiting_5, established, failed };

/// What a row of a quick mode table makes the engine do.
enum class QuickModeAction : std::uint8_t {
  offer,         ///< Initiator, message 1.
  choose,        ///< Responder, message 1 -> 2.
  finish,        ///< Initiator, message 2 -> 3: install the SAs.
  confirm,       ///< Responder, message 3: install the SAs.
  refuse,        ///< The peer's message is not acceptable.
  peer_refused,  ///< The peer told that it refuses.
  give_up,
  abandon,
};

enum class QuickModeInitiatorState : std::uint8_t { idle, waiting_2, established, failed };
enum class QuickModeResponderState : std::uint8_t { idle, waiting_3, established, failed };

/// What a row of the informational table makes the engine do.
enum class InformationalAction : std::uint8_t {
  send_notification,
  send_delete,
  send_dpd_request,
  take_notification,
  take_clear_notification,
  take_delete,
  answer_dpd_request,
  take_dpd_ack,
  count_unanswered,
  abandon,
};

enum class InformationalState : std::uint8_t { idle, waiting_for_ack, done, unanswered };

extern const ike::StateMachine main_mode_initiator;
extern const ike::StateMachine main_mode_responder;
extern const ike::StateMachine quick_mode_initiator;
extern const ike::StateMachine quick_mode_responder;
extern const ike::StateMachine informational;

}  // namespace engine::ikev1
