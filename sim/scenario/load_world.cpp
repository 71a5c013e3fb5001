#include <array>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "sim/scenario/load_parts.h"
#include "sim/scenario/yamaha_lines.h"

namespace sim {
namespace {

constexpr std::uint64_t board_size = 1000;
constexpr std::array<std::string_view, 4> node_types{"host", "router", "customer-gateway", "aws-vgw"};
constexpr std::array<std::string_view, 1> gateway_profiles{"yamaha-rtx"};
constexpr std::array<std::string_view, 1> vgw_profiles{"aws"};

/// Keys that every node has, and those of its type.
constexpr std::array<std::string_view, 7> common_keys{"id", "type", "name", "zone", "place", "interfaces", "routes"};
constexpr std::array<std::string_view, 3> host_keys{"mss", "tcp_ports", "udp_echo_ports"};
constexpr std::array<std::string_view, 2> gateway_keys{"profile", "configuration"};
constexpr std::array<std::string_view, 1> vgw_keys{"profile"};

std::vector<std::string_view> keys_of(ScenarioNodeType type) {
  std::vector<std::string_view> keys(common_keys.begin(), common_keys.end());
  if (type == ScenarioNodeType::host) keys.insert(keys.end(), host_keys.begin(), host_keys.end());
  if (type == ScenarioNodeType::customer_gateway) keys.insert(keys.end(), gateway_keys.begin(), gateway_keys.end());
  if (type == ScenarioNodeType::aws_vgw) keys.insert(keys.end(), vgw_keys.begin(), vgw_keys.end());
  return keys;
}

template <class Placed>
void load_place(ObjectReader& reader, Placed& placed) {
  const JsonValue* place = reader.object("place");
  if (place == nullptr) return;
  ObjectReader coordinates(reader.file(), *place, "a place", {"x", "y"});
  placed.x = static_cast<std::int32_t>(coordinates.integer("x", 0, board_size));
  placed.y = static_cast<std::int32_t>(coordinates.integer("y", 0, board_size));
}

ScenarioInterface load_interface(FileReader& file, const JsonValue& from) {
  ObjectReader reader(file, from, "an interface", {"name", "address"});
  ScenarioInterface interface;
  interface.name = reader.id("name");
  if (reader.has("address")) interface.address = reader.network("address");
  return interface;
}

ScenarioRoute load_route(FileReader& file, const JsonValue& from) {
  ObjectReader reader(file, from, "a route", {"to", "via", "interface", "tunnel"});
  ScenarioRoute route;
  route.to = reader.network("to");
  if (reader.has("via")) route.via = reader.address("via");
  if (reader.has("interface")) route.interface = reader.id("interface");
  if (reader.has("tunnel")) route.tunnel = reader.id("tunnel");
  if (reader.has("via") + reader.has("interface") + reader.has("tunnel") != 1) {
    file.fail(from.offset, "a route has one way to go, expected one of via, interface, tunnel");
  }
  return route;
}

/// A file's text as JSON lines, for the self-contained copy of the scenario.
std::string as_json(const ConfigurationFile& file) {
  std::string text = fmt::format("{{\"name\": {}, \"lines\": [", json_string(file.name));
  std::string_view rest = file.text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (text.back() != '[') text += ", ";
    text += json_string(printable_line(line));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return text + "]}";
}

ConfigurationFile load_configuration_file(LoadContext& context, const JsonValue& from) {
  ConfigurationFile configuration{from.string, ""};
  // Only files beside or below the scenario: a scenario from somebody else must not read others.
  if (from.string.empty() || from.string.front() == '/' || from.string.find("..") != std::string::npos) {
    context.file.fail(from.offset, fmt::format("{} is no path that a scenario may name, expected a relative path "
                                               "without \"..\"",
                                               from.describe()));
    return configuration;
  }
  const std::string path = context.base_directory.empty() ? from.string : context.base_directory + "/" + from.string;
  std::ifstream in(path, std::ios::binary);
  configuration.text.resize(max_configuration_size + 1);
  in.read(configuration.text.data(), static_cast<std::streamsize>(configuration.text.size()));
  configuration.text.resize(static_cast<std::size_t>(in.gcount()));
  if (!in.eof() || in.bad()) {
    context.file.fail(from.offset, fmt::format("the file {} cannot be read, expected a device configuration of at most "
                                               "{} octets",
                                               from.describe(), max_configuration_size));
  }
  // In the text, a string without escapes has two quotes around it; a path with escapes stays as it is.
  if (context.text.substr(from.offset + 1, from.string.size()) == from.string) {
    context.replacements.push_back({from.offset, from.string.size() + 2, as_json(configuration)});
  }
  return configuration;
}

ConfigurationFile load_configuration(LoadContext& context, const JsonValue& from) {
  if (from.kind == JsonValue::Kind::string) return load_configuration_file(context, from);
  ObjectReader reader(context.file, from, "a configuration", {"name", "lines"});
  ConfigurationFile configuration{reader.string("name"), ""};
  for (const JsonValue& line : reader.list("lines")) {
    if (line.kind != JsonValue::Kind::string) {
      context.file.fail(line.offset, fmt::format("{} stands in \"lines\", expected a string", line.describe()));
    }
    configuration.text += line.string + "\n";
  }
  return configuration;
}

void load_device(LoadContext& context, ObjectReader& reader, ScenarioNode& node) {
  std::vector<ConfigurationFile> files;
  for (const JsonValue& from : reader.list("configuration")) files.push_back(load_configuration(context, from));
  if (context.file.failed()) return;
  engine::Result<YamahaConfiguration> device = parse_yamaha_configuration(files);
  if (!device) return context.file.fail(device.error());
  node.device = std::move(device).value();
}

/// "pc/eth0".
ScenarioLink::End load_end(FileReader& file, const JsonValue& from) {
  const std::size_t slash = from.string.find('/');
  if (from.kind != JsonValue::Kind::string || slash == std::string::npos) {
    file.fail(from.offset, fmt::format("{} is no end of a link, expected \"NODE/INTERFACE\"", from.describe()));
    return {};
  }
  return {from.string.substr(0, slash), from.string.substr(slash + 1)};
}

std::vector<std::uint16_t> load_groups(ObjectReader& reader, std::string_view key) {
  // DH group numbers fit the range of ports: 16 bits, not 0.
  return reader.ports_or_empty(key);
}

constexpr std::array<std::string_view, 25> tunnel_keys{"id",
                                                       "name",
                                                       "endpoint",
                                                       "device_tunnel",
                                                       "assumptions",
                                                       "outside_ip_address",
                                                       "tunnel_inside_cidr",
                                                       "pre_shared_key",
                                                       "phase1_encryption_algorithms",
                                                       "phase1_integrity_algorithms",
                                                       "phase1_dh_group_numbers",
                                                       "phase2_encryption_algorithms",
                                                       "phase2_integrity_algorithms",
                                                       "phase2_dh_group_numbers",
                                                       "phase1_lifetime_seconds",
                                                       "phase2_lifetime_seconds",
                                                       "rekey_margin_time_seconds",
                                                       "rekey_fuzz_percentage",
                                                       "replay_window_size",
                                                       "dpd_timeout_seconds",
                                                       "dpd_timeout_action",
                                                       "startup_action",
                                                       "ike_versions",
                                                       "local_ipv4_network_cidr",
                                                       "remote_ipv4_network_cidr"};
constexpr std::array<std::string_view, 3> dpd_actions{"clear", "none", "restart"};
constexpr std::array<std::string_view, 2> startup_actions{"add", "start"};

AwsTunnelOptions load_options(ObjectReader& reader) {
  AwsTunnelOptions options;
  const auto seconds = [&](std::string_view key, std::uint32_t otherwise) {
    return static_cast<std::uint32_t>(reader.integer_or(key, otherwise, 0, 1'000'000));
  };
  options.outside_ip_address = reader.address("outside_ip_address");
  options.tunnel_inside_cidr = reader.network("tunnel_inside_cidr");
  options.pre_shared_key = reader.string("pre_shared_key");
  options.phase1_encryption_algorithms = reader.strings_or_empty("phase1_encryption_algorithms");
  options.phase1_integrity_algorithms = reader.strings_or_empty("phase1_integrity_algorithms");
  options.phase1_dh_group_numbers = load_groups(reader, "phase1_dh_group_numbers");
  options.phase2_encryption_algorithms = reader.strings_or_empty("phase2_encryption_algorithms");
  options.phase2_integrity_algorithms = reader.strings_or_empty("phase2_integrity_algorithms");
  options.phase2_dh_group_numbers = load_groups(reader, "phase2_dh_group_numbers");
  options.phase1_lifetime_seconds = seconds("phase1_lifetime_seconds", options.phase1_lifetime_seconds);
  options.phase2_lifetime_seconds = seconds("phase2_lifetime_seconds", options.phase2_lifetime_seconds);
  options.rekey_margin_time_seconds = seconds("rekey_margin_time_seconds", options.rekey_margin_time_seconds);
  options.rekey_fuzz_percentage = seconds("rekey_fuzz_percentage", options.rekey_fuzz_percentage);
  options.replay_window_size = seconds("replay_window_size", options.replay_window_size);
  options.dpd_timeout_seconds = seconds("dpd_timeout_seconds", options.dpd_timeout_seconds);
  options.dpd_timeout_action = static_cast<AwsDpdTimeoutAction>(reader.choice_or("dpd_timeout_action", 0, dpd_actions));
  options.startup_action = static_cast<AwsStartupAction>(reader.choice_or("startup_action", 0, startup_actions));
  options.ike_versions = reader.strings_or_empty("ike_versions");
  if (reader.has("local_ipv4_network_cidr")) {
    options.local_ipv4_network_cidr = reader.network("local_ipv4_network_cidr");
  }
  if (reader.has("remote_ipv4_network_cidr")) {
    options.remote_ipv4_network_cidr = reader.network("remote_ipv4_network_cidr");
  }
  if (reader.file().failed()) return options;
  for (const AwsRuleViolation& violation : check_aws_rules(options)) {
    reader.fail(violation.option, fmt::format("\"{}\": {}", violation.option, violation.message));
  }
  return options;
}

AwsAssumptions load_assumptions(ObjectReader& tunnel) {
  AwsAssumptions assumptions;
  const JsonValue* from = tunnel.object("assumptions");
  if (from == nullptr) return assumptions;
  ObjectReader reader(tunnel.file(), *from, "a set of assumptions", {"rekey", "dpd_interval", "tunnel_mtu"});
  constexpr std::array<std::string_view, 2> readings{"before-margin", "customer-only"};
  assumptions.rekey = static_cast<AwsRekeyReading>(reader.choice_or("rekey", 0, readings));
  assumptions.dpd_interval = reader.duration_or("dpd_interval", assumptions.dpd_interval);
  if (assumptions.dpd_interval < std::chrono::seconds(1)) {
    reader.fail("dpd_interval", "the interval is too short, expected 1s or more");
  }
  assumptions.tunnel_mtu =
      static_cast<std::uint32_t>(reader.integer_or("tunnel_mtu", assumptions.tunnel_mtu, 576, 1500));
  return assumptions;
}

ScenarioTunnel load_tunnel(FileReader& file, const JsonValue& from) {
  ObjectReader reader(file, from, "a tunnel", tunnel_keys);
  ScenarioTunnel tunnel;
  tunnel.id = reader.id("id");
  tunnel.name = reader.text("name");
  if (const JsonValue* at = reader.object("endpoint")) {
    ObjectReader endpoint(file, *at, "an endpoint", {"id", "name", "zone", "place"});
    tunnel.endpoint.id = endpoint.id("id");
    tunnel.endpoint.name = endpoint.text("name");
    tunnel.endpoint.zone = endpoint.string_or("zone", "");
    load_place(endpoint, tunnel.endpoint);
  }
  tunnel.options = load_options(reader);
  if (reader.has("assumptions")) tunnel.assumptions = load_assumptions(reader);
  tunnel.device_tunnel = static_cast<std::uint32_t>(reader.integer_or("device_tunnel", 0, 1, 6000));
  return tunnel;
}

}  // namespace

TraceZone load_zone(FileReader& file, const JsonValue& from) {
  ObjectReader reader(file, from, "a zone", {"id", "name", "public"});
  return {reader.id("id"), reader.text("name"), reader.boolean_or("public", false)};
}

ScenarioNode load_node(LoadContext& context, const JsonValue& from) {
  ScenarioNode node;
  // The type decides which keys there may be, so it is looked at first.
  const JsonValue* type = from.find("type");
  for (std::size_t i = 0; type != nullptr && i < node_types.size(); ++i) {
    if (type->string == node_types[i]) node.type = static_cast<ScenarioNodeType>(i);
  }
  ObjectReader reader(context.file, from, "a node", keys_of(node.type));
  node.id = reader.id("id");
  node.type = static_cast<ScenarioNodeType>(reader.choice("type", node_types));
  node.name = reader.text("name");
  node.zone = reader.string_or("zone", "");
  load_place(reader, node);
  for (const JsonValue& interface : reader.list_or_empty("interfaces")) {
    node.interfaces.push_back(load_interface(context.file, interface));
  }
  for (const JsonValue& route : reader.list_or_empty("routes")) node.routes.push_back(load_route(context.file, route));
  if (node.type == ScenarioNodeType::host) {
    if (reader.has("mss")) node.mss = static_cast<std::uint16_t>(reader.integer("mss", 536, 65'495));
    node.tcp_ports = reader.ports_or_empty("tcp_ports");
    node.udp_echo_ports = reader.ports_or_empty("udp_echo_ports");
  } else if (node.type == ScenarioNodeType::customer_gateway) {
    node.profile = gateway_profiles[reader.choice("profile", gateway_profiles)];
    load_device(context, reader, node);
  } else if (node.type == ScenarioNodeType::aws_vgw) {
    node.profile = vgw_profiles[reader.choice("profile", vgw_profiles)];
  }
  return node;
}

ScenarioLink load_link(FileReader& file, const JsonValue& from) {
  ObjectReader reader(file, from, "a link", {"id", "between", "latency", "bandwidth", "mtu", "queue", "public"});
  ScenarioLink link;
  link.id = reader.id("id");
  const std::span<const JsonValue> ends = reader.list("between");
  if (ends.size() == 2) {
    link.a = load_end(file, ends[0]);
    link.b = load_end(file, ends[1]);
  } else {
    reader.fail("between", fmt::format("a link has {} ends, expected 2", ends.size()));
  }
  link.latency = reader.duration("latency");
  link.bits_per_second = reader.bandwidth_or("bandwidth", 0);
  link.mtu = static_cast<std::uint32_t>(reader.integer_or("mtu", 1500, 576, 65'535));
  link.queue = static_cast<std::uint32_t>(reader.integer_or("queue", 0, 1, 1'000'000));
  link.is_public = reader.boolean_or("public", false);
  return link;
}

ScenarioVpn load_vpn(FileReader& file, const JsonValue& from) {
  ObjectReader reader(file, from, "a VPN connection",
                      {"id", "customer_gateway", "vgw", "static_routes", "vpc_networks", "tunnels"});
  ScenarioVpn vpn;
  vpn.id = reader.id("id");
  vpn.customer_gateway = reader.id("customer_gateway");
  vpn.vgw = reader.id("vgw");
  vpn.static_routes = reader.networks_or_empty("static_routes");
  vpn.vpc_networks = reader.networks_or_empty("vpc_networks");
  for (const JsonValue& tunnel : reader.list("tunnels")) vpn.tunnels.push_back(load_tunnel(file, tunnel));
  return vpn;
}

}  // namespace sim
