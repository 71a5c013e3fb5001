#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/ike/connection.h"
#include "sim/scenario/yamaha_config.h"
#include "sim/scenario/yamaha_lines.h"

namespace sim {

/// What the lines say, before the parts (tunnel, policy, security gateway) are put together.
struct YamahaDraft {
  /// Lines that set something, in the words of Connection::SettingSource.
  using Sources = std::vector<engine::ike::Connection::SettingSource>;

  /// `ipsec ike ... G`.
  struct Gateway {
    engine::ike::Connection connection;
    std::optional<bool> auto_refresh;
    bool pfs = false;
    engine::crypto::DhGroup pfs_group = engine::crypto::DhGroup::none;  ///< none: as in phase 1.
    Sources sources;
  };

  /// `ipsec sa policy P G esp ...`.
  struct Policy {
    std::uint32_t gateway = 0;
    engine::ike::Phase2Transform transform;
    bool anti_replay = true;
    Sources sources;
    std::string place;  ///< "file:line:column" of the definition.
  };

  /// `tunnel select N` and what follows it.
  struct Tunnel {
    YamahaTunnel tunnel;
    engine::esp::DfPolicy df = engine::esp::DfPolicy::copy;
    std::uint32_t policy = 0;
    std::string policy_place;
    Sources sources;
  };

  std::map<std::uint32_t, Gateway> gateways;
  std::map<std::uint32_t, Policy> policies;
  std::map<std::uint32_t, Tunnel> tunnels;
  std::uint32_t selected = 0;  ///< 0: `tunnel select none`.
  bool auto_refresh = false;
  std::optional<engine::ike::Retransmission> retry;
  Sources retry_sources;
  Sources auto_refresh_sources;
  std::vector<YamahaInterface> interfaces;
  std::vector<YamahaRoute> routes;
  Sources sources;
  std::vector<UnknownLine> unknown_lines;
};

/// Carries out one line. Error: a value that cannot be.
engine::Result<void> apply_yamaha_line(YamahaDraft& draft, const ConfigurationLine& line);

}  // namespace sim
