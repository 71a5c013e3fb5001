#include "sim/scenario/build.h"

#include <fmt/format.h>

#include "sim/scenario/events.h"
#include "sim/scenario/profiles.h"

namespace sim {
namespace {

using engine::Ipv4Network;
using engine::Result;

constexpr Ipv4Network everything{};

/// Makes the calls that build a World out of a Scenario whose references were resolved.
class Builder {
 public:
  Builder(const Scenario& scenario, std::uint64_t seed)
      : scenario_(scenario), world_(std::make_unique<World>(WorldOptions{seed, scenario.random})) {}

  Result<std::unique_ptr<World>> run() {
    for (const TraceZone& zone : scenario_.zones) world_->add_zone(zone);
    for (const ScenarioNode& node : scenario_.nodes) add_node(node);
    for (const ScenarioVpn& vpn : scenario_.vpns) add_endpoints(vpn);
    for (const ScenarioLink& link : scenario_.links) connect(link);
    for (const ScenarioVpn& vpn : scenario_.vpns) add_tunnels(vpn);
    for (const ScenarioNode& node : scenario_.nodes) add_routes(node);
    for (const ScenarioAction& action : scenario_.script) add_action(action);
    describe_run();
    if (error_.reason != Reason::none) return error_;
    return std::move(world_);
  }

 private:
  template <class NodeClass>
  NodeClass& find(const std::string& id) {
    return *static_cast<NodeClass*>(world_->find_node(id));
  }

  void keep(const Result<void>& result) {
    if (!result && error_.reason == Reason::none) error_ = result.error();
  }

  void add_node(const ScenarioNode& node) {
    const Place place{node.id, node.name, node.zone, node.x, node.y};
    switch (node.type) {
      case ScenarioNodeType::host: {
        Host& host = world_->add_host(place);
        host.set_mss(node.mss);
        for (const std::uint16_t port : node.tcp_ports) host.listen_tcp(port);
        for (const std::uint16_t port : node.udp_echo_ports) host.serve_udp(port, true);
        break;
      }
      case ScenarioNodeType::router:
        world_->add_router(place);
        break;
      case ScenarioNodeType::customer_gateway:
        world_->add_gateway(place, node.profile);
        break;
      case ScenarioNodeType::aws_vgw:
        world_->add_vgw(place);
        break;
    }
  }

  void add_endpoints(const ScenarioVpn& vpn) {
    for (const ScenarioTunnel& tunnel : vpn.tunnels) {
      const ScenarioTunnel::Endpoint& endpoint = tunnel.endpoint;
      world_->add_vgw_endpoint({endpoint.id, endpoint.name, endpoint.zone, endpoint.x, endpoint.y}, find<Vgw>(vpn.vgw));
    }
  }

  /// An interface's address; an endpoint's is that of its tunnel.
  Ipv4Network address_of(const ScenarioLink::End& end) const {
    for (const ScenarioNode& node : scenario_.nodes) {
      if (node.id != end.node) continue;
      for (const ScenarioInterface& interface : node.interfaces) {
        if (interface.name == end.interface) return interface.address;
      }
    }
    for (const ScenarioVpn& vpn : scenario_.vpns) {
      for (const ScenarioTunnel& tunnel : vpn.tunnels) {
        if (tunnel.endpoint.id == end.node) return {tunnel.options.outside_ip_address, 32};
      }
    }
    return {};
  }

  void connect(const ScenarioLink& link) {
    LinkOptions options;
    options.id = link.id;
    options.latency = link.latency;
    options.bits_per_second = link.bits_per_second;
    options.mtu = link.mtu;
    options.queue_packets = link.queue;
    options.is_public = link.is_public;
    world_->connect(options, {find<Node>(link.a.node), link.a.interface, address_of(link.a)},
                    {find<Node>(link.b.node), link.b.interface, address_of(link.b)});
  }

  const YamahaTunnel& device_tunnel(const ScenarioVpn& vpn, const ScenarioTunnel& tunnel) const {
    for (const ScenarioNode& node : scenario_.nodes) {
      if (node.id == vpn.customer_gateway) return *node.device.find_tunnel(tunnel.device_tunnel);
    }
    return scenario_.nodes.front().device.tunnels.front();
  }

  void add_tunnels(const ScenarioVpn& vpn) {
    for (const ScenarioTunnel& tunnel : vpn.tunnels) {
      SecurityGateway& customer = find<SecurityGateway>(vpn.customer_gateway);
      SecurityGateway& endpoint = find<SecurityGateway>(tunnel.endpoint.id);
      const YamahaTunnel& device = device_tunnel(vpn, tunnel);
      add_customer_end(customer, device);
      add_aws_end(endpoint, vpn, tunnel, device.connection.local_address);
      world_->add_tunnel({tunnel.id, tunnel.name, customer, device.connection.name, endpoint, tunnel.id,
                          tunnel.options.tunnel_inside_cidr});
    }
    Vgw& vgw = find<Vgw>(vpn.vgw);
    for (const Ipv4Network& network : vpn.static_routes) vgw.add_vpn_route(network);
  }

  static void add_customer_end(SecurityGateway& customer, const YamahaTunnel& device) {
    TunnelOptions options;
    options.name = device.connection.name;
    options.inside = device.inside_address;
    options.mtu = device.mtu;
    if (device.mss.mode != MssClamp::Mode::off) options.mss_limit = device.mss.limit;
    options.connection = device.connection;
    if (!device.enabled) {
      options.connection.initiate = false;
      options.connection.accept = false;
    }
    customer.add_tunnel(std::move(options));
  }

  void add_aws_end(SecurityGateway& endpoint, const ScenarioVpn& vpn, const ScenarioTunnel& tunnel,
                   engine::Ipv4Address customer) {
    TunnelOptions options;
    options.name = tunnel.id;
    // The first host of the /30 is AWS's, the second the customer's.
    options.inside = {{tunnel.options.tunnel_inside_cidr.network().value + 1}, 30};
    options.mtu = tunnel.assumptions.tunnel_mtu;
    options.connection = aws_connection(tunnel.options, customer, tunnel.assumptions);
    options.connection.name = tunnel.id;
    endpoint.add_tunnel(std::move(options));
    keep(endpoint.add_route(everything, std::string(endpoint_interface)));
    for (const Ipv4Network& network : vpn.vpc_networks) keep(endpoint.add_route(network, "to-" + vpn.vgw));
    for (const Ipv4Network& network : vpn.static_routes) keep(endpoint.add_route(network, tunnel.id));
  }

  /// The customer gateway's interface of a tunnel: its connection's name.
  std::string interface_of_tunnel(const std::string& id) const {
    for (const ScenarioVpn& vpn : scenario_.vpns) {
      for (const ScenarioTunnel& tunnel : vpn.tunnels) {
        if (tunnel.id == id) return device_tunnel(vpn, tunnel).connection.name;
      }
    }
    return {};
  }

  void add_routes(const ScenarioNode& from) {
    Node& node = find<Node>(from.id);
    for (const ScenarioRoute& route : from.routes) {
      if (route.via) {
        keep(node.add_route(route.to, *route.via));
      } else {
        keep(node.add_route(route.to, route.tunnel.empty() ? route.interface : interface_of_tunnel(route.tunnel)));
      }
    }
  }

  /// The name of a tunnel's connection at one of its ends.
  std::string connection_at(const ScenarioAction& action) const {
    for (const ScenarioVpn& vpn : scenario_.vpns) {
      if (vpn.customer_gateway == action.node) return interface_of_tunnel(action.tunnel);
    }
    return action.tunnel;
  }

  void add_action(const ScenarioAction& action) {
    Node* const node = action.node.empty() ? nullptr : world_->find_node(action.node);
    world_->at(action.at, node, to_string(action), work_of(action, node));
  }

  std::function<void()> work_of(const ScenarioAction& action, Node* node) {
    // Of the two only one is not null; the loader has checked that the node can do what the line says.
    auto* const gateway = dynamic_cast<SecurityGateway*>(node);
    auto* const host = dynamic_cast<Host*>(node);
    Link* const link = action.link.empty() ? nullptr : world_->find_link(action.link);
    const std::string connection = connection_at(action);
    switch (action.kind) {
      case ActionKind::ping:
        return [node, options = PingOptions{action.to, action.count, action.interval, action.size,
                                            action.dont_fragment}] { node->ping(options); };
      case ActionKind::udp:
        return [host, action] {
          UdpOptions options;
          options.destination = action.to;
          options.destination_port = action.port;
          options.count = action.count;
          options.interval = action.interval;
          options.payload_size = action.size;
          options.dont_fragment = action.dont_fragment;
          host->send_udp(options);
        };
      case ActionKind::tcp_syn:
        return [host, action] {
          SynOptions options;
          options.destination = action.to;
          options.destination_port = action.port;
          host->probe_tcp(options);
        };
      case ActionKind::link_down:
        return [link] { link->set_up(false); };
      case ActionKind::link_up:
        return [link] { link->set_up(true); };
      case ActionKind::initiate:
        return [gateway, connection] { gateway->initiate(connection); };
      case ActionKind::terminate:
        return [gateway, connection] { gateway->terminate(connection); };
      case ActionKind::rekey_phase1:
        return [gateway, connection] { gateway->rekey_phase1(connection); };
      case ActionKind::rekey_phase2:
        return [gateway, connection] { gateway->rekey_phase2(connection); };
      case ActionKind::shutdown:
        return [gateway] { gateway->shutdown(); };
      case ActionKind::power_off:
        return [node] { node->power_off(); };
    }
    return [] {};
  }

  void describe_run() {
    Trace& trace = world_->trace();
    trace.scenario_id = scenario_.id;
    trace.title = scenario_.title;
    trace.summary = scenario_.summary;
    trace.scenario_json = scenario_.json;
    for (const ScenarioNode& node : scenario_.nodes) {
      for (const YamahaTunnel& tunnel : node.device.tunnels) {
        const auto& sources = tunnel.connection.setting_sources;
        trace.settings.insert(trace.settings.end(), sources.begin(), sources.end());
      }
      trace.settings.insert(trace.settings.end(), node.device.settings.begin(), node.device.settings.end());
      for (const UnknownLine& line : node.device.unknown_lines) trace.unknown_lines.push_back(to_string(line));
    }
  }

  const Scenario& scenario_;
  std::unique_ptr<World> world_;
  engine::Error error_;
};

}  // namespace

Result<std::unique_ptr<World>> build_world(const Scenario& scenario, std::uint64_t seed) {
  return Builder(scenario, seed).run();
}

}  // namespace sim
