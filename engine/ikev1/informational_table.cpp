#include "engine/ikev1/table_rows.h"
#include "engine/ikev1/tables.h"

namespace engine::ikev1 {
namespace {

using ike::State;
using ike::Trigger;
using Action = InformationalAction;
using S = InformationalState;

constexpr std::array states = {
    State{"idle", "Nothing to tell yet"},
    State{"awaiting-dpd-ack", "Asked R-U-THERE, waits for the answer"},
    State{"done", "Told", true},
    State{"unanswered", "No R-U-THERE-ACK came", true},
};

constexpr std::array rows = {
    on(Trigger::start, S::idle, Action::send_notification, S::done, 1, "informational.send-notification",
       "RFC 2409 5.7"),
    on(Trigger::start, S::idle, Action::send_delete, S::done, 1, "informational.send-delete", "RFC 2408 5.15"),
    on(Trigger::start, S::idle, Action::send_dpd_request, S::waiting_for_ack, 1, "informational.send-dpd-request",
       "RFC 3706 5.2"),
    on_message(S::idle, 1, hash_bit | notify_bit, delete_bit, is_encrypted, Action::take_notification, S::done, 0,
               "informational.receive-notification", "RFC 2409 5.7"),
    on_message(S::idle, 1, notify_bit, 0, in_clear, Action::take_clear_notification, S::done, 0,
               "informational.receive-clear-notification", "RFC 2409 5.7"),
    on_message(S::idle, 1, hash_bit | delete_bit, notify_bit, is_encrypted, Action::take_delete, S::done, 0,
               "informational.receive-delete", "RFC 2408 5.15"),
    on_message(S::idle, 1, hash_bit | notify_bit, 0, is_encrypted, Action::answer_dpd_request, S::done, 1,
               "informational.receive-dpd-request", "RFC 3706 5.2"),
    on_message(S::waiting_for_ack, 1, hash_bit | notify_bit, 0, is_encrypted, Action::take_dpd_ack, S::done, 0,
               "informational.receive-dpd-ack", "RFC 3706 6.1"),
    on(Trigger::timeout, S::waiting_for_ack, Action::count_unanswered, S::unanswered, 0, "informational.dpd-unanswered",
       "RFC 3706 5.4"),
    on(Trigger::command, S::waiting_for_ack, Action::abandon, S::done, 0, "informational.dpd-abandoned", ""),
};
static_assert(is_sound(states, rows));

}  // namespace

constinit const ike::StateMachine informational = {"informational", "Informational exchange", 2, states, rows};

}  // namespace engine::ikev1
