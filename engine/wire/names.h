#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/bytes.h"

namespace engine::wire {

/// A value that an RFC or a registry names.
struct NamedValue {
  std::uint32_t value;
  std::string_view name;
};

/// The names of one field's values, in ascending order of value.
using NameTable = std::span<const NamedValue>;

NameTable payload_type_names();          ///< RFC 2408 3.1, RFC 3947, IANA registry.
NameTable exchange_type_names();         ///< RFC 2408 3.1, RFC 2409 appendix A, RFC 7296 3.1.
NameTable doi_names();                   ///< RFC 2408 3.4
NameTable situation_names();             ///< RFC 2407 4.2
NameTable protocol_id_names();           ///< RFC 2407 4.4.1
NameTable id_type_names();               ///< RFC 2407 4.6.2.1
NameTable ip_protocol_names();           ///< IANA protocol numbers.
NameTable id_protocol_names();           ///< The same for ID payloads, where 0 is any protocol.
NameTable notification_type_names();     ///< RFC 2408 3.14.1, RFC 2407 4.6.3, RFC 3706 5.
NameTable attribute_format_names();      ///< RFC 2408 3.3
NameTable certificate_encoding_names();  ///< RFC 2408 3.9
NameTable icmp_type_names();             ///< RFC 792
NameTable unreachable_code_names();      ///< RFC 792, RFC 1812 5.2.7.1
NameTable time_exceeded_code_names();    ///< RFC 792
NameTable tcp_option_names();            ///< RFC 9293 3.1, RFC 7323, RFC 2018.

/// Transform ids of a protocol (RFC 2407 4.4.2 to 4.4.5): "KEY_IKE" for ISAKMP, "ESP_AES" for ESP.
NameTable transform_id_names(std::uint8_t protocol);

/// Attribute types of a protocol's transforms: RFC 2409 appendix A for ISAKMP, RFC 2407 4.5 for the others.
NameTable attribute_type_names(std::uint8_t protocol);

/// The values of one attribute type; empty where they are plain numbers.
NameTable attribute_value_names(std::uint8_t protocol, std::uint16_t type);

/// The name of `value`; empty if it has none.
std::string_view find_name(NameTable table, std::uint64_t value);

/// The name of `value`, or "unknown (value)".
std::string value_name(NameTable table, std::uint64_t value);

/// The name of a vendor ID, known by all of its octets or by those before a version number; empty if it is not known.
std::string_view vendor_id_name(ByteView vendor_id);

/// Protocol ids of the IPsec DOI (RFC 2407 4.4.1).
namespace protocol_id {
constexpr std::uint8_t isakmp = 1;
constexpr std::uint8_t ah = 2;
constexpr std::uint8_t esp = 3;
constexpr std::uint8_t ipcomp = 4;
}  // namespace protocol_id

/// Transform ids: KEY_IKE (RFC 2407 4.4.2) and those of ESP (RFC 2407 4.4.4, RFC 3602).
namespace transform_id {
constexpr std::uint8_t key_ike = 1;
constexpr std::uint8_t esp_des = 2;
constexpr std::uint8_t esp_3des = 3;
constexpr std::uint8_t esp_null = 11;
constexpr std::uint8_t esp_aes_cbc = 12;
}  // namespace transform_id

/// Phase 1 attribute types (RFC 2409 appendix A).
namespace phase1_attribute {
constexpr std::uint16_t encryption_algorithm = 1;
constexpr std::uint16_t hash_algorithm = 2;
constexpr std::uint16_t authentication_method = 3;
constexpr std::uint16_t group_description = 4;
constexpr std::uint16_t life_type = 11;
constexpr std::uint16_t life_duration = 12;
constexpr std::uint16_t prf = 13;
constexpr std::uint16_t key_length = 14;
}  // namespace phase1_attribute

/// Phase 2 attribute types (RFC 2407 4.5).
namespace phase2_attribute {
constexpr std::uint16_t sa_life_type = 1;
constexpr std::uint16_t sa_life_duration = 2;
constexpr std::uint16_t group_description = 3;
constexpr std::uint16_t encapsulation_mode = 4;
constexpr std::uint16_t authentication_algorithm = 5;
constexpr std::uint16_t key_length = 6;
}  // namespace phase2_attribute

/// Notification types (RFC 2408 3.14.1, RFC 2407 4.6.3, RFC 3706 5).
namespace notification {
constexpr std::uint16_t invalid_payload_type = 1;
constexpr std::uint16_t doi_not_supported = 2;
constexpr std::uint16_t situation_not_supported = 3;
constexpr std::uint16_t invalid_cookie = 4;
constexpr std::uint16_t invalid_major_version = 5;
constexpr std::uint16_t invalid_minor_version = 6;
constexpr std::uint16_t invalid_exchange_type = 7;
constexpr std::uint16_t invalid_flags = 8;
constexpr std::uint16_t invalid_message_id = 9;
constexpr std::uint16_t invalid_protocol_id = 10;
constexpr std::uint16_t invalid_spi = 11;
constexpr std::uint16_t invalid_transform_id = 12;
constexpr std::uint16_t attributes_not_supported = 13;
constexpr std::uint16_t no_proposal_chosen = 14;
constexpr std::uint16_t bad_proposal_syntax = 15;
constexpr std::uint16_t payload_malformed = 16;
constexpr std::uint16_t invalid_key_information = 17;
constexpr std::uint16_t invalid_id_information = 18;
constexpr std::uint16_t invalid_cert_encoding = 19;
constexpr std::uint16_t invalid_certificate = 20;
constexpr std::uint16_t cert_type_unsupported = 21;
constexpr std::uint16_t invalid_cert_authority = 22;
constexpr std::uint16_t invalid_hash_information = 23;
constexpr std::uint16_t authentication_failed = 24;
constexpr std::uint16_t invalid_signature = 25;
constexpr std::uint16_t address_notification = 26;
constexpr std::uint16_t notify_sa_lifetime = 27;
constexpr std::uint16_t certificate_unavailable = 28;
constexpr std::uint16_t unsupported_exchange_type = 29;
constexpr std::uint16_t unequal_payload_lengths = 30;
constexpr std::uint16_t connected = 16384;
constexpr std::uint16_t responder_lifetime = 24576;
constexpr std::uint16_t replay_status = 24577;
constexpr std::uint16_t initial_contact = 24578;
constexpr std::uint16_t r_u_there = 36136;
constexpr std::uint16_t r_u_there_ack = 36137;
}  // namespace notification

/// Vendor IDs that tell of an ability.
namespace vendor_id {
/// Dead peer detection, version 1.0 (RFC 3706 5.1).
constexpr std::uint8_t dpd[] = {0xaf, 0xca, 0xd7, 0x13, 0x68, 0xa1, 0xf1, 0xc9,
                                0x6b, 0x86, 0x96, 0xfc, 0x77, 0x57, 0x01, 0x00};
/// NAT traversal: MD5 of "RFC 3947" (RFC 3947 3.1).
constexpr std::uint8_t rfc_3947[] = {0x4a, 0x13, 0x1c, 0x81, 0x07, 0x03, 0x58, 0x45,
                                     0x5c, 0x57, 0x28, 0xf2, 0x0e, 0x95, 0x45, 0x2f};
}  // namespace vendor_id

}  // namespace engine::wire
