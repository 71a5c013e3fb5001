#pragma once

#include <memory>
#include <vector>

#include "sim/nodes/node.h"

namespace sim {

class SecurityGateway;

/// AWS's virtual private gateway, the VPC's side: a router that sends each packet for the customer's networks to one of
/// its endpoints. "One tunnel across all connections carries egress, no ECMP": the first endpoint, in the order of
/// adding, whose tunnel is up; while none is, the first, which drops it.
class Vgw : public Node {
 public:
  explicit Vgw(const NodeContext& context);
  ~Vgw() override;

  /// A static route of the VPN connection: the customer's network, reached through the endpoints. They must have been
  /// added before; without any, there is no route.
  void add_vpn_route(const engine::Ipv4Network& destination);

  /// Adds an endpoint and the internal interface behind which it is; World does.
  void add_endpoint(const SecurityGateway& endpoint, Interface& interface);

 private:
  class Egress;
  std::unique_ptr<Egress> egress_;
};

}  // namespace sim
