#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/random.h"
#include "engine/wire/icmp.h"
#include "engine/wire/ipv4.h"
#include "sim/core/simulator.h"
#include "sim/net/fragmentation.h"
#include "sim/net/interface.h"
#include "sim/net/routing_table.h"
#include "sim/trace/recorder.h"

namespace sim {

/// What the sender of a packet chooses; the stack fills in the rest of the header.
struct SendOptions {
  engine::Ipv4Address source;  ///< Unspecified: that of the outgoing interface.
  engine::Ipv4Address destination;
  std::uint8_t protocol = 0;
  bool dont_fragment = false;
  std::uint8_t time_to_live = 64;  ///< RFC 1700.
  Index answers = no_index;        ///< The packet (row of the trace) that this one answers.
};

/// The internet layer of one node (RFC 791, 1122, 1812): receives, delivers, forwards, sends; fragmentation, reassembly
/// and ICMP. Limitations: no broadcast and multicast, no redirects, no source routes (options are passed on unread), no
/// rate limit on ICMP errors.
class Ipv4Stack {
 public:
  /// A packet for this node, whole and valid. The row of the trace is that of the whole packet.
  using ProtocolHandler = std::function<void(const engine::wire::Ipv4Packet&, const Packet&)>;

  /// `forwards`: a router; else packets for others are dropped.
  Ipv4Stack(Simulator& simulator, Recorder& recorder, engine::RandomSource& random, Index node, bool forwards);

  /// Adds an interface, and a route to the network of its address. It must outlive the stack.
  void attach(Interface& interface);
  Interface* find_interface(std::string_view name) const;
  /// The interface on whose network a neighbour is; null if there is none.
  Interface* find_neighbour(engine::Ipv4Address neighbour) const;
  RoutingTable& routes() { return routes_; }

  void set_handler(std::uint8_t protocol, ProtocolHandler handler) { handlers_[protocol] = std::move(handler); }

  /// A packet came in, over a link or out of a tunnel. Each way it can go (delivered, forwarded, dropped) is recorded.
  void receive(Packet packet);

  /// A packet of this node's own with its row in the trace, not yet sent.
  Packet make(const SendOptions& options, engine::ByteView payload);

  /// A packet that was built elsewhere (ESP), with its row in the trace.
  Packet adopt(Bytes bytes);

  /// Routes and sends a packet of this node.
  void send(Packet packet) { route(std::move(packet)); }

  /// The address that a packet to `destination` gets as its source; unspecified where there is no route.
  engine::Ipv4Address source_address(engine::Ipv4Address destination) const;

  /// MTU of the interface towards `destination`; none where there is no route.
  std::optional<std::uint32_t> mtu_towards(engine::Ipv4Address destination) const;

  std::uint16_t next_identification() { return identification_++; }

  /// Drops a packet and, where the rules allow it, tells its sender by ICMP: `error`, which quotes the packet.
  void refuse(const Packet& packet, const engine::wire::IcmpMessage& error, Reason reason, std::string detail);
  void drop(const Packet& packet, Reason reason, std::string detail);

  /// Switched off, a node neither sends nor receives.
  void set_powered(bool powered) { powered_ = powered; }

  bool owns(engine::Ipv4Address address) const;

 private:
  void deliver(const engine::wire::Ipv4Packet& parsed, Packet packet);
  void deliver_fragment(const engine::wire::Ipv4Packet& parsed, Packet packet);
  void expire_reassembly(const Reassembler::Key& key);
  void forward(const engine::wire::Ipv4Packet& parsed, Packet packet);
  void route(Packet packet);
  void output(Interface& interface, Packet packet);
  void output_fragments(Interface& interface, Packet packet);
  void on_icmp(const engine::wire::Ipv4Packet& parsed, const Packet& packet);

  Simulator& simulator_;
  Recorder& recorder_;
  Index node_;
  bool forwards_;
  bool powered_ = true;
  std::uint16_t identification_;
  std::vector<Interface*> interfaces_;
  RoutingTable routes_;
  Reassembler reassembler_;
  std::array<ProtocolHandler, 256> handlers_;
};

}  // namespace sim
