#include "engine/wire/ipv4.h"

#include "engine/wire/reader.h"
#include "engine/wire/writer.h"

namespace engine::wire {
namespace {

constexpr std::size_t checksum_offset = 10;
constexpr std::size_t total_length_offset = 2;

}  // namespace

Result<Ipv4Packet> read_ipv4(ByteView packet) {
  Reader reader(packet);
  Ipv4Packet result;
  result.header.describe(reader);
  if (reader.failed()) return reader.error();
  const std::size_t header_size = result.header.size();
  const std::size_t total = result.header.total_length;
  if (total < header_size)
    return Error{Reason::bad_length, "the IPv4 total length is less than the header length", total_length_offset};
  if (total > packet.size())
    return Error{Reason::truncated, "the IPv4 packet is shorter than its total length says", packet.size()};
  if (internet_checksum(packet.first(header_size)) != 0)
    return Error{Reason::bad_checksum, "the IPv4 header checksum is wrong", checksum_offset};
  result.payload = packet.subspan(header_size, total - header_size);
  return result;
}

Bytes write_ipv4(Ipv4Header header, ByteView payload) {
  header.options.resize((header.options.size() + 3) / 4 * 4);
  const std::size_t header_size = ipv4_header_size + header.options.size();
  header.header_words = static_cast<std::uint8_t>(header_size / 4);
  header.total_length = static_cast<std::uint16_t>(header_size + payload.size());
  header.checksum = 0;
  Bytes packet = write_described(std::move(header));
  set_u16(packet, checksum_offset, internet_checksum(packet));
  append(packet, payload);
  return packet;
}

std::uint16_t internet_checksum(ByteView octets, std::uint32_t sum) {
  std::uint64_t total = sum;
  std::size_t i = 0;
  for (; i + 1 < octets.size(); i += 2) total += read_u16(octets, i);
  // RFC 1071 1: an odd last octet counts as if a zero octet followed.
  if (i < octets.size()) total += std::uint32_t{octets[i]} << 8;
  while (total > 0xffff) total = (total & 0xffff) + (total >> 16);
  return static_cast<std::uint16_t>(~total);
}

std::uint32_t pseudo_header_sum(Ipv4Address source, Ipv4Address destination, std::uint8_t protocol,
                                std::size_t length) {
  return (source.value >> 16) + (source.value & 0xffff) + (destination.value >> 16) + (destination.value & 0xffff) +
         protocol + static_cast<std::uint32_t>(length);
}

std::uint16_t updated_checksum(std::uint16_t checksum, std::uint16_t old_word, std::uint16_t new_word) {
  // RFC 1624 3: "HC' = ~(~HC + ~m + m')".
  std::uint32_t sum = static_cast<std::uint16_t>(~checksum);
  sum += static_cast<std::uint16_t>(~old_word);
  sum += new_word;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

}  // namespace engine::wire
