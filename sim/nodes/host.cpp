#include "sim/nodes/host.h"

namespace sim {
namespace {

namespace wire = engine::wire;

constexpr std::uint32_t tcp_and_ip_headers = 40;
constexpr std::uint32_t smallest_reassembly_buffer = 576;  // What every host takes, RFC 1122 3.3.2.
constexpr std::uint16_t receive_window = 65535;

}  // namespace

Host::Host(const NodeContext& context) : Node(context, false) {
  stack().set_handler(wire::ip_protocol::tcp,
                      [this](const wire::Ipv4Packet& parsed, const Packet& packet) { on_tcp(parsed, packet); });
}

void Host::send_udp(const UdpOptions& options) {
  if (options.count == 0) return;
  const engine::Endpoint source{{}, options.source_port};
  const engine::Endpoint destination{options.destination, options.destination_port};
  stack().send(udp_.make(source, destination, counting_octets(options.payload_size), options.dont_fragment));
  if (options.count == 1) return;
  UdpOptions rest = options;
  --rest.count;
  simulator_.after(options.interval, EventPriority::timer, row(), [this, rest] { send_udp(rest); });
}

void Host::serve_udp(std::uint16_t port, bool echo) {
  udp_.listen(port, [this, echo](const UdpLayer::Received& received) {
    if (!echo) return;
    stack().send(udp_.make(received.destination, received.source, received.payload, false, received.packet));
  });
}

std::uint16_t Host::announced_mss(engine::Ipv4Address destination) const {
  if (mss_) return *mss_;
  const std::uint32_t mtu = stack().mtu_towards(destination).value_or(smallest_reassembly_buffer);
  return static_cast<std::uint16_t>(mtu - tcp_and_ip_headers);
}

void Host::probe_tcp(const SynOptions& options) {
  wire::TcpHeader syn;
  syn.source_port = options.source_port;
  syn.destination_port = options.destination_port;
  syn.flags = wire::tcp_flag::syn;
  send_tcp(options.destination, syn, no_index);
}

void Host::send_tcp(engine::Ipv4Address destination, wire::TcpHeader segment, Index answers) {
  const bool is_syn = segment.has(wire::tcp_flag::syn);
  if (is_syn) {
    segment.sequence = engine::read_u32(random_.bytes(engine::RandomPurpose::sequence, 4), 0);
    segment.options.push_back(wire::TcpOption::maximum_segment_size(announced_mss(destination)));
    segment.window = receive_window;
  }
  SendOptions options;
  options.source = stack().source_address(destination);
  options.destination = destination;
  options.protocol = wire::ip_protocol::tcp;
  options.dont_fragment = true;  // As hosts do that discover the path MTU (RFC 1191 3).
  options.answers = answers;
  stack().send(stack().make(options, wire::write_tcp(options.source, destination, std::move(segment), {})));
}

void Host::on_tcp(const wire::Ipv4Packet& parsed, const Packet& packet) {
  const wire::Ipv4Header& ip = parsed.header;
  const auto segment = wire::read_tcp(parsed.payload, ip.source, ip.destination);
  if (!segment) return stack().drop(packet, segment.error().reason, segment.error().message);
  const wire::TcpHeader& header = segment->header;
  const bool is_first_syn = header.has(wire::tcp_flag::syn) && !header.has(wire::tcp_flag::ack);
  if (!is_first_syn) return;

  wire::TcpHeader answer;
  answer.source_port = header.destination_port;
  answer.destination_port = header.source_port;
  answer.acknowledgment = header.sequence + 1;
  // "If the connection does not exist (CLOSED), then a reset is sent in response to any incoming segment except another
  // reset" (RFC 9293 3.5.2).
  const bool listens = tcp_ports_.count(header.destination_port) != 0;
  answer.flags = listens ? wire::tcp_flag::syn | wire::tcp_flag::ack : wire::tcp_flag::rst | wire::tcp_flag::ack;
  send_tcp(ip.source, std::move(answer), packet.record);
}

}  // namespace sim
