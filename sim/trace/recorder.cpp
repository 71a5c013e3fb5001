#include "sim/trace/recorder.h"

#include <algorithm>

namespace sim {
namespace {

/// The connection that an observation or a note is about; empty where it is about none.
template <class Content>
std::string_view connection_of(const Content& content) {
  if constexpr (requires { content.connection; }) {
    return content.connection;
  } else {
    return {};
  }
}

template <class... Contents>
std::string_view connection_of(const std::variant<Contents...>& content) {
  return std::visit([](const auto& held) { return connection_of(held); }, content);
}

}  // namespace

Recorder::Recorder() = default;

Trace& Recorder::trace() {
  close();
  return trace_;
}

Trace Recorder::take() {
  close();
  Trace finished = std::move(trace_);
  finished.index();
  return finished;
}

void Recorder::begin_receive(Time now, Index node, Index packet) {
  open(now, StepKind::receive, node, packet);
  trace_.packets[packet].ended_at = node;
}

void Recorder::begin_timer(Time now, Index node) { open(now, StepKind::timer, node, no_index); }

void Recorder::begin_script(Time now, Index node, std::string action) {
  open(now, StepKind::script, node, no_index);
  note(ScriptNote{std::move(action)});
}

void Recorder::continue_event(Time now, Index node) {
  if (!is_open_ || event_.node != node) begin_timer(now, node);
}

void Recorder::open(Time now, StepKind kind, Index node, Index packet) {
  close();
  outgoing_.clear();
  is_open_ = true;
  event_.time = now;
  event_.kind = kind;
  event_.node = node;
  event_.packet = packet;
  event_.reason = Reason::none;
}

void Recorder::close() {
  if (!is_open_) return;
  is_open_ = false;
  hold_back_outgoing();
  if (event_.kind != StepKind::timer || !event_.entries.empty()) {
    const Index hops = event_.packet == no_index ? 0 : static_cast<Index>(trace_.packets[event_.packet].hops.size());
    Index step = add_step(event_.time, event_.kind, event_.node, event_.packet, hops == 0 ? no_index : hops - 1);
    trace_.steps[step].reason = event_.reason;
    for (const Entry& entry : event_.entries) {
      step = step_for(step, entry);
      attach(step, entry);
    }
    finish_step(step);
  }
  event_.entries.clear();
}

Index Recorder::step_for(Index step, const Entry& entry) {
  const Step& place = trace_.steps[step];
  if (place.packet != no_index || place.tunnel == no_index) return step;
  const Index tunnel = tunnels_.find(place.node, connection_of(entry));
  if (tunnel == no_index || tunnel == place.tunnel) return step;
  finish_step(step);
  return add_step(place.time, StepKind::timer, place.node, no_index, no_index);
}

void Recorder::hold_back_outgoing() {
  std::vector<engine::ike::MessageId> sent;
  for (const Entry& entry : event_.entries) {
    const auto* observation = std::get_if<engine::ike::Observation>(&entry);
    if (observation == nullptr) continue;
    if (const auto* message = std::get_if<engine::ike::MessageSent>(observation)) sent.push_back(message->message);
  }
  if (sent.empty()) return;

  const auto belongs_to = [&](const Entry& entry) -> engine::ike::MessageId {
    const auto* observation = std::get_if<engine::ike::Observation>(&entry);
    if (observation == nullptr) return 0;
    engine::ike::MessageId message = 0;
    if (const auto* sending = std::get_if<engine::ike::MessageSent>(observation)) message = sending->message;
    if (const auto* value = std::get_if<engine::ike::ValueDerived>(observation)) message = value->message;
    return std::find(sent.begin(), sent.end(), message) == sent.end() ? 0 : message;
  };
  std::vector<Entry> kept;
  for (Entry& entry : event_.entries) {
    const engine::ike::MessageId message = belongs_to(entry);
    if (message == 0) {
      kept.push_back(std::move(entry));
    } else {
      outgoing_.push_back({event_.node, message, std::move(std::get<engine::ike::Observation>(entry))});
    }
  }
  event_.entries = std::move(kept);
}

void Recorder::note(Note note) {
  if (is_open_) {
    event_.entries.emplace_back(std::move(note));
  } else if (!trace_.steps.empty()) {
    trace_.steps.back().notes.push_back(std::move(note));
  }
}

void Recorder::observe(Index node, const engine::ike::Observation& observation) {
  if (is_open_ && event_.node == node) event_.entries.emplace_back(observation);
}

Index Recorder::add_packet(TracePacket packet, engine::Ipv4Address destination) {
  const auto node = nodes_by_address_.find(destination);
  if (node != nodes_by_address_.end()) packet.destination = node->second;
  trace_.packets.push_back(std::move(packet));
  return static_cast<Index>(trace_.packets.size() - 1);
}

void Recorder::bind_message(Index packet, Index node, engine::ike::MessageId message) {
  bound_.emplace_back(packet, DaemonMessage{node, message});
}

void Recorder::bind_esp(EspSending sending) {
  const auto row = static_cast<Index>(trace_.esp.size());
  trace_.packets[sending.packet].esp = row;
  trace_.packets[sending.packet].carries = sending.inner;
  trace_.packets[sending.inner].carried_by.push_back(sending.packet);
  TraceEsp esp;
  esp.packet = sending.packet;
  esp.tunnel = tunnels_.find(sending.node, sending.connection);
  esp.spi = sending.spi;
  esp.sequence = sending.sequence;
  esp.iv_length = sending.iv_length;
  esp.icv_length = sending.icv_length;
  esp.plaintext = std::move(sending.plaintext);
  const auto sa = sender_sas_.find({sending.node, sending.spi});
  if (sa != sender_sas_.end()) esp.sender_sa = sa->second;
  trace_.esp.push_back(std::move(esp));
}

Index Recorder::transmitted(Time now, Index packet, TraceHop hop) {
  close();
  TracePacket& record = trace_.packets[packet];
  const auto number = static_cast<Index>(record.hops.size());
  const Index node = hop.from;
  const bool is_first = number == 0 && record.origin == node;
  record.hops.push_back(std::move(hop));
  NodeCounters& counters = counters_of(node);
  ++(is_first ? counters.packets_sent : counters.packets_forwarded);
  const Index step = add_step(now, is_first ? StepKind::send : StepKind::forward, node, packet, number);
  attach_outgoing(step);
  finish_step(step);
  return number;
}

void Recorder::lost(Time now, Index packet, Index hop, Reason reason, std::string detail) {
  close();
  TracePacket& record = trace_.packets[packet];
  record.hops[hop].lost = reason;
  record.dropped = reason;
  record.drop_detail = std::move(detail);
  const Index node = record.hops[hop].from;
  ++counters_of(node).packets_dropped;
  const Index step = add_step(now, StepKind::drop, node, packet, hop);
  trace_.steps[step].reason = reason;
  finish_step(step);
}

void Recorder::dropped(Time now, Index node, Index packet, Reason reason, std::string detail) {
  TracePacket& record = trace_.packets[packet];
  record.dropped = reason;
  record.drop_detail = std::move(detail);
  record.ended_at = node;
  ++counters_of(node).packets_dropped;
  const bool is_of_event = is_open_ && event_.node == node && event_.packet == packet;
  if (is_of_event) {
    event_.kind = StepKind::drop;
    event_.reason = reason;
    return;
  }
  close();
  const Index hops = static_cast<Index>(record.hops.size());
  const Index step = add_step(now, StepKind::drop, node, packet, hops == 0 ? no_index : hops - 1);
  trace_.steps[step].reason = reason;
  // A message that never got onto a link was sent all the same, as far as the daemon knows.
  attach_outgoing(step);
  finish_step(step);
}

void Recorder::installed(Time now, Index node, const std::string& connection, const engine::esp::SaParameters& inbound,
                         const engine::esp::SaParameters& outbound) {
  TraceEspSa sa;
  sa.tunnel = tunnels_.find(node, connection);
  sa.installed = now;
  Index peer = no_index;
  if (sa.tunnel != no_index) {
    const TraceTunnel& tunnel = trace_.tunnels[sa.tunnel];
    peer = tunnel.initiator == node ? tunnel.responder : tunnel.initiator;
  }
  sa.sender = peer;
  sa.receiver = node;
  add_esp_sa(sa, inbound);
  sa.sender = node;
  sa.receiver = peer;
  sender_sas_[{node, outbound.spi}] = add_esp_sa(std::move(sa), outbound);
}

Index Recorder::add_esp_sa(TraceEspSa sa, const engine::esp::SaParameters& parameters) {
  const auto is_same = [&](const TraceEspSa& other) {
    return other.spi == parameters.spi && other.destination == parameters.outer_destination &&
           std::equal(other.cipher_key.begin(), other.cipher_key.end(), parameters.cipher_key.view().begin(),
                      parameters.cipher_key.view().end());
  };
  // The other end has told of the same SA before, most likely just now.
  const auto known = std::find_if(trace_.esp_sas.rbegin(), trace_.esp_sas.rend(), is_same);
  if (known != trace_.esp_sas.rend()) return static_cast<Index>(trace_.esp_sas.rend() - known - 1);
  sa.spi = parameters.spi;
  sa.source = parameters.outer_source;
  sa.destination = parameters.outer_destination;
  sa.cipher = parameters.cipher;
  sa.integrity = parameters.integrity;
  sa.cipher_key.assign(parameters.cipher_key.view().begin(), parameters.cipher_key.view().end());
  sa.integrity_key.assign(parameters.integrity_key.view().begin(), parameters.integrity_key.view().end());
  trace_.esp_sas.push_back(std::move(sa));
  return static_cast<Index>(trace_.esp_sas.size() - 1);
}

Index Recorder::add_step(Time time, StepKind kind, Index node, Index packet, Index hop) {
  Step step;
  step.time = time;
  step.kind = kind;
  step.node = node;
  step.packet = packet;
  step.hop = hop;
  if (packet != no_index) {
    const TracePacket& whole = trace_.packets[whole_of(packet)];
    if (whole.message != no_index) step.tunnel = trace_.messages[whole.message].tunnel;
    if (whole.esp != no_index) step.tunnel = trace_.esp[whole.esp].tunnel;
  }
  trace_.steps.push_back(std::move(step));
  return static_cast<Index>(trace_.steps.size() - 1);
}

void Recorder::finish_step(Index step) {
  for (const TunnelState& state : tunnels_.take_changes()) trace_.steps[step].notes.emplace_back(state);
  const Index node = trace_.steps[step].node;
  if (node == no_index) return;
  trace_.steps[step].notes.emplace_back(counters_of(node));
}

void Recorder::attach_outgoing(Index step) {
  if (bound_.empty()) return;
  const Index whole = whole_of(trace_.steps[step].packet);
  const auto bound =
      std::find_if(bound_.begin(), bound_.end(), [&](const auto& entry) { return entry.first == whole; });
  if (bound == bound_.end()) return;
  const DaemonMessage message = bound->second;
  bound_.erase(bound);
  for (Outgoing& outgoing : outgoing_) {
    if (DaemonMessage{outgoing.node, outgoing.message} != message) continue;
    attach(step, outgoing.observation);
    outgoing.message = 0;
  }
}

Index Recorder::whole_of(Index packet) const {
  while (trace_.packets[packet].fragment_of != no_index) packet = trace_.packets[packet].fragment_of;
  return packet;
}

NodeCounters& Recorder::counters_of(Index node) {
  if (node >= counters_.size()) counters_.resize(node + std::size_t{1});
  return counters_[node];
}

}  // namespace sim
