#include "engine/wire/tcp.h"

#include "engine/wire/ipv4.h"
#include "engine/wire/reader.h"
#include "engine/wire/writer.h"

namespace engine::wire {
namespace {

constexpr std::size_t checksum_offset = 16;

}  // namespace

TcpOption TcpOption::maximum_segment_size(std::uint16_t size) {
  TcpOption option{tcp_option::maximum_segment_size, {}};
  put_u16(option.data, size);
  return option;
}

TcpOption TcpOption::window_scale(std::uint8_t shift) { return {tcp_option::window_scale, {shift}}; }

TcpOption TcpOption::sack_permitted() { return {tcp_option::sack_permitted, {}}; }

TcpOption TcpOption::timestamps(std::uint32_t value, std::uint32_t echo_reply) {
  TcpOption option{tcp_option::timestamps, {}};
  put_u32(option.data, value);
  put_u32(option.data, echo_reply);
  return option;
}

TcpOption TcpOption::no_operation() { return {tcp_option::no_operation, {}}; }

const TcpOption* TcpHeader::find(std::uint8_t kind) const {
  for (const TcpOption& option : options) {
    if (option.kind == kind) return &option;
  }
  return nullptr;
}

Result<TcpSegment> read_tcp(ByteView segment, Ipv4Address source, Ipv4Address destination) {
  Reader reader(segment);
  TcpSegment result;
  result.header.describe(reader);
  if (reader.error().reason != Reason::none) return reader.error();
  if (internet_checksum(segment, pseudo_header_sum(source, destination, ip_protocol::tcp, segment.size())) != 0)
    return Error{Reason::bad_checksum, "the TCP checksum is wrong", checksum_offset};
  result.payload = segment.subspan(result.header.size());
  return result;
}

Bytes write_tcp(Ipv4Address source, Ipv4Address destination, TcpHeader header, ByteView payload) {
  Writer options;
  options.items(header.options, max_tcp_options);
  header.data_offset = static_cast<std::uint8_t>((tcp_header_size + options.size() + 3) / 4);
  header.checksum = 0;
  Bytes segment = write_described(std::move(header));
  append(segment, payload);
  set_u16(segment, checksum_offset,
          internet_checksum(segment, pseudo_header_sum(source, destination, ip_protocol::tcp, segment.size())));
  return segment;
}

bool clamp_tcp_mss(std::span<std::uint8_t> segment, std::uint16_t mss) {
  Reader reader(segment);
  TcpHeader header;
  header.describe(reader);
  if (reader.error().reason != Reason::none || !header.has(tcp_flag::syn)) return false;
  const std::uint16_t old_checksum = header.checksum;
  bool changed = false;
  for (TcpOption& option : header.options) {
    if (option.kind != tcp_option::maximum_segment_size || option.data.size() != 2) continue;
    if (read_u16(option.data, 0) <= mss) continue;
    option.data = TcpOption::maximum_segment_size(mss).data;
    changed = true;
  }
  if (!changed) return false;

  Bytes rewritten = write_described(header);
  // The checksum is brought up to date, not computed anew: a segment that was damaged before stays recognisable
  // (RFC 1624). Words are compared, because an option may begin at an odd octet.
  std::uint16_t checksum = old_checksum;
  for (std::size_t i = 0; i < rewritten.size(); i += 2)
    checksum = updated_checksum(checksum, read_u16(segment, i), read_u16(rewritten, i));
  set_u16(rewritten, checksum_offset, checksum);
  std::copy(rewritten.begin(), rewritten.end(), segment.begin());
  return true;
}

}  // namespace engine::wire
