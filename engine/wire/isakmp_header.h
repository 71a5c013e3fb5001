#pragma once

#include <array>
#include <cstdint>

#include "engine/base/bytes.h"
#include "engine/wire/describe.h"

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
  unsigned major_version() const { return version >> 4; }

  static constexpr FieldDescription description{"isakmp.header", "ISAKMP Header", "RFC 2408 3.1"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.octets({"isakmp.initiator_cookie", "Initiator Cookie", "RFC 2408 3.1", Format::hex}, initiator_cookie);
    visitor.octets({"isakmp.responder_cookie", "Responder Cookie", "RFC 2408 3.1", Format::hex}, responder_cookie);
    visitor.integer({"isakmp.next_payload", "Next Payload", "RFC 2408 3.1", Format::named, payload_type_names()},
                    next_payload);
    visitor.integer({"isakmp.version", "Version", "RFC 2408 3.1", Format::version}, version);
    visitor.integer({"isakmp.exchange_type", "Exchange Type", "RFC 2408 3.1", Format::named, exchange_type_names()},
                    exchange_type);
    visitor.flags({"isakmp.flags", "Flags", "RFC 2408 3.1", Format::hex}, flags,
                  major_version() == 2 ? flag_parts_v2 : flag_parts);
    visitor.integer({"isakmp.message_id", "Message ID", "RFC 2408 3.1", Format::hex}, message_id);
    visitor.integer({"isakmp.length", "Length", "RFC 2408 3.1"}, length);
  }

 private:
  using FlagParts = std::array<FieldDescription, 8>;
  static constexpr FieldDescription reserved_flags{"isakmp.flags.reserved", "Reserved", "RFC 2408 3.1"};
  static constexpr FlagParts flag_parts = {{
      reserved_flags,
      reserved_flags,
      reserved_flags,
      reserved_flags,
      reserved_flags,
      {"isakmp.flags.authentication_only", "Authentication Only Bit", "RFC 2408 3.1"},
      {"isakmp.flags.commit", "Commit Bit", "RFC 2408 3.1"},
      {"isakmp.flags.encryption", "Encryption Bit", "RFC 2408 3.1"},
  }};
  static constexpr FlagParts flag_parts_v2 = {{
      reserved_flags,
      reserved_flags,
      {"isakmp.flags.response", "Response Bit", "RFC 7296 3.1"},
      {"isakmp.flags.version", "Version Bit", "RFC 7296 3.1"},
      {"isakmp.flags.initiator", "Initiator Bit", "RFC 7296 3.1"},
      reserved_flags,
      reserved_flags,
      reserved_flags,
  }};
};

constexpr std::size_t isakmp_header_size = 28;

/// The generic payload header (RFC 2408 3.2), before every payload, proposal and transform.
struct GenericHeader {
  PayloadType next_payload = PayloadType::none;
  std::uint16_t payload_length = 0;  ///< Octets of the payload, this header included.

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.integer({"ike.generic.next_payload", "Next Payload", "RFC 2408 3.2", Format::named, payload_type_names()},
                    next_payload);
    visitor.reserved({"ike.generic.reserved", "Reserved", "RFC 2408 3.2", Format::hex}, 1);
    visitor.integer({"ike.generic.payload_length", "Payload Length", "RFC 2408 3.2"}, payload_length);
  }
};

constexpr std::size_t generic_header_size = 4;

}  // namespace engine::wire
