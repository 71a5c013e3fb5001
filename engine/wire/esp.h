#pragma once

#include <cstdint>

#include "engine/base/bytes.h"
#include "engine/wire/describe.h"

namespace engine::wire {

constexpr std::size_t esp_header_size = 8;
constexpr std::size_t esp_trailer_size = 2;  ///< Pad Length and Next Header.

/// What stands in the clear before the IV (RFC 4303 2.1, 2.2).
struct EspHeader {
  std::uint32_t spi = 0;
  std::uint32_t sequence = 0;

  static constexpr FieldDescription description{"esp", "Encapsulating Security Payload", "RFC 4303 2"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.integer({"esp.spi", "Security Parameters Index", "RFC 4303 2.1", Format::hex}, spi);
    visitor.integer({"esp.sequence_number", "Sequence Number", "RFC 4303 2.2"}, sequence);
  }
};

/// The last two octets of an ESP plaintext (RFC 4303 2.5, 2.6).
struct EspTrailer {
  std::uint8_t pad_length = 0;
  std::uint8_t next_header = 0;  ///< 4: an IPv4 packet (tunnel mode).

  static constexpr FieldDescription description{"esp.trailer", "ESP Trailer", "RFC 4303 2.4"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.integer({"esp.pad_length", "Pad Length", "RFC 4303 2.5"}, pad_length);
    visitor.integer({"esp.next_header", "Next Header", "RFC 4303 2.6", Format::named, ip_protocol_names()},
                    next_header);
  }
};

/// A decrypted ESP payload, taken apart; the view is of the caller's buffer.
struct EspPlaintext {
  ByteView payload;  ///< The inner packet.
  EspTrailer trailer;
};

/// Reads SPI and sequence number of an ESP packet (from the SPI on). Error: truncated.
Result<EspHeader> read_esp_header(ByteView packet);

/// Takes a decrypted payload apart and checks the padding: "the receiver SHOULD inspect the Padding field" for 1, 2, 3,
/// ... (RFC 4303 2.4). Errors: truncated, bad_padding.
Result<EspPlaintext> read_esp_plaintext(ByteView plaintext);

/// SPI and sequence number as they stand before the IV.
Bytes write_esp_header(const EspHeader& header);

/// Payload, padding 1, 2, 3, ..., Pad Length and Next Header, together a multiple of `alignment` octets (the cipher's
/// block) and of four: "ciphertext terminates on a 4-byte boundary" (RFC 4303 2.4). `alignment`: a power of two.
Bytes write_esp_plaintext(ByteView payload, std::uint8_t next_header, std::size_t alignment);

}  // namespace engine::wire
