#include "viz/model/ladder_arrows.h"

#include "viz/model/routine.h"

namespace viz {
namespace {

/// What an eavesdropper sees of an encrypted message: the header, and that something is encrypted.
std::span<const std::string> opaque_payloads() {
  static const std::vector<std::string> labels = {"HDR*"};
  return labels;
}

ArrowKind kind_of(sim::PacketKind kind) {
  switch (kind) {
    case sim::PacketKind::ike:
      return ArrowKind::ike;
    case sim::PacketKind::esp:
      return ArrowKind::esp;
    case sim::PacketKind::icmp:
      return ArrowKind::icmp;
    case sim::PacketKind::udp:
      return ArrowKind::udp;
    case sim::PacketKind::tcp:
      return ArrowKind::tcp;
    case sim::PacketKind::fragment:
      return ArrowKind::fragment;
    case sim::PacketKind::other:
      break;
  }
  return ArrowKind::other;
}

}  // namespace

Index ArrowMaker::step_of_departure(Index packet, Index hop) const {
  for (Index row : index_.steps_of_packet(packet)) {
    const sim::Step& step = trace_.steps[row];
    const bool leaves = step.kind == sim::StepKind::send || step.kind == sim::StepKind::forward;
    if (leaves && step.hop == hop) return row;
  }
  const std::span<const Index> steps = index_.steps_of_packet(packet);
  return steps.empty() ? no_index : steps.front();
}

Index ArrowMaker::step_of_arrival(Index packet, Index hop) const {
  Index last = no_index;
  for (Index row : index_.steps_of_packet(packet)) {
    const sim::Step& step = trace_.steps[row];
    const bool leaves = step.kind == sim::StepKind::send || step.kind == sim::StepKind::forward;
    const bool belongs = step.hop == no_index ? !leaves : step.hop <= hop;
    if (belongs || last == no_index) last = row;
    // A node that passes the packet on has received it: there is no step of its own for that.
    if (leaves && step.hop == hop + 1) return row;
  }
  return last;
}

void ArrowMaker::add(Index packet, std::vector<Arrow>& arrows) const {
  const std::vector<sim::TraceHop>& hops = trace_.packets[packet].hops;
  if (hops.empty()) return add_without_hops(packet, arrows);
  for (Index hop = 0; hop < hops.size(); ++hop) {
    if (!sees_hop(trace_, hops[hop], viewpoint_) || column_of(hops[hop].from) == no_index) continue;
    Arrow arrow = start(packet, hop);
    // On through nodes without a lifeline, up to the next that has one, or to where it was lost.
    while (column_of(hops[hop].to) == no_index && hop + 1 < hops.size() && hops[hop].lost == engine::Reason::none &&
           hops[hop + 1].from == hops[hop].to && sees_hop(trace_, hops[hop + 1], viewpoint_)) {
      ++hop;
    }
    finish(arrow, hop);
    arrows.push_back(arrow);
  }
}

Arrow ArrowMaker::start(Index packet, Index first_hop) const {
  const sim::TracePacket& traveller = trace_.packets[packet];
  const bool sees_all = viewpoint_ == Viewpoint::omniscient;
  Arrow arrow;
  arrow.kind = kind_of(traveller.kind);
  arrow.packet = packet;
  arrow.tunnel = tunnel_of_traffic(trace_, packet);
  arrow.esp = sees_all ? traveller.esp : no_index;
  arrow.carries = sees_all ? traveller.carries : no_index;
  arrow.encrypted = arrow.kind == ArrowKind::esp;
  arrow.name = arrow.kind == ArrowKind::esp ? std::string_view("esp") : std::string_view(traveller.label);
  arrow.message = traveller.message;
  arrow.first_hop = first_hop;
  arrow.first_step = step_of_departure(packet, first_hop);
  if (first_hop < traveller.hops.size()) {
    arrow.from = column_of(traveller.hops[first_hop].from);
    arrow.departed = traveller.hops[first_hop].departed;
  }
  describe_message(arrow);
  return arrow;
}

void ArrowMaker::finish(Arrow& arrow, Index last_hop) const {
  const sim::TracePacket& traveller = trace_.packets[arrow.packet];
  const sim::TraceHop& hop = traveller.hops[last_hop];
  arrow.last_hop = last_hop;
  arrow.last_step = step_of_arrival(arrow.packet, last_hop);
  arrow.arrived = hop.arrived;
  arrow.to = column_of(hop.to);
  if (arrow.to == no_index) {
    // It ended at a node without a lifeline: the arrow points where it wanted to go.
    const Index wanted = column_of(traveller.destination);
    arrow.to = wanted == no_index ? arrow.from : wanted;
    arrow.lost = true;
    arrow.reason = traveller.dropped;
  }
  if (hop.lost != engine::Reason::none) {
    arrow.lost = true;
    arrow.reason = hop.lost;
  }
  judge(arrow);
}

void ArrowMaker::judge(Arrow& arrow) const {
  const sim::TracePacket& traveller = trace_.packets[arrow.packet];
  if (viewpoint_ == Viewpoint::eavesdropper) {
    // Whether a packet arrives, and why it is refused, is not to be seen on the wire.
    arrow.lost = false;
    arrow.reason = engine::Reason::none;
    return;
  }
  if (arrow.lost) return;
  if (arrow.last_hop + 1 == traveller.hops.size() && traveller.dropped != engine::Reason::none) {
    arrow.refused = true;
    arrow.reason = traveller.dropped;
  }
  if (arrow.message >= trace_.messages.size()) return;
  const sim::TraceMessage& message = trace_.messages[arrow.message];
  arrow.duplicate = message.received && message.received->duplicate;
  if (message.refused) {
    arrow.refused = true;
    arrow.reason = message.refused->reason;
  }
}

void ArrowMaker::describe_message(Arrow& arrow) const {
  if (arrow.message >= trace_.messages.size()) return;
  const engine::ike::MessageSent& sent = trace_.messages[arrow.message].sent;
  arrow.encrypted = sent.encrypted;
  arrow.name = sent.name.id;
  arrow.payloads = sent.payloads;
  arrow.retransmission = sent.retransmission;
  if (viewpoint_ == Viewpoint::omniscient || !sent.encrypted) return;
  arrow.payloads = opaque_payloads();
  // The exchange type stands in the header and messages can be counted; what an informational message says cannot be
  // known.
  if (sent.name.exchange == engine::wire::ExchangeType::informational) arrow.name = "informational";
}

void ArrowMaker::add_without_hops(Index packet, std::vector<Arrow>& arrows) const {
  const sim::TracePacket& traveller = trace_.packets[packet];
  const Index column = column_of(traveller.origin);
  if (column == no_index || viewpoint_ == Viewpoint::eavesdropper || index_.steps_of_packet(packet).empty()) return;
  Arrow arrow = start(packet, no_index);
  arrow.from = column;
  arrow.to = column;
  arrow.last_step = arrow.first_step;
  arrow.departed = traveller.created;
  arrow.arrived = traveller.created;
  arrow.refused = traveller.dropped != engine::Reason::none;
  arrow.reason = traveller.dropped;
  if (arrow.refused) arrows.push_back(arrow);
}

}  // namespace viz
