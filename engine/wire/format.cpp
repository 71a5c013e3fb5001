#include "engine/wire/format.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/address.h"

namespace engine::wire {
namespace {

constexpr std::size_t hex_limit = 32;    ///< Octets shown in hexadecimal; of longer values their number is told.
constexpr std::size_t text_limit = 200;  ///< Characters of text shown.

std::uint64_t number_of(ByteView octets) {
  std::uint64_t value = 0;
  for (const std::uint8_t octet : octets) value = value << 8 | octet;
  return value;
}

std::string count_of(ByteView octets) {
  return fmt::format("{} {}", octets.size(), octets.size() == 1 ? "octet" : "octets");
}

std::string hexadecimal(ByteView octets) {
  return octets.size() > hex_limit ? count_of(octets) : "0x" + to_hex(octets);
}

std::string decimal(ByteView octets) {
  return octets.size() > sizeof(std::uint64_t) ? count_of(octets) : std::to_string(number_of(octets));
}

std::string named(NameTable names, std::uint64_t value) {
  const std::string_view name = find_name(names, value);
  return name.empty() ? value_name(names, value) : fmt::format("{} ({})", name, value);
}

std::string printable(ByteView octets) {
  std::string text;
  for (const std::uint8_t octet : octets.first(std::min(octets.size(), text_limit))) {
    if (octet >= 0x20 && octet < 0x7f && octet != '\\')
      text += static_cast<char>(octet);
    else
      text += fmt::format("\\x{:02x}", octet);
  }
  return octets.size() > text_limit ? text + "..." : text;
}

std::string ipv4(ByteView octets) { return to_string(Ipv4Address{read_u32(octets, 0)}); }

/// RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as "::".
std::string ipv6(ByteView octets) {
  std::size_t best = 8;
  std::size_t best_length = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t length = 0;
    while (i + length < 8 && read_u16(octets, (i + length) * 2) == 0) ++length;
    if (length > best_length) best = i, best_length = length;
  }
  std::string text;
  for (std::size_t i = 0; i < 8;) {
    if (i == best) {
      text += "::";
      i += best_length;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    text += fmt::format("{:x}", read_u16(octets, i * 2));
    ++i;
  }
  return text;
}

/// The number of leading one bits, if only zeros follow; else -1.
int prefix_length(ByteView mask) {
  int length = 0;
  bool ended = false;
  for (const std::uint8_t octet : mask) {
    for (int bit = 7; bit >= 0; --bit) {
      const bool one = (octet >> bit & 1) != 0;
      if (one && ended) return -1;
      if (one) ++length;
      ended = ended || !one;
    }
  }
  return length;
}

template <class ToText>
std::string subnet(ByteView octets, std::size_t size, const ToText& to_text) {
  const ByteView mask = octets.subspan(size);
  const int length = prefix_length(mask);
  return to_text(octets) + "/" + (length < 0 ? to_text(mask) : std::to_string(length));
}

/// Some vendor IDs that are not known are a text.
std::string vendor(ByteView octets) {
  const std::string_view name = vendor_id_name(octets);
  if (!name.empty()) return std::string(name);
  const bool is_text = std::all_of(octets.begin(), octets.end(), [](std::uint8_t c) { return c >= 0x20 && c < 0x7f; });
  return is_text ? "\"" + printable(octets) + "\"" : hexadecimal(octets);
}

}  // namespace

std::string format_value(const FieldDescription& field, ByteView octets) {
  const std::size_t size = octets.size();
  switch (field.format) {
    case Format::decimal:
      return decimal(octets);
    case Format::hex:
      return hexadecimal(octets);
    case Format::named:
    case Format::number:
      if (field.names.empty() || size > sizeof(std::uint64_t)) return decimal(octets);
      return named(field.names, number_of(octets));
    case Format::flag:
      return number_of(octets.first(std::min<std::size_t>(size, 8))) != 0 ? "set" : "not set";
    case Format::text:
      return printable(octets);
    case Format::ipv4_address:
      return size == 4 ? ipv4(octets) : count_of(octets);
    case Format::ipv4_subnet:
      return size == 8 ? subnet(octets, 4, ipv4) : count_of(octets);
    case Format::ipv4_range:
      return size == 8 ? ipv4(octets) + " - " + ipv4(octets.subspan(4)) : count_of(octets);
    case Format::ipv6_address:
      return size == 16 ? ipv6(octets) : count_of(octets);
    case Format::ipv6_subnet:
      return size == 32 ? subnet(octets, 16, ipv6) : count_of(octets);
    case Format::ipv6_range:
      return size == 32 ? ipv6(octets) + " - " + ipv6(octets.subspan(16)) : count_of(octets);
    case Format::version:
      return size == 1 ? fmt::format("{}.{}", octets[0] >> 4, octets[0] & 0x0f) : count_of(octets);
    case Format::vendor:
      return vendor(octets);
    case Format::octets:
      break;
  }
  return count_of(octets);
}

std::string format_bits(const FieldDescription& field, std::uint64_t value, unsigned width) {
  if (field.format == Format::flag || (width == 1 && field.names.empty())) return value != 0 ? "set" : "not set";
  if (!field.names.empty()) return named(field.names, value);
  return std::to_string(value);
}

}  // namespace engine::wire
