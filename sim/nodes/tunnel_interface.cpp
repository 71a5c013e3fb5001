#include "sim/nodes/tunnel_interface.h"

#include <algorithm>

#include "sim/nodes/security_gateway.h"

namespace sim {

TunnelInterface::TunnelInterface(SecurityGateway& gateway, const TunnelOptions& options)
    : Interface(options.name, options.inside),
      gateway_(gateway),
      connection_(options.connection.name),
      mtu_(options.mtu),
      mss_limit_(options.mss_limit),
      initiate_on_traffic_(options.initiate_on_traffic) {}

void TunnelInterface::transmit(Packet packet) { gateway_.encapsulate(*this, std::move(packet)); }

void TunnelInterface::add(SaPair pair) { pairs_.push_back(std::move(pair)); }

void TunnelInterface::remove(engine::ike::SaId id) {
  const auto is_it = [id](const SaPair& pair) { return pair.id == id; };
  pairs_.erase(std::remove_if(pairs_.begin(), pairs_.end(), is_it), pairs_.end());
}

SaPair* TunnelInterface::find_inbound(std::uint32_t spi) {
  for (SaPair& pair : pairs_) {
    if (pair.inbound.parameters().spi == spi) return &pair;
  }
  return nullptr;
}

SaPair* TunnelInterface::find(engine::ike::SaId id) {
  for (SaPair& pair : pairs_) {
    if (pair.id == id) return &pair;
  }
  return nullptr;
}

}  // namespace sim
