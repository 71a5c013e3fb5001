#include "sim/scenario/expectations.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "engine/wire/ipv4.h"
#include "engine/wire/tcp.h"
#include "sim/scenario/events.h"

namespace sim {
namespace {

using engine::Bytes;

/// What was found: whether it is as expected, what was seen, and the step that shows it.
struct Finding {
  bool met = false;
  std::string detail;
  Index step = no_index;
};

std::string at(Time time) { return engine::format_short(time.time_since_epoch()); }

Index tunnel_row(const Trace& trace, const std::string& id) {
  const auto found = std::find_if(trace.tunnels.begin(), trace.tunnels.end(),
                                  [&](const TraceTunnel& tunnel) { return tunnel.id == id; });
  return found == trace.tunnels.end() ? no_index : static_cast<Index>(found - trace.tunnels.begin());
}

Finding decide_event(const Trace& trace, const Scenario& scenario, const ScenarioExpectation& expectation) {
  std::vector<Index> steps = find_events(trace, scenario, expectation.on);
  if (expectation.by) {
    std::erase_if(steps, [&](Index step) { return trace.steps[step].time > *expectation.by; });
  }
  // "nth" of the selector: so often at least.
  const std::size_t least = std::max(expectation.at_least, expectation.at_most ? 0 : expectation.on.nth);
  const bool met = steps.size() >= least && (!expectation.at_most || steps.size() <= *expectation.at_most);
  const std::string seen = steps.empty()       ? "it did not happen"
                           : steps.size() == 1 ? "it happened once"
                                               : fmt::format("it happened {} times", steps.size());
  return {met, seen, steps.empty() ? no_index : steps.front()};
}

/// A tunnel's states over time: calls `see(step, state)` for each until it returns false.
template <class See>
void each_tunnel_state(const Trace& trace, Index tunnel, See&& see) {
  for (Index row = 0; row < trace.steps.size(); ++row) {
    for (const Note& note : trace.steps[row].notes) {
      const auto* state = std::get_if<TunnelState>(&note);
      if (state != nullptr && state->tunnel == tunnel && !see(row, *state)) return;
    }
  }
}

Finding decide_tunnel_up(const Trace& trace, const ScenarioExpectation& expectation) {
  Finding finding{false, "it never came up", no_index};
  each_tunnel_state(trace, tunnel_row(trace, expectation.tunnel), [&](Index step, const TunnelState& state) {
    if (state.phase != TunnelPhase::up) return true;
    const Time time = trace.steps[step].time;
    finding = {!expectation.by || time <= *expectation.by, "it came up at " + at(time), step};
    return false;
  });
  return finding;
}

Finding decide_tunnel_down(const Trace& trace, const ScenarioExpectation& expectation) {
  TunnelState last;
  Index last_step = no_index;
  each_tunnel_state(trace, tunnel_row(trace, expectation.tunnel), [&](Index step, const TunnelState& state) {
    if (expectation.by && trace.steps[step].time > *expectation.by) return false;
    last = state;
    last_step = step;
    return true;
  });
  if (last.phase == TunnelPhase::up) return {false, "it is up", last_step};
  const bool met = !expectation.reason || last.reason == *expectation.reason;
  return {met, fmt::format("it is not up ({})", engine::info(last.reason).id), last_step};
}

/// What tells the messages of one exchange: ISAKMP initiator cookie and message ID (RFC 2408 3.1).
std::optional<Bytes> exchange_key(const TraceMessage& message) {
  const Bytes& wire = message.sent.wire;
  if (wire.size() < engine::wire::isakmp_header_size) return std::nullopt;
  Bytes key(wire.begin(), wire.begin() + 8);
  key.insert(key.end(), wire.begin() + 20, wire.begin() + 24);
  return key;
}

Finding decide_messages(const Trace& trace, const ScenarioExpectation& expectation) {
  const Index tunnel = tunnel_row(trace, expectation.tunnel);
  std::vector<Bytes> exchanges;
  std::vector<std::string> names;
  Index first_step = no_index;
  for (const TraceMessage& message : trace.messages) {
    if (message.tunnel != tunnel || message.repeats != no_index) continue;
    if (!message.sent.name.id.starts_with(expectation.exchange)) continue;
    const std::optional<Bytes> key = exchange_key(message);
    if (!key) continue;
    auto known = std::find(exchanges.begin(), exchanges.end(), *key);
    if (known == exchanges.end()) known = exchanges.insert(exchanges.end(), *key);
    if (static_cast<std::size_t>(known - exchanges.begin()) + 1 != expectation.nth) continue;
    names.push_back(message.sent.name.id);
  }
  for (Index row = 0; row < trace.exchanges.size() && first_step == no_index; ++row) {
    if (trace.exchanges[row].tunnel == tunnel && trace.exchanges[row].machine.starts_with(expectation.exchange)) {
      first_step = trace.exchanges[row].first_step;
    }
  }
  return {names == expectation.sequence,
          names.empty() ? "there was no such exchange" : fmt::format("seen: {}", fmt::join(names, ", ")), first_step};
}

/// Whether this packet is one of those that the script line makes.
bool is_made_by(const Trace& trace, const TracePacket& packet, const ScenarioAction& action) {
  if (packet.origin >= trace.nodes.size() || trace.nodes[packet.origin].id != action.node) return false;
  if (packet.created < action.at || packet.answers != no_index) return false;
  const Duration since = packet.created - action.at;
  const Duration interval = std::max(action.interval, Duration(1));
  if (since % interval != Duration(0) || since / interval >= action.count) return false;
  if (packet.hops.empty()) return true;
  const auto read = engine::wire::read_ipv4(packet.hops[0].bytes);
  return read && read->header.destination == action.to;
}

Finding decide_ping(const Trace& trace, const Scenario& scenario, const ScenarioExpectation& expectation) {
  const ScenarioAction* action = find_action(scenario, expectation.action);
  if (action == nullptr) return {};
  std::uint32_t answered = 0;
  for (const TracePacket& reply : trace.packets) {
    if (reply.kind != PacketKind::icmp || reply.answers >= trace.packets.size()) continue;
    if (reply.label != "ICMP echo reply" || reply.dropped != Reason::none) continue;
    const TracePacket& request = trace.packets[reply.answers];
    if (reply.ended_at != request.origin || request.kind != PacketKind::icmp) continue;
    if (is_made_by(trace, request, *action)) ++answered;
  }
  return {answered == expectation.value, fmt::format("{} of {} were answered", answered, action->count),
          step_of_action(trace, *action)};
}

/// The pair of IPsec SAs (phase 2) or the ISAKMP SA (phase 1) that came to be in a note, by its connection.
const std::string* new_sa_of(const Note& note, std::uint32_t phase) {
  if (phase == 2) {
    const auto* pair = std::get_if<engine::ike::IpsecSaState>(&note);
    return pair != nullptr && pair->state == "installed" ? &pair->connection : nullptr;
  }
  const auto* ike = std::get_if<engine::ike::IkeSaState>(&note);
  return ike != nullptr && ike->state == "established" ? &ike->connection : nullptr;
}

Finding decide_rekey(const Trace& trace, const ScenarioExpectation& expectation) {
  const Index row = tunnel_row(trace, expectation.tunnel);
  if (row == no_index) return {};
  const TraceTunnel& tunnel = trace.tunnels[row];
  bool up = false;
  Finding finding{false, "there was no rekey", no_index};
  for (Index step_row = 0; step_row < trace.steps.size() && !finding.met; ++step_row) {
    const Step& step = trace.steps[step_row];
    const bool was_up = up;
    for (const Note& note : step.notes) {
      const auto* state = std::get_if<TunnelState>(&note);
      if (state != nullptr && state->tunnel == row) up = state->phase == TunnelPhase::up;
      const std::string* connection = new_sa_of(note, expectation.phase);
      if (connection == nullptr || step.node != tunnel.initiator || *connection != tunnel.initiator_connection)
        continue;
      if (!was_up) continue;
      const bool in_time = step.time >= expectation.after && (!expectation.by || step.time <= *expectation.by);
      finding = {in_time, "there was a rekey at " + at(step.time), step_row};
    }
  }
  return finding;
}

std::optional<std::uint16_t> mss_of(const Bytes& packet) {
  const auto ip = engine::wire::read_ipv4(packet);
  if (!ip || ip->header.protocol != engine::wire::ip_protocol::tcp) return std::nullopt;
  const auto segment = engine::wire::read_tcp(ip->payload, ip->header.source, ip->header.destination);
  if (!segment || !segment->header.has(engine::wire::tcp_flag::syn)) return std::nullopt;
  const engine::wire::TcpOption* option = segment->header.find(engine::wire::tcp_option::maximum_segment_size);
  if (option == nullptr || option->data.size() != 2) return std::nullopt;
  return engine::read_u16(option->data, 0);
}

Finding decide_tcp_mss(const Trace& trace, const Scenario& scenario, const ScenarioExpectation& expectation) {
  const ScenarioAction* action = find_action(scenario, expectation.action);
  if (action == nullptr) return {};
  const Index step = step_of_action(trace, *action);
  for (const TracePacket& packet : trace.packets) {
    if (packet.kind != PacketKind::tcp || !is_made_by(trace, packet, *action) || packet.hops.empty()) continue;
    if (packet.dropped != Reason::none) return {false, "the SYN did not arrive", step};
    const std::optional<std::uint16_t> mss = mss_of(packet.hops.back().bytes);
    if (!mss) return {false, "the SYN arrived without an MSS", step};
    return {*mss == expectation.value, fmt::format("the SYN arrived with {}", *mss), step};
  }
  return {false, "no SYN was sent", step};
}

/// IKE, ESP, or a fragment of one.
bool is_protected(const Trace& trace, const TracePacket& packet) {
  const TracePacket& whole = packet.fragment_of < trace.packets.size() ? trace.packets[packet.fragment_of] : packet;
  return whole.kind == PacketKind::ike || whole.kind == PacketKind::esp;
}

Finding decide_no_plaintext(const Trace& trace) {
  for (Index row = 0; row < trace.steps.size(); ++row) {
    const Step& step = trace.steps[row];
    if (step.packet >= trace.packets.size()) continue;
    const TracePacket& packet = trace.packets[step.packet];
    if (step.hop >= packet.hops.size()) continue;
    const Index link = packet.hops[step.hop].link;
    if (!trace.links[link].is_public || is_protected(trace, packet)) continue;
    return {false, fmt::format("{} crossed {} in the clear at {}", packet.label, trace.links[link].id, at(step.time)),
            row};
  }
  return {true, "", no_index};
}

Finding find(const Trace& trace, const Scenario& scenario, const ScenarioExpectation& expectation) {
  switch (expectation.kind) {
    case ExpectationKind::event:
      return decide_event(trace, scenario, expectation);
    case ExpectationKind::tunnel_up:
      return decide_tunnel_up(trace, expectation);
    case ExpectationKind::tunnel_down:
      return decide_tunnel_down(trace, expectation);
    case ExpectationKind::messages:
      return decide_messages(trace, expectation);
    case ExpectationKind::ping:
      return decide_ping(trace, scenario, expectation);
    case ExpectationKind::rekey:
      return decide_rekey(trace, expectation);
    case ExpectationKind::tcp_mss:
      return decide_tcp_mss(trace, scenario, expectation);
    case ExpectationKind::no_plaintext:
      return decide_no_plaintext(trace);
  }
  return {};
}

std::string limits(const ScenarioExpectation& expectation) {
  if (expectation.at_most && *expectation.at_most == 0) return "never: ";
  if (expectation.at_most && expectation.at_least == *expectation.at_most) {
    return *expectation.at_most == 1 ? "exactly once: " : fmt::format("exactly {} times: ", *expectation.at_most);
  }
  if (expectation.at_most) return fmt::format("{} to {} times: ", expectation.at_least, *expectation.at_most);
  return expectation.at_least > 1 ? fmt::format("at least {} times: ", expectation.at_least) : "";
}

}  // namespace

ExpectationResult decide(const Trace& trace, const Scenario& scenario, const ScenarioExpectation& expectation) {
  Finding finding = find(trace, scenario, expectation);
  return {to_string(expectation), finding.met, std::move(finding.detail), finding.step, expectation.line};
}

std::string to_string(const ScenarioExpectation& expectation) {
  const std::string by = expectation.by ? " by " + at(*expectation.by) : "";
  switch (expectation.kind) {
    case ExpectationKind::event:
      return limits(expectation) + to_string(expectation.on) + by;
    case ExpectationKind::tunnel_up:
      return expectation.tunnel + " is up" + by;
    case ExpectationKind::tunnel_down:
      return expectation.tunnel + " is not up" + (expectation.by ? " at " + at(*expectation.by) : " at the end") +
             (expectation.reason ? fmt::format(" ({})", engine::info(*expectation.reason).id) : "");
    case ExpectationKind::messages:
      return fmt::format("{} {} on {} is {}", expectation.exchange, expectation.nth, expectation.tunnel,
                         fmt::join(expectation.sequence, ", "));
    case ExpectationKind::ping:
      return fmt::format("{} echo requests of {} are answered", expectation.value, expectation.action);
    case ExpectationKind::rekey:
      return fmt::format("phase {} of {} is rekeyed after {}", expectation.phase, expectation.tunnel,
                         at(expectation.after)) +
             by;
    case ExpectationKind::tcp_mss:
      return fmt::format("the SYN of {} arrives with MSS {}", expectation.action, expectation.value);
    case ExpectationKind::no_plaintext:
      return "nothing but IKE and ESP crosses the Internet";
  }
  return "";
}

}  // namespace sim
