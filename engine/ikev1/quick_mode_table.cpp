#include "engine/ikev1/table_rows.h"
#include "engine/ikev1/tables.h"

namespace engine::ikev1 {
namespace {

using ike::State;
using ike::Trigger;
using Action = QuickModeAction;
using I = QuickModeInitiatorState;
using R = QuickModeResponderState;

constexpr std::array initiator_states = {
    State{"idle", "Not started"},
    State{"awaiting-quick-mode-2", "Sent the offer, waits for the choice"},
    State{"established", "IPsec SAs installed", true},
    State{"failed", "Ended without IPsec SAs", true},
};

constexpr std::array initiator_rows = {
    on(Trigger::start, I::idle, Action::offer, I::waiting_2, 1, "quick-mode.initiator.send-1", "RFC 2409 5.5"),
    on_message(I::waiting_2, 2, hash_bit | sa_bit | nonce_bit, ke_bit | id_bit, is_encrypted, Action::finish,
               I::established, 3, "quick-mode.initiator.receive-2", "RFC 2409 5.5"),
    on(Trigger::refusal, I::waiting_2, Action::refuse, I::failed, 0, "quick-mode.initiator.refuse-2", "RFC 2409 5.5"),
    on(Trigger::refusal, I::waiting_2, Action::peer_refused, I::failed, 0, "quick-mode.initiator.peer-refused-1",
       "RFC 2408 5.14.2"),
    on(Trigger::timeout, I::waiting_2, Action::give_up, I::failed, 0, "quick-mode.initiator.no-answer-1",
       "RFC 2408 5.1"),
    on(Trigger::command, I::waiting_2, Action::abandon, I::failed, 0, "quick-mode.initiator.abandon-2", ""),
};
static_assert(is_sound(initiator_states, initiator_rows));

constexpr std::array responder_states = {
    State{"idle", "Nothing came yet"},
    State{"awaiting-quick-mode-3", "Sent the choice, waits for the confirmation"},
    State{"established", "IPsec SAs installed", true},
    State{"failed", "Ended without IPsec SAs", true},
};

constexpr std::array responder_rows = {
    on_message(R::idle, 1, hash_bit | sa_bit | nonce_bit, ke_bit | id_bit, is_encrypted, Action::choose, R::waiting_3,
               2, "quick-mode.responder.receive-1", "RFC 2409 5.5"),
    on_message(R::waiting_3, 3, hash_bit, 0, is_encrypted, Action::confirm, R::established, 0,
               "quick-mode.responder.receive-3", "RFC 2409 5.5"),
    on(Trigger::refusal, R::idle, Action::refuse, R::failed, 0, "quick-mode.responder.refuse-1", "RFC 2409 5.5"),
    on(Trigger::refusal, R::waiting_3, Action::peer_refused, R::failed, 0, "quick-mode.responder.peer-refused-2",
       "RFC 2408 5.14.2"),
    on(Trigger::timeout, R::waiting_3, Action::give_up, R::failed, 0, "quick-mode.responder.no-answer-2",
       "RFC 2408 5.1"),
    on(Trigger::command, R::waiting_3, Action::abandon, R::failed, 0, "quick-mode.responder.abandon-3", ""),
};
static_assert(is_sound(responder_states, responder_rows));

}  // namespace

constinit const ike::StateMachine quick_mode_initiator = {"quick-mode-initiator", "Quick Mode, initiator", 2,
                                                          initiator_states, initiator_rows};
constinit const ike::StateMachine quick_mode_responder = {"quick-mode-responder", "Quick Mode, responder", 2,
                                                          responder_states, responder_rows};

}  // namespace engine::ikev1
