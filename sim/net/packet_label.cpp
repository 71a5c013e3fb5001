#include "sim/net/packet_label.h"

#include <fmt/format.h>

#include "engine/wire/icmp.h"
#include "engine/wire/tcp.h"
#include "engine/wire/udp.h"

namespace sim {
namespace {

namespace wire = engine::wire;

std::string icmp_text(engine::ByteView payload) {
  if (payload.size() < 2) return "ICMP";
  switch (payload[0]) {
    case wire::icmp_type::echo_request:
      return "ICMP echo request";
    case wire::icmp_type::echo_reply:
      return "ICMP echo reply";
    case wire::icmp_type::time_exceeded:
      return payload[1] == 0 ? "ICMP TTL exceeded" : "ICMP reassembly timeout";
    case wire::icmp_type::destination_unreachable:
      break;
    default:
      return fmt::format("ICMP type {}", payload[0]);
  }
  switch (payload[1]) {
    case wire::unreachable_code::net:
      return "ICMP network unreachable";
    case wire::unreachable_code::host:
      return "ICMP host unreachable";
    case wire::unreachable_code::protocol:
      return "ICMP protocol unreachable";
    case wire::unreachable_code::port:
      return "ICMP port unreachable";
    case wire::unreachable_code::fragmentation_needed:
      return "ICMP fragmentation needed";
    default:
      return fmt::format("ICMP unreachable, code {}", payload[1]);
  }
}

std::string tcp_text(engine::ByteView payload) {
  if (payload.size() < wire::tcp_header_size) return "TCP";
  const std::uint8_t flags = payload[13];
  if ((flags & wire::tcp_flag::rst) != 0) return "TCP RST";
  if ((flags & wire::tcp_flag::syn) == 0) return "TCP";
  return (flags & wire::tcp_flag::ack) != 0 ? "TCP SYN-ACK" : "TCP SYN";
}

PacketLabel udp_label(engine::ByteView payload) {
  if (payload.size() < wire::udp_header_size) return {PacketKind::udp, "UDP"};
  const std::uint16_t source = engine::read_u16(payload, 0);
  const std::uint16_t destination = engine::read_u16(payload, 2);
  const bool is_ike = source == wire::udp_port::isakmp && destination == wire::udp_port::isakmp;
  return {is_ike ? PacketKind::ike : PacketKind::udp, fmt::format("UDP {} > {}", source, destination)};
}

}  // namespace

PacketLabel label_of(const wire::Ipv4Packet& packet) {
  const wire::Ipv4Header& header = packet.header;
  if (header.is_fragment()) {
    const std::size_t begin = std::size_t{header.fragment_offset} * 8;
    return {PacketKind::fragment, fmt::format("fragment, {} octets from {}", packet.payload.size(), begin)};
  }
  switch (header.protocol) {
    case wire::ip_protocol::icmp:
      return {PacketKind::icmp, icmp_text(packet.payload)};
    case wire::ip_protocol::tcp:
      return {PacketKind::tcp, tcp_text(packet.payload)};
    case wire::ip_protocol::udp:
      return udp_label(packet.payload);
    case wire::ip_protocol::esp:
      return {PacketKind::esp, "ESP"};
    default:
      return {PacketKind::other, fmt::format("IP protocol {}", header.protocol)};
  }
}

}  // namespace sim
