#include "engine/ikev1/message_name.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/wire/names.h"

namespace engine::ikev1 {
namespace {

namespace notification = wire::notification;

struct NotificationRow {
  std::uint16_t type;
  std::string_view id;
  Reason reason;
};

constexpr std::array rows = {
    NotificationRow{notification::invalid_payload_type, "invalid-payload-type", Reason::malformed},
    NotificationRow{notification::doi_not_supported, "doi-not-supported", Reason::no_proposal_chosen},
    NotificationRow{notification::situation_not_supported, "situation-not-supported", Reason::no_proposal_chosen},
    NotificationRow{notification::invalid_cookie, "invalid-cookie", Reason::invalid_cookie},
    NotificationRow{notification::invalid_major_version, "invalid-major-version", Reason::unsupported_version},
    NotificationRow{notification::invalid_minor_version, "invalid-minor-version", Reason::unsupported_version},
    NotificationRow{notification::invalid_exchange_type, "invalid-exchange-type", Reason::invalid_exchange_type},
    NotificationRow{notification::invalid_flags, "invalid-flags", Reason::malformed},
    NotificationRow{notification::invalid_message_id, "invalid-message-id", Reason::invalid_message_id},
    NotificationRow{notification::invalid_protocol_id, "invalid-protocol-id", Reason::no_proposal_chosen},
    NotificationRow{notification::invalid_spi, "invalid-spi", Reason::unknown_spi},
    NotificationRow{notification::invalid_transform_id, "invalid-transform-id", Reason::no_proposal_chosen},
    NotificationRow{notification::attributes_not_supported, "attributes-not-supported", Reason::no_proposal_chosen},
    NotificationRow{notification::no_proposal_chosen, "no-proposal-chosen", Reason::no_proposal_chosen},
    NotificationRow{notification::bad_proposal_syntax, "bad-proposal-syntax", Reason::malformed},
    NotificationRow{notification::payload_malformed, "payload-malformed", Reason::malformed},
    NotificationRow{notification::invalid_key_information, "invalid-key-information", Reason::invalid_key_exchange},
    NotificationRow{notification::invalid_id_information, "invalid-id-information", Reason::invalid_identity},
    NotificationRow{notification::invalid_cert_encoding, "invalid-cert-encoding", Reason::authentication_failed},
    NotificationRow{notification::invalid_certificate, "invalid-certificate", Reason::authentication_failed},
    NotificationRow{notification::cert_type_unsupported, "cert-type-unsupported", Reason::authentication_failed},
    NotificationRow{notification::invalid_cert_authority, "invalid-cert-authority", Reason::authentication_failed},
    NotificationRow{notification::invalid_hash_information, "invalid-hash-information", Reason::invalid_hash},
    NotificationRow{notification::authentication_failed, "authentication-failed", Reason::authentication_failed},
    NotificationRow{notification::invalid_signature, "invalid-signature", Reason::authentication_failed},
    NotificationRow{notification::address_notification, "address-notification", Reason::none},
    NotificationRow{notification::notify_sa_lifetime, "notify-sa-lifetime", Reason::none},
    NotificationRow{notification::certificate_unavailable, "certificate-unavailable", Reason::authentication_failed},
    NotificationRow{notification::unsupported_exchange_type, "unsupported-exchange-type",
                    Reason::invalid_exchange_type},
    NotificationRow{notification::unequal_payload_lengths, "unequal-payload-lengths", Reason::bad_length},
    NotificationRow{notification::connected, "connected", Reason::none},
    NotificationRow{notification::responder_lifetime, "responder-lifetime", Reason::none},
    NotificationRow{notification::replay_status, "replay-status", Reason::none},
    NotificationRow{notification::initial_contact, "initial-contact", Reason::none},
    NotificationRow{notification::r_u_there, "dpd-request", Reason::none},
    NotificationRow{notification::r_u_there_ack, "dpd-ack", Reason::none},
};

const NotificationRow* find_row(std::uint16_t type) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.type == type; });
  return found == rows.end() ? nullptr : &*found;
}

ike::MessageName numbered(wire::ExchangeType exchange, std::string_view base, std::uint8_t number) {
  return {exchange, number, number == 0 ? std::string(base) : fmt::format("{}-{}", base, number)};
}

/// "KE", "Ni": what a payload is called depends on the message and, for ID, on its place.
std::string label_of(const ike::MessageName& name, const wire::Payload& payload, std::size_t ids_before) {
  const bool phase1 = name.exchange == wire::ExchangeType::identity_protection;
  const bool from_initiator = name.number % 2 == 1;
  if (std::holds_alternative<wire::NoncePayload>(payload)) return from_initiator ? "Ni" : "Nr";
  if (std::holds_alternative<wire::HashPayload>(payload)) {
    if (phase1) return from_initiator ? "HASH_I" : "HASH_R";
    return fmt::format("HASH({})", name.exchange == wire::ExchangeType::informational ? 1 : name.number);
  }
  if (std::holds_alternative<wire::IdentificationPayload>(payload)) {
    if (phase1) return from_initiator ? "IDii" : "IDir";
    return ids_before == 0 ? "IDci" : "IDcr";
  }
  if (const auto* notify = std::get_if<wire::NotificationPayload>(&payload)) {
    return fmt::format("N({})", notification_text(notify->type));
  }
  return wire::short_name(payload);
}

}  // namespace

ike::MessageName main_mode_message(std::uint8_t number) {
  return numbered(wire::ExchangeType::identity_protection, "main-mode", number);
}

ike::MessageName quick_mode_message(std::uint8_t number) {
  return numbered(wire::ExchangeType::quick_mode, "quick-mode", number);
}

ike::MessageName informational_message(std::span<const wire::Payload> payloads) {
  ike::MessageName name{wire::ExchangeType::informational, 0, "informational"};
  for (const wire::Payload& payload : payloads) {
    if (const auto* notify = std::get_if<wire::NotificationPayload>(&payload)) {
      name.id = fmt::format("informational-{}", notification_id(notify->type));
      break;
    }
    if (std::holds_alternative<wire::DeletePayload>(payload)) {
      name.id = "informational-delete";
      break;
    }
  }
  return name;
}

ike::MessageName message_of(wire::ExchangeType exchange) {
  switch (exchange) {
    case wire::ExchangeType::identity_protection:
      return main_mode_message(0);
    case wire::ExchangeType::quick_mode:
      return quick_mode_message(0);
    case wire::ExchangeType::informational:
      return informational_message({});
    case wire::ExchangeType::aggressive:
      return {exchange, 0, "aggressive-mode"};
    case wire::ExchangeType::new_group_mode:
      return {exchange, 0, "new-group-mode"};
    default:
      return {exchange, 0, "unknown-exchange"};
  }
}

std::string_view notification_id(std::uint16_t type) {
  const NotificationRow* row = find_row(type);
  return row != nullptr ? row->id : "notification";
}

std::string notification_text(std::uint16_t type) { return wire::value_name(wire::notification_type_names(), type); }

Reason reason_of_notification(std::uint16_t type) {
  if (const NotificationRow* row = find_row(type)) return row->reason;
  // RFC 2408 3.14.1: 1 to 16383 are errors, 16384 to 65535 status.
  return type < 16384 ? Reason::unexpected_message : Reason::none;
}

std::vector<std::string> payload_labels(const ike::MessageName& name, std::span<const wire::Payload> payloads) {
  std::vector<std::string> labels;
  std::size_t ids = 0;
  for (const wire::Payload& payload : payloads) {
    labels.push_back(label_of(name, payload, ids));
    if (std::holds_alternative<wire::IdentificationPayload>(payload)) ++ids;
  }
  return labels;
}

std::vector<std::string> message_labels(const ike::MessageName& name, std::span<const wire::Payload> payloads,
                                        bool encrypted) {
  std::vector<std::string> labels = payload_labels(name, payloads);
  labels.insert(labels.begin(), encrypted ? "HDR*" : "HDR");
  return labels;
}

std::vector<wire::Payload> contents(const wire::IsakmpMessage& message) {
  std::vector<wire::Payload> result;
  result.reserve(message.payloads.size());
  for (const wire::PlacedPayload& placed : message.payloads) result.push_back(placed.content);
  return result;
}

}  // namespace engine::ikev1
