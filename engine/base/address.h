#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace engine {

/// An IPv4 address; `value` in host order (10.0.0.1 is 0x0a000001).
struct Ipv4Address {
  std::uint32_t value = 0;
  auto operator<=>(const Ipv4Address&) const = default;
  bool is_unspecified() const { return value == 0; }
};

/// An IPv4 address block in CIDR form. `address` may have host bits (an interface's address); network() clears them.
struct Ipv4Network {
  Ipv4Address address;
  std::uint8_t prefix_length = 0;  ///< 0 to 32.
  auto operator<=>(const Ipv4Network&) const = default;
  std::uint32_t mask() const { return prefix_length == 0 ? 0 : 0xffffffffU << (32 - prefix_length); }
  Ipv4Address network() const { return {address.value & mask()}; }
  bool contains(Ipv4Address other) const { return (other.value & mask()) == network().value; }
};

/// An address and a UDP or TCP port.
struct Endpoint {
  Ipv4Address address;
  std::uint16_t port = 0;
  auto operator<=>(const Endpoint&) const = default;
};

std::string to_string(Ipv4Address address);         ///< "192.0.2.1"
std::string to_string(const Ipv4Network& network);  ///< "10.0.0.0/16"
std::string to_string(const Endpoint& endpoint);    ///< "192.0.2.1:500"
Bytes to_bytes(Ipv4Address address);                ///< Four octets, network order.

/// Dotted decimal, four parts. Error: Reason::malformed.
Result<Ipv4Address> parse_ipv4_address(std::string_view text);

/// "10.0.0.0/16"; without "/n", a /32. Error: Reason::malformed.
Result<Ipv4Network> parse_ipv4_network(std::string_view text);

}  // namespace engine
