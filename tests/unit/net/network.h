#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/core/random_streams.h"
#include "sim/net/ipv4_stack.h"
#include "sim/net/link.h"
#include "sim/net/udp.h"

namespace tests {

/// A bare IPv4 stack on a network, without a node around it.
struct Station {
  Station(sim::Simulator& simulator, sim::Recorder& recorder, const std::string& id, sim::Index row, bool forwards)
      : random(1, id, sim::RandomMode::seeded), stack(simulator, recorder, random, row, forwards), row_number(row) {}

  sim::RandomStreams random;
  sim::Ipv4Stack stack;
  sim::Index row_number;
};

/// Stations and links with a recorder, for tests of sim/net.
class Network {
 public:
  Station& add(const std::string& id, bool forwards = false) {
    sim::TraceNode node;
    node.id = id;
    recorder.trace().nodes.push_back(node);
    const auto row = static_cast<sim::Index>(stations_.size());
    stations_.push_back(std::make_unique<Station>(simulator, recorder, id, row, forwards));
    return *stations_.back();
  }

  sim::Link& connect(const sim::LinkOptions& options, Station& a, const char* a_address, Station& b,
                     const char* b_address) {
    const auto row = static_cast<sim::Index>(links_.size());
    recorder.trace().links.emplace_back();
    links_.push_back(std::make_unique<sim::Link>(simulator, recorder, row, options));
    sim::Link& link = *links_.back();
    attach(link, 0, a, a_address);
    attach(link, 1, b, b_address);
    return link;
  }

  /// A route of `station` through the neighbour.
  void route(Station& station, const char* network, const char* via) {
    station.stack.routes().add(engine::parse_ipv4_network(network).value(),
                               *station.stack.find_neighbour(engine::parse_ipv4_address(via).value()));
  }

  /// Runs everything that is pending, at most an hour.
  const sim::Trace& run() {
    simulator.run_until(simulator.now() + std::chrono::hours(1));
    return recorder.trace();
  }

  sim::Simulator simulator;
  sim::Recorder recorder;

 private:
  void attach(sim::Link& link, int end, Station& station, const char* address) {
    const engine::Ipv4Network network = engine::parse_ipv4_network(address).value();
    sim::Ipv4Stack& stack = station.stack;
    const std::string name = "if" + std::to_string(link.row());
    stack.attach(link.attach(end, station.row_number, name, network,
                             [&stack](sim::Packet packet) { stack.receive(std::move(packet)); }));
    recorder.add_address(network.address, station.row_number);
  }

  std::vector<std::unique_ptr<Station>> stations_;
  std::vector<std::unique_ptr<sim::Link>> links_;
};

inline engine::Ipv4Address address(const char* text) { return engine::parse_ipv4_address(text).value(); }

/// Sends an echo request with `payload` octets behind the ICMP header; returns its row.
inline sim::Index send_echo(Station& station, const char* destination, std::size_t payload, bool dont_fragment = false,
                            std::uint8_t time_to_live = 64) {
  sim::SendOptions options;
  options.destination = address(destination);
  options.protocol = engine::wire::ip_protocol::icmp;
  options.dont_fragment = dont_fragment;
  options.time_to_live = time_to_live;
  engine::Bytes data(payload);
  for (std::size_t i = 0; i < payload; ++i) data[i] = static_cast<std::uint8_t>(i * 7);
  sim::Packet packet = station.stack.make(options, engine::wire::write_icmp(engine::wire::echo_request(1, 1, data)));
  const sim::Index record = packet.record;
  station.stack.send(std::move(packet));
  return record;
}

/// The rows of packets with this label.
inline std::vector<sim::Index> with_label(const sim::Trace& trace, const std::string& label) {
  std::vector<sim::Index> rows;
  for (sim::Index row = 0; row < trace.packets.size(); ++row) {
    if (trace.packets[row].label == label) rows.push_back(row);
  }
  return rows;
}

}  // namespace tests
