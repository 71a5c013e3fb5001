#pragma once

#include <string_view>

#include "engine/base/bytes.h"
#include "engine/wire/field.h"

namespace engine::wire {

/// Whether the octets behind an ISAKMP header are as they were sent, or decrypted in place.
enum class BodyState : std::uint8_t { as_sent, decrypted };

/// An IPv4 packet with all that is inside: UDP, ICMP, TCP, ISAKMP on UDP 500 and 4500, ESP. Never fails: what cannot be
/// read is a field with a problem.
Field annotate_ipv4(ByteView packet);

/// An ISAKMP message without IP and UDP.
Field annotate_isakmp(ByteView message, BodyState body);

/// The plaintext of an ESP packet in tunnel mode: inner packet, padding, pad length, next header (RFC 4303 2).
Field annotate_esp_plaintext(ByteView plaintext);

/// An ESP packet (from the SPI on) whose SA is known, so that IV, ciphertext and ICV can be told apart.
Field annotate_esp(ByteView packet, std::size_t iv_length, std::size_t icv_length);

/// Finds a field by its path of ids in an annotated tree: the first whose id is `id`, depth first; null if there is
/// none.
const Field* find_field(const Field& root, std::string_view id);

}  // namespace engine::wire
