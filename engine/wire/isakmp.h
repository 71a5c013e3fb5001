#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/wire/isakmp_header.h"
#include "engine/wire/payloads.h"

namespace engine::wire {

using Payload =
    std::variant<SecurityAssociationPayload, KeyExchangePayload, IdentificationPayload, CertificatePayload,
                 CertificateRequestPayload, HashPayload, SignaturePayload, NoncePayload, NotificationPayload,
                 DeletePayload, VendorIdPayload, NatDiscoveryPayload, NatOriginalAddressPayload, UnknownPayload>;

/// A payload and where it stood, generic header included, from the start of the message.
struct PlacedPayload {
  Payload content;
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
};

/// A whole message in the clear: header, payloads, and what came after the last payload (padding of an encrypted
/// message).
struct IsakmpMessage {
  IsakmpHeader header;
  std::vector<PlacedPayload> payloads;
  std::uint32_t padding = 0;  ///< Octets after the last payload.

  /// The first payload of type `T`, or null.
  template <class T>
  const T* find() const {
    for (const PlacedPayload& placed : payloads) {
      if (const T* content = std::get_if<T>(&placed.content)) return content;
    }
    return nullptr;
  }

  /// All payloads of type `T` in wire order.
  template <class T>
  std::vector<const T*> find_all() const {
    std::vector<const T*> found;
    for (const PlacedPayload& placed : payloads) {
      if (const T* content = std::get_if<T>(&placed.content)) found.push_back(content);
    }
    return found;
  }
};

/// The Next Payload value that announces `payload`.
std::uint8_t type_of(const Payload& payload);

/// The RFC's short name: "SA", "KE", "IDii" is for the caller to know, here "ID", "HASH", "N", "D", "VID", "NAT-D".
std::string short_name(const Payload& payload);

/// Reads the fixed header alone. Errors: truncated, unsupported_version is NOT checked here.
Result<IsakmpHeader> read_isakmp_header(ByteView message);

/// Reads a message whose payloads are in the clear (a message that was sent encrypted: its header with the decrypted
/// body behind it; whatever follows the last payload is counted as padding). Errors: truncated, bad_length, malformed,
/// limit_exceeded, with the offset.
Result<IsakmpMessage> read_isakmp(ByteView message);

/// The message in the clear: next-payload chain and lengths filled in.
Bytes write_isakmp(const IsakmpHeader& header, std::span<const Payload> payloads);

/// The payload chain alone, generic headers included (what is encrypted in phase 2, and what HASH(n) covers).
Bytes write_payloads(std::span<const Payload> payloads);

/// A payload's body without its generic header: "SAi_b", "IDii_b", "Ni_b", "g^xi" of RFC 2409 5.
Bytes payload_body(const Payload& payload);

}  // namespace engine::wire
