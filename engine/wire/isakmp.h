#pragma once

#include <array>
#include <cstdint>
#include <variant>
#include <vector>

#include "engine/base/bytes.h"

namespace engine::wire {

/// An ISAKMP cookie (RFC 2408 2.5.3), or in IKEv2 an IKE SPI.
using Cookie = std::array<std::uint8_t, 8>;

/// Next Payload values (RFC 2408 3.1, RFC 3947 3.2 and 5.2).
enum class PayloadType : std::uint8_t {
  none = 0,
  security_association = 1,
  proposal = 2,
  transform = 3,
  key_exchange = 4,
  identification = 5,
  certificate = 6,
  certificate_request = 7,
  hash = 8,
  signature = 9,
  nonce = 10,
  notification = 11,
  delete_payload = 12,
  vendor_id = 13,
  nat_discovery = 20,
  nat_original_address = 21,
};

/// Exchange types (RFC 2408 3.1, RFC 2409 appendix A).
enum class ExchangeType : std::uint8_t {
  none = 0,
  base = 1,
  identity_protection = 2,  ///< Main Mode
  authentication_only = 3,
  aggressive = 4,
  informational = 5,
  quick_mode = 32,
  new_group_mode = 33,
};

namespace flag {
constexpr std::uint8_t encryption = 0x01;
constexpr std::uint8_t commit = 0x02;
constexpr std::uint8_t authentication_only = 0x04;
}  // namespace flag

/// RFC 2408 3.1. Next payload and length are filled in by the writer.
struct IsakmpHeader {
  Cookie initiator_cookie{};
  Cookie responder_cookie{};
  PayloadType next_payload = PayloadType::none;
  std::uint8_t version = 0x10;  ///< Major in the high nibble, minor in the low.
  ExchangeType exchange_type = ExchangeType::none;
  std::uint8_t flags = 0;
  std::uint32_t message_id = 0;
  std::uint32_t length = 0;  ///< Octets of the whole message, header included.

  bool encrypted() const { return (flags & flag::encryption) != 0; }
};

constexpr std::size_t isakmp_header_size = 28;

/// A data attribute (RFC 2408 3.3), of either form.
struct Attribute {
  std::uint16_t type = 0;  ///< Without the format bit.
  bool basic = true;       ///< AF = 1: a value of two octets in the place of the length.
  Bytes value;             ///< Network order; two octets when basic.

  static Attribute basic_value(std::uint16_t type, std::uint16_t value);
  /// Four octets in the long form, as lifetimes are often sent.
  static Attribute long_value(std::uint16_t type, std::uint32_t value);
  /// The value as a number; values longer than eight octets saturate.
  std::uint64_t number() const;
};

struct TransformPayload {
  std::uint8_t number = 1;
  std::uint8_t id = 0;  ///< KEY_IKE (1) in phase 1; the ESP or AH transform in phase 2.
  std::vector<Attribute> attributes;
};

struct ProposalPayload {
  std::uint8_t number = 1;
  std::uint8_t protocol = 0;  ///< PROTO_ISAKMP 1, AH 2, ESP 3, IPCOMP 4 (RFC 2407 4.4.1).
  Bytes spi;
  std::vector<TransformPayload> transforms;
};

struct SecurityAssociationPayload {
  std::uint32_t doi = 1;        ///< IPsec DOI.
  std::uint32_t situation = 1;  ///< SIT_IDENTITY_ONLY.
  std::vector<ProposalPayload> proposals;
};

struct KeyExchangePayload {
  Bytes data;
};

/// RFC 2408 3.8 with the IPsec DOI's meaning (RFC 2407 4.6.2).
struct IdentificationPayload {
  std::uint8_t id_type = 0;
  std::uint8_t protocol = 0;
  std::uint16_t port = 0;
  Bytes data;
};

struct CertificatePayload {
  std::uint8_t encoding = 0;
  Bytes data;
};

struct CertificateRequestPayload {
  std::uint8_t encoding = 0;
  Bytes authority;
};

struct HashPayload {
  Bytes data;
};

struct SignaturePayload {
  Bytes data;
};

struct NoncePayload {
  Bytes data;
};

struct NotificationPayload {
  std::uint32_t doi = 1;
  std::uint8_t protocol = 0;
  Bytes spi;
  std::uint16_t type = 0;
  Bytes data;
};

struct DeletePayload {
  std::uint32_t doi = 1;
  std::uint8_t protocol = 0;
  std::uint8_t spi_size = 0;
  std::vector<Bytes> spis;
};

struct VendorIdPayload {
  Bytes data;
};

struct NatDiscoveryPayload {
  Bytes hash;
};

struct NatOriginalAddressPayload {
  std::uint8_t id_type = 0;
  Bytes address;
};

/// A payload of a type that this implementation does not know: kept, shown and, when written again, unchanged.
struct UnknownPayload {
  std::uint8_t type = 0;
  Bytes body;
};

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

/// Limits on hostile input.
constexpr std::size_t max_message_size = 65535;
constexpr std::size_t max_payloads = 64;
constexpr std::size_t max_proposals = 64;
constexpr std::size_t max_transforms = 255;
constexpr std::size_t max_attributes = 64;

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
