#include "sim/net/icmp_error.h"

#include "engine/wire/icmp.h"

namespace sim {
namespace {

constexpr engine::Ipv4Network loopback{{0x7f000000}, 8};
constexpr engine::Ipv4Network multicast_and_above{{0xe0000000}, 3};  // Classes D and E, limited broadcast.

bool is_single_host(engine::Ipv4Address address) {
  return !address.is_unspecified() && !loopback.contains(address) && !multicast_and_above.contains(address);
}

/// ICMP types that tell of errors: destination unreachable, source quench, redirect, time exceeded, parameter problem
/// (RFC 1122 3.2.2).
bool is_error_type(std::uint8_t type) { return type == 3 || type == 4 || type == 5 || type == 11 || type == 12; }

}  // namespace

bool may_cause_icmp_error(const engine::wire::Ipv4Packet& packet) {
  const engine::wire::Ipv4Header& header = packet.header;
  if (header.fragment_offset != 0) return false;
  if (!is_single_host(header.source) || multicast_and_above.contains(header.destination)) return false;
  const bool is_icmp = header.protocol == engine::wire::ip_protocol::icmp;
  return !is_icmp || packet.payload.empty() || !is_error_type(packet.payload[0]);
}

}  // namespace sim
