#pragma once

#include <cstdint>
#include <string>

#include "engine/base/address.h"
#include "sim/core/random_streams.h"
#include "sim/core/simulator.h"
#include "sim/net/ipv4_stack.h"
#include "sim/net/udp.h"
#include "sim/trace/recorder.h"

namespace sim {

/// What every node is made with: the world's parts it works with and who it is.
struct NodeContext {
  Simulator& simulator;
  Recorder& recorder;
  Index row;       ///< In Trace::nodes.
  std::string id;  ///< "yamaha"
  std::uint64_t seed;
  RandomMode random_mode;
};

/// An ICMP echo request, or several.
struct PingOptions {
  engine::Ipv4Address destination;
  std::uint32_t count = 1;  ///< At most 65535, as ICMP numbers them.
  Duration interval{std::chrono::seconds(1)};
  std::uint32_t payload_size = 56;  ///< Octets behind the ICMP header.
  bool dont_fragment = false;
};

/// The payload of test traffic: 0, 1, 2, ... 255, 0, ...
Bytes counting_octets(std::size_t size);

/// A machine with an IPv4 stack: answers echo requests, can ping, and has static routes.
class Node {
 public:
  Node(const NodeContext& context, bool forwards);
  virtual ~Node() = default;
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  const std::string& id() const { return id_; }
  Index row() const { return row_; }
  Ipv4Stack& stack() { return stack_; }
  const Ipv4Stack& stack() const { return stack_; }

  /// A static route through a neighbour on a connected network. Error: no_route where no interface's network has `via`.
  engine::Result<void> add_route(const engine::Ipv4Network& destination, engine::Ipv4Address via);

  /// A static route through an interface by name ("wan", "tunnel1"). Routes of equal length are tried in the order in
  /// which they were added; one whose interface is down is passed over while another is up. Error: no_route where there
  /// is no such interface.
  engine::Result<void> add_route(const engine::Ipv4Network& destination, const std::string& interface);

  /// Starts to send echo requests now.
  void ping(const PingOptions& options);

  /// Switches the node off without notice: it sends nothing, and what arrives is lost.
  virtual void power_off();

  /// Called once when the run starts.
  virtual void start() {}

 protected:
  Simulator& simulator_;
  Recorder& recorder_;
  RandomStreams random_;

 private:
  void send_echo_request(const PingOptions& options, std::uint16_t identifier, std::uint16_t sequence);

  Index row_;
  std::string id_;
  Ipv4Stack stack_;
  std::uint16_t next_ping_identifier_ = 1;

 protected:
  UdpLayer udp_;
};

}  // namespace sim
