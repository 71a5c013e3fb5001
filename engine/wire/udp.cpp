#include "engine/wire/udp.h"

#include "engine/wire/ipv4.h"
#include "engine/wire/reader.h"
#include "engine/wire/writer.h"

namespace engine::wire {
namespace {

constexpr std::size_t length_offset = 4;
constexpr std::size_t checksum_offset = 6;

}  // namespace

Reason check_udp(const UdpHeader& header, ByteView datagram, Ipv4Address source, Ipv4Address destination) {
  const std::size_t length = header.length;
  if (length > datagram.size()) return Reason::bad_length;
  // RFC 768: "An all zero transmitted checksum value means that the transmitter generated no checksum".
  if (header.checksum == 0) return Reason::none;
  const std::uint32_t pseudo = pseudo_header_sum(source, destination, ip_protocol::udp, length);
  return internet_checksum(datagram.first(length), pseudo) == 0 ? Reason::none : Reason::bad_checksum;
}

Result<UdpDatagram> read_udp(ByteView datagram, Ipv4Address source, Ipv4Address destination) {
  Reader reader(datagram);
  UdpDatagram result;
  result.header.describe(reader);
  if (reader.failed()) return reader.error();
  const Reason problem = check_udp(result.header, datagram, source, destination);
  if (problem == Reason::bad_length)
    return Error{problem, "the UDP length is more than the packet holds", length_offset};
  if (problem == Reason::bad_checksum) return Error{problem, "the UDP checksum is wrong", checksum_offset};
  result.payload = datagram.subspan(udp_header_size, result.header.length - udp_header_size);
  return result;
}

Bytes write_udp(const Endpoint& source, const Endpoint& destination, ByteView payload) {
  const std::size_t length = udp_header_size + payload.size();
  Bytes datagram = write_described(UdpHeader{source.port, destination.port, static_cast<std::uint16_t>(length), 0});
  append(datagram, payload);
  const std::uint16_t checksum =
      internet_checksum(datagram, pseudo_header_sum(source.address, destination.address, ip_protocol::udp, length));
  // RFC 768: "If the computed checksum is zero, it is transmitted as all ones".
  set_u16(datagram, checksum_offset, checksum == 0 ? 0xffff : checksum);
  return datagram;
}

}  // namespace engine::wire
