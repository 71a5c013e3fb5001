#include "engine/ike/core.h"

namespace engine::ike {
namespace {

bool fits(Ipv4Address configured, Ipv4Address address) { return configured.is_unspecified() || configured == address; }

}  // namespace

Tunnel* Core::find(std::string_view name) {
  for (const auto& tunnel : tunnels) {
    if (tunnel->connection.name == name) return tunnel.get();
  }
  return nullptr;
}

Tunnel* Core::find(Ipv4Address local, Ipv4Address remote) {
  for (const auto& tunnel : tunnels) {
    if (fits(tunnel->connection.local_address, local) && fits(tunnel->connection.remote_address, remote)) {
      return tunnel.get();
    }
  }
  return nullptr;
}

}  // namespace engine::ike
