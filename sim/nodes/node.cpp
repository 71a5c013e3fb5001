#include "sim/nodes/node.h"

#include <fmt/format.h>

namespace sim {

Node::Node(const NodeContext& context, bool forwards)
    : simulator_(context.simulator),
      recorder_(context.recorder),
      random_(context.seed, context.id, context.random_mode),
      row_(context.row),
      id_(context.id),
      stack_(context.simulator, context.recorder, random_, context.row, forwards),
      udp_(stack_) {}

engine::Result<void> Node::add_route(const engine::Ipv4Network& destination, engine::Ipv4Address via) {
  Interface* interface = stack_.find_neighbour(via);
  if (interface == nullptr) {
    return engine::Error{Reason::no_route,
                         fmt::format("{}: {} is on no network of this node", id_, engine::to_string(via))};
  }
  stack_.routes().add(destination, *interface);
  return {};
}

engine::Result<void> Node::add_route(const engine::Ipv4Network& destination, const std::string& interface) {
  Interface* found = stack_.find_interface(interface);
  if (found == nullptr) return engine::Error{Reason::no_route, fmt::format("{}: no interface {}", id_, interface)};
  stack_.routes().add(destination, *found);
  return {};
}

void Node::ping(const PingOptions& options) { send_echo_request(options, next_ping_identifier_++, 1); }

void Node::send_echo_request(const PingOptions& options, std::uint16_t identifier, std::uint16_t sequence) {
  SendOptions send_options;
  send_options.destination = options.destination;
  send_options.protocol = engine::wire::ip_protocol::icmp;
  send_options.dont_fragment = options.dont_fragment;
  const Bytes data = counting_octets(options.payload_size);
  stack_.send(
      stack_.make(send_options, engine::wire::write_icmp(engine::wire::echo_request(identifier, sequence, data))));
  if (sequence >= options.count) return;
  simulator_.after(options.interval, EventPriority::timer, row_, [this, options, identifier, sequence] {
    send_echo_request(options, identifier, static_cast<std::uint16_t>(sequence + 1));
  });
}

void Node::power_off() { stack_.set_powered(false); }

Bytes counting_octets(std::size_t size) {
  Bytes octets(size);
  for (std::size_t i = 0; i < size; ++i) octets[i] = static_cast<std::uint8_t>(i);
  return octets;
}

}  // namespace sim
