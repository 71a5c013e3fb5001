#include "sim/trace/recorder.h"

#include "tests/catch.h"

using namespace engine::ike;
using sim::Index;
using sim::no_index;
using sim::Recorder;
using sim::StepKind;
using sim::TunnelPhase;

namespace {

engine::Time ms(int milliseconds) { return engine::time_at(std::int64_t{milliseconds} * 1'000'000); }

/// Two gateways, nodes 0 and 1, with the tunnel "t" between them.
struct Pair {
  Recorder recorder;

  Pair() {
    sim::Trace& trace = recorder.trace();
    trace.nodes.resize(2);
    trace.tunnels.push_back({"t", {}, 0, 1, "c", "c", {}});
  }

  Index packet(Index origin) {
    sim::TracePacket made;
    made.kind = sim::PacketKind::ike;
    made.origin = origin;
    return recorder.add_packet(std::move(made), {});
  }

  /// Puts a message of a node's daemon into a packet and the packet on the link to the other node.
  Index send(engine::Time now, Index node, MessageId message) {
    const Index made = packet(node);
    recorder.bind_message(made, node, message);
    sim::TraceHop hop;
    hop.from = node;
    hop.to = 1 - node;
    recorder.transmitted(now, made, std::move(hop));
    return made;
  }
};

MessageSent sent(MessageId message, engine::wire::ExchangeType exchange, std::uint32_t message_id, SaId ike_sa = 1,
                 std::uint32_t retransmission = 0) {
  MessageSent made;
  made.message = message;
  made.connection = "c";
  made.ike_sa = ike_sa;
  made.name.exchange = exchange;
  made.name.number = 1;
  made.retransmission = retransmission;
  made.wire.resize(20);
  engine::put_u32(made.wire, message_id);
  engine::put_u32(made.wire, 28);
  return made;
}

MessageReceived received(MessageId message, engine::wire::ExchangeType exchange, SaId ike_sa) {
  MessageReceived made;
  made.message = message;
  made.connection = "c";
  made.ike_sa = ike_sa;
  made.name.exchange = exchange;
  return made;
}

ValueDerived value(ValueId id, const char* name, MessageId message) {
  ValueDerived made;
  made.id = id;
  made.connection = "c";
  made.name = name;
  made.message = message;
  return made;
}

StateChanged state(const char* machine, const char* to, SaId ike_sa, std::uint32_t message_id, std::uint32_t exchange) {
  StateChanged made;
  made.connection = "c";
  made.ike_sa = ike_sa;
  made.message_id = message_id;
  made.exchange = exchange;
  made.machine = machine;
  made.to = to;
  return made;
}

IkeSaState ike_sa(const char* name) {
  IkeSaState made;
  made.id = 1;
  made.connection = "c";
  made.state = name;
  return made;
}

IpsecSaState ipsec_sa(const char* name, engine::Reason reason = engine::Reason::none) {
  IpsecSaState made;
  made.id = 2;
  made.connection = "c";
  made.state = name;
  made.reason = reason;
  return made;
}

template <class NoteType>
std::vector<NoteType> notes(const sim::Step& step) {
  std::vector<NoteType> found;
  for (const sim::Note& note : step.notes) {
    if (const auto* content = std::get_if<NoteType>(&note)) found.push_back(*content);
  }
  return found;
}

constexpr auto main_mode = engine::wire::ExchangeType::identity_protection;
constexpr auto quick_mode = engine::wire::ExchangeType::quick_mode;
constexpr auto informational = engine::wire::ExchangeType::informational;

}  // namespace

TEST_CASE("what is derived for an answer belongs to its sending, the rest to the reception") {
  Pair pair;
  Recorder& recorder = pair.recorder;
  const Index question = pair.send(ms(0), 0, 0);
  recorder.begin_receive(ms(1), 1, question);
  recorder.observe(1, received(1, main_mode, 1));
  recorder.observe(1, value(1, "SKEYID", 0));
  recorder.observe(1, value(2, "HASH_R", 2));
  recorder.observe(1, sent(2, main_mode, 0));
  recorder.observe(1, value(3, "IV", 2));
  recorder.observe(1, state("main-mode-responder", "awaiting-main-mode-3", 1, 0, 1));
  pair.send(ms(1), 1, 2);
  const sim::Trace& trace = recorder.trace();

  REQUIRE(trace.steps.size() == 3);
  CHECK(trace.steps[1].kind == StepKind::receive);
  CHECK(trace.steps[2].kind == StepKind::send);
  REQUIRE(trace.values.size() == 3);
  CHECK(trace.values[0].derived.name == "SKEYID");
  CHECK(trace.values[0].step == 1);
  CHECK(trace.values[1].derived.name == "HASH_R");
  CHECK(trace.values[1].step == 2);
  CHECK(trace.values[2].step == 2);
  CHECK(notes<StateChanged>(trace.steps[1]).size() == 1);
  CHECK(notes<sim::MessageNote>(trace.steps[2]).size() == 1);
  CHECK(trace.steps[2].tunnel == 0);
}

TEST_CASE("a timer of which nothing is to be seen leaves no step") {
  Pair pair;
  pair.recorder.begin_timer(ms(1), 0);
  pair.recorder.begin_timer(ms(2), 0);
  pair.recorder.observe(0, Remark{"c", "dpd.probe", {}});
  pair.recorder.begin_timer(ms(3), 0);
  const sim::Trace& trace = pair.recorder.trace();
  REQUIRE(trace.steps.size() == 1);
  CHECK(trace.steps[0].time == ms(2));
  CHECK(trace.steps[0].kind == StepKind::timer);
}

TEST_CASE("each sending of a message has a row, and what the receiver says of it is in that row") {
  Pair pair;
  Recorder& recorder = pair.recorder;
  recorder.begin_timer(ms(0), 0);
  recorder.observe(0, sent(1, main_mode, 0));
  pair.send(ms(0), 0, 1);
  recorder.begin_timer(ms(5), 0);
  recorder.observe(0, sent(1, main_mode, 0, 1, 1));
  const Index again = pair.send(ms(5), 0, 1);
  recorder.begin_receive(ms(6), 1, again);
  recorder.observe(1, received(1, main_mode, 1));
  MessageRefused refusal;
  refusal.message = 1;
  refusal.reason = engine::Reason::no_proposal_chosen;
  recorder.observe(1, refusal);
  const sim::Trace& trace = recorder.trace();
  REQUIRE(trace.messages.size() == 2);
  CHECK(trace.messages[0].repeats == no_index);
  CHECK_FALSE(trace.messages[0].received);
  CHECK(trace.messages[1].repeats == 0);
  CHECK(trace.messages[1].received);
  REQUIRE(trace.messages[1].refused);
  CHECK(trace.packets[again].message == 1);
  CHECK(trace.steps.back().reason == engine::Reason::no_proposal_chosen);
}

TEST_CASE("the phases of a tunnel follow both ends") {
  Pair pair;
  Recorder& recorder = pair.recorder;
  int now = 0;
  const auto observe = [&](Index node, const Observation& observation) {
    recorder.begin_timer(ms(++now), node);
    recorder.observe(node, observation);
  };
  observe(0, ike_sa("negotiating"));
  observe(1, ike_sa("negotiating"));
  observe(1, ike_sa("established"));
  observe(0, ike_sa("established"));
  observe(0, sent(1, quick_mode, 7));
  recorder.observe(0, state("quick-mode-initiator", "awaiting-quick-mode-2", 1, 7, 2));
  pair.send(ms(++now), 0, 1);
  observe(0, ipsec_sa("installed"));
  observe(1, ipsec_sa("installed"));
  // A rekey of phase 1 does not take the tunnel down.
  observe(0, ike_sa("negotiating"));
  observe(0, ike_sa("deleted"));
  observe(1, ike_sa("deleted"));
  observe(1, ipsec_sa("deleted", engine::Reason::peer_dead));
  const sim::Trace& trace = recorder.trace();
  std::vector<TunnelPhase> phases;
  for (const sim::Step& step : trace.steps) {
    for (const sim::TunnelState& tunnel : notes<sim::TunnelState>(step)) phases.push_back(tunnel.phase);
  }
  using P = TunnelPhase;
  CHECK(phases == std::vector<P>{P::phase1, P::isakmp_sa, P::phase2, P::up, P::down});
  CHECK(notes<sim::TunnelState>(trace.steps.back()).at(0).reason == engine::Reason::peer_dead);
}

TEST_CASE("an exchange is one bracket for both ends") {
  Pair pair;
  Recorder& recorder = pair.recorder;
  recorder.begin_timer(ms(0), 0);
  recorder.observe(0, state("quick-mode-initiator", "awaiting-quick-mode-2", 5, 0xabcd, 1));
  recorder.observe(0, sent(1, quick_mode, 0xabcd, 5));
  const Index first = pair.send(ms(0), 0, 1);
  recorder.begin_receive(ms(1), 1, first);
  recorder.observe(1, received(1, quick_mode, 9));  // Its own number for the ISAKMP SA.
  recorder.observe(1, state("quick-mode-responder", "awaiting-quick-mode-3", 9, 0xabcd, 1));
  recorder.begin_timer(ms(2), 0);
  recorder.observe(0, state("quick-mode-initiator", "established", 5, 0xabcd, 1));
  recorder.begin_timer(ms(3), 1);
  recorder.observe(1, state("quick-mode-responder", "established", 9, 0xabcd, 1));
  const sim::Trace& trace = recorder.trace();
  REQUIRE(trace.exchanges.size() == 1);
  const sim::TraceExchange& exchange = trace.exchanges[0];
  CHECK(exchange.initiator == 0);
  CHECK(exchange.machine == "quick-mode-initiator");
  CHECK(exchange.phase == 2);
  CHECK(exchange.message_id == 0xabcd);
  CHECK(trace.steps[exchange.first_step].time == ms(0));
  CHECK(trace.steps[exchange.last_step].time == ms(3));
}

TEST_CASE("a failed exchange keeps its first reason and ends when the initiator gives up") {
  Pair pair;
  Recorder& recorder = pair.recorder;
  const auto fail = [](const char* machine, engine::Reason reason) {
    StateChanged change = state(machine, "failed", 1, 0, 1);
    change.reason = reason;
    return change;
  };
  recorder.begin_timer(ms(0), 0);
  recorder.observe(0, sent(1, main_mode, 0));
  const Index first = pair.send(ms(0), 0, 1);
  recorder.begin_receive(ms(1), 1, first);
  recorder.observe(1, received(1, main_mode, 0));
  recorder.observe(1, fail("main-mode-responder", engine::Reason::no_proposal_chosen));
  recorder.begin_timer(ms(9), 0);
  recorder.observe(0, fail("main-mode-initiator", engine::Reason::peer_not_responding));
  recorder.begin_timer(ms(30), 1);
  recorder.observe(1, fail("main-mode-responder", engine::Reason::peer_not_responding));
  const sim::Trace& trace = recorder.trace();
  REQUIRE(trace.exchanges.size() >= 1);
  CHECK(trace.exchanges[0].reason == engine::Reason::no_proposal_chosen);
  CHECK(trace.steps[trace.exchanges[0].last_step].time == ms(9));
}

TEST_CASE("question and answer of DPD are one exchange, although their message IDs differ") {
  Pair pair;
  Recorder& recorder = pair.recorder;
  recorder.begin_timer(ms(0), 0);
  recorder.observe(0, sent(1, informational, 0x11));
  const Index question = pair.send(ms(0), 0, 1);
  recorder.begin_receive(ms(1), 1, question);
  recorder.observe(1, received(1, informational, 1));
  recorder.observe(1, sent(2, informational, 0x22));
  const Index answer = pair.send(ms(1), 1, 2);
  recorder.begin_receive(ms(2), 0, answer);
  recorder.observe(0, received(2, informational, 1));
  // The next probe is a new one.
  recorder.begin_timer(ms(10), 0);
  recorder.observe(0, sent(3, informational, 0x33));
  pair.send(ms(10), 0, 3);
  const sim::Trace& trace = recorder.trace();
  REQUIRE(trace.exchanges.size() == 2);
  CHECK(trace.steps[trace.exchanges[0].last_step].time == ms(2));
  CHECK(trace.steps[trace.exchanges[1].first_step].time == ms(10));
}

TEST_CASE("a probe that nobody answers is an exchange with a reason, and states without a message open none") {
  Pair pair;
  Recorder& recorder = pair.recorder;
  recorder.begin_timer(ms(0), 0);
  recorder.observe(0, sent(1, informational, 0x11));
  StateChanged asked = state("informational", "awaiting-dpd-ack", 1, 0, 7);
  asked.message = 1;
  recorder.observe(0, asked);
  pair.send(ms(0), 0, 1);
  recorder.begin_timer(ms(10), 0);
  StateChanged unanswered = state("informational", "unanswered", 1, 0, 7);
  unanswered.reason = engine::Reason::peer_not_responding;
  recorder.observe(0, unanswered);
  recorder.begin_timer(ms(20), 0);
  recorder.observe(0, state("informational", "done", 1, 0, 8));
  const sim::Trace& trace = recorder.trace();
  REQUIRE(trace.exchanges.size() == 1);
  CHECK(trace.exchanges[0].reason == engine::Reason::peer_not_responding);
  CHECK(trace.steps[trace.exchanges[0].last_step].time == ms(10));
}

TEST_CASE("both ends tell of an SA, the trace has it once for each direction") {
  Pair pair;
  engine::esp::SaParameters there;
  there.spi = 0x1000;
  there.outer_destination = {2};
  there.cipher_key = engine::SecretBytes(engine::Bytes(16, 7));
  engine::esp::SaParameters back = there;
  back.spi = 0x2000;
  back.outer_destination = {1};
  pair.recorder.installed(ms(1), 0, "c", back, there);
  pair.recorder.installed(ms(2), 1, "c", there, back);
  const sim::Trace& trace = pair.recorder.trace();
  REQUIRE(trace.esp_sas.size() == 2);
  for (const sim::TraceEspSa& sa : trace.esp_sas) {
    CHECK(sa.sender == (sa.spi == 0x1000 ? 0 : 1));
    CHECK(sa.receiver == 1 - sa.sender);
    CHECK(sa.installed == ms(1));
    CHECK(sa.cipher_key == engine::Bytes(16, 7));
  }
}

TEST_CASE("a message that finds no way out of its node is a row of the trace nevertheless") {
  Pair pair;
  Recorder& recorder = pair.recorder;
  recorder.begin_timer(ms(0), 0);
  recorder.observe(0, sent(1, main_mode, 0));
  const Index made = pair.packet(0);
  recorder.bind_message(made, 0, 1);
  recorder.dropped(ms(0), 0, made, engine::Reason::no_route, "no route to 192.0.2.1");
  const sim::Trace& trace = recorder.trace();
  REQUIRE(trace.messages.size() == 1);
  CHECK(trace.messages[0].packet == made);
  CHECK(trace.steps.back().kind == StepKind::drop);
  CHECK(notes<sim::MessageNote>(trace.steps.back()).size() == 1);
}
