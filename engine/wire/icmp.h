#pragma once

#include <cstdint>

#include "engine/base/bytes.h"
#include "engine/wire/describe.h"

namespace engine::wire {

/// ICMP message types (RFC 792).
namespace icmp_type {
constexpr std::uint8_t echo_reply = 0;
constexpr std::uint8_t destination_unreachable = 3;
constexpr std::uint8_t echo_request = 8;
constexpr std::uint8_t time_exceeded = 11;
}  // namespace icmp_type

/// Codes of "destination unreachable" (RFC 792, RFC 1812 5.2.7.1).
namespace unreachable_code {
constexpr std::uint8_t net = 0;
constexpr std::uint8_t host = 1;
constexpr std::uint8_t protocol = 2;
constexpr std::uint8_t port = 3;
constexpr std::uint8_t fragmentation_needed = 4;
constexpr std::uint8_t administratively_prohibited = 13;
}  // namespace unreachable_code

/// An ICMP message (RFC 792). Which of the members are on the wire follows from the type.
struct IcmpMessage {
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  std::uint16_t checksum = 0;        ///< Filled in by the writer.
  std::uint16_t identifier = 0;      ///< Echo request and reply.
  std::uint16_t sequence = 0;        ///< Echo request and reply.
  std::uint16_t next_hop_mtu = 0;    ///< "Fragmentation needed and DF set" (RFC 1191 4); 0 from old routers.
  std::uint32_t rest_of_header = 0;  ///< Types that are not told apart here.
  Bytes body;  ///< Echo: the data. Errors: the internet header and first octets of the packet that caused them.

  bool is_echo() const { return type == icmp_type::echo_request || type == icmp_type::echo_reply; }
  bool is_error() const { return type == icmp_type::destination_unreachable || type == icmp_type::time_exceeded; }

  static constexpr FieldDescription description{"icmp", "Internet Control Message Protocol", "RFC 792"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.integer({"icmp.type", "Type", "RFC 792", Format::named, icmp_type_names()}, type);
    visitor.integer({"icmp.code", "Code", "RFC 792", Format::named, code_names()}, code);
    visitor.integer({"icmp.checksum", "Checksum", "RFC 792", Format::hex}, checksum);
    if (is_echo()) {
      visitor.integer({"icmp.identifier", "Identifier", "RFC 792", Format::hex}, identifier);
      visitor.integer({"icmp.sequence_number", "Sequence Number", "RFC 792"}, sequence);
      visitor.rest({"icmp.data", "Data", "RFC 792", Format::octets}, body);
    } else if (is_error()) {
      if (type == icmp_type::destination_unreachable && code == unreachable_code::fragmentation_needed) {
        visitor.unused({"icmp.unused", "Unused", "RFC 1191 4", Format::hex}, 2);
        visitor.integer({"icmp.next_hop_mtu", "Next-Hop MTU", "RFC 1191 4"}, next_hop_mtu);
      } else {
        visitor.unused({"icmp.unused", "Unused", "RFC 792", Format::hex}, 4);
      }
      visitor.rest({"icmp.original_datagram", "Original Datagram", "RFC 792", Format::octets}, body);
    } else {
      visitor.integer({"icmp.rest_of_header", "Rest of Header", "RFC 792", Format::hex}, rest_of_header);
      visitor.rest({"icmp.data", "Data", "RFC 792", Format::octets}, body);
    }
  }

 private:
  NameTable code_names() const;
};

/// Reads an ICMP message and checks its checksum. Errors: truncated, bad_checksum.
Result<IcmpMessage> read_icmp(ByteView message);

/// The message, checksum filled in.
Bytes write_icmp(const IcmpMessage& message);

IcmpMessage echo_request(std::uint16_t identifier, std::uint16_t sequence, ByteView data);

/// The reply to an echo request: "the data received in the echo message must be returned".
IcmpMessage echo_reply(const IcmpMessage& request);

/// An error about `original`, an IPv4 packet, of which the header and eight octets are quoted (RFC 792). `next_hop_mtu`
/// counts for the code fragmentation_needed alone.
IcmpMessage destination_unreachable(std::uint8_t code, ByteView original, std::uint16_t next_hop_mtu = 0);

/// "Time to live exceeded in transit" (code 0) or "fragment reassembly time exceeded" (code 1).
IcmpMessage time_exceeded(std::uint8_t code, ByteView original);

}  // namespace engine::wire
