#pragma once

#include <array>

#include "engine/wire/describe.h"

/// What an annotated packet holds beside described headers and payloads: the layers' contents that have no fields of
/// their own.
namespace engine::wire::layer {

inline constexpr FieldDescription packet{"packet", "IPv4 Packet", "RFC 791"};
inline constexpr FieldDescription ipv4_payload{"ipv4.payload", "Payload", "RFC 791 3.1", Format::octets};
inline constexpr FieldDescription ipv4_fragment{"ipv4.fragment_data", "Fragment Data", "RFC 791 3.2", Format::octets};
inline constexpr FieldDescription ipv4_padding{"ipv4.padding", "Padding behind the Packet", "RFC 894", Format::octets};
inline constexpr FieldDescription udp_data{"udp.data", "Data", "RFC 768", Format::octets};
inline constexpr FieldDescription tcp_data{"tcp.data", "Data", "RFC 9293 3.1", Format::octets};
inline constexpr FieldDescription non_esp_marker{"udp_encapsulation.non_esp_marker", "Non-ESP Marker", "RFC 3948 2.2",
                                                 Format::hex};
inline constexpr FieldDescription nat_keepalive{"udp_encapsulation.nat_keepalive", "NAT-Keepalive", "RFC 3948 2.3",
                                                Format::hex};
inline constexpr FieldDescription isakmp_message{"isakmp", "ISAKMP Message", "RFC 2408 3"};
inline constexpr FieldDescription encrypted_payloads{"isakmp.encrypted_payloads", "Encrypted Payloads", "RFC 2408 3.1",
                                                     Format::octets};
inline constexpr FieldDescription isakmp_padding{"isakmp.padding", "Padding of the Encryption", "RFC 2409 5",
                                                 Format::octets};
inline constexpr FieldDescription esp_protected{"esp.protected", "IV, Encrypted Data and ICV", "RFC 4303 2",
                                                Format::octets};
inline constexpr FieldDescription esp_iv{"esp.iv", "Initialization Vector", "RFC 4303 2.3", Format::hex};
inline constexpr FieldDescription esp_encrypted{"esp.encrypted_data", "Encrypted Payload Data and Trailer",
                                                "RFC 4303 2.3", Format::octets};
inline constexpr FieldDescription esp_icv{"esp.icv", "Integrity Check Value", "RFC 4303 2.8", Format::hex};
inline constexpr FieldDescription esp_plaintext{"esp.plaintext", "Decrypted ESP Payload", "RFC 4303 2"};
inline constexpr FieldDescription esp_payload_data{"esp.payload_data", "Payload Data", "RFC 4303 2.3", Format::octets};
inline constexpr FieldDescription esp_padding{"esp.padding", "Padding", "RFC 4303 2.4", Format::hex};

inline constexpr std::array all = {packet,         ipv4_payload,     ipv4_fragment, ipv4_padding,   udp_data,
                                   tcp_data,       non_esp_marker,   nat_keepalive, isakmp_message, encrypted_payloads,
                                   isakmp_padding, esp_protected,    esp_iv,        esp_encrypted,  esp_icv,
                                   esp_plaintext,  esp_payload_data, esp_padding};

}  // namespace engine::wire::layer
