#pragma once

#include <vector>

#include "engine/base/address.h"
#include "sim/net/interface.h"

namespace sim {

/// Static routes with longest-prefix match (RFC 1812 5.2.4.3). Every link has two ends, so a route names the interface
/// alone.
class RoutingTable {
 public:
  /// Routes of the same network are tried in the order of adding.
  void add(const engine::Ipv4Network& network, Interface& interface);

  /// The interface towards `destination`; null: no route. The longest prefix decides alone: when all its interfaces are
  /// down, the first is returned (and will drop the packet) rather than one of a shorter prefix, so that what belongs
  /// into a tunnel never leaves by the default route.
  Interface* find(engine::Ipv4Address destination) const;

 private:
  struct Route {
    engine::Ipv4Network network;
    Interface* interface;
  };
  std::vector<Route> routes_;  ///< Longest prefix first, then in the order of adding.
};

}  // namespace sim
