#include "sim/scenario/yamaha_config.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/scenario/yamaha_commands.h"

namespace sim {
namespace {

using engine::Error;
using engine::Reason;
using engine::Result;

/// Octets of an IPv4 and a TCP header without options: what "tcp mss limit auto" takes off the MTU.
constexpr std::uint32_t tcp_ip_headers = 40;

void append(YamahaDraft::Sources& to, const YamahaDraft::Sources& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// Puts a tunnel, its SA policy and its security gateway together.
Result<YamahaTunnel> assemble(const YamahaDraft& draft, const YamahaDraft::Tunnel& from) {
  YamahaTunnel tunnel = from.tunnel;
  const auto policy = draft.policies.find(from.policy);
  if (policy == draft.policies.end()) {
    return Error{Reason::malformed,
                 fmt::format("{}: SA policy {} does not exist, expected a line \"ipsec sa policy {} ...\"",
                             from.policy_place, from.policy, from.policy)};
  }
  const auto gateway = draft.gateways.find(policy->second.gateway);
  if (gateway == draft.gateways.end() || gateway->second.connection.pre_shared_key.empty()) {
    return Error{Reason::malformed, fmt::format("{}: security gateway {} has no key, expected a line \"ipsec ike "
                                                "pre-shared-key {} text KEY\"",
                                                policy->second.place, policy->second.gateway, policy->second.gateway)};
  }
  if (gateway->second.connection.remote_address.is_unspecified()) {
    return Error{Reason::malformed, fmt::format("{}: security gateway {} has no peer, expected a line \"ipsec ike "
                                                "remote address {} ADDRESS\"",
                                                policy->second.place, policy->second.gateway, policy->second.gateway)};
  }

  tunnel.gateway = policy->second.gateway;
  engine::ike::Connection& connection = tunnel.connection;
  connection = gateway->second.connection;
  connection.name = fmt::format("tunnel{}", tunnel.number);
  connection.phase2 = {policy->second.transform};
  if (gateway->second.pfs) {
    const engine::crypto::DhGroup own = gateway->second.pfs_group;
    connection.pfs = {own == engine::crypto::DhGroup::none ? connection.phase1[0].group : own};
  }
  if (draft.retry) connection.retransmission = *draft.retry;
  if (!policy->second.anti_replay) connection.replay_window = 0;
  connection.df = from.df;
  connection.initiate = gateway->second.auto_refresh.value_or(draft.auto_refresh);
  if (tunnel.mss.mode == MssClamp::Mode::automatic) {
    tunnel.mss.limit = static_cast<std::uint16_t>(tunnel.mtu - std::min(tunnel.mtu, tcp_ip_headers));
  }

  for (const auto* sources : {&from.sources, &gateway->second.sources, &policy->second.sources, &draft.retry_sources}) {
    append(connection.setting_sources, *sources);
  }
  if (!gateway->second.auto_refresh) append(connection.setting_sources, draft.auto_refresh_sources);
  return tunnel;
}

}  // namespace

std::string to_string(const UnknownLine& line) {
  std::string text = fmt::format("{}:{}: line not known, kept: {}", line.file, line.line, line.text);
  if (!line.hint.empty()) text += fmt::format(" ({})", line.hint);
  return text;
}

const YamahaTunnel* YamahaConfiguration::find_tunnel(std::uint32_t number) const {
  for (const YamahaTunnel& tunnel : tunnels) {
    if (tunnel.number == number) return &tunnel;
  }
  return nullptr;
}

Result<YamahaConfiguration> parse_yamaha_configuration(const std::vector<ConfigurationFile>& files) {
  YamahaDraft draft;
  for (const ConfigurationFile& file : files) {
    if (file.text.size() > max_configuration_size) {
      return Error{Reason::limit_exceeded, fmt::format("{}: larger than {} octets, which no router's configuration is",
                                                       file.name, max_configuration_size)};
    }
    draft.selected = 0;
    for (const ConfigurationLine& line : split_configuration(file.name, file.text)) {
      const Result<void> applied = apply_yamaha_line(draft, line);
      if (!applied) return applied.error();
    }
  }

  YamahaConfiguration configuration;
  configuration.files = files;
  for (const auto& [number, tunnel] : draft.tunnels) {
    // A tunnel without a policy is none of IPsec's (L2TP, IPIP): its lines were reported.
    if (tunnel.policy == 0) continue;
    Result<YamahaTunnel> assembled = assemble(draft, tunnel);
    if (!assembled) return assembled.error();
    configuration.tunnels.push_back(std::move(assembled).value());
  }
  configuration.interfaces = std::move(draft.interfaces);
  configuration.routes = std::move(draft.routes);
  configuration.unknown_lines = std::move(draft.unknown_lines);
  configuration.settings = std::move(draft.sources);
  return configuration;
}

}  // namespace sim
