#include "tests/support/trace_builder.h"

#include <algorithm>

namespace tests {
namespace {

using namespace std::chrono_literals;
using sim::Index;
using sim::no_index;

constexpr sim::Duration latency = 5ms;

}  // namespace

void CountingRandom::fill(engine::RandomPurpose, std::span<std::uint8_t> out) {
  for (std::uint8_t& octet : out) octet = next_++;
}

TraceBuilder::TraceBuilder() {
  trace.scenario_id = "synthetic";
  trace.title = {"A trace made by hand", "手で作ったトレース"};
  trace.summary = {"For tests.", "テスト用。"};
  trace.scenario_json = "{}";
  trace.seed = 1;
  trace.zones = {{"dc", {"Data center", "データセンター"}, false},
                 {"internet", {"Internet", "インターネット"}, true},
                 {"aws", {"AWS", "AWS"}, false}};
  add_node("pc", sim::NodeType::host, "", "dc", 50, 500);
  add_node("yamaha", sim::NodeType::customer_gateway, "yamaha-rtx", "dc", 250, 500);
  add_node("internet", sim::NodeType::router, "", "internet", 450, 500);
  add_node("aws1", sim::NodeType::vgw_endpoint, "aws", "aws", 650, 300);
  add_node("aws2", sim::NodeType::vgw_endpoint, "aws", "aws", 650, 700);
  add_node("vgw", sim::NodeType::vgw, "", "aws", 750, 500);
  add_node("ec2", sim::NodeType::host, "", "aws", 950, 500);
  trace.nodes[node::aws1].parent = trace.nodes[node::aws2].parent = "vgw";
  add_link("lan", node::pc, node::yamaha, false, false);
  add_link("access", node::yamaha, node::internet, true, false);
  add_link("transit1", node::internet, node::aws1, true, false);
  add_link("transit2", node::internet, node::aws2, true, false);
  add_link("inner1", node::aws1, node::vgw, false, true);
  add_link("inner2", node::aws2, node::vgw, false, true);
  add_link("vpc", node::vgw, node::ec2, false, false);
}

engine::Ipv4Address TraceBuilder::address(Index node) {
  constexpr std::uint32_t addresses[] = {0x0a000114, 0xc6336401, 0xc6336402, 0xcb007101,
                                         0xcb007102, 0xac1f0001, 0xac1f000a};
  return {addresses[node]};
}

void TraceBuilder::add_node(std::string id, sim::NodeType type, std::string profile, std::string zone, std::int32_t x,
                            std::int32_t y) {
  sim::TraceNode node;
  node.name = {id, id};
  node.id = std::move(id);
  node.type = type;
  node.profile = std::move(profile);
  node.zone = std::move(zone);
  node.x = x;
  node.y = y;
  trace.nodes.push_back(std::move(node));
}

void TraceBuilder::add_link(std::string id, Index a, Index b, bool is_public, bool internal) {
  sim::TraceLink link;
  link.id = std::move(id);
  link.a = a;
  link.b = b;
  link.latency = latency;
  link.is_public = is_public;
  link.internal = internal;
  const auto row = static_cast<Index>(trace.links.size());
  trace.links.push_back(std::move(link));
  for (Index end : {a, b}) trace.nodes[end].interfaces.push_back({"eth", {address(end), 24}, row});
}

Index TraceBuilder::step(sim::StepKind kind, Index node, Index packet, Index hop, Index tunnel) {
  sim::Step step;
  step.time = now_;
  step.kind = kind;
  step.node = node;
  step.packet = packet;
  step.hop = hop;
  step.tunnel = tunnel;
  trace.steps.push_back(std::move(step));
  trace.end = now_;
  return static_cast<Index>(trace.steps.size()) - 1;
}

Index TraceBuilder::add_packet(sim::PacketKind kind, std::string label, Index origin, Index destination) {
  sim::TracePacket packet;
  packet.kind = kind;
  packet.label = std::move(label);
  packet.origin = origin;
  packet.destination = destination;
  packet.created = now_;
  trace.packets.push_back(std::move(packet));
  return static_cast<Index>(trace.packets.size()) - 1;
}

Journey TraceBuilder::travel(Index packet, const std::vector<Index>& path, const sim::Bytes& bytes, Index tunnel,
                             bool lost) {
  Journey journey{packet, no_index, no_index};
  for (std::size_t place = 0; place + 1 < path.size(); ++place) {
    const Index from = path[place];
    const Index to = path[place + 1];
    const auto link = std::find_if(trace.links.begin(), trace.links.end(), [&](const sim::TraceLink& candidate) {
      return (candidate.a == from && candidate.b == to) || (candidate.a == to && candidate.b == from);
    });
    const auto hop = static_cast<Index>(trace.packets[packet].hops.size());
    const Index left = step(hop == 0 ? sim::StepKind::send : sim::StepKind::forward, from, packet, hop, tunnel);
    if (journey.first_step == no_index) journey.first_step = left;
    const bool ends_here = lost && place + 2 == path.size();
    trace.packets[packet].hops.push_back({static_cast<Index>(link - trace.links.begin()), from, to, now_,
                                          now_ + latency, bytes,
                                          ends_here ? engine::Reason::link_loss : engine::Reason::none});
    wait(latency);
  }
  const auto last_hop = static_cast<Index>(trace.packets[packet].hops.size()) - 1;
  journey.last_step = step(lost ? sim::StepKind::drop : sim::StepKind::receive,
                           lost ? path[path.size() - 2] : path.back(), packet, last_hop, tunnel);
  if (lost) {
    trace.steps.back().reason = engine::Reason::link_loss;
  } else {
    trace.packets[packet].ended_at = path.back();
  }
  return journey;
}

}  // namespace tests
