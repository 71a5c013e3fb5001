#include "engine/ike/identity.h"

#include <bit>

#include <fmt/format.h>

#include "engine/wire/names.h"

namespace engine::ike {
namespace {

std::string type_name(IdType type) { return wire::value_name(wire::id_type_names(), static_cast<std::uint8_t>(type)); }

}  // namespace

Identity Identity::address(Ipv4Address address) { return {IdType::ipv4_address, 0, 0, to_bytes(address)}; }

Identity Identity::subnet(const Ipv4Network& network) {
  Bytes data;
  put_u32(data, network.network().value);
  put_u32(data, network.mask());
  return {IdType::ipv4_subnet, 0, 0, std::move(data)};
}

Identity Identity::fqdn(std::string_view name) { return {IdType::fqdn, 0, 0, bytes_of(name)}; }

Result<Ipv4Network> network_of(const Identity& identity) {
  if (identity.type == IdType::ipv4_address && identity.data.size() == 4) {
    return Ipv4Network{{read_u32(identity.data, 0)}, 32};
  }
  if (identity.type == IdType::ipv4_subnet && identity.data.size() == 8) {
    const std::uint32_t mask = read_u32(identity.data, 4);
    const int ones = std::countl_one(mask);
    if (std::popcount(mask) == ones) {
      return Ipv4Network{{read_u32(identity.data, 0) & mask}, static_cast<std::uint8_t>(ones)};
    }
  }
  // Not to_string, which asks this function.
  return Error{Reason::invalid_identity,
               fmt::format("{} {} is not an IPv4 address or subnet with a contiguous mask", type_name(identity.type),
                           to_hex(identity.data)),
               0};
}

std::string to_string(const Identity& identity) {
  const bool is_network = (identity.type == IdType::ipv4_address && identity.data.size() == 4) ||
                          (identity.type == IdType::ipv4_subnet && identity.data.size() == 8);
  if (is_network) {
    if (const auto network = network_of(identity)) {
      return identity.type == IdType::ipv4_address ? to_string(network->address) : to_string(*network);
    }
  }
  const std::string text(identity.data.begin(), identity.data.end());
  bool printable = !text.empty();
  for (const char c : text) printable = printable && c >= 0x20 && c < 0x7f;
  if (identity.type == IdType::fqdn && printable) return "fqdn:" + text;
  if (identity.type == IdType::user_fqdn && printable) return "user_fqdn:" + text;
  return fmt::format("{} {}", type_name(identity.type), to_hex(identity.data));
}

}  // namespace engine::ike
