#include "engine/wire/icmp.h"
#include "engine/wire/tcp.h"
#include "tests/catch.h"
#include "tests/unit/nodes/trace_queries.h"
#include "tests/unit/nodes/vpn.h"

using engine::Reason;
using tests::Index;
using tests::Vpn;
using tests::VpnOptions;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t ip_and_icmp_headers = 28;

sim::Trace run(Vpn& vpn) {
  vpn.world.run_until(tests::at(5s));
  return vpn.world.take_trace();
}

sim::PingOptions ping_of(std::uint32_t packet_size, bool dont_fragment) {
  sim::PingOptions options;
  options.payload_size = packet_size - ip_and_icmp_headers;
  options.dont_fragment = dont_fragment;
  return options;
}

std::uint16_t mss_on(const sim::Trace& trace, Index packet, std::size_t hop) {
  const engine::ByteView bytes = trace.packets[packet].hops.at(hop).bytes;
  const auto ip = engine::wire::read_ipv4(bytes);
  const auto segment = engine::wire::read_tcp(ip->payload, ip->header.source, ip->header.destination);
  return engine::read_u16(segment->header.find(engine::wire::tcp_option::maximum_segment_size)->data, 0);
}

}  // namespace

TEST_CASE("the largest packet of the tunnel fits one ESP packet of 1500 octets") {
  Vpn vpn;
  vpn.ping_at(2s, ping_of(1438, true));
  const sim::Trace trace = run(vpn);
  CHECK(tests::answered_pings(trace) == 1);
  const auto esp = tests::with_label(trace, "ESP");
  REQUIRE(esp.size() == 2);
  CHECK(tests::first_header(trace, esp[0]).total_length == 1496);
}

// RFC 4301 8.2.1, RFC 1191 4.
TEST_CASE("one octet more with DF brings back the tunnel's MTU") {
  Vpn vpn;
  vpn.ping_at(2s, ping_of(1439, true));
  const sim::Trace trace = run(vpn);
  CHECK(tests::with_label(trace, "ESP").empty());
  const auto errors = tests::with_label(trace, "ICMP fragmentation needed");
  REQUIRE(errors.size() == 1);
  const auto ip = engine::wire::read_ipv4(trace.packets[errors[0]].hops.at(0).bytes);
  CHECK(engine::wire::read_icmp(ip->payload)->next_hop_mtu == 1438);
  CHECK(trace.packets[errors[0]].ended_at == vpn.pc.row());
}

// AWS: "fragment packets before they are encrypted".
TEST_CASE("without DF a large packet is fragmented before encryption, and no ESP packet is a fragment") {
  Vpn vpn;
  vpn.ping_at(2s, ping_of(1500, false));
  const sim::Trace trace = run(vpn);
  CHECK(tests::answered_pings(trace) == 1);
  const auto esp = tests::with_label(trace, "ESP");
  REQUIRE(esp.size() == 4);  // Two there, two back.
  for (const Index row : esp) {
    CHECK_FALSE(tests::first_header(trace, row).is_fragment());
    CHECK(trace.packets[trace.packets[row].carries].kind == sim::PacketKind::fragment);
  }
  CHECK(tests::plaintext_packets_outside(trace) == 0);
}

TEST_CASE("a tunnel MTU that is too large for the line") {
  VpnOptions options;
  options.tunnel_mtu = 1500;
  SECTION("fragments the ESP packets where the outer DF bit is clear") {
    options.edit_initiator = [](auto& connection) { connection.df = engine::esp::DfPolicy::clear; };
    Vpn vpn(options);
    vpn.ping_at(2s, ping_of(1460, true));
    const sim::Trace trace = run(vpn);
    const auto esp = tests::with_label(trace, "ESP");
    REQUIRE_FALSE(esp.empty());
    CHECK(trace.packets[esp[0]].hops.empty());  // It went as fragments, and was put together again.
    CHECK(trace.packets[esp[0]].ended_at == vpn.vgw_1a.row());
    CHECK(tests::plaintext_packets_outside(trace) == 0);
  }
  SECTION("is told to the sender where the outer DF bit is a copy") {
    Vpn vpn(options);
    vpn.ping_at(2s, ping_of(1460, true));
    const sim::Trace trace = run(vpn);
    const auto errors = tests::with_label(trace, "ICMP fragmentation needed");
    REQUIRE(errors.size() == 1);
    const auto ip = engine::wire::read_ipv4(trace.packets[errors[0]].hops.at(0).bytes);
    CHECK(engine::wire::read_icmp(ip->payload)->next_hop_mtu == 1438);
  }
}

// RFC 4301 8.1: "copy, set, clear".
TEST_CASE("the outer DF bit is copied, set or cleared as the connection says") {
  using engine::esp::DfPolicy;
  const auto policy = GENERATE(DfPolicy::copy, DfPolicy::set, DfPolicy::clear);
  const bool inner = GENERATE(false, true);
  VpnOptions options;
  options.edit_initiator = [policy](auto& connection) { connection.df = policy; };
  Vpn vpn(options);
  vpn.ping_at(2s, ping_of(100, inner));
  const sim::Trace trace = run(vpn);
  const auto esp = tests::with_label(trace, "ESP");
  REQUIRE(esp.size() == 2);
  const bool expected = policy == DfPolicy::set || (policy == DfPolicy::copy && inner);
  CHECK(tests::first_header(trace, esp[0]).dont_fragment == expected);
}

TEST_CASE("the MSS of SYN and SYN-ACK is lowered where they cross the tunnel, checksums stay right") {
  Vpn vpn;
  vpn.ec2.listen_tcp(443);
  vpn.world.at(tests::at(2s), &vpn.pc, "connect", [&] { vpn.pc.probe_tcp({tests::address("10.0.1.20")}); });
  const sim::Trace trace = run(vpn);
  const auto syn = tests::with_label(trace, "TCP SYN");
  const auto answer = tests::with_label(trace, "TCP SYN-ACK");
  REQUIRE(syn.size() == 1);
  REQUIRE(answer.size() == 1);
  CHECK(mss_on(trace, syn[0], 0) == 1460);
  CHECK(mss_on(trace, syn[0], 1) == 1379);
  CHECK(mss_on(trace, answer[0], 0) == 1460);
  CHECK(mss_on(trace, answer[0], trace.packets[answer[0]].hops.size() - 1) == 1379);
  CHECK(trace.packets[answer[0]].ended_at == vpn.pc.row());
}

// RFC 9293 3.5.2: "a reset is sent in response to any incoming segment except another reset".
TEST_CASE("a port that does not listen answers with a reset, an announced MSS is kept when small enough") {
  Vpn vpn;
  vpn.pc.set_mss(536);
  vpn.world.at(tests::at(2s), &vpn.pc, "connect", [&] { vpn.pc.probe_tcp({tests::address("10.0.1.20")}); });
  const sim::Trace trace = run(vpn);
  const auto syn = tests::with_label(trace, "TCP SYN");
  REQUIRE(syn.size() == 1);
  CHECK(mss_on(trace, syn[0], 2) == 536);
  CHECK(tests::with_label(trace, "TCP RST").size() == 1);
}

TEST_CASE("the inside addresses answer through the tunnel") {
  Vpn vpn;
  sim::PingOptions ping;
  ping.destination = tests::address("169.254.11.1");
  vpn.world.at(tests::at(2s), &vpn.yamaha, "ping", [&] { vpn.yamaha.ping(ping); });
  const sim::Trace trace = run(vpn);
  CHECK(tests::answered_pings(trace) == 1);
  CHECK(tests::with_label(trace, "ESP").size() == 2);
  CHECK(tests::plaintext_packets_outside(trace) == 0);
}

TEST_CASE("UDP crosses the tunnel both ways") {
  Vpn vpn;
  vpn.ec2.serve_udp(7, true);
  vpn.pc.serve_udp(40000, false);
  sim::UdpOptions options;
  options.destination = tests::address("10.0.1.20");
  options.count = 3;
  options.interval = 100ms;
  vpn.world.at(tests::at(2s), &vpn.pc, "udp", [&] { vpn.pc.send_udp(options); });
  const sim::Trace trace = run(vpn);
  const auto echoes = tests::with_label(trace, "UDP 7 > 40000");
  REQUIRE(echoes.size() == 3);
  for (const Index row : echoes) {
    CHECK(trace.packets[row].ended_at == vpn.pc.row());
    CHECK(trace.packets[row].dropped == Reason::none);
  }
}

// RFC 4303 3.4.3.
TEST_CASE("a repeated ESP packet is dropped as a replay, a changed one by its ICV, a foreign SPI at once") {
  Vpn vpn;
  vpn.ping_at(2s);
  vpn.world.run_until(tests::at(3s));
  const Index original = tests::with_label(vpn.world.trace(), "ESP").at(0);
  const engine::Bytes bytes = vpn.world.trace().packets[original].hops.back().bytes;
  const auto inject = [&](engine::Bytes changed) {
    sim::Packet packet = vpn.internet.stack().adopt(std::move(changed));
    const Index record = packet.record;
    vpn.vgw_1a.stack().receive(std::move(packet));
    return record;
  };
  const Index replay = inject(bytes);
  engine::Bytes flipped = bytes;
  flipped[27] += 1;  // Another sequence number, so that the window lets it pass.
  const Index forged = inject(flipped);
  engine::Bytes foreign = bytes;
  foreign[20] ^= 0x80;
  const Index unknown = inject(foreign);
  const sim::Trace trace = run(vpn);
  CHECK(trace.packets[replay].dropped == Reason::replayed);
  CHECK(trace.packets[forged].dropped == Reason::icv_mismatch);
  CHECK(trace.packets[unknown].dropped == Reason::unknown_spi);
  const auto* state = [&]() -> const sim::EspSaState* {
    for (auto step = trace.steps.rbegin(); step != trace.steps.rend(); ++step) {
      for (const sim::Note& note : step->notes) {
        const auto* found = std::get_if<sim::EspSaState>(&note);
        if (found != nullptr && step->packet == forged) return found;
      }
    }
    return nullptr;
  }();
  REQUIRE(state != nullptr);
  CHECK(state->refused == 2);
  CHECK(state->replay_highest == 1);
}

// The engine's soft limit is 85 % of the agreed 100 KB: reached by the 88th packet.
TEST_CASE("a byte lifetime makes the pair be renewed before it is used up") {
  VpnOptions options;
  options.edit_initiator = [](engine::ike::Connection& connection) { connection.phase2_lifetime.kilobytes = 100; };
  Vpn vpn(options);
  sim::PingOptions ping = ping_of(1000, false);
  ping.count = 95;
  ping.interval = 20ms;
  vpn.ping_at(2s, ping);
  const sim::Trace trace = run(vpn);
  CHECK(tests::answered_pings(trace) == 95);
  // Both ends count, so that their renewals may cross: one new pair or two.
  CHECK(trace.esp_sas.size() > 2);
}

TEST_CASE("traffic for a tunnel that is down makes the gateway initiate where it is told to") {
  sim::World world;
  sim::Host& pc = world.add_host({"pc", {}, "", 0, 0});
  sim::SecurityGateway& gateway = world.add_gateway({"gw", {}, "", 0, 0}, "yamaha-rtx");
  sim::SecurityGateway& peer = world.add_gateway({"peer", {}, "", 0, 0}, "yamaha-rtx");
  world.connect({}, {pc, "eth0", tests::network("10.9.0.10/24")}, {gateway, "lan", tests::network("10.9.0.1/24")});
  world.connect({}, {gateway, "wan", tests::network("192.0.2.1/24")}, {peer, "wan", tests::network("192.0.2.2/24")});
  sim::TunnelOptions ours;
  ours.name = "t";
  ours.inside = tests::network("169.254.9.2/30");
  ours.initiate_on_traffic = true;
  ours.connection = tests::connection("t", "192.0.2.1", "192.0.2.2", "key");
  sim::TunnelOptions theirs;
  theirs.name = "t";
  theirs.inside = tests::network("169.254.9.1/30");
  theirs.connection = tests::connection("t", "192.0.2.2", "192.0.2.1", "key");
  gateway.add_tunnel(std::move(ours));
  peer.add_tunnel(std::move(theirs));
  REQUIRE(peer.add_route(tests::network("10.9.0.0/24"), std::string("t")));
  REQUIRE(pc.add_route(tests::network("0.0.0.0/0"), tests::address("10.9.0.1")));
  sim::PingOptions ping;
  ping.destination = tests::address("169.254.9.1");
  ping.count = 3;
  world.at(tests::at(1s), &pc, "ping", [&] { pc.ping(ping); });
  world.run_until(tests::at(10s));
  const sim::Trace trace = world.take_trace();
  CHECK(trace.packets[tests::with_label(trace, "ICMP echo request").at(0)].dropped == Reason::tunnel_down);
  CHECK(tests::answered_pings(trace) == 2);
}

TEST_CASE("a route needs a neighbour or an interface that exists") {
  Vpn vpn;
  const auto neighbour = vpn.pc.add_route(tests::network("10.0.0.0/8"), tests::address("172.16.0.1"));
  REQUIRE_FALSE(neighbour);
  CHECK(neighbour.error().reason == Reason::no_route);
  CHECK_FALSE(vpn.pc.add_route(tests::network("10.0.0.0/8"), std::string("eth7")));
  CHECK(vpn.world.find_node("nobody") == nullptr);
  CHECK(vpn.world.find_node("pc") == &vpn.pc);
  CHECK(vpn.world.find_link("none") == nullptr);
}
