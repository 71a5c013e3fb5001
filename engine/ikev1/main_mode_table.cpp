#include "engine/ikev1/table_rows.h"
#include "engine/ikev1/tables.h"

namespace engine::ikev1 {
namespace {

using ike::State;
using ike::Trigger;
using Action = MainModeAction;
using I = MainModeInitiatorState;
using R = MainModeResponderState;

constexpr std::array initiator_states = {
    State{"idle", "Not started"},
    State{"awaiting-main-mode-2", "Sent the offer, waits for the choice"},
    State{"awaiting-main-mode-4", "Sent KE and nonce, waits for the peer's"},
    State{"awaiting-main-mode-6", "Sent identity and HASH_I, waits for the peer's"},
    State{"established", "ISAKMP SA established", true},
    State{"failed", "Ended without an ISAKMP SA", true},
};

constexpr std::array initiator_rows = {
    on(Trigger::start, I::idle, Action::offer, I::waiting_2, 1, "main-mode.initiator.send-1", "RFC 2409 5.4"),
    on_message(I::waiting_2, 2, sa_bit, 0, in_clear, Action::take_choice, I::waiting_4, 3,
               "main-mode.initiator.receive-2", "RFC 2409 5.4"),
    on_message(I::waiting_4, 4, ke_bit | nonce_bit, 0, in_clear, Action::identify, I::waiting_6, 5,
               "main-mode.initiator.receive-4", "RFC 2409 5.4"),
    on_message(I::waiting_6, 6, id_bit | hash_bit, 0, is_encrypted, Action::finish, I::established, 0,
               "main-mode.initiator.receive-6", "RFC 2409 5.4"),
    on(Trigger::refusal, I::waiting_2, Action::refuse, I::failed, 0, "main-mode.initiator.refuse-2", "RFC 2408 5.4"),
    on(Trigger::refusal, I::waiting_4, Action::refuse, I::failed, 0, "main-mode.initiator.refuse-4", "RFC 2408 5.7"),
    on(Trigger::refusal, I::waiting_6, Action::refuse, I::failed, 0, "main-mode.initiator.refuse-6", "RFC 2409 5"),
    on(Trigger::refusal, I::waiting_2, Action::peer_refused, I::failed, 0, "main-mode.initiator.peer-refused-1",
       "RFC 2408 5.14.2"),
    on(Trigger::refusal, I::waiting_4, Action::peer_refused, I::failed, 0, "main-mode.initiator.peer-refused-3",
       "RFC 2408 5.14.2"),
    on(Trigger::refusal, I::waiting_6, Action::peer_refused, I::failed, 0, "main-mode.initiator.peer-refused-5",
       "RFC 2408 5.14.2"),
    on(Trigger::timeout, I::waiting_2, Action::give_up, I::failed, 0, "main-mode.initiator.no-answer-1",
       "RFC 2408 5.1"),
    on(Trigger::timeout, I::waiting_4, Action::give_up, I::failed, 0, "main-mode.initiator.no-answer-3",
       "RFC 2408 5.1"),
    on(Trigger::timeout, I::waiting_6, Action::give_up, I::failed, 0, "main-mode.initiator.no-answer-5",
       "RFC 2408 5.1"),
    on(Trigger::command, I::waiting_2, Action::abandon, I::failed, 0, "main-mode.initiator.abandon-2", ""),
    on(Trigger::command, I::waiting_4, Action::abandon, I::failed, 0, "main-mode.initiator.abandon-4", ""),
    on(Trigger::command, I::waiting_6, Action::abandon, I::failed, 0, "main-mode.initiator.abandon-6", ""),
};
static_assert(is_sound(initiator_states, initiator_rows));

constexpr std::array responder_states = {
    State{"idle", "Nothing came yet"},
    State{"awaiting-main-mode-3", "Sent the choice, waits for KE and nonce"},
    State{"awaiting-main-mode-5", "Sent KE and nonce, waits for identity and HASH_I"},
    State{"established", "ISAKMP SA established", true},
    State{"failed", "Ended without an ISAKMP SA", true},
};

constexpr std::array responder_rows = {
    on_message(R::idle, 1, sa_bit, 0, in_clear, Action::choose, R::waiting_3, 2, "main-mode.responder.receive-1",
               "RFC 2409 5.4"),
    on_message(R::waiting_3, 3, ke_bit | nonce_bit, 0, in_clear, Action::answer_key, R::waiting_5, 4,
               "main-mode.responder.receive-3", "RFC 2409 5.4"),
    on_message(R::waiting_5, 5, id_bit | hash_bit, 0, is_encrypted, Action::authenticate, R::established, 6,
               "main-mode.responder.receive-5", "RFC 2409 5.4"),
    on(Trigger::refusal, R::idle, Action::refuse, R::failed, 0, "main-mode.responder.refuse-1", "RFC 2408 5.4"),
    on(Trigger::refusal, R::waiting_3, Action::refuse, R::failed, 0, "main-mode.responder.refuse-3", "RFC 2408 5.7"),
    on(Trigger::refusal, R::waiting_5, Action::refuse_and_stay, R::waiting_5, 0, "main-mode.responder.unreadable-5",
       "RFC 2409 5"),
    on(Trigger::refusal, R::waiting_5, Action::refuse, R::failed, 0, "main-mode.responder.refuse-5", "RFC 2408 5.8"),
    on(Trigger::refusal, R::waiting_3, Action::peer_refused, R::failed, 0, "main-mode.responder.peer-refused-2",
       "RFC 2408 5.14.2"),
    on(Trigger::refusal, R::waiting_5, Action::peer_refused, R::failed, 0, "main-mode.responder.peer-refused-4",
       "RFC 2408 5.14.2"),
    on(Trigger::timeout, R::waiting_3, Action::give_up, R::failed, 0, "main-mode.responder.no-message-3",
       "RFC 2408 5.1"),
    on(Trigger::timeout, R::waiting_5, Action::give_up, R::failed, 0, "main-mode.responder.no-message-5",
       "RFC 2408 5.1"),
    on(Trigger::command, R::waiting_3, Action::abandon, R::failed, 0, "main-mode.responder.abandon-3", ""),
    on(Trigger::command, R::waiting_5, Action::abandon, R::failed, 0, "main-mode.responder.abandon-5", ""),
};
static_assert(is_sound(responder_states, responder_rows));

}  // namespace

constinit const ike::StateMachine main_mode_initiator = {"main-mode-initiator", "Main Mode, initiator", 1,
                                                         initiator_states, initiator_rows};
constinit const ike::StateMachine main_mode_responder = {"main-mode-responder", "Main Mode, responder", 1,
                                                         responder_states, responder_rows};

}  // namespace engine::ikev1
