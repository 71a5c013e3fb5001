#pragma once

#include <span>
#include <string_view>

/// The names under which the engine speaks of things in its observations. Texts for people are looked up by them, so
/// each list is complete: nothing else occurs.
namespace engine::ike {

/// Ids of Remark, with the names of the values that come with them.
namespace remark {
inline constexpr std::string_view initiate = "initiate";                      ///< peer
inline constexpr std::string_view initiate_scheduled = "initiate.scheduled";  ///< after
inline constexpr std::string_view retransmission = "retransmission";          ///< message, number, of, next
inline constexpr std::string_view give_up = "give-up";                        ///< message, retransmissions
inline constexpr std::string_view dpd_supported = "dpd.supported";            ///< (the peer sent the vendor ID)
inline constexpr std::string_view dpd_unsupported = "dpd.unsupported";        ///< (it did not, and DPD is wanted)
inline constexpr std::string_view dpd_probe = "dpd.probe";                    ///< sequence, number, of
inline constexpr std::string_view dpd_alive = "dpd.alive";                    ///< sequence
inline constexpr std::string_view dpd_dead = "dpd.dead";                      ///< unanswered, action
inline constexpr std::string_view vendor_id_unknown = "vendor-id.unknown";    ///< data
inline constexpr std::string_view initial_contact_sent = "initial-contact.sent";
inline constexpr std::string_view initial_contact_received = "initial-contact.received";        ///< removed
inline constexpr std::string_view notification_received = "notification.received";              ///< type, authenticated
inline constexpr std::string_view responder_lifetime_sent = "responder-lifetime.sent";          ///< phase, seconds
inline constexpr std::string_view responder_lifetime_received = "responder-lifetime.received";  ///< phase, seconds
inline constexpr std::string_view lifetime_shortened = "lifetime.shortened";  ///< phase, offered, used
inline constexpr std::string_view lifetime_expired = "lifetime.expired";      ///< phase
inline constexpr std::string_view rekey_due = "rekey.due";                    ///< phase, cause
inline constexpr std::string_view rekey_retry = "rekey.retry";                ///< phase, after
inline constexpr std::string_view rekey_old_removed = "rekey.old-removed";    ///< phase, cause
inline constexpr std::string_view rekey_crossing = "rekey.crossing";          ///< phase
inline constexpr std::string_view delete_unknown = "delete.unknown";          ///< protocol, spi
inline constexpr std::string_view half_open_limit = "half-open.limit";        ///< limit
}  // namespace remark

/// Every id that a Remark can have.
std::span<const std::string_view> all_remark_ids();

/// Every id that a MessageName can have: "main-mode-1", "quick-mode-3", "informational-dpd-request", ...; "main-mode",
/// "quick-mode" and "informational" alone name messages whose place or content could not be told.
std::span<const std::string_view> all_message_names();

/// Every name that a ValueDerived can have, without the suffix in parentheses that tells the message or direction
/// ("IV (Quick Mode 1)" is listed as "IV").
std::span<const std::string_view> all_value_names();

}  // namespace engine::ike
