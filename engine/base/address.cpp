#include "engine/base/address.h"

#include <fmt/format.h>

namespace engine {
namespace {

bool read_decimal(std::string_view text, std::uint32_t limit, std::uint32_t& value) {
  if (text.empty() || text.size() > 3) return false;
  value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value <= limit;
}

}  // namespace

std::string to_string(Ipv4Address address) {
  const std::uint32_t v = address.value;
  return fmt::format("{}.{}.{}.{}", v >> 24, v >> 16 & 0xff, v >> 8 & 0xff, v & 0xff);
}

std::string to_string(const Ipv4Network& network) {
  return fmt::format("{}/{}", to_string(network.address), network.prefix_length);
}

std::string to_string(const Endpoint& endpoint) {
  return fmt::format("{}:{}", to_string(endpoint.address), endpoint.port);
}

Bytes to_bytes(Ipv4Address address) {
  Bytes bytes;
  put_u32(bytes, address.value);
  return bytes;
}

Result<Ipv4Address> parse_ipv4_address(std::string_view text) {
  const auto refuse = [&] {
    return Error{Reason::malformed, fmt::format("'{}' is not an IPv4 address such as 192.0.2.1", text), 0};
  };
  std::uint32_t value = 0;
  std::string_view rest = text;
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = rest.find('.');
    if ((dot == std::string_view::npos) != (part == 3)) return refuse();
    std::uint32_t octet = 0;
    if (!read_decimal(rest.substr(0, dot), 255, octet)) return refuse();
    value = value << 8 | octet;
    rest = part == 3 ? std::string_view() : rest.substr(dot + 1);
  }
  return Ipv4Address{value};
}

Result<Ipv4Network> parse_ipv4_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const Result<Ipv4Address> address = parse_ipv4_address(text.substr(0, slash));
  std::uint32_t prefix = 32;
  if (!address || (slash != std::string_view::npos && !read_decimal(text.substr(slash + 1), 32, prefix))) {
    return Error{Reason::malformed, fmt::format("'{}' is not an IPv4 network such as 10.0.0.0/16", text), 0};
  }
  return Ipv4Network{*address, static_cast<std::uint8_t>(prefix)};
}

}  // namespace engine
