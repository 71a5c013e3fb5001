#include "sim/nodes/vgw.h"

#include "sim/nodes/security_gateway.h"

namespace sim {

/// What the routes to the customers' networks lead into: hands each packet to one endpoint's interface.
class Vgw::Egress final : public Interface {
 public:
  Egress() : Interface("vpn", {}) {}

  void add(const SecurityGateway& endpoint, Interface& interface) { ways_.push_back({&endpoint, &interface}); }

  std::uint32_t mtu() const override { return chosen().mtu(); }
  bool is_up() const override { return !ways_.empty(); }
  void transmit(Packet packet) override { chosen().transmit(std::move(packet)); }

 private:
  struct Way {
    const SecurityGateway* endpoint;
    Interface* interface;
  };

  Interface& chosen() const {
    for (const Way& way : ways_) {
      if (way.endpoint->has_tunnel_up()) return *way.interface;
    }
    return *ways_.front().interface;
  }

  std::vector<Way> ways_;
};

Vgw::Vgw(const NodeContext& context) : Node(context, true), egress_(std::make_unique<Egress>()) {}

Vgw::~Vgw() = default;

void Vgw::add_endpoint(const SecurityGateway& endpoint, Interface& interface) { egress_->add(endpoint, interface); }

void Vgw::add_vpn_route(const engine::Ipv4Network& destination) {
  // Without an endpoint there is no way to take, so that no route is the truth.
  if (egress_->is_up()) stack().routes().add(destination, *egress_);
}

}  // namespace sim
