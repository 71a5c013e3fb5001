#include "sim/trace/fingerprint.h"

#include "tests/catch.h"

namespace {

sim::Trace trace_of_one_step() {
  sim::Trace trace;
  trace.nodes.resize(1);
  trace.nodes[0].id = "a";
  trace.packets.resize(1);
  trace.packets[0].hops.resize(1);
  trace.packets[0].hops[0].bytes = {1, 2, 3};
  trace.values.resize(1);
  trace.values[0].derived.bytes = {9};
  sim::Step step;
  step.node = 0;
  step.packet = 0;
  step.notes = {sim::NodeCounters{1, 0, 0, 0}};
  trace.steps.push_back(step);
  trace.title = {"a", "b"};
  return trace;
}

/// What differs after `change`.
std::string changed(void (*change)(sim::Trace&)) {
  sim::Trace trace = trace_of_one_step();
  change(trace);
  return sim::difference(sim::fingerprint(trace_of_one_step()), sim::fingerprint(trace));
}

}  // namespace

TEST_CASE("A fingerprint tells what kind of change it was") {
  CHECK(changed([](sim::Trace&) {}) == "");
  CHECK(changed([](sim::Trace& trace) { trace.packets[0].label = "ESP"; }) == "order");
  CHECK(changed([](sim::Trace& trace) { trace.steps[0].time = sim::Time(sim::Duration(1)); }) == "times");
  CHECK(changed([](sim::Trace& trace) { trace.packets[0].hops[0].bytes[0] = 7; }) == "wire");
  CHECK(changed([](sim::Trace& trace) { trace.steps[0].notes = {sim::NodeCounters{2, 0, 0, 0}}; }) == "states");
  CHECK(changed([](sim::Trace& trace) { trace.values[0].derived.bytes[0] = 8; }) == "keys");
  CHECK(changed([](sim::Trace& trace) { trace.title.ja = "c"; }) == "texts");
  CHECK(changed([](sim::Trace& trace) {
          trace.title.ja = "c";
          trace.steps[0].time = sim::Time(sim::Duration(1));
        }) == "times, texts");
}

TEST_CASE("States do not depend on when they happened or which numbers were drawn") {
  const auto with = [](std::uint32_t spi, int ns) {
    sim::Trace trace = trace_of_one_step();
    engine::ike::IpsecSaState sa;
    sa.inbound_spi = spi;
    sa.established = sim::Time(sim::Duration(ns));
    trace.steps[0].notes = {sa};
    return sim::fingerprint(trace).states;
  };
  CHECK(with(1, 1) == with(2, 2));
}

TEST_CASE("Numbers of a daemon lead to the rows of its messages and values") {
  sim::Trace trace;
  trace.tunnels.resize(1);
  trace.tunnels[0].initiator = 4;
  trace.tunnels[0].responder = 7;
  trace.messages.resize(2);
  trace.messages[0].sender = 4;
  trace.messages[0].tunnel = 0;
  trace.messages[0].sent.message = 11;
  trace.messages[0].received.emplace().message = 1;
  // A retransmission keeps its number: the first sending is the one to be found.
  trace.messages[1] = trace.messages[0];
  trace.messages[1].repeats = 0;
  trace.values.resize(1);
  trace.values[0].node = 7;
  trace.values[0].derived.id = 3;
  trace.index();
  CHECK(trace.find_message(4, 11) == 0);
  CHECK(trace.find_message(7, 1) == 0);
  CHECK(trace.find_message(7, 11) == sim::no_index);
  CHECK(trace.find_value(7, 3) == 0);
  CHECK(trace.find_value(4, 3) == sim::no_index);
}
