#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/esp/sa.h"
#include "engine/ike/connection.h"
#include "engine/ike/observation.h"
#include "sim/net/interface.h"

namespace sim {

class SecurityGateway;

/// A tunnel interface of a security gateway.
struct TunnelOptions {
  std::string name;                        ///< "tunnel1"
  engine::Ipv4Network inside;              ///< Own inside address with its prefix: 169.254.97.130/30.
  std::uint32_t mtu = 1438;                ///< Octets of the largest inner packet.
  std::optional<std::uint16_t> mss_limit;  ///< TCP MSS above this is lowered in SYN segments, both ways.
  bool initiate_on_traffic = false;        ///< A packet that finds no SA makes the daemon initiate.
  engine::ike::Connection connection;
};

/// The SAs that IKE installed as one pair.
struct SaPair {
  engine::ike::SaId id = 0;
  engine::esp::InboundSa inbound;
  engine::esp::OutboundSa outbound;
  bool soft_expiry_told = false;
  bool hard_expiry_told = false;
};

/// A route-based tunnel: what is routed into it is protected by its connection's SAs.
class TunnelInterface final : public Interface {
 public:
  TunnelInterface(SecurityGateway& gateway, const TunnelOptions& options);

  std::uint32_t mtu() const override { return mtu_; }
  /// Up while there is an outbound SA.
  bool is_up() const override { return !pairs_.empty(); }
  void transmit(Packet packet) override;

  const std::string& connection() const { return connection_; }
  std::optional<std::uint16_t> mss_limit() const { return mss_limit_; }
  bool initiate_on_traffic() const { return initiate_on_traffic_; }

  void add(SaPair pair);
  void remove(engine::ike::SaId id);
  void clear() { pairs_.clear(); }
  SaPair* newest() { return pairs_.empty() ? nullptr : &pairs_.back(); }
  SaPair* find_inbound(std::uint32_t spi);
  SaPair* find(engine::ike::SaId id);

 private:
  SecurityGateway& gateway_;
  std::string connection_;
  std::uint32_t mtu_;
  std::optional<std::uint16_t> mss_limit_;
  bool initiate_on_traffic_;
  std::vector<SaPair> pairs_;  ///< In the order of installation: the last one sends.
};

}  // namespace sim
