#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/scenario/load_parts.h"

namespace sim {
namespace {

/// Looks after what the parts of a scenario say of each other.
class Resolver {
 public:
  Resolver(FileReader& file, const JsonValue& root, Scenario& scenario)
      : file_(file), root_(root), scenario_(scenario) {}

  void run() {
    check_ids();
    check_zones();
    for (std::size_t i = 0; i < scenario_.nodes.size(); ++i) merge_device_interfaces(i);
    for (std::size_t i = 0; i < scenario_.vpns.size(); ++i) resolve_vpn(i);
    for (ScenarioNode& node : scenario_.nodes) merge_device_routes(node);
    check_links();
    for (std::size_t i = 0; i < scenario_.nodes.size(); ++i) check_routes(i);
    for (std::size_t i = 0; i < scenario_.script.size(); ++i) check_action(i);
    for (std::size_t i = 0; i < scenario_.expectations.size(); ++i) check_expectation(i);
    for (std::size_t i = 0; i < scenario_.beats.size(); ++i) {
      const JsonValue& from = row("beats", i);
      if (const JsonValue* on = from.find("on")) check_event(scenario_.beats[i].on, *on);
    }
  }

 private:
  const JsonValue& row(std::string_view list, std::size_t i) const {
    const JsonValue* rows = root_.find(list);
    return rows != nullptr && i < rows->elements.size() ? rows->elements[i] : root_;
  }

  static std::size_t offset_of(const JsonValue& from, std::string_view key) {
    const JsonValue* value = from.find(key);
    return value == nullptr ? from.offset : value->offset;
  }

  void add_id(std::set<std::string>& ids, const std::string& id, std::string_view kind, std::size_t offset) {
    if (!ids.insert(id).second) {
      file_.fail(offset, fmt::format("the id \"{}\" stands for two {}, expected an id of its own for each", id, kind));
    }
  }

  void check_ids() {
    for (std::size_t i = 0; i < scenario_.zones.size(); ++i) {
      add_id(zones_, scenario_.zones[i].id, "zones", offset_of(row("zones", i), "id"));
    }
    for (std::size_t i = 0; i < scenario_.nodes.size(); ++i) {
      add_id(nodes_, scenario_.nodes[i].id, "nodes", offset_of(row("nodes", i), "id"));
    }
    for (std::size_t i = 0; i < scenario_.vpns.size(); ++i) {
      const std::size_t offset = offset_of(row("vpn", i), "tunnels");
      for (const ScenarioTunnel& tunnel : scenario_.vpns[i].tunnels) {
        add_id(tunnels_, tunnel.id, "tunnels", offset);
        add_id(nodes_, tunnel.endpoint.id, "nodes", offset);
      }
    }
    for (std::size_t i = 0; i < scenario_.links.size(); ++i) {
      add_id(links_, scenario_.links[i].id, "links", offset_of(row("links", i), "id"));
    }
    for (std::size_t i = 0; i < scenario_.script.size(); ++i) {
      const ScenarioAction& action = scenario_.script[i];
      if (!action.id.empty()) add_id(actions_, action.id, "script lines", offset_of(row("script", i), "id"));
    }
    std::set<std::string> beats;
    for (std::size_t i = 0; i < scenario_.beats.size(); ++i) {
      add_id(beats, scenario_.beats[i].id, "beats", offset_of(row("beats", i), "id"));
    }
  }

  /// Refuses an id that is not among `known`; says which was probably meant.
  bool expect_known(const std::set<std::string>& known, const std::string& id, std::string_view kind,
                    std::size_t offset) {
    if (known.contains(id)) return true;
    const std::vector<std::string_view> choices(known.begin(), known.end());
    const std::string_view meant = nearest(id, choices);
    std::string expected = fmt::format("{}", fmt::join(choices, ", "));
    if (!meant.empty()) expected = fmt::format("\"{}\"", meant);
    if (choices.empty()) expected = "the scenario to have one";
    file_.fail(offset, fmt::format("there is no {} \"{}\", expected {}", kind, id, expected));
    return false;
  }

  void check_zones() {
    for (std::size_t i = 0; i < scenario_.nodes.size(); ++i) {
      const std::string& zone = scenario_.nodes[i].zone;
      if (!zone.empty()) expect_known(zones_, zone, "zone", offset_of(row("nodes", i), "zone"));
    }
    for (std::size_t i = 0; i < scenario_.vpns.size(); ++i) {
      for (const ScenarioTunnel& tunnel : scenario_.vpns[i].tunnels) {
        if (tunnel.endpoint.zone.empty()) continue;
        expect_known(zones_, tunnel.endpoint.zone, "zone", offset_of(row("vpn", i), "tunnels"));
      }
    }
  }

  ScenarioNode* find_node(const std::string& id) {
    const auto at = std::find_if(scenario_.nodes.begin(), scenario_.nodes.end(),
                                 [&](const ScenarioNode& node) { return node.id == id; });
    return at == scenario_.nodes.end() ? nullptr : &*at;
  }

  static ScenarioInterface* find_interface(ScenarioNode& node, const std::string& name) {
    const auto at = std::find_if(node.interfaces.begin(), node.interfaces.end(),
                                 [&](const ScenarioInterface& interface) { return interface.name == name; });
    return at == node.interfaces.end() ? nullptr : &*at;
  }

  void merge_device_interfaces(std::size_t i) {
    ScenarioNode& node = scenario_.nodes[i];
    for (const YamahaInterface& from : node.device.interfaces) {
      ScenarioInterface* own = find_interface(node, from.name);
      if (own == nullptr) {
        node.interfaces.push_back({from.name, from.address});
      } else if (own->address != engine::Ipv4Network{} && own->address != from.address) {
        file_.fail(offset_of(row("nodes", i), "interfaces"),
                   fmt::format("{} is {} here and {} in the device configuration, expected one of them alone",
                               from.name, engine::to_string(own->address), engine::to_string(from.address)));
      } else {
        own->address = from.address;
      }
    }
  }

  void resolve_vpn(std::size_t i) {
    ScenarioVpn& vpn = scenario_.vpns[i];
    const JsonValue& from = row("vpn", i);
    ScenarioNode* customer = find_node(vpn.customer_gateway);
    if (customer == nullptr || customer->type != ScenarioNodeType::customer_gateway) {
      return file_.fail(
          offset_of(from, "customer_gateway"),
          fmt::format("\"{}\" is no customer gateway, expected the id of a node of this type", vpn.customer_gateway));
    }
    const ScenarioNode* vgw = find_node(vpn.vgw);
    if (vgw == nullptr || vgw->type != ScenarioNodeType::aws_vgw) {
      return file_.fail(offset_of(from, "vgw"),
                        fmt::format("\"{}\" is no AWS VGW, expected the id of a node of type aws-vgw", vpn.vgw));
    }
    if (vpn.tunnels.empty()) {
      return file_.fail(offset_of(from, "tunnels"), "the VPN connection has no tunnels, expected at least one");
    }
    for (ScenarioTunnel& tunnel : vpn.tunnels) resolve_tunnel(*customer, tunnel, offset_of(from, "tunnels"));
  }

  /// Finds the tunnel of the device that is this tunnel's other end.
  void resolve_tunnel(ScenarioNode& customer, ScenarioTunnel& tunnel, std::size_t offset) {
    YamahaTunnel* found = nullptr;
    for (YamahaTunnel& candidate : customer.device.tunnels) {
      const bool fits = tunnel.device_tunnel != 0
                            ? candidate.number == tunnel.device_tunnel
                            : candidate.connection.remote_address == tunnel.options.outside_ip_address;
      if (fits && found == nullptr) found = &candidate;
    }
    if (found == nullptr) {
      return file_.fail(offset,
                        tunnel.device_tunnel != 0
                            ? fmt::format("\"{}\": the device configuration has no tunnel {}, expected \"tunnel "
                                          "select {}\" in it",
                                          tunnel.id, tunnel.device_tunnel, tunnel.device_tunnel)
                            : fmt::format("\"{}\": no tunnel of the device configuration has {} as remote "
                                          "address, expected one, or \"device_tunnel\" to name it",
                                          tunnel.id, engine::to_string(tunnel.options.outside_ip_address)));
    }
    tunnel.device_tunnel = found->number;
    tunnel_of_device_[{customer.id, found->number}] = tunnel.id;
    const engine::Ipv4Address local = found->connection.local_address;
    if (local.is_unspecified()) {
      return file_.fail(offset, fmt::format("\"{}\": the device configuration has no local address for it, expected "
                                            "\"ipsec ike local address {} ADDRESS\"",
                                            tunnel.id, found->gateway));
    }
    const bool owned =
        std::any_of(customer.interfaces.begin(), customer.interfaces.end(),
                    [&](const ScenarioInterface& interface) { return interface.address.address == local; });
    if (!owned) {
      file_.fail(offset, fmt::format("\"{}\": the device configuration's local address {} is no address of \"{}\", "
                                     "expected that of one of its interfaces",
                                     tunnel.id, engine::to_string(local), customer.id));
    }
  }

  void merge_device_routes(ScenarioNode& node) {
    for (const YamahaRoute& from : node.device.routes) {
      ScenarioRoute route{from.to, from.via, "", ""};
      if (!from.via) {
        const auto tunnel = tunnel_of_device_.find({node.id, from.tunnel});
        if (tunnel == tunnel_of_device_.end()) continue;
        route.tunnel = tunnel->second;
      }
      node.routes.push_back(std::move(route));
    }
  }

  bool is_endpoint(const std::string& id) const {
    return std::any_of(scenario_.vpns.begin(), scenario_.vpns.end(), [&](const ScenarioVpn& vpn) {
      return std::any_of(vpn.tunnels.begin(), vpn.tunnels.end(),
                         [&](const ScenarioTunnel& tunnel) { return tunnel.endpoint.id == id; });
    });
  }

  void check_end(std::set<std::string>& used, const ScenarioLink::End& end, std::size_t offset) {
    if (!expect_known(nodes_, end.node, "node", offset)) return;
    ScenarioNode* node = find_node(end.node);
    const bool exists = node != nullptr ? find_interface(*node, end.interface) != nullptr
                                        : is_endpoint(end.node) && end.interface == endpoint_interface;
    if (!exists) {
      return file_.fail(
          offset, node != nullptr
                      ? fmt::format("\"{}\" has no interface \"{}\", expected one of its own", end.node, end.interface)
                      : fmt::format("the endpoint \"{}\" has no interface \"{}\", expected \"{}\"", end.node,
                                    end.interface, endpoint_interface));
    }
    if (!used.insert(end.node + "/" + end.interface).second) {
      file_.fail(offset, fmt::format("\"{}/{}\" is on two links, expected one", end.node, end.interface));
    }
  }

  void check_links() {
    std::set<std::string> used;
    for (std::size_t i = 0; i < scenario_.links.size(); ++i) {
      const std::size_t offset = offset_of(row("links", i), "between");
      check_end(used, scenario_.links[i].a, offset);
      check_end(used, scenario_.links[i].b, offset);
    }
    for (std::size_t i = 0; i < scenario_.nodes.size(); ++i) {
      for (const ScenarioInterface& interface : scenario_.nodes[i].interfaces) {
        if (used.contains(scenario_.nodes[i].id + "/" + interface.name)) continue;
        file_.fail(offset_of(row("nodes", i), "interfaces"),
                   fmt::format("\"{}/{}\" is on no link, expected one", scenario_.nodes[i].id, interface.name));
      }
    }
    for (std::size_t i = 0; i < scenario_.vpns.size(); ++i) {
      for (const ScenarioTunnel& tunnel : scenario_.vpns[i].tunnels) {
        if (used.contains(fmt::format("{}/{}", tunnel.endpoint.id, endpoint_interface))) continue;
        file_.fail(offset_of(row("vpn", i), "tunnels"),
                   fmt::format("\"{}/{}\" is on no link, expected one", tunnel.endpoint.id, endpoint_interface));
      }
    }
  }

  void check_routes(std::size_t i) {
    ScenarioNode& node = scenario_.nodes[i];
    const std::size_t offset = offset_of(row("nodes", i), "routes");
    for (const ScenarioRoute& route : node.routes) {
      if (!route.interface.empty() && find_interface(node, route.interface) == nullptr) {
        file_.fail(offset, fmt::format("\"{}\" has no interface \"{}\" to route {} through, expected one of its own",
                                       node.id, route.interface, engine::to_string(route.to)));
      }
      if (!route.tunnel.empty()) expect_known(tunnels_, route.tunnel, "tunnel", offset);
      const bool reachable =
          !route.via || std::any_of(node.interfaces.begin(), node.interfaces.end(), [&](const ScenarioInterface& own) {
            return own.address.prefix_length != 0 && own.address.contains(*route.via);
          });
      if (!reachable) {
        file_.fail(offset, fmt::format("{} is in no network of \"{}\", expected a neighbour to route {} through",
                                       engine::to_string(*route.via), node.id, engine::to_string(route.to)));
      }
    }
  }

  void check_time(Time time, std::size_t offset) {
    if (time > scenario_.until) file_.fail(offset, "this is after the end of the run, expected a time up to \"until\"");
  }

  void check_action(std::size_t i) {
    const ScenarioAction& action = scenario_.script[i];
    const JsonValue& from = row("script", i);
    check_time(action.at, offset_of(from, "at"));
    if (!action.link.empty()) {
      expect_known(links_, action.link, "link", offset_of(from, "link"));
      return;
    }
    const bool sends = action.kind <= ActionKind::tcp_syn;
    const std::size_t at_node = offset_of(from, sends ? "from" : "node");
    if (!expect_known(nodes_, action.node, "node", at_node)) return;
    const ScenarioNode* node = find_node(action.node);
    if (action.kind == ActionKind::udp || action.kind == ActionKind::tcp_syn) {
      if (node == nullptr || node->type != ScenarioNodeType::host) {
        file_.fail(at_node, fmt::format("\"{}\" is no host, expected one", action.node));
      }
    }
    const bool is_gateway = node == nullptr || node->type == ScenarioNodeType::customer_gateway;
    if (!sends && action.kind != ActionKind::power_off && !is_gateway) {
      file_.fail(at_node,
                 fmt::format("\"{}\" has no tunnels, expected a customer gateway or a tunnel endpoint", action.node));
    }
    if (action.tunnel.empty()) return;
    if (!expect_known(tunnels_, action.tunnel, "tunnel", offset_of(from, "tunnel"))) return;
    if (!is_end(action.tunnel, action.node)) {
      file_.fail(at_node, fmt::format("\"{}\" is no end of \"{}\", expected one of its two gateways", action.node,
                                      action.tunnel));
    }
  }

  bool is_end(const std::string& tunnel_id, const std::string& node) const {
    for (const ScenarioVpn& vpn : scenario_.vpns) {
      for (const ScenarioTunnel& tunnel : vpn.tunnels) {
        if (tunnel.id == tunnel_id) return vpn.customer_gateway == node || tunnel.endpoint.id == node;
      }
    }
    return false;
  }

  void check_event(const EventSelector& event, const JsonValue& from) {
    if (!event.tunnel.empty()) expect_known(tunnels_, event.tunnel, "tunnel", offset_of(from, "tunnel"));
    if (!event.node.empty()) expect_known(nodes_, event.node, "node", offset_of(from, "node"));
    if (!event.action.empty()) expect_known(actions_, event.action, "script line", offset_of(from, "action"));
  }

  void check_expectation(std::size_t i) {
    const ScenarioExpectation& expectation = scenario_.expectations[i];
    const JsonValue& from = row("expectations", i);
    if (expectation.by) check_time(*expectation.by, offset_of(from, "by"));
    if (!expectation.tunnel.empty()) {
      expect_known(tunnels_, expectation.tunnel, "tunnel", offset_of(from, "tunnel"));
    }
    if (const JsonValue* on = from.find("on")) check_event(expectation.on, *on);
    if (expectation.action.empty()) return;
    const std::size_t at_action = offset_of(from, "action");
    if (!expect_known(actions_, expectation.action, "script line", at_action)) return;
    const ActionKind wanted = expectation.kind == ExpectationKind::ping ? ActionKind::ping : ActionKind::tcp_syn;
    for (const ScenarioAction& action : scenario_.script) {
      if (action.id != expectation.action || action.kind == wanted) continue;
      file_.fail(at_action, fmt::format("\"{}\" is another kind of script line, expected {}", action.id,
                                        wanted == ActionKind::ping ? "a ping" : "a tcp-syn"));
    }
  }

  FileReader& file_;
  const JsonValue& root_;
  Scenario& scenario_;
  std::set<std::string> zones_;
  std::set<std::string> nodes_;
  std::set<std::string> links_;
  std::set<std::string> tunnels_;
  std::set<std::string> actions_;
  std::map<std::pair<std::string, std::uint32_t>, std::string> tunnel_of_device_;
};

}  // namespace

void resolve_references(FileReader& file, const JsonValue& root, Scenario& scenario) {
  Resolver(file, root, scenario).run();
}

}  // namespace sim
