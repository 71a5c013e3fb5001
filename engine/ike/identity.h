#pragma once

#include <string>

#include "engine/base/address.h"
#include "engine/base/bytes.h"

namespace engine::ike {

/// Identification types of the IPsec DOI (RFC 2407 4.6.2.1).
enum class IdType : std::uint8_t {
  reserved = 0,
  ipv4_address = 1,
  fqdn = 2,
  user_fqdn = 3,
  ipv4_subnet = 4,
  ipv6_address = 5,
  ipv6_subnet = 6,
  ipv4_range = 7,
  ipv6_range = 8,
  der_asn1_dn = 9,
  der_asn1_gn = 10,
  key_id = 11,
};

/// An identity as an ID payload carries it. Protocol and port 0: any.
struct Identity {
  IdType type = IdType::ipv4_address;
  std::uint8_t protocol = 0;
  std::uint16_t port = 0;
  Bytes data;

  bool operator==(const Identity&) const = default;

  static Identity address(Ipv4Address address);
  static Identity subnet(const Ipv4Network& network);  ///< Address and mask, eight octets.
  static Identity fqdn(std::string_view name);
};

/// "192.0.2.1", "10.0.0.0/16", "fqdn:gw.example.com", or the type's name and hex.
std::string to_string(const Identity& identity);

/// The network that an address or subnet identity names (an address is a /32). Error: invalid_identity.
Result<Ipv4Network> network_of(const Identity& identity);

}  // namespace engine::ike
