#include "sim/scenario/events.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace sim {
namespace {

using engine::ike::IpsecSaState;

Index row_of(const auto& rows, const std::string& id) {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; });
  return at == rows.end() ? no_index : static_cast<Index>(at - rows.begin());
}

/// The tunnel of a node's connection.
Index tunnel_of(const Trace& trace, Index node, const std::string& connection) {
  for (Index row = 0; row < trace.tunnels.size(); ++row) {
    const TraceTunnel& tunnel = trace.tunnels[row];
    if (tunnel.initiator == node && tunnel.initiator_connection == connection) return row;
    if (tunnel.responder == node && tunnel.responder_connection == connection) return row;
  }
  return no_index;
}

/// Holds each step against a selector whose names are resolved to rows.
class Matcher {
 public:
  Matcher(const Trace& trace, const Scenario& scenario, const EventSelector& selector)
      : trace_(trace),
        selector_(selector),
        tunnel_(row_of(trace.tunnels, selector.tunnel)),
        node_(row_of(trace.nodes, selector.node)) {
    if (const ScenarioAction* action = find_action(scenario, selector.action)) {
      action_step_ = step_of_action(trace, *action);
    }
  }

  std::vector<Index> run() {
    if (selector_.kind == EventKind::exchange_ended || selector_.kind == EventKind::exchange_failed) {
      match_exchanges();
    } else {
      for (Index step = 0; step < trace_.steps.size(); ++step) match_step(step);
    }
    return std::move(found_);
  }

 private:
  bool fits_tunnel(Index tunnel) const { return selector_.tunnel.empty() || tunnel == tunnel_; }
  bool fits_node(Index node) const { return selector_.node.empty() || node == node_; }
  bool fits_reason(Reason reason) const { return !selector_.reason || reason == *selector_.reason; }

  void add(Index step) {
    if (trace_.steps[step].time >= selector_.after) found_.push_back(step);
  }

  void match_exchanges() {
    std::vector<Index> steps;
    for (const TraceExchange& exchange : trace_.exchanges) {
      const bool failed = exchange.reason != Reason::none;
      if (exchange.last_step >= trace_.steps.size()) continue;
      if (failed != (selector_.kind == EventKind::exchange_failed)) continue;
      if (!fits_tunnel(exchange.tunnel) || !fits_reason(exchange.reason)) continue;
      if (!fits_node(exchange.initiator)) continue;
      if (!exchange.machine.starts_with(selector_.exchange)) continue;
      steps.push_back(exchange.last_step);
    }
    std::sort(steps.begin(), steps.end());
    for (const Index step : steps) add(step);
  }

  void match_step(Index row) {
    const Step& step = trace_.steps[row];
    switch (selector_.kind) {
      case EventKind::start:
        if (row == 0) add(row);
        return;
      case EventKind::end:
        if (row + 1 == trace_.steps.size()) add(row);
        return;
      case EventKind::script:
        if (step.kind == StepKind::script && (selector_.action.empty() || row == action_step_)) add(row);
        return;
      case EventKind::packet_sent:
        return match_packet(row, StepKind::send);
      case EventKind::packet_forwarded:
        return match_packet(row, StepKind::forward);
      case EventKind::packet_received:
        return match_packet(row, StepKind::receive);
      case EventKind::packet_dropped:
        return match_packet(row, StepKind::drop);
      default:
        for (const Note& note : step.notes) {
          if (std::visit([&](const auto& content) { return fits(step, content); }, note)) add(row);
        }
    }
  }

  void match_packet(Index row, StepKind kind) {
    const Step& step = trace_.steps[row];
    if (step.kind != kind || step.packet >= trace_.packets.size() || !fits_node(step.node)) return;
    const TracePacket& packet = trace_.packets[step.packet];
    if (selector_.packet && packet.kind != *selector_.packet) return;
    if (packet.label.find(selector_.label) == std::string::npos) return;
    if (!fits_tunnel(step.tunnel) || (kind == StepKind::drop && !fits_reason(step.reason))) return;
    add(row);
  }

  /// Notes that no selector asks for.
  bool fits(const Step&, const auto&) const { return false; }

  bool fits(const Step& step, const MessageNote& note) const {
    constexpr std::array kinds{EventKind::message_sent, EventKind::message_received, EventKind::message_refused};
    if (selector_.kind != kinds[static_cast<std::size_t>(note.what)]) return false;
    const TraceMessage& message = trace_.messages[note.message];
    if (!selector_.message.empty() && message.sent.name.id != selector_.message) return false;
    if (!fits_tunnel(message.tunnel) || !fits_node(step.node)) return false;
    return note.what != MessageNote::What::refused ||
           fits_reason(message.refused ? message.refused->reason : Reason::none);
  }

  bool fits(const Step&, const NegotiationNote& note) const {
    if (selector_.kind != EventKind::proposals_compared) return false;
    const TraceNegotiation& negotiation = trace_.negotiations[note.negotiation];
    const Index tunnel = tunnel_of(trace_, negotiation.node, negotiation.compared.connection);
    return fits_tunnel(tunnel) && fits_node(negotiation.node) && fits_reason(negotiation.compared.reason);
  }

  bool fits(const Step&, const ValueNote& note) const {
    if (selector_.kind != EventKind::value_derived) return false;
    const TraceValue& value = trace_.values[note.value];
    if (!selector_.value.empty() && value.derived.name != selector_.value) return false;
    return fits_node(value.node) && fits_tunnel(tunnel_of(trace_, value.node, value.derived.connection));
  }

  bool fits(const Step& step, const IpsecSaState& sa) const {
    const bool installed = selector_.kind == EventKind::sa_installed && sa.state == "installed";
    const bool removed = selector_.kind == EventKind::sa_removed && sa.state == "deleted";
    return (installed || (removed && fits_reason(sa.reason))) && fits_node(step.node) &&
           fits_tunnel(tunnel_of(trace_, step.node, sa.connection));
  }

  bool fits(const Step&, const TunnelState& state) const {
    const bool up = selector_.kind == EventKind::tunnel_up && state.phase == TunnelPhase::up;
    const bool down =
        selector_.kind == EventKind::tunnel_down && state.phase == TunnelPhase::down && fits_reason(state.reason);
    return (up || down) && fits_tunnel(state.tunnel);
  }

  const Trace& trace_;
  const EventSelector& selector_;
  Index tunnel_;
  Index node_;
  Index action_step_ = no_index;
  std::vector<Index> found_;
};

std::string ordinal(std::uint32_t n) {
  if (n == 1) return "";
  const bool teen = n % 100 >= 11 && n % 100 <= 13;
  const char* const suffix = teen || n % 10 == 0 || n % 10 > 3 ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : "rd";
  return fmt::format("the {}{} time: ", n, suffix);
}

std::string what(const EventSelector& selector) {
  const std::string message = selector.message.empty() ? "a message" : selector.message;
  const std::string exchange = selector.exchange.empty() ? "an exchange" : selector.exchange;
  constexpr std::array<std::string_view, 7> packets{"an IKE packet", "an ESP packet", "an ICMP packet", "a UDP packet",
                                                    "a TCP packet",  "a fragment",    "another packet"};
  const std::string packet = !selector.label.empty() ? selector.label
                             : selector.packet       ? std::string(packets[static_cast<std::size_t>(*selector.packet)])
                                                     : "a packet";
  switch (selector.kind) {
    case EventKind::start:
      return "the run starts";
    case EventKind::end:
      return "the run ends";
    case EventKind::message_sent:
      return message + " is sent";
    case EventKind::message_received:
      return message + " is received";
    case EventKind::message_refused:
      return message + " is refused";
    case EventKind::proposals_compared:
      return "proposals are compared";
    case EventKind::value_derived:
      return (selector.value.empty() ? "a value" : selector.value) + " is derived";
    case EventKind::exchange_ended:
      return exchange + " ends well";
    case EventKind::exchange_failed:
      return exchange + " fails";
    case EventKind::sa_installed:
      return "IPsec SAs are installed";
    case EventKind::sa_removed:
      return "IPsec SAs are removed";
    case EventKind::tunnel_up:
      return "the tunnel comes up";
    case EventKind::tunnel_down:
      return "the tunnel goes down";
    case EventKind::packet_sent:
      return packet + " is sent";
    case EventKind::packet_forwarded:
      return packet + " is forwarded";
    case EventKind::packet_received:
      return packet + " is received";
    case EventKind::packet_dropped:
      return packet + " is dropped";
    case EventKind::script:
      return "script line " + selector.action + " is carried out";
  }
  return "";
}

}  // namespace

std::vector<Index> find_events(const Trace& trace, const Scenario& scenario, const EventSelector& selector) {
  return Matcher(trace, scenario, selector).run();
}

Index find_event(const Trace& trace, const Scenario& scenario, const EventSelector& selector) {
  const std::vector<Index> steps = find_events(trace, scenario, selector);
  return selector.nth <= steps.size() ? steps[selector.nth - 1] : no_index;
}

std::string to_string(const EventSelector& selector) {
  std::string text = ordinal(selector.nth) + what(selector);
  if (!selector.tunnel.empty()) text += " on " + selector.tunnel;
  if (!selector.node.empty()) text += " at " + selector.node;
  if (selector.reason) text += fmt::format(" ({})", engine::info(*selector.reason).id);
  if (selector.after > Time{}) text += " after " + engine::format_short(selector.after.time_since_epoch());
  return text;
}

const ScenarioAction* find_action(const Scenario& scenario, const std::string& id) {
  if (id.empty()) return nullptr;
  for (const ScenarioAction& action : scenario.script) {
    if (action.id == id) return &action;
  }
  return nullptr;
}

Index step_of_action(const Trace& trace, const ScenarioAction& action) {
  const std::string text = to_string(action);
  for (Index row = 0; row < trace.steps.size(); ++row) {
    const Step& step = trace.steps[row];
    if (step.kind != StepKind::script || step.time != action.at) continue;
    for (const Note& note : step.notes) {
      const auto* script = std::get_if<ScriptNote>(&note);
      if (script != nullptr && script->action == text) return row;
    }
  }
  return no_index;
}

std::string to_string(const ScenarioAction& action) {
  const std::string to = engine::to_string(action.to);
  switch (action.kind) {
    case ActionKind::ping:
      return fmt::format("ping {} {} x{}, {} octets{}", action.node, to, action.count, action.size,
                         action.dont_fragment ? ", DF" : "");
    case ActionKind::udp:
      return fmt::format("udp {} {}:{} x{}, {} octets{}", action.node, to, action.port, action.count, action.size,
                         action.dont_fragment ? ", DF" : "");
    case ActionKind::tcp_syn:
      return fmt::format("tcp-syn {} {}:{}", action.node, to, action.port);
    case ActionKind::link_down:
      return "link-down " + action.link;
    case ActionKind::link_up:
      return "link-up " + action.link;
    case ActionKind::initiate:
      return fmt::format("initiate {} {}", action.node, action.tunnel);
    case ActionKind::terminate:
      return fmt::format("terminate {} {}", action.node, action.tunnel);
    case ActionKind::rekey_phase1:
      return fmt::format("rekey-phase1 {} {}", action.node, action.tunnel);
    case ActionKind::rekey_phase2:
      return fmt::format("rekey-phase2 {} {}", action.node, action.tunnel);
    case ActionKind::shutdown:
      return "shutdown " + action.node;
    case ActionKind::power_off:
      return "power-off " + action.node;
  }
  return "";
}

}  // namespace sim
