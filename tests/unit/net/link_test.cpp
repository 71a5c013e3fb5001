#include "sim/net/link.h"

#include "tests/catch.h"
#include "tests/unit/net/network.h"

using namespace std::chrono_literals;
using engine::Reason;
using sim::Index;
using sim::StepKind;
using tests::Network;
using tests::Station;

namespace {

sim::LinkOptions slow_link() {
  sim::LinkOptions options;
  options.id = "line";
  options.latency = 10ms;
  options.bits_per_second = 1'000'000;
  return options;
}

}  // namespace

TEST_CASE("a packet takes its serialization and the latency, in whole nanoseconds") {
  Network network;
  Station& a = network.add("a");
  Station& b = network.add("b");
  const sim::Link& line = network.connect(slow_link(), a, "10.0.0.1/24", b, "10.0.0.2/24");
  CHECK(line.serialization_delay(100) == 800us);
  const Index request = tests::send_echo(a, "10.0.0.2", 72);  // 100 octets with both headers.
  const sim::Trace& trace = network.run();
  REQUIRE(trace.packets[request].hops.size() == 1);
  const sim::TraceHop& hop = trace.packets[request].hops[0];
  CHECK(hop.departed == engine::time_at(0));
  CHECK(hop.arrived == engine::time_at(0) + 10ms + 800us);
  REQUIRE(tests::with_label(trace, "ICMP echo reply").size() == 1);
}

TEST_CASE("serialization is rounded up: a line is never faster than its bandwidth") {
  sim::LinkOptions options;
  options.bits_per_second = 3'000'000'000;
  Network network;
  const sim::Link& line = network.connect(options, network.add("a"), "10.0.0.1/24", network.add("b"), "10.0.0.2/24");
  CHECK(line.serialization_delay(1) == 3ns);  // 2.67 ns
}

TEST_CASE("packets wait for the line, and the queue drops the tail") {
  Network network;
  Station& a = network.add("a");
  Station& b = network.add("b");
  sim::LinkOptions options = slow_link();
  options.queue_packets = 2;
  network.connect(options, a, "10.0.0.1/24", b, "10.0.0.2/24");
  std::vector<Index> sent;
  for (int i = 0; i < 4; ++i) sent.push_back(tests::send_echo(a, "10.0.0.2", 72));
  const sim::Trace& trace = network.run();
  // One on the line, two that wait, and no room for the fourth.
  CHECK(trace.packets[sent[0]].hops[0].departed == engine::time_at(0));
  CHECK(trace.packets[sent[1]].hops[0].departed == engine::time_at(0) + 800us);
  CHECK(trace.packets[sent[2]].hops[0].departed == engine::time_at(0) + 1600us);
  CHECK(trace.packets[sent[2]].dropped == Reason::none);
  CHECK(trace.packets[sent[3]].dropped == Reason::queue_full);
  CHECK(trace.packets[sent[3]].hops[0].lost == Reason::queue_full);
  CHECK(tests::with_label(trace, "ICMP echo reply").size() == 3);
}

TEST_CASE("a cut link loses what is on the way and what is sent, and works again when mended") {
  Network network;
  Station& a = network.add("a");
  Station& b = network.add("b");
  sim::Link& line = network.connect(slow_link(), a, "10.0.0.1/24", b, "10.0.0.2/24");
  const Index on_the_way = tests::send_echo(a, "10.0.0.2", 72);
  Index while_cut = sim::no_index;
  Index mended = sim::no_index;
  network.simulator.after(5ms, sim::EventPriority::script, 0, [&] { line.set_up(false); });
  network.simulator.after(6ms, sim::EventPriority::script, 0, [&] { while_cut = tests::send_echo(a, "10.0.0.2", 72); });
  // Mended before the first packet would arrive: it was lost all the same.
  network.simulator.after(7ms, sim::EventPriority::script, 0, [&] { line.set_up(true); });
  network.simulator.after(8ms, sim::EventPriority::script, 0, [&] { mended = tests::send_echo(a, "10.0.0.2", 72); });
  const sim::Trace& trace = network.run();
  CHECK(trace.packets[on_the_way].dropped == Reason::link_down);
  CHECK(trace.packets[while_cut].dropped == Reason::link_down);
  CHECK(trace.packets[while_cut].hops[0].departed == trace.packets[while_cut].hops[0].arrived);
  CHECK(trace.packets[mended].ended_at == b.row_number);
  CHECK(tests::with_label(trace, "ICMP echo reply").size() == 1);
}

TEST_CASE("a fault hook loses or delays the packet it chooses") {
  Network network;
  Station& a = network.add("a");
  Station& b = network.add("b");
  sim::Link& line = network.connect(slow_link(), a, "10.0.0.1/24", b, "10.0.0.2/24");
  int count = 0;
  line.set_fault_hook([&](const sim::Packet&, int direction) {
    sim::Fault fault;
    if (direction == 0 && ++count == 1) fault.lost = Reason::link_loss;
    if (direction == 0 && count == 2) fault.delay = 50ms;
    return fault;
  });
  const Index lost = tests::send_echo(a, "10.0.0.2", 72);
  const Index late = tests::send_echo(a, "10.0.0.2", 72);
  const Index next = tests::send_echo(a, "10.0.0.2", 72);
  const sim::Trace& trace = network.run();
  CHECK(trace.packets[lost].dropped == Reason::link_loss);
  CHECK(trace.packets[lost].ended_at == sim::no_index);
  CHECK(trace.packets[late].hops[0].arrived == engine::time_at(0) + 61600us);
  // A late packet is overtaken by the next one.
  CHECK(trace.packets[next].hops[0].arrived < trace.packets[late].hops[0].arrived);
}

TEST_CASE("a loss is a step of its own, at the time at which the packet would have arrived") {
  Network network;
  Station& a = network.add("a");
  Station& b = network.add("b");
  sim::Link& line = network.connect(slow_link(), a, "10.0.0.1/24", b, "10.0.0.2/24");
  line.set_fault_hook([](const sim::Packet&, int) { return sim::Fault{Reason::link_loss, {}}; });
  tests::send_echo(a, "10.0.0.2", 72);
  const sim::Trace& trace = network.run();
  REQUIRE(trace.steps.size() == 2);
  CHECK(trace.steps[0].kind == StepKind::send);
  CHECK(trace.steps[1].kind == StepKind::drop);
  CHECK(trace.steps[1].reason == Reason::link_loss);
  CHECK(trace.steps[1].time == engine::time_at(0) + 10800us);
}
