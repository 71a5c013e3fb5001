#include "sim/nodes/world.h"

namespace sim {

World::World(const WorldOptions& options) : options_(options) { recorder_.trace().seed = options.seed; }

World::~World() = default;

void World::add_zone(TraceZone zone) { recorder_.trace().zones.push_back(std::move(zone)); }

template <class NodeClass>
NodeClass& World::add_node(const Place& place, NodeType type, const std::string& profile, const std::string& parent) {
  TraceNode described;
  described.id = place.id;
  described.name = place.name;
  described.type = type;
  described.profile = profile;
  described.zone = place.zone;
  described.parent = parent;
  described.x = place.x;
  described.y = place.y;
  Trace& trace = recorder_.trace();
  trace.nodes.push_back(std::move(described));
  const auto row = static_cast<Index>(trace.nodes.size() - 1);
  auto node =
      std::make_unique<NodeClass>(NodeContext{simulator_, recorder_, row, place.id, options_.seed, options_.random});
  NodeClass& reference = *node;
  nodes_.push_back(std::move(node));
  return reference;
}

Host& World::add_host(const Place& place) { return add_node<Host>(place, NodeType::host); }

Router& World::add_router(const Place& place) { return add_node<Router>(place, NodeType::router); }

SecurityGateway& World::add_gateway(const Place& place, const std::string& profile) {
  return add_node<SecurityGateway>(place, NodeType::customer_gateway, profile);
}

Vgw& World::add_vgw(const Place& place) { return add_node<Vgw>(place, NodeType::vgw, "aws"); }

SecurityGateway& World::add_vgw_endpoint(const Place& place, Vgw& vgw) {
  auto& endpoint = add_node<SecurityGateway>(place, NodeType::vgw_endpoint, "aws", vgw.id());
  LinkOptions options;
  options.id = vgw.id() + "-" + place.id;
  options.internal = true;
  const std::string name_at_vgw = "to-" + place.id;
  connect(options, {vgw, name_at_vgw, {}}, {endpoint, "to-" + vgw.id(), {}});
  vgw.add_endpoint(endpoint, *vgw.stack().find_interface(name_at_vgw));
  return endpoint;
}

Link& World::connect(const LinkOptions& options, const Attachment& a, const Attachment& b) {
  Trace& trace = recorder_.trace();
  const auto row = static_cast<Index>(trace.links.size());
  TraceLink described;
  described.id = options.id;
  described.a = a.node.row();
  described.b = b.node.row();
  described.latency = options.latency;
  described.bits_per_second = options.bits_per_second;
  described.mtu = options.mtu;
  described.is_public = options.is_public;
  described.internal = options.internal;
  trace.links.push_back(std::move(described));
  links_.push_back(std::make_unique<Link>(simulator_, recorder_, row, options));
  Link& link = *links_.back();
  attach(link, 0, a);
  attach(link, 1, b);
  return link;
}

void World::attach(Link& link, int end, const Attachment& attachment) {
  Ipv4Stack& stack = attachment.node.stack();
  const Index node = attachment.node.row();
  stack.attach(link.attach(end, node, attachment.interface, attachment.address,
                           [&stack](Packet packet) { stack.receive(std::move(packet)); }));
  recorder_.trace().nodes[node].interfaces.push_back({attachment.interface, attachment.address, link.row()});
  const engine::Ipv4Address address = attachment.address.address;
  if (!address.is_unspecified()) recorder_.add_address(address, node);
}

void World::add_tunnel(const TunnelDescription& tunnel) {
  TraceTunnel described;
  described.id = tunnel.id;
  described.name = tunnel.name;
  described.initiator = tunnel.initiator.row();
  described.responder = tunnel.responder.row();
  described.initiator_connection = tunnel.initiator_connection;
  described.responder_connection = tunnel.responder_connection;
  described.inside = tunnel.inside;
  recorder_.trace().tunnels.push_back(std::move(described));
}

Node* World::find_node(std::string_view id) {
  for (const auto& node : nodes_) {
    if (node->id() == id) return node.get();
  }
  return nullptr;
}

Link* World::find_link(std::string_view id) {
  for (const auto& link : links_) {
    if (link->options().id == id) return link.get();
  }
  return nullptr;
}

void World::at(Time time, const Node* node, std::string text, std::function<void()> action) {
  const Index row = node == nullptr ? no_index : node->row();
  script_.push_back(std::make_unique<ScriptLine>(ScriptLine{row, std::move(text), std::move(action)}));
  // Lines without a node come in the order of writing, as those of one node do; node 0 stands for them.
  simulator_.at(time, EventPriority::script, node == nullptr ? 0 : row,
                [this, line = script_.back().get()] { run_line(*line); });
}

void World::run_line(const ScriptLine& line) {
  recorder_.begin_script(simulator_.now(), line.node, line.text);
  line.action();
}

void World::run_until(Time end) {
  if (!started_) {
    started_ = true;
    for (const auto& node : nodes_) {
      simulator_.at(simulator_.now(), EventPriority::timer, node->row(), [started = node.get()] { started->start(); });
    }
  }
  simulator_.run_until(end);
  recorder_.trace().end = simulator_.now();
}

Trace& World::trace() { return recorder_.trace(); }

Trace World::take_trace() { return recorder_.take(); }

}  // namespace sim
