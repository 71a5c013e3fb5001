#pragma once

#include <cstdint>
#include <span>

#include "engine/base/address.h"
#include "engine/base/bytes.h"
#include "engine/wire/describe.h"

namespace engine::wire {

/// Protocol numbers of the IPv4 header.
namespace ip_protocol {
constexpr std::uint8_t icmp = 1;
constexpr std::uint8_t ipv4 = 4;  ///< IP in IP: the next header of ESP in tunnel mode (RFC 4303 2.6).
constexpr std::uint8_t tcp = 6;
constexpr std::uint8_t udp = 17;
constexpr std::uint8_t esp = 50;
}  // namespace ip_protocol

constexpr std::size_t ipv4_header_size = 20;  ///< Without options.

/// RFC 791 3.1, with the DSCP of RFC 2474 and the ECN field of RFC 3168 in the place of the type of service. Integers
/// in host order. Lengths and checksum are filled in by the writer.
struct Ipv4Header {
  std::uint8_t version = 4;
  std::uint8_t header_words = 5;  ///< IHL: words of four octets, 5 to 15.
  std::uint8_t dscp = 0;          ///< 0 to 63.
  std::uint8_t ecn = 0;           ///< 0 to 3.
  std::uint16_t total_length = 0;
  std::uint16_t identification = 0;
  bool reserved_flag = false;
  bool dont_fragment = false;
  bool more_fragments = false;
  std::uint16_t fragment_offset = 0;  ///< In units of eight octets, 0 to 8191.
  std::uint8_t time_to_live = 64;
  std::uint8_t protocol = 0;
  std::uint16_t checksum = 0;
  Ipv4Address source;
  Ipv4Address destination;
  Bytes options;  ///< A multiple of four octets, at most 40.

  bool is_fragment() const { return more_fragments || fragment_offset != 0; }
  std::size_t size() const { return std::size_t{header_words} * 4; }

  static constexpr FieldDescription description{"ipv4", "Internet Protocol Version 4", "RFC 791 3.1"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.bits(part(4, {"ipv4.version", "Version", "RFC 791 3.1"}, version),
                 part(4, {"ipv4.header_length", "IHL", "RFC 791 3.1"}, header_words));
    visitor.require(version == 4, Reason::unsupported_version, "the IP version is not 4");
    visitor.require(header_words >= 5, Reason::bad_length, "the IPv4 header length is less than 20 octets");
    visitor.bits(part(6, {"ipv4.dscp", "Differentiated Services Code Point", "RFC 2474 3"}, dscp),
                 part(2, {"ipv4.ecn", "Explicit Congestion Notification", "RFC 3168 5"}, ecn));
    visitor.integer({"ipv4.total_length", "Total Length", "RFC 791 3.1"}, total_length);
    visitor.integer({"ipv4.identification", "Identification", "RFC 791 3.1", Format::hex}, identification);
    visitor.bits(part(1, {"ipv4.reserved_flag", "Reserved Flag", "RFC 791 3.1", Format::flag}, reserved_flag),
                 part(1, {"ipv4.dont_fragment", "Don't Fragment", "RFC 791 3.1", Format::flag}, dont_fragment),
                 part(1, {"ipv4.more_fragments", "More Fragments", "RFC 791 3.1", Format::flag}, more_fragments),
                 part(13, {"ipv4.fragment_offset", "Fragment Offset", "RFC 791 3.1"}, fragment_offset));
    visitor.integer({"ipv4.time_to_live", "Time to Live", "RFC 791 3.1"}, time_to_live);
    visitor.integer({"ipv4.protocol", "Protocol", "RFC 791 3.1", Format::named, ip_protocol_names()}, protocol);
    visitor.integer({"ipv4.header_checksum", "Header Checksum", "RFC 791 3.1", Format::hex}, checksum);
    visitor.address({"ipv4.source_address", "Source Address", "RFC 791 3.1"}, source);
    visitor.address({"ipv4.destination_address", "Destination Address", "RFC 791 3.1"}, destination);
    visitor.octets({"ipv4.options", "Options", "RFC 791 3.1", Format::octets}, options, size() - ipv4_header_size);
  }
};

/// A header and what is behind it; the view is of the caller's buffer.
struct Ipv4Packet {
  Ipv4Header header;
  ByteView payload;
};

/// Reads an IPv4 packet and checks version, header length, total length and header checksum. Octets behind the total
/// length (padding of the link) are left out. Errors: truncated, unsupported_version, bad_length, bad_checksum.
Result<Ipv4Packet> read_ipv4(ByteView packet);

/// The packet: header length, total length and checksum are filled in, the options are padded to whole words. Header
/// and payload must not exceed 65535 octets together, the options not 40.
Bytes write_ipv4(Ipv4Header header, ByteView payload);

/// The Internet checksum (RFC 1071) over `octets`. `sum` carries on from a pseudo header. Zero over octets that hold
/// their own right checksum.
std::uint16_t internet_checksum(ByteView octets, std::uint32_t sum = 0);

/// The sum of the pseudo header of UDP (RFC 768) and TCP (RFC 9293 3.1), for internet_checksum.
std::uint32_t pseudo_header_sum(Ipv4Address source, Ipv4Address destination, std::uint8_t protocol, std::size_t length);

/// A checksum after one 16-bit word under it changed (RFC 1624 3, equation 3).
std::uint16_t updated_checksum(std::uint16_t checksum, std::uint16_t old_word, std::uint16_t new_word);

}  // namespace engine::wire
