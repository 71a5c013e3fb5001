#pragma once

#include <cstdint>
#include <string_view>

#include "engine/wire/names.h"

/// The vocabulary in which headers and payloads are described.
///
/// A described struct has one member `template <class Visitor> void describe(Visitor& visitor)` that names its fields
/// in wire order. Who reads, writes, annotates or lists fields is a visitor with these members:
///
/// - integer(field, value): an unsigned integer or enum, big-endian, as wide as its type
/// - address(field, value): an IPv4 address
/// - bits(part(width, field, value), ...): bit fields, most significant first, together whole octets
/// - flags(field, octet, parts): an octet of single bits, most significant first; neighbours of one id are one part
/// - reserved(field, width): octets that must be zero
/// - unused(field, width): octets that are sent as zero and not looked at
/// - octets(field, array): as many octets as the array has
/// - octets(field, octets, n): n octets, where the number follows from a field before
/// - rest(field, octets): all octets up to the end of the enclosing payload
/// - each(field, list, count, n): `count` runs of n octets
/// - items(list, limit, args...): described elements up to the end of the enclosing payload
/// - items_within(n, list, limit): the same, in n octets
/// - chain(list, limit, args...): described elements behind generic payload headers, all of one payload type
/// - require(condition, reason, message): what a reader must find true of the field before
///
/// A field that counts others is a local variable of the description, set from what it counts: the writer writes it,
/// the reader overwrites it and goes by what it read. Once a reader failed it does nothing up to the end of the
/// enclosing payload, so a description need not ask. A description is used for reading as well, so it is not const; the
/// writer works on a copy.
namespace engine::wire {

/// How a value is shown to people.
enum class Format : std::uint8_t {
  decimal,
  hex,           ///< "0x1f2e3d4c"
  named,         ///< By the table of names: "ESP (3)", "unknown (99)".
  flag,          ///< "set", "not set"
  octets,        ///< "32 octets"
  number,        ///< Octets of any length: as a number, if they are eight at most; by the table's name, if it has one.
  text,          ///< Printable ASCII, other octets escaped.
  ipv4_address,  ///< "192.0.2.1"
  ipv4_subnet,   ///< Address and mask: "10.0.0.0/16"
  ipv4_range,    ///< "10.0.0.1 - 10.0.0.9"
  ipv6_address,
  ipv6_subnet,
  ipv6_range,
  version,  ///< Major in the high nibble, minor in the low: "1.0"
  vendor,   ///< The vendor ID's name, if it is known, and its octets.
};

/// What is fixed about a field. The id is stable: explanations for people are looked up by it.
struct FieldDescription {
  std::string_view id;    ///< "isakmp.initiator_cookie"
  std::string_view name;  ///< As the RFC calls it: "Initiator Cookie"
  std::string_view rfc;   ///< "RFC 2408 3.1"
  Format format = Format::decimal;
  NameTable names{};
};

/// One of the bit fields that share octets.
template <class T>
struct BitPart {
  unsigned width;
  FieldDescription field;
  T& value;
};

/// A bit field of `width` bits.
template <class T>
BitPart<T> part(unsigned width, const FieldDescription& field, T& value) {
  return {width, field, value};
}

}  // namespace engine::wire
