#include "sim/net/udp.h"

#include "engine/wire/udp.h"

namespace sim {

UdpLayer::UdpLayer(Ipv4Stack& stack) : stack_(stack) {
  stack_.set_handler(engine::wire::ip_protocol::udp, [this](const engine::wire::Ipv4Packet& parsed,
                                                            const Packet& packet) { on_packet(parsed, packet); });
}

Packet UdpLayer::make(const engine::Endpoint& source, const engine::Endpoint& destination, engine::ByteView payload,
                      bool dont_fragment, Index answers) {
  SendOptions options;
  options.source = source.address.is_unspecified() ? stack_.source_address(destination.address) : source.address;
  options.destination = destination.address;
  options.protocol = engine::wire::ip_protocol::udp;
  options.dont_fragment = dont_fragment;
  options.answers = answers;
  return stack_.make(options, engine::wire::write_udp({options.source, source.port}, destination, payload));
}

void UdpLayer::on_packet(const engine::wire::Ipv4Packet& parsed, const Packet& packet) {
  const engine::wire::Ipv4Header& ip = parsed.header;
  const auto datagram = engine::wire::read_udp(parsed.payload, ip.source, ip.destination);
  if (!datagram) return stack_.drop(packet, datagram.error().reason, datagram.error().message);
  const engine::wire::UdpHeader& header = datagram->header;
  const auto handler = handlers_.find(header.destination_port);
  if (handler == handlers_.end()) {
    // "If a datagram arrives addressed to a UDP port for which there is no pending LISTEN call, UDP SHOULD send an ICMP
    // Port Unreachable message" (RFC 1122 4.1.3.1).
    const auto error = engine::wire::destination_unreachable(engine::wire::unreachable_code::port, packet.bytes);
    return stack_.refuse(packet, error, Reason::port_unreachable,
                         "nothing listens on UDP port " + std::to_string(header.destination_port));
  }
  handler->second(
      {{ip.source, header.source_port}, {ip.destination, header.destination_port}, datagram->payload, packet.record});
}

}  // namespace sim
