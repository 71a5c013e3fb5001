#pragma once

#include <cstdint>

#include "engine/base/address.h"
#include "engine/base/bytes.h"
#include "engine/wire/describe.h"

namespace engine::wire {

constexpr std::size_t udp_header_size = 8;

/// UDP ports of IKE.
namespace udp_port {
constexpr std::uint16_t isakmp = 500;        ///< RFC 2408 2.5.1
constexpr std::uint16_t ipsec_nat_t = 4500;  ///< RFC 3947 4
}  // namespace udp_port

/// RFC 768. Length and checksum are filled in by the writer.
struct UdpHeader {
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  std::uint16_t length = 0;  ///< Header and data.
  std::uint16_t checksum = 0;

  static constexpr FieldDescription description{"udp", "User Datagram Protocol", "RFC 768"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.integer({"udp.source_port", "Source Port", "RFC 768"}, source_port);
    visitor.integer({"udp.destination_port", "Destination Port", "RFC 768"}, destination_port);
    visitor.integer({"udp.length", "Length", "RFC 768"}, length);
    visitor.require(length >= udp_header_size, Reason::bad_length, "the UDP length is less than 8 octets");
    visitor.integer({"udp.checksum", "Checksum", "RFC 768", Format::hex}, checksum);
  }
};

/// A header and what is behind it; the view is of the caller's buffer.
struct UdpDatagram {
  UdpHeader header;
  ByteView payload;
};

/// What is wrong with the length or the checksum of a datagram whose header was read: none, bad_length, bad_checksum. A
/// checksum of zero says that there is none (RFC 768).
Reason check_udp(const UdpHeader& header, ByteView datagram, Ipv4Address source, Ipv4Address destination);

/// Reads a UDP datagram that came in an IPv4 packet between these addresses. Errors: truncated, bad_length,
/// bad_checksum.
Result<UdpDatagram> read_udp(ByteView datagram, Ipv4Address source, Ipv4Address destination);

/// The datagram between two endpoints, checksum filled in. The payload must not exceed 65507 octets.
Bytes write_udp(const Endpoint& source, const Endpoint& destination, ByteView payload);

}  // namespace engine::wire
