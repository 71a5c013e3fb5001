#include "engine/wire/icmp.h"

#include <algorithm>

#include "engine/wire/ipv4.h"
#include "engine/wire/reader.h"
#include "engine/wire/writer.h"

namespace engine::wire {
namespace {

constexpr std::size_t checksum_offset = 2;

/// RFC 792: "The internet header plus the first 64 bits of the original datagram's data."
Bytes quote(ByteView original) {
  Reader reader(original);
  Ipv4Header header;
  header.describe(reader);
  const std::size_t wanted = (reader.failed() ? ipv4_header_size : header.size()) + 8;
  const ByteView quoted = original.first(std::min(wanted, original.size()));
  return Bytes(quoted.begin(), quoted.end());
}

}  // namespace

NameTable IcmpMessage::code_names() const {
  switch (type) {
    case icmp_type::destination_unreachable:
      return unreachable_code_names();
    case icmp_type::time_exceeded:
      return time_exceeded_code_names();
    default:
      return {};
  }
}

Result<IcmpMessage> read_icmp(ByteView message) {
  Reader reader(message);
  IcmpMessage result;
  result.describe(reader);
  if (reader.failed()) return reader.error();
  if (internet_checksum(message) != 0)
    return Error{Reason::bad_checksum, "the ICMP checksum is wrong", checksum_offset};
  return result;
}

Bytes write_icmp(const IcmpMessage& message) {
  Bytes octets = write_described(message);
  set_u16(octets, checksum_offset, 0);
  set_u16(octets, checksum_offset, internet_checksum(octets));
  return octets;
}

IcmpMessage echo_request(std::uint16_t identifier, std::uint16_t sequence, ByteView data) {
  IcmpMessage message;
  message.type = icmp_type::echo_request;
  message.identifier = identifier;
  message.sequence = sequence;
  message.body.assign(data.begin(), data.end());
  return message;
}

IcmpMessage echo_reply(const IcmpMessage& request) {
  IcmpMessage message = request;
  message.type = icmp_type::echo_reply;
  return message;
}

IcmpMessage destination_unreachable(std::uint8_t code, ByteView original, std::uint16_t next_hop_mtu) {
  IcmpMessage message;
  message.type = icmp_type::destination_unreachable;
  message.code = code;
  message.next_hop_mtu = next_hop_mtu;
  message.body = quote(original);
  return message;
}

IcmpMessage time_exceeded(std::uint8_t code, ByteView original) {
  IcmpMessage message;
  message.type = icmp_type::time_exceeded;
  message.code = code;
  message.body = quote(original);
  return message;
}

}  // namespace engine::wire
