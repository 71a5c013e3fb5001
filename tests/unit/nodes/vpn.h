#pragma once

#include <functional>
#include <string>

#include "sim/nodes/world.h"

namespace tests {

using namespace std::chrono_literals;

inline engine::Ipv4Address address(const char* text) { return engine::parse_ipv4_address(text).value(); }
inline engine::Ipv4Network network(const char* text) { return engine::parse_ipv4_network(text).value(); }
inline sim::Time at(engine::Duration after_start) { return engine::time_at(0) + after_start; }

/// Both ends' connections of a tunnel that fit each other: AES-CBC-128, SHA-1, group 2, PFS.
inline engine::ike::Connection connection(const char* name, const char* local, const char* remote, const char* key) {
  engine::ike::Connection made;
  made.name = name;
  made.local_address = address(local);
  made.remote_address = address(remote);
  made.pre_shared_key = engine::SecretBytes(engine::bytes_of(key));
  made.phase1 = {engine::ike::Phase1Transform{}};
  made.phase2 = {engine::ike::Phase2Transform{}};
  made.pfs = {engine::crypto::DhGroup::modp1024};
  made.phase2_lifetime.time = 3600s;
  return made;
}

/// What a test may change before the world is built.
struct VpnOptions {
  sim::WorldOptions world;
  std::uint32_t tunnels = 1;
  std::uint32_t tunnel_mtu = 1438;
  std::optional<std::uint16_t> mss_limit = 1379;
  std::function<void(engine::ike::Connection&)> edit_initiator = [](auto&) {};
  std::function<void(engine::ike::Connection&)> edit_responder = [](auto&) {};
};

///                                   +-- 3.0.1.1 vgw-1a --+
///  pc ---- yamaha ---- internet ----+                    +---- vgw ---- ec2
/// .10 10.9.0.0/24  198.51.100.2     +-- 3.0.2.1 vgw-1b --+   10.0.1.0/24  .20
struct Vpn {
  explicit Vpn(const VpnOptions& options = {}) : world(options.world) {
    world.add_zone({"internet", {"Internet", "インターネット"}, true});
    connect_lines();
    for (std::uint32_t number = 1; number <= options.tunnels; ++number) add_tunnel(options, number);
    vgw.add_vpn_route(network("10.9.0.0/24"));
  }

  sim::World world;
  sim::Host& pc = world.add_host({"pc", {}, "", 0, 0});
  sim::SecurityGateway& yamaha = world.add_gateway({"yamaha", {}, "", 0, 0}, "yamaha-rtx");
  sim::Router& internet = world.add_router({"internet", {}, "internet", 0, 0});
  sim::Vgw& vgw = world.add_vgw({"vgw", {}, "", 0, 0});
  sim::SecurityGateway& vgw_1a = world.add_vgw_endpoint({"vgw-1a", {}, "", 0, 0}, vgw);
  sim::SecurityGateway& vgw_1b = world.add_vgw_endpoint({"vgw-1b", {}, "", 0, 0}, vgw);
  sim::Host& ec2 = world.add_host({"ec2", {}, "", 0, 0});

  /// Pings the EC2 instance from the PC at a time.
  void ping_at(engine::Duration time, sim::PingOptions options = {}) {
    options.destination = address("10.0.1.20");
    world.at(at(time), &pc, "ping", [this, options] { pc.ping(options); });
  }

 private:
  void connect_lines() {
    sim::LinkOptions lan;
    lan.latency = 100us;
    sim::LinkOptions line;
    line.latency = 5ms;
    line.bits_per_second = 100'000'000;
    line.is_public = true;
    world.connect(lan, {pc, "eth0", network("10.9.0.10/24")}, {yamaha, "lan1", network("10.9.0.1/24")});
    line.id = "wan";
    world.connect(line, {yamaha, "lan2", network("198.51.100.2/30")}, {internet, "isp", network("198.51.100.1/30")});
    line.id = "aws-1a";
    world.connect(line, {internet, "aws-1a", network("3.0.1.2/30")}, {vgw_1a, "out", network("3.0.1.1/30")});
    line.id = "aws-1b";
    world.connect(line, {internet, "aws-1b", network("3.0.2.2/30")}, {vgw_1b, "out", network("3.0.2.1/30")});
    world.connect(lan, {vgw, "vpc", network("10.0.1.1/24")}, {ec2, "eth0", network("10.0.1.20/24")});
    route(pc, "0.0.0.0/0", "10.9.0.1");
    route(yamaha, "0.0.0.0/0", "198.51.100.1");
    route(vgw_1a, "0.0.0.0/0", "3.0.1.2");
    route(vgw_1b, "0.0.0.0/0", "3.0.2.2");
    route(ec2, "0.0.0.0/0", "10.0.1.1");
    for (sim::SecurityGateway* endpoint : {&vgw_1a, &vgw_1b}) {
      (void)endpoint->add_route(network("10.0.1.0/24"), std::string("to-vgw"));
    }
  }

  void add_tunnel(const VpnOptions& options, std::uint32_t number) {
    sim::SecurityGateway& endpoint = number == 1 ? vgw_1a : vgw_1b;
    const char* outside = number == 1 ? "3.0.1.1" : "3.0.2.1";
    const std::string name = "tunnel" + std::to_string(number);
    const std::string inside = "169.254." + std::to_string(10 + number) + ".";

    sim::TunnelOptions ours;
    ours.name = name;
    ours.inside = network((inside + "2/30").c_str());
    ours.mtu = options.tunnel_mtu;
    ours.mss_limit = options.mss_limit;
    ours.connection = connection(name.c_str(), "198.51.100.2", outside, ("key of " + name).c_str());
    ours.connection.initiate = true;
    options.edit_initiator(ours.connection);
    sim::TunnelOptions theirs;
    theirs.name = name;
    theirs.inside = network((inside + "1/30").c_str());
    theirs.connection = connection(name.c_str(), outside, "198.51.100.2", ("key of " + name).c_str());
    options.edit_responder(theirs.connection);

    yamaha.add_tunnel(std::move(ours));
    endpoint.add_tunnel(std::move(theirs));
    (void)yamaha.add_route(network("10.0.1.0/24"), name);
    (void)endpoint.add_route(network("10.9.0.0/24"), name);
    world.add_tunnel({name, {}, yamaha, name, endpoint, name, network((inside + "0/30").c_str())});
  }

  static void route(sim::Node& node, const char* to, const char* via) {
    (void)node.add_route(network(to), address(via));
  }
};

}  // namespace tests
