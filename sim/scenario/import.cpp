#include "sim/scenario/import.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/scenario/aws_options.h"
#include "sim/scenario/load.h"
#include "sim/scenario/yamaha_lines.h"
#include "sim/trace/json.h"

namespace sim {
namespace {

using engine::Error;
using engine::Ipv4Address;
using engine::Ipv4Network;
using engine::Result;
using Json = nlohmann::ordered_json;

/// What is assumed where the file is silent. The LAN is the one of a router as it leaves the factory.
constexpr Ipv4Network default_lan{{0xc0a86401}, 24};  // 192.168.100.1/24
constexpr Ipv4Network default_vpc{{0x0a000000}, 16};  // 10.0.0.0/16
constexpr std::uint8_t default_wan_prefix = 24;

Json text(const std::string& en, const std::string& ja) { return {{"en", en}, {"ja", ja}}; }
Json place(int x, int y) { return {{"x", x}, {"y", y}}; }

Ipv4Network host_in(const Ipv4Network& network, std::uint32_t number) {
  return {{network.network().value + number}, network.prefix_length};
}

/// Builds the JSON out of what the file says.
class Importer {
 public:
  Importer(const YamahaConfiguration& device, std::vector<std::string>& assumptions)
      : device_(device), assumptions_(assumptions) {}

  Json run() {
    find_wan();
    find_lan();
    find_vpc();
    Json scenario;
    const std::string& file = device_.files.front().name;
    scenario["$schema"] = "scenario.schema.json";
    scenario["title"] = text("Imported from " + file, file + " から取り込んだシナリオ");
    scenario["summary"] = text("What this configuration does against AWS, and where it would fail.",
                               "この設定が AWS に対してどう動くか、失敗するならどこで失敗するか。");
    scenario["seed"] = 1;
    scenario["until"] = "60s";
    scenario["zones"] = zones();
    scenario["nodes"] = nodes();
    scenario["links"] = links();
    scenario["vpn"] = Json::array({vpn()});
    scenario["script"] = Json::array({{{"at", "5s"},
                                       {"do", "ping"},
                                       {"id", "ping"},
                                       {"from", "pc"},
                                       {"to", engine::to_string(ec2().address)},
                                       {"count", 5},
                                       {"interval", "1s"}}});
    scenario["expectations"] = expectations();
    return scenario;
  }

 private:
  void find_wan() {
    const Ipv4Address local = device_.tunnels.front().connection.local_address;
    for (const YamahaInterface& interface : device_.interfaces) {
      if (interface.address.address == local) wan_ = interface;
    }
    if (wan_.name.empty()) {
      wan_ = {has_interface("lan2") ? "wan" : "lan2", {local, default_wan_prefix}, 0};
      assumptions_.push_back(fmt::format("{} has the address {} (the prefix length is a guess)", wan_.name,
                                         engine::to_string(wan_.address)));
    }
    for (const YamahaRoute& route : device_.routes) {
      if (route.via && route.to.prefix_length == 0) next_hop_ = *route.via;
    }
    if (!next_hop_.is_unspecified()) return;
    const Ipv4Address first = host_in(wan_.address, 1).address;
    next_hop_ = first == local ? host_in(wan_.address, 2).address : first;
    needs_default_route_ = true;
    assumptions_.push_back(fmt::format("the default route goes to {}", engine::to_string(next_hop_)));
  }

  bool has_interface(std::string_view name) const {
    return std::any_of(device_.interfaces.begin(), device_.interfaces.end(),
                       [&](const YamahaInterface& interface) { return interface.name == name; });
  }

  void find_lan() {
    for (const YamahaInterface& interface : device_.interfaces) {
      if (interface.name != wan_.name && lan_.name.empty()) lan_ = interface;
    }
    if (!lan_.name.empty()) return;
    lan_ = {"lan1", default_lan, 0};
    assumptions_.push_back("lan1 has the address " + engine::to_string(default_lan));
  }

  void find_vpc() {
    for (const YamahaRoute& route : device_.routes) {
      const bool usable = !route.via && route.to.prefix_length > 0 && route.to.prefix_length <= 29;
      if (usable && std::find(vpc_.begin(), vpc_.end(), route.to) == vpc_.end()) vpc_.push_back(route.to);
    }
    if (!vpc_.empty()) return;
    vpc_.push_back(default_vpc);
    needs_vpc_route_ = true;
    assumptions_.push_back(
        fmt::format("the VPC is {}, and static routes to it lead into the tunnels", engine::to_string(default_vpc)));
  }

  /// The subnet of the EC2 instance: the VPC's first /24, or the VPC where it is smaller.
  Ipv4Network subnet() const {
    return {vpc_.front().network(), std::max<std::uint8_t>(vpc_.front().prefix_length, 24)};
  }
  Ipv4Network ec2() const { return host_in(subnet(), 5); }
  Ipv4Network pc() const {
    const Ipv4Network first = host_in(lan_.address, 2);
    return first.address == lan_.address.address ? host_in(lan_.address, 3) : first;
  }

  static Json zones() {
    return Json::array({{{"id", "site"}, {"name", text("Site", "拠点")}},
                        {{"id", "internet"}, {"name", text("Internet", "インターネット")}, {"public", true}},
                        {{"id", "aws"}, {"name", text("AWS", "AWS")}}});
  }

  static std::string tunnel_id(const YamahaTunnel& tunnel) { return fmt::format("tunnel{}", tunnel.number); }
  static std::string endpoint_id(const YamahaTunnel& tunnel) { return fmt::format("vgw-{}", tunnel.number); }

  Json router() const {
    Json node{{"id", "router"},          {"type", "customer-gateway"},
              {"profile", "yamaha-rtx"}, {"name", text("Yamaha RTX", "Yamaha RTX")},
              {"zone", "site"},          {"place", place(250, 500)}};
    for (const ConfigurationFile& file : device_.files) {
      Json lines = Json::array();
      std::string_view rest = file.text;
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(printable_line(line));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
      node["configuration"].push_back({{"name", file.name}, {"lines", std::move(lines)}});
    }
    node["interfaces"] = Json::array();
    for (const YamahaInterface* interface : {&lan_, &wan_}) {
      if (interface->line != 0) continue;
      node["interfaces"].push_back({{"name", interface->name}, {"address", engine::to_string(interface->address)}});
    }
    node["routes"] = Json::array();
    if (needs_default_route_) node["routes"].push_back({{"to", "0.0.0.0/0"}, {"via", engine::to_string(next_hop_)}});
    for (const YamahaTunnel& tunnel : device_.tunnels) {
      if (!needs_vpc_route_) break;
      node["routes"].push_back({{"to", engine::to_string(vpc_.front())}, {"tunnel", tunnel_id(tunnel)}});
    }
    return node;
  }

  Json internet() const {
    Json node{{"id", "internet"},
              {"type", "router"},
              {"name", text("Internet", "インターネット")},
              {"zone", "internet"},
              {"place", place(450, 500)}};
    const Ipv4Network own{next_hop_, wan_.address.prefix_length};
    node["interfaces"] = Json::array({{{"name", "customer"}, {"address", engine::to_string(own)}}});
    node["routes"] = Json::array();
    for (const YamahaTunnel& tunnel : device_.tunnels) {
      node["interfaces"].push_back({{"name", endpoint_id(tunnel)}});
      node["routes"].push_back({{"to", engine::to_string(Ipv4Network{tunnel.connection.remote_address, 32})},
                                {"interface", endpoint_id(tunnel)}});
    }
    return node;
  }

  Json host(const std::string& id, const Json& name, const std::string& zone, int x, const Ipv4Network& address,
            Ipv4Address gateway) const {
    return {{"id", id},
            {"type", "host"},
            {"name", name},
            {"zone", zone},
            {"place", place(x, 500)},
            {"interfaces", Json::array({{{"name", "eth0"}, {"address", engine::to_string(address)}}})},
            {"routes", Json::array({{{"to", "0.0.0.0/0"}, {"via", engine::to_string(gateway)}}})}};
  }

  Json nodes() const {
    Json vgw{{"id", "vgw"},   {"type", "aws-vgw"},       {"profile", "aws"}, {"name", text("VGW", "VGW")},
             {"zone", "aws"}, {"place", place(800, 500)}};
    const Ipv4Network inner = host_in(subnet(), 1);
    vgw["interfaces"] = Json::array({{{"name", "vpc"}, {"address", engine::to_string(inner)}}});
    return Json::array({host("pc", text("PC", "PC"), "site", 70, pc(), lan_.address.address), router(), internet(), vgw,
                        host("ec2", text("EC2", "EC2"), "aws", 940, ec2(), inner.address)});
  }

  Json links() const {
    const auto link = [](const std::string& id, const std::string& a, const std::string& b, const std::string& latency,
                         const std::string& bandwidth, bool is_public) {
      Json json{{"id", id}, {"between", Json::array({a, b})}, {"latency", latency}, {"bandwidth", bandwidth}};
      if (is_public) json["public"] = true;
      return json;
    };
    Json all = Json::array({link("lan", "pc/eth0", "router/" + lan_.name, "100us", "1Gbps", false),
                            link("access-line", "router/" + wan_.name, "internet/customer", "2500us", "100Mbps", true),
                            link("subnet", "vgw/vpc", "ec2/eth0", "250us", "10Gbps", false)});
    for (const YamahaTunnel& tunnel : device_.tunnels) {
      all.push_back(link("to-" + endpoint_id(tunnel), "internet/" + endpoint_id(tunnel), endpoint_id(tunnel) + "/wan",
                         "1200us", "10Gbps", true));
    }
    return all;
  }

  Json vpn() const {
    Json json{{"id", "vpn"}, {"customer_gateway", "router"}, {"vgw", "vgw"}};
    json["static_routes"] =
        Json::array({engine::to_string(Ipv4Network{lan_.address.network(), lan_.address.prefix_length})});
    json["vpc_networks"] = Json::array();
    for (const Ipv4Network& network : vpc_) json["vpc_networks"].push_back(engine::to_string(network));
    const int count = static_cast<int>(device_.tunnels.size());
    int y = 0;
    for (const YamahaTunnel& tunnel : device_.tunnels) {
      ++y;
      const engine::ByteView key = tunnel.connection.pre_shared_key;
      const Ipv4Network inside{tunnel.inside_address.network(), tunnel.inside_address.prefix_length};
      json["tunnels"].push_back(
          {{"id", tunnel_id(tunnel)},
           {"name", text(fmt::format("Tunnel {}", tunnel.number), fmt::format("トンネル{}", tunnel.number))},
           {"endpoint",
            {{"id", endpoint_id(tunnel)},
             {"name", text(fmt::format("Endpoint {}", tunnel.number), fmt::format("エンドポイント{}", tunnel.number))},
             {"zone", "aws"},
             {"place", place(645, 1000 * y / (count + 1))}}},
           {"device_tunnel", tunnel.number},
           {"outside_ip_address", engine::to_string(tunnel.connection.remote_address)},
           {"tunnel_inside_cidr", engine::to_string(inside)},
           {"pre_shared_key", std::string(key.begin(), key.end())}});
    }
    return json;
  }

  Json expectations() const {
    Json all = Json::array();
    for (const YamahaTunnel& tunnel : device_.tunnels) {
      const bool initiates = tunnel.enabled && tunnel.connection.initiate;
      all.push_back({{"expect", initiates ? "tunnel-up" : "tunnel-down"}, {"tunnel", tunnel_id(tunnel)}});
    }
    all.push_back({{"expect", "no-plaintext"}});
    return all;
  }

  const YamahaConfiguration& device_;
  std::vector<std::string>& assumptions_;
  YamahaInterface wan_;
  YamahaInterface lan_;
  Ipv4Address next_hop_;
  bool needs_default_route_ = false;
  bool needs_vpc_route_ = false;
  std::vector<Ipv4Network> vpc_;
};

/// The place of the line that set something: "router.conf:7".
std::string place_of(const YamahaConfiguration& device, const YamahaTunnel& tunnel, std::string_view setting) {
  for (const auto& source : tunnel.connection.setting_sources) {
    if (source.id != setting) continue;
    for (const ConfigurationFile& file : device.files) {
      for (const ConfigurationLine& line : split_configuration(file.name, file.text)) {
        if (line.number == source.line && line.text == source.text) {
          return fmt::format("{}:{}:{}", file.name, line.number, line.words[0].column);
        }
      }
    }
  }
  return device.files.front().name + ":1:1";
}

/// What AWS would not hand out: then there is no AWS end to simulate.
Result<void> check_aws_end(const YamahaConfiguration& device, const YamahaTunnel& tunnel) {
  AwsTunnelOptions options;
  const engine::ByteView key = tunnel.connection.pre_shared_key;
  options.pre_shared_key.assign(key.begin(), key.end());
  options.tunnel_inside_cidr = {tunnel.inside_address.network(), tunnel.inside_address.prefix_length};
  for (const AwsRuleViolation& violation : check_aws_rules(options)) {
    const std::string_view setting = violation.option == "pre_shared_key" ? "pre_shared_key" : "inside_address";
    return Error{Reason::malformed,
                 fmt::format("{}: AWS has no such tunnel: {}", place_of(device, tunnel, setting), violation.message)};
  }
  return {};
}

}  // namespace

Result<ImportedScenario> import_configurations(const std::vector<ConfigurationFile>& files) {
  if (files.empty()) return Error{Reason::malformed, "no configuration, expected at least one file"};
  const Result<YamahaConfiguration> device = parse_yamaha_configuration(files);
  if (!device) return device.error();
  if (device->tunnels.empty()) {
    return Error{Reason::malformed, fmt::format("{}:1:1: there is no IPsec tunnel in this configuration, expected "
                                                "\"tunnel select\", \"ipsec tunnel\" and \"ipsec sa policy\"",
                                                files.front().name)};
  }
  for (const YamahaTunnel& tunnel : device->tunnels) {
    const Result<void> checked = check_aws_end(*device, tunnel);
    if (!checked) return checked.error();
  }
  ImportedScenario imported;
  imported.json = Importer(*device, imported.assumptions).run().dump(2) + "\n";
  for (const UnknownLine& line : device->unknown_lines) imported.unknown_lines.push_back(to_string(line));
  const Result<Scenario> scenario = parse_scenario(imported.json, files.front().name, "");
  if (!scenario) return scenario.error();
  return imported;
}

}  // namespace sim
