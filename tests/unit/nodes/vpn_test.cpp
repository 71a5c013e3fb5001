#include <algorithm>

#include "sim/trace/fingerprint.h"
#include "tests/catch.h"
#include "tests/unit/nodes/trace_queries.h"
#include "tests/unit/nodes/vpn.h"

using engine::Reason;
using sim::StepKind;
using sim::TunnelPhase;
using tests::Index;
using tests::Vpn;
using tests::VpnOptions;
using namespace std::chrono_literals;

namespace {

sim::Trace run(Vpn& vpn, engine::Duration time) {
  vpn.world.run_until(tests::at(time));
  return vpn.world.take_trace();
}

}  // namespace

// RFC 2409 5.4 and 5.5.
TEST_CASE("nine messages bring the tunnel up, and a ping goes through it") {
  Vpn vpn;
  vpn.ping_at(2s);
  const sim::Trace trace = run(vpn, 5s);
  CHECK(tests::message_names(trace, 0) == std::vector<std::string>{"main-mode-1", "main-mode-2", "main-mode-3",
                                                                   "main-mode-4", "main-mode-5", "main-mode-6",
                                                                   "quick-mode-1", "quick-mode-2", "quick-mode-3"});
  using P = TunnelPhase;
  CHECK(tests::phases(trace, 0) == std::vector<P>{P::phase1, P::isakmp_sa, P::phase2, P::up});
  CHECK(tests::answered_pings(trace) == 1);
  CHECK(tests::plaintext_packets_outside(trace) == 0);
  CHECK(trace.esp_sas.size() == 2);
}

TEST_CASE("every message that was sent is told by its receiver in the same row") {
  Vpn vpn;
  const sim::Trace trace = run(vpn, 5s);
  REQUIRE(trace.messages.size() == 9);
  for (const sim::TraceMessage& message : trace.messages) {
    REQUIRE(message.received);
    CHECK(message.received->wire == message.sent.wire);
    CHECK(message.received->cleartext == message.sent.cleartext);
    CHECK(trace.packets[message.packet].hops.size() == 2);
  }
  REQUIRE(trace.exchanges.size() == 2);
  CHECK(trace.exchanges[0].machine == "main-mode-initiator");
  CHECK(trace.exchanges[1].machine == "quick-mode-initiator");
  for (const sim::TraceExchange& exchange : trace.exchanges) {
    CHECK(exchange.reason == Reason::none);
    CHECK(exchange.last_step != sim::no_index);
  }
  CHECK(trace.exchanges[1].first_step > trace.exchanges[0].first_step);
}

TEST_CASE("a start of two tunnels is a step for each") {
  VpnOptions options;
  options.tunnels = 2;
  Vpn vpn(options);
  const sim::Trace trace = run(vpn, 1s);
  REQUIRE(trace.steps.size() > 4);
  CHECK(trace.steps[0].kind == StepKind::timer);
  CHECK(trace.steps[0].tunnel == 0);
  CHECK(trace.steps[1].kind == StepKind::timer);
  CHECK(trace.steps[1].tunnel == 1);
  CHECK(trace.steps[2].kind == StepKind::send);
  CHECK(trace.steps[3].kind == StepKind::send);
}

TEST_CASE("an ESP packet and the packet inside know of each other, and the inner TTL counts both gateways") {
  Vpn vpn;
  vpn.ping_at(2s);
  const sim::Trace trace = run(vpn, 5s);
  const Index request = tests::with_label(trace, "ICMP echo request").at(0);
  const sim::TracePacket& inner = trace.packets[request];
  REQUIRE(inner.carried_by.size() == 1);
  const sim::TracePacket& outer = trace.packets[inner.carried_by[0]];
  CHECK(outer.carries == request);
  const sim::TraceEsp& esp = trace.esp[outer.esp];
  CHECK(esp.sequence == 1);
  CHECK(esp.sender_sa != sim::no_index);
  CHECK(esp.plaintext.size() % 16 == 0);
  // RFC 4301 5.1.2.1: the gateway decrements the inner TTL as a router does. PC to gateway, endpoint to VGW, VGW to
  // EC2.
  REQUIRE(inner.hops.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(engine::wire::read_ipv4(inner.hops[i].bytes)->header.time_to_live == (i == 0 ? 64 : 63 - i));
  }
}

TEST_CASE("two runs are the same octet for octet, another seed gives others") {
  const auto fingerprint_of = [](std::uint64_t seed) {
    VpnOptions options;
    options.tunnels = 2;
    options.world.seed = seed;
    Vpn vpn(options);
    sim::PingOptions ping;
    ping.count = 5;
    vpn.ping_at(2s, ping);
    return sim::fingerprint(run(vpn, 10s));
  };
  const sim::Fingerprint first = fingerprint_of(1);
  CHECK(sim::difference(first, fingerprint_of(1)).empty());
  const sim::Fingerprint other = fingerprint_of(2);
  CHECK(other.order == first.order);
  CHECK(other.wire != first.wire);
  CHECK(other.keys != first.keys);
}

TEST_CASE("a rekey in the middle of traffic loses no packet") {
  Vpn vpn;
  sim::PingOptions ping;
  ping.count = 200;
  ping.interval = 5ms;
  vpn.ping_at(2s, ping);
  vpn.world.at(tests::at(2500ms), &vpn.yamaha, "rekey", [&] { vpn.yamaha.rekey_phase2("tunnel1"); });
  const sim::Trace trace = run(vpn, 10s);
  CHECK(tests::answered_pings(trace) == 200);
  CHECK(trace.esp_sas.size() == 4);
  using P = TunnelPhase;
  CHECK(tests::phases(trace, 0) == std::vector<P>{P::phase1, P::isakmp_sa, P::phase2, P::up});
}

TEST_CASE("phase 1 can be renewed under a tunnel that stays up") {
  Vpn vpn;
  vpn.world.at(tests::at(2s), &vpn.yamaha, "rekey", [&] { vpn.yamaha.rekey_phase1("tunnel1"); });
  vpn.ping_at(4s);
  const sim::Trace trace = run(vpn, 8s);
  CHECK(tests::answered_pings(trace) == 1);
  CHECK(tests::phases(trace, 0).back() == TunnelPhase::up);
  std::size_t main_modes = 0;
  for (const sim::TraceExchange& exchange : trace.exchanges) main_modes += exchange.machine == "main-mode-initiator";
  CHECK(main_modes == 2);
}

// RFC 3706 5.5.
TEST_CASE("DPD finds a cut link, the tunnel goes down, and nothing leaves in the clear meanwhile") {
  VpnOptions options;
  const auto dpd = [](engine::ike::Connection& connection) {
    connection.dpd.mode = engine::ike::DpdMode::periodic;
    connection.dangling = engine::ike::DanglingSaPolicy::remove;
  };
  options.edit_initiator = dpd;
  options.edit_responder = dpd;
  Vpn vpn(options);
  sim::Link& wan = *vpn.world.find_link("wan");
  vpn.world.at(tests::at(15s), nullptr, "cut", [&] { wan.set_up(false); });
  vpn.world.at(tests::at(100s), nullptr, "mend", [&] { wan.set_up(true); });
  sim::PingOptions ping;
  ping.count = 300;
  vpn.ping_at(2s, ping);
  const sim::Trace trace = run(vpn, 310s);
  using P = TunnelPhase;
  const std::vector<P> seen = tests::phases(trace, 0);
  CHECK(std::count(seen.begin(), seen.end(), P::down) >= 1);
  CHECK(seen.back() == P::up);
  CHECK(tests::plaintext_packets_outside(trace) == 0);
  CHECK(tests::answered_pings(trace) > 150);
  bool dropped_for_want_of_a_tunnel = false;
  for (const sim::TracePacket& packet : trace.packets) {
    dropped_for_want_of_a_tunnel |= packet.dropped == Reason::tunnel_down || packet.dropped == Reason::no_sa;
  }
  CHECK(dropped_for_want_of_a_tunnel);
}

TEST_CASE("taking a tunnel down tells the peer, and traffic for it is dropped at the gateway") {
  VpnOptions options;
  options.edit_initiator = [](engine::ike::Connection& connection) { connection.retry_after = 1h; };
  Vpn vpn(options);
  vpn.world.at(tests::at(3s), &vpn.yamaha, "terminate", [&] { vpn.yamaha.terminate("tunnel1"); });
  vpn.ping_at(4s);
  const sim::Trace trace = run(vpn, 6s);
  CHECK(tests::phases(trace, 0).back() == TunnelPhase::down);
  const Index request = tests::with_label(trace, "ICMP echo request").at(0);
  CHECK(trace.packets[request].dropped == Reason::tunnel_down);
  CHECK(trace.packets[request].ended_at == vpn.yamaha.row());
  CHECK(tests::plaintext_packets_outside(trace) == 0);
  CHECK_FALSE(vpn.vgw_1a.has_tunnel_up());
}

TEST_CASE("the VGW sends through the first endpoint whose tunnel is up") {
  VpnOptions options;
  options.tunnels = 2;
  options.edit_initiator = [](engine::ike::Connection& connection) { connection.retry_after = 1h; };
  Vpn vpn(options);
  vpn.ping_at(2s);
  vpn.world.at(tests::at(3s), &vpn.vgw_1a, "terminate", [&] { vpn.vgw_1a.terminate("tunnel1"); });
  vpn.ping_at(4s);
  const sim::Trace trace = run(vpn, 6s);
  CHECK(tests::answered_pings(trace) == 2);
  std::vector<Index> tunnels;
  for (const Index row : tests::with_label(trace, "ICMP echo reply")) {
    tunnels.push_back(trace.esp[trace.packets[trace.packets[row].carried_by.at(0)].esp].tunnel);
  }
  CHECK(tunnels == std::vector<Index>{0, 1});
}

TEST_CASE("a pre-shared key that differs ends main mode at message 5") {
  VpnOptions options;
  options.edit_responder = [](engine::ike::Connection& connection) {
    connection.pre_shared_key = engine::SecretBytes(engine::bytes_of("another key"));
  };
  Vpn vpn(options);
  const sim::Trace trace = run(vpn, 60s);
  const std::vector<TunnelPhase> seen = tests::phases(trace, 0);
  CHECK(std::count(seen.begin(), seen.end(), TunnelPhase::isakmp_sa) == 0);
  const auto fifth = std::find_if(trace.messages.begin(), trace.messages.end(),
                                  [](const auto& message) { return message.sent.name.id == "main-mode-5"; });
  REQUIRE(fifth != trace.messages.end());
  REQUIRE(fifth->refused);
  CHECK(fifth->refused->reason == Reason::decryption_failed);
  CHECK(trace.exchanges.at(0).reason != Reason::none);
}

TEST_CASE("a gateway that was switched off answers nothing") {
  Vpn vpn;
  vpn.world.at(tests::at(2s), &vpn.vgw_1a, "power off", [&] { vpn.vgw_1a.power_off(); });
  vpn.ping_at(3s);
  const sim::Trace trace = run(vpn, 5s);
  CHECK(tests::answered_pings(trace) == 0);
  const auto esp = tests::with_label(trace, "ESP");
  REQUIRE(esp.size() == 1);
  CHECK(trace.packets[esp[0]].dropped == Reason::link_down);
}

TEST_CASE("after a shutdown the gateway takes part in nothing any more") {
  Vpn vpn;
  vpn.world.at(tests::at(2s), &vpn.yamaha, "shutdown", [&] { vpn.yamaha.shutdown(); });
  vpn.world.at(tests::at(3s), &vpn.vgw_1a, "initiate", [&] { vpn.vgw_1a.initiate("tunnel1"); });
  const sim::Trace trace = run(vpn, 20s);
  CHECK(tests::phases(trace, 0).back() != TunnelPhase::up);
  CHECK_FALSE(vpn.yamaha.has_tunnel_up());
  CHECK_FALSE(vpn.vgw_1a.has_tunnel_up());
  bool refused_as_shut_down = false;
  for (const sim::TracePacket& packet : trace.packets) refused_as_shut_down |= packet.dropped == Reason::local_shutdown;
  CHECK(refused_as_shut_down);
}
