#include "sim/net/ipv4_stack.h"

#include "engine/wire/udp.h"
#include "tests/catch.h"
#include "tests/unit/net/network.h"

using engine::Reason;
using engine::wire::read_icmp;
using engine::wire::read_ipv4;
using sim::Index;
using sim::StepKind;
using tests::Network;
using tests::Station;

namespace {

//   a ---- r1 ---- r2 ---- b
// 10.0.1.0/24  10.0.2.0/24  10.0.3.0/24
struct Line {
  Network network;
  Station& a = network.add("a");
  Station& r1 = network.add("r1", true);
  Station& r2 = network.add("r2", true);
  Station& b = network.add("b");

  explicit Line(std::uint32_t middle_mtu = 1500) {
    sim::LinkOptions options;
    options.latency = std::chrono::milliseconds(1);
    network.connect(options, a, "10.0.1.2/24", r1, "10.0.1.1/24");
    options.mtu = middle_mtu;
    network.connect(options, r1, "10.0.2.1/24", r2, "10.0.2.2/24");
    options.mtu = 1500;
    network.connect(options, r2, "10.0.3.1/24", b, "10.0.3.2/24");
    network.route(a, "0.0.0.0/0", "10.0.1.1");
    network.route(r1, "10.0.3.0/24", "10.0.2.2");
    network.route(r2, "10.0.1.0/24", "10.0.2.1");
    network.route(b, "0.0.0.0/0", "10.0.3.1");
  }
};

engine::wire::IcmpMessage icmp_of(const sim::Trace& trace, Index packet) {
  const auto parsed = read_ipv4(trace.packets[packet].hops[0].bytes);
  return read_icmp(parsed->payload).value();
}

}  // namespace

// RFC 1122 3.2.2.6: "Every host MUST implement an ICMP Echo server function".
TEST_CASE("an echo request crosses two routers and comes back, a decremented TTL and a right checksum at each hop") {
  Line line;
  const Index request = tests::send_echo(line.a, "10.0.3.2", 56);
  const sim::Trace& trace = line.network.run();
  const sim::TracePacket& packet = trace.packets[request];
  REQUIRE(packet.hops.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto parsed = read_ipv4(packet.hops[i].bytes);
    REQUIRE(parsed);  // Checks the header checksum.
    CHECK(parsed->header.time_to_live == 64 - i);
  }
  CHECK(packet.destination == line.b.row_number);
  CHECK(packet.ended_at == line.b.row_number);
  const auto replies = tests::with_label(trace, "ICMP echo reply");
  REQUIRE(replies.size() == 1);
  CHECK(trace.packets[replies[0]].answers == request);
  CHECK(trace.packets[replies[0]].ended_at == line.a.row_number);
  // "The data received in the echo message must be returned in the echo reply message" (RFC 792).
  CHECK(icmp_of(trace, replies[0]).body == icmp_of(trace, request).body);
}

TEST_CASE("steps tell a packet's way in the order of events") {
  Line line;
  tests::send_echo(line.a, "10.0.3.2", 56);
  const sim::Trace& trace = line.network.run();
  std::vector<StepKind> kinds;
  std::vector<Index> nodes;
  for (const sim::Step& step : trace.steps) {
    kinds.push_back(step.kind);
    nodes.push_back(step.node);
  }
  using K = StepKind;
  CHECK(kinds ==
        std::vector<K>{K::send, K::forward, K::forward, K::receive, K::send, K::forward, K::forward, K::receive});
  CHECK(nodes == std::vector<Index>{0, 1, 2, 3, 3, 2, 1, 0});
  const auto& counters = std::get<sim::NodeCounters>(trace.steps[6].notes.back());
  CHECK(counters.packets_forwarded == 2);
  CHECK(counters.packets_received == 2);
}

// RFC 1812 5.3.1: "If the TTL is reduced to zero (or less), the packet MUST be discarded, and [...] the router MUST
// send an ICMP Time Exceeded message, Code 0".
TEST_CASE("a packet whose TTL runs out is dropped and its sender told") {
  Line line;
  const Index request = tests::send_echo(line.a, "10.0.3.2", 56, false, 2);
  const sim::Trace& trace = line.network.run();
  CHECK(trace.packets[request].dropped == Reason::ttl_expired);
  CHECK(trace.packets[request].ended_at == line.r2.row_number);
  const auto errors = tests::with_label(trace, "ICMP TTL exceeded");
  REQUIRE(errors.size() == 1);
  CHECK(trace.packets[errors[0]].origin == line.r2.row_number);
  CHECK(trace.packets[errors[0]].answers == request);
  CHECK(trace.packets[errors[0]].ended_at == line.a.row_number);
  CHECK(icmp_of(trace, errors[0]).code == 0);
}

TEST_CASE("a packet without a route is answered with network unreachable") {
  Line line;
  const Index request = tests::send_echo(line.a, "172.16.0.1", 56);
  const sim::Trace& trace = line.network.run();
  CHECK(trace.packets[request].dropped == Reason::no_route);
  CHECK(trace.packets[request].ended_at == line.r1.row_number);
  CHECK(tests::with_label(trace, "ICMP network unreachable").size() == 1);
}

// RFC 1191 4: "the router MUST include the MTU of that next-hop network".
TEST_CASE("a packet that is too large and must not be fragmented brings back the MTU of the next hop") {
  Line line(1000);
  const Index request = tests::send_echo(line.a, "10.0.3.2", 973, true);
  const Index fits = tests::send_echo(line.a, "10.0.3.2", 972, true);
  const sim::Trace& trace = line.network.run();
  CHECK(trace.packets[request].dropped == Reason::mtu_exceeded);
  const auto errors = tests::with_label(trace, "ICMP fragmentation needed");
  REQUIRE(errors.size() == 1);
  CHECK(icmp_of(trace, errors[0]).next_hop_mtu == 1000);
  CHECK(trace.packets[fits].ended_at == line.b.row_number);
}

TEST_CASE("a packet that is too large is fragmented on the way and whole again at its destination") {
  Line line(1000);
  const Index request = tests::send_echo(line.a, "10.0.3.2", 1400);
  const sim::Trace& trace = line.network.run();
  CHECK(trace.packets[request].ended_at == line.b.row_number);
  std::vector<Index> fragments;
  for (Index row = 0; row < trace.packets.size(); ++row) {
    if (trace.packets[row].fragment_of == request) fragments.push_back(row);
  }
  REQUIRE(fragments.size() == 2);
  CHECK(trace.packets[fragments[0]].kind == sim::PacketKind::fragment);
  CHECK(trace.packets[fragments[0]].origin == line.r1.row_number);
  CHECK(trace.packets[fragments[1]].ended_at == line.b.row_number);
  // The reply, just as long, is fragmented by r2, where the narrow link begins on the way back.
  const auto replies = tests::with_label(trace, "ICMP echo reply");
  REQUIRE(replies.size() == 1);
  CHECK(trace.packets[replies[0]].ended_at == line.a.row_number);
}

// RFC 1122 3.3.2: "If this timeout expires, the partially-reassembled datagram MUST be discarded and an ICMP Time
// Exceeded message sent to the source host (if fragment zero has been received)".
TEST_CASE("when a fragment is lost, the others time out and the sender is told") {
  Network network;
  Station& a = network.add("a");
  Station& b = network.add("b");
  sim::LinkOptions options;
  options.mtu = 576;
  sim::Link& link = network.connect(options, a, "10.0.0.1/24", b, "10.0.0.2/24");
  const auto lose_nth = [&link](int nth) {
    link.set_fault_hook([nth, count = 0](const sim::Packet&, int direction) mutable {
      const bool lost = direction == 0 && ++count == nth;
      return sim::Fault{lost ? Reason::link_loss : Reason::none, {}};
    });
  };
  SECTION("fragment zero arrived") {
    lose_nth(2);
    const Index request = tests::send_echo(a, "10.0.0.2", 1000);
    const sim::Trace& trace = network.run();
    const auto errors = tests::with_label(trace, "ICMP reassembly timeout");
    REQUIRE(errors.size() == 1);
    CHECK(trace.packets[errors[0]].created == engine::time_at(0) + sim::Reassembler::timeout);
    CHECK(trace.packets[request].ended_at == sim::no_index);
    CHECK(tests::with_label(trace, "ICMP echo reply").empty());
  }
  SECTION("fragment zero is the lost one") {
    lose_nth(1);
    tests::send_echo(a, "10.0.0.2", 1000);
    CHECK(tests::with_label(network.run(), "ICMP reassembly timeout").empty());
  }
}

TEST_CASE("a host drops what is not for it, a node without a service says so") {
  Network network;
  Station& a = network.add("a");
  Station& b = network.add("b");
  network.connect({}, a, "10.0.0.1/24", b, "10.0.0.2/24");
  // RFC 1122 3.2.1.3: "A host MUST silently discard an incoming datagram that is not destined for the host".
  const Index stray = tests::send_echo(a, "10.0.0.77", 8);
  sim::SendOptions options;
  options.destination = tests::address("10.0.0.2");
  options.protocol = 132;
  a.stack.send(a.stack.make(options, engine::Bytes(8)));
  const sim::Trace& trace = network.run();
  CHECK(trace.packets[stray].dropped == Reason::not_for_this_node);
  CHECK(trace.packets[stray].ended_at == b.row_number);
  REQUIRE(tests::with_label(trace, "ICMP protocol unreachable").size() == 1);
  CHECK(trace.packets.size() == 3);
}

// RFC 1122 3.2.2: "An ICMP error message MUST NOT be sent as the result of receiving: an ICMP error message".
TEST_CASE("no ICMP error about an ICMP error") {
  Line line;
  sim::SendOptions options;
  options.source = tests::address("10.0.1.2");
  options.destination = tests::address("172.16.0.1");
  options.protocol = engine::wire::ip_protocol::icmp;
  const auto error = engine::wire::time_exceeded(0, engine::Bytes(28));
  line.a.stack.send(line.a.stack.make(options, engine::wire::write_icmp(error)));
  const sim::Trace& trace = line.network.run();
  REQUIRE(trace.packets.size() == 1);
  CHECK(trace.packets[0].dropped == Reason::no_route);
}

TEST_CASE("a damaged header is dropped where it arrives") {
  Line line;
  sim::SendOptions options;
  options.destination = tests::address("10.0.3.2");
  options.protocol = engine::wire::ip_protocol::icmp;
  sim::Packet packet = line.a.stack.make(options, engine::Bytes(8));
  packet.bytes[8] ^= 1;  // The TTL.
  const Index record = packet.record;
  line.r1.stack.receive(std::move(packet));
  const sim::Trace& trace = line.network.run();
  CHECK(trace.packets[record].dropped == Reason::bad_checksum);
}

TEST_CASE("the longest prefix decides, and its being down does not send packets another way") {
  class Fixed final : public sim::Interface {
   public:
    explicit Fixed(std::string name) : Interface(std::move(name), {}) {}
    std::uint32_t mtu() const override { return 1500; }
    bool is_up() const override { return up; }
    void transmit(sim::Packet) override {}
    bool up = true;
  };
  Fixed wan("wan");
  Fixed tunnel1("tunnel1");
  Fixed tunnel2("tunnel2");
  sim::RoutingTable routes;
  routes.add(engine::parse_ipv4_network("0.0.0.0/0").value(), wan);
  routes.add(engine::parse_ipv4_network("10.0.0.0/16").value(), tunnel1);
  routes.add(engine::parse_ipv4_network("10.0.0.0/16").value(), tunnel2);
  const auto way = [&](const char* destination) { return routes.find(tests::address(destination))->name(); };
  CHECK(way("192.0.2.1") == "wan");
  CHECK(way("10.0.1.20") == "tunnel1");
  tunnel1.up = false;
  CHECK(way("10.0.1.20") == "tunnel2");
  tunnel2.up = false;
  CHECK(way("10.0.1.20") == "tunnel1");
  CHECK(sim::RoutingTable().find(tests::address("10.0.1.20")) == nullptr);
}

TEST_CASE("a UDP datagram reaches who listens on its port") {
  Network network;
  Station& a = network.add("a");
  Station& b = network.add("b");
  network.connect({}, a, "10.0.0.1/24", b, "10.0.0.2/24");
  sim::UdpLayer sender(a.stack);
  sim::UdpLayer receiver(b.stack);
  engine::Bytes seen;
  receiver.listen(9, [&](const sim::UdpLayer::Received& received) {
    seen.assign(received.payload.begin(), received.payload.end());
    CHECK(engine::to_string(received.source) == "10.0.0.1:4000");
  });
  const engine::Bytes payload = engine::bytes_of("hello");
  a.stack.send(sender.make({{}, 4000}, {tests::address("10.0.0.2"), 9}, payload));
  // RFC 1122 4.1.3.1: for a port without a listener, "UDP SHOULD send an ICMP Port Unreachable message".
  a.stack.send(sender.make({{}, 4000}, {tests::address("10.0.0.2"), 10}, payload));
  const sim::Trace& trace = network.run();
  CHECK(seen == payload);
  CHECK(tests::with_label(trace, "ICMP port unreachable").size() == 1);
}

TEST_CASE("a node that is switched off neither answers nor sends") {
  Network network;
  Station& a = network.add("a");
  Station& b = network.add("b");
  network.connect({}, a, "10.0.0.1/24", b, "10.0.0.2/24");
  b.stack.set_powered(false);
  const Index to_b = tests::send_echo(a, "10.0.0.2", 8);
  const Index from_b = tests::send_echo(b, "10.0.0.1", 8);
  const sim::Trace& trace = network.run();
  CHECK(trace.packets[to_b].dropped == Reason::link_down);
  CHECK(trace.packets[from_b].dropped == Reason::link_down);
  CHECK(trace.packets[from_b].hops.empty());
  CHECK(trace.packets.size() == 2);
}
