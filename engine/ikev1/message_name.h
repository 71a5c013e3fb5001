#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/ike/observation.h"

namespace engine::ikev1 {

ike::MessageName main_mode_message(std::uint8_t number);   ///< 0: its place is not known.
ike::MessageName quick_mode_message(std::uint8_t number);  ///< 0: its place is not known.

/// Named after the first notification or deletion in it; "informational" where nothing could be read.
ike::MessageName informational_message(std::span<const wire::Payload> payloads);

/// From the exchange type alone.
ike::MessageName message_of(wire::ExchangeType exchange);

/// "no-proposal-chosen", "dpd-request"; "notification" for a type without a name.
std::string_view notification_id(std::uint16_t type);

/// "NO-PROPOSAL-CHOSEN (14)" as shown to people.
std::string notification_text(std::uint16_t type);

/// Why an exchange ends when the peer sends this notification: none where it is no error.
Reason reason_of_notification(std::uint16_t type);

/// Labels as in RFC 2409 5.4 to 5.7: one for each payload, without the header's.
std::vector<std::string> payload_labels(const ike::MessageName& name, std::span<const wire::Payload> payloads);

/// The same with "HDR" or "HDR*" in front.
std::vector<std::string> message_labels(const ike::MessageName& name, std::span<const wire::Payload> payloads,
                                        bool encrypted);

/// The payloads of a message that was read.
std::vector<wire::Payload> contents(const wire::IsakmpMessage& message);

}  // namespace engine::ikev1
