#pragma once

#include <cstdint>
#include <optional>
#include <set>

#include "engine/wire/tcp.h"
#include "sim/nodes/node.h"

namespace sim {

/// UDP datagrams with counting octets as payload.
struct UdpOptions {
  engine::Ipv4Address destination;
  std::uint16_t source_port = 40000;
  std::uint16_t destination_port = 7;
  std::uint32_t count = 1;
  Duration interval{std::chrono::seconds(1)};
  std::uint32_t payload_size = 56;
  bool dont_fragment = false;
};

/// A TCP SYN segment, to see what becomes of its MSS option.
struct SynOptions {
  engine::Ipv4Address destination;
  std::uint16_t source_port = 50000;
  std::uint16_t destination_port = 443;
};

/// An end system. Limitations: of TCP it knows one SYN segment and the answer to it (SYN-ACK on a port that listens,
/// RST on others).
class Host : public Node {
 public:
  explicit Host(const NodeContext& context);

  /// The MSS that this host announces; none: the outgoing interface's MTU less 40 (RFC 9293 3.7.1).
  void set_mss(std::optional<std::uint16_t> mss) { mss_ = mss; }

  void send_udp(const UdpOptions& options);
  void probe_tcp(const SynOptions& options);

  /// Takes datagrams to `port`; with `echo`, sends each back (RFC 862). Without, others get ICMP port unreachable.
  void serve_udp(std::uint16_t port, bool echo);
  void listen_tcp(std::uint16_t port) { tcp_ports_.insert(port); }

 private:
  void on_tcp(const engine::wire::Ipv4Packet& parsed, const Packet& packet);
  void send_tcp(engine::Ipv4Address destination, engine::wire::TcpHeader segment, Index answers);
  std::uint16_t announced_mss(engine::Ipv4Address destination) const;

  std::optional<std::uint16_t> mss_;
  std::set<std::uint16_t> tcp_ports_;
};

}  // namespace sim
