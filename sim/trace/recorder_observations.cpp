// How the recorder files what a node's daemon observes.

#include "sim/trace/recorder.h"

namespace sim {

void Recorder::attach(Index step, const Entry& entry) {
  if (const auto* observation = std::get_if<engine::ike::Observation>(&entry)) {
    attach(step, *observation);
  } else {
    trace_.steps[step].notes.push_back(std::get<Note>(entry));
  }
}

void Recorder::attach(Index step, const engine::ike::Observation& observation) {
  std::visit([&](const auto& content) { apply(step, content); }, observation);
}

void Recorder::set_tunnel(Index step, std::string_view connection) {
  const Index tunnel = tunnels_.find(trace_.steps[step].node, connection);
  if (tunnel != no_index) trace_.steps[step].tunnel = tunnel;
}

Index Recorder::message_in(Index packet) const {
  return packet == no_index ? no_index : trace_.packets[whole_of(packet)].message;
}

void Recorder::apply(Index step, const engine::ike::MessageSent& observation) {
  const Index node = trace_.steps[step].node;
  const Index packet = whole_of(trace_.steps[step].packet);
  const auto row = static_cast<Index>(trace_.messages.size());
  TraceMessage message;
  message.packet = packet;
  message.tunnel = tunnels_.find(node, observation.connection);
  message.sender = node;
  message.sent = observation;
  const auto [first, is_new] = messages_.try_emplace({node, observation.message}, row);
  if (!is_new) message.repeats = first->second;
  trace_.messages.push_back(std::move(message));
  trace_.packets[packet].message = row;
  trace_.steps[step].notes.emplace_back(MessageNote{MessageNote::What::sent, row});
  set_tunnel(step, observation.connection);
  tunnels_.note(node, observation, message_id_of(observation));
  exchanges_.message_sent(node, row, event_.node == node ? message_in(event_.packet) : no_index, step);
}

void Recorder::apply(Index step, const engine::ike::MessageReceived& observation) {
  const Index row = message_in(trace_.steps[step].packet);
  if (row == no_index) return;
  const Index node = trace_.steps[step].node;
  messages_.insert_or_assign({node, observation.message}, row);
  if (!trace_.messages[row].received) trace_.messages[row].received = observation;
  trace_.steps[step].notes.emplace_back(MessageNote{MessageNote::What::received, row});
  set_tunnel(step, observation.connection);
  exchanges_.message_received(node, row, observation.ike_sa, step);
}

void Recorder::apply(Index step, const engine::ike::MessageRefused& observation) {
  trace_.steps[step].reason = observation.reason;
  const auto known = messages_.find({trace_.steps[step].node, observation.message});
  if (known == messages_.end()) return;
  const Index row = known->second;
  if (!trace_.messages[row].refused) trace_.messages[row].refused = observation;
  trace_.steps[step].notes.emplace_back(MessageNote{MessageNote::What::refused, row});
}

void Recorder::apply(Index step, const engine::ike::ValueDerived& observation) {
  trace_.values.push_back({trace_.steps[step].node, step, observation});
  trace_.steps[step].notes.emplace_back(ValueNote{static_cast<Index>(trace_.values.size() - 1)});
  set_tunnel(step, observation.connection);
}

void Recorder::apply(Index step, const engine::ike::ProposalsCompared& observation) {
  trace_.negotiations.push_back({trace_.steps[step].node, step, observation});
  trace_.steps[step].notes.emplace_back(NegotiationNote{static_cast<Index>(trace_.negotiations.size() - 1)});
  set_tunnel(step, observation.connection);
}

void Recorder::apply(Index step, const engine::ike::AuthenticationChecked& observation) {
  trace_.steps[step].notes.emplace_back(observation);
  set_tunnel(step, observation.connection);
}

void Recorder::apply(Index step, const engine::ike::StateChanged& observation) {
  set_tunnel(step, observation.connection);
  trace_.steps[step].notes.emplace_back(observation);
  const Step& place = trace_.steps[step];
  const Index tunnel = tunnels_.find(place.node, observation.connection);
  exchanges_.state_changed(place.node, tunnel, observation, message_in(place.packet), step);
  tunnels_.note(place.node, observation);
}

void Recorder::apply(Index step, const engine::ike::IkeSaState& observation) {
  set_tunnel(step, observation.connection);
  trace_.steps[step].notes.emplace_back(observation);
  tunnels_.note(trace_.steps[step].node, observation);
}

void Recorder::apply(Index step, const engine::ike::IpsecSaState& observation) {
  set_tunnel(step, observation.connection);
  trace_.steps[step].notes.emplace_back(observation);
  tunnels_.note(trace_.steps[step].node, observation);
}

void Recorder::apply(Index step, const engine::ike::Remark& observation) {
  trace_.steps[step].notes.emplace_back(observation);
  set_tunnel(step, observation.connection);
}

}  // namespace sim
