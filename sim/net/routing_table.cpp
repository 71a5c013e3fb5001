#include "sim/net/routing_table.h"

#include <algorithm>

namespace sim {

void RoutingTable::add(const engine::Ipv4Network& network, Interface& interface) {
  const auto longer = [](std::uint8_t length, const Route& route) { return length > route.network.prefix_length; };
  const auto place = std::upper_bound(routes_.begin(), routes_.end(), network.prefix_length, longer);
  routes_.insert(place, {network, &interface});
}

Interface* RoutingTable::find(engine::Ipv4Address destination) const {
  const Route* first = nullptr;
  for (const Route& route : routes_) {
    if (first != nullptr && route.network.prefix_length != first->network.prefix_length) break;
    if (!route.network.contains(destination)) continue;
    if (route.interface->is_up()) return route.interface;
    if (first == nullptr) first = &route;
  }
  return first == nullptr ? nullptr : first->interface;
}

}  // namespace sim
