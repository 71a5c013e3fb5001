#include "viz/model/routine.h"

#include <string_view>

namespace viz {
namespace {

using sim::Index;
using sim::no_index;

constexpr std::string_view dpd_prefix = "informational-dpd-";

/// Traffic inside traffic, and answers to answers: a trace from a file may go round in circles.
constexpr int max_depth = 4;

const sim::TraceMessage* message_of(const sim::Trace& trace, const sim::TracePacket& packet) {
  return packet.message < trace.messages.size() ? &trace.messages[packet.message] : nullptr;
}

bool went_well(const sim::Trace& trace, const sim::TracePacket& packet) {
  if (packet.dropped != engine::Reason::none) return false;
  for (const sim::TraceHop& hop : packet.hops) {
    if (hop.lost != engine::Reason::none) return false;
  }
  const sim::TraceMessage* message = message_of(trace, packet);
  return !message || (!message->refused && message->repeats == no_index);
}

/// The IPv4 packet that goes from end to end: a carried one, or the whole of a fragment.
Index innermost(const sim::Trace& trace, Index packet) {
  for (int depth = 0; depth < max_depth; ++depth) {
    const sim::TracePacket& current = trace.packets[packet];
    const Index inner = current.carries < trace.packets.size() ? current.carries : current.fragment_of;
    if (inner >= trace.packets.size()) break;
    packet = inner;
  }
  return packet;
}

/// ICMP echo reply (0) and echo request (8), RFC 792.
bool is_echo(const sim::TracePacket& packet) {
  if (packet.kind != sim::PacketKind::icmp || packet.hops.empty()) return false;
  const sim::Bytes& bytes = packet.hops.front().bytes;
  if (bytes.empty()) return false;
  const std::size_t header = static_cast<std::size_t>(bytes[0] & 0x0f) * 4;
  return header < bytes.size() && (bytes[header] == 0 || bytes[header] == 8);
}

}  // namespace

Routine routine_of(const sim::Trace& trace, Index packet) {
  if (packet >= trace.packets.size()) return Routine::none;
  const sim::TracePacket& outer = trace.packets[packet];
  if (!went_well(trace, outer)) return Routine::none;
  if (outer.kind == sim::PacketKind::ike) {
    const sim::TraceMessage* message = message_of(trace, outer);
    return message && message->sent.name.id.starts_with(dpd_prefix) ? Routine::dpd : Routine::none;
  }
  const sim::TracePacket& inner = trace.packets[innermost(trace, packet)];
  if (!went_well(trace, inner)) return Routine::none;
  if (is_echo(inner)) return Routine::ping;
  const bool is_data = inner.kind == sim::PacketKind::udp || inner.kind == sim::PacketKind::tcp;
  return is_data ? Routine::data : Routine::none;
}

Index round_of(const sim::Trace& trace, Index packet) {
  if (packet >= trace.packets.size()) return no_index;
  Index inner = innermost(trace, packet);
  const Index cause = trace.packets[inner].answers;
  if (cause < trace.packets.size()) inner = innermost(trace, cause);
  return inner;
}

bool is_dpd_request(const sim::Trace& trace, Index packet) {
  if (packet >= trace.packets.size()) return false;
  const sim::TraceMessage* message = message_of(trace, trace.packets[packet]);
  return message && message->sent.name.id == "informational-dpd-request";
}

Index tunnel_of_traffic(const sim::Trace& trace, Index packet) {
  for (int depth = 0; depth < max_depth && packet < trace.packets.size(); ++depth) {
    const sim::TracePacket& current = trace.packets[packet];
    if (current.message < trace.messages.size()) return trace.messages[current.message].tunnel;
    if (current.esp < trace.esp.size()) return trace.esp[current.esp].tunnel;
    packet = current.carried_by.empty() ? current.fragment_of : current.carried_by.front();
  }
  return no_index;
}

bool RoutineTracker::is_repetition(Index packet) {
  const Routine routine = routine_of(trace_, packet);
  if (routine == Routine::none) {
    interrupt();
    return false;
  }
  Series series{routine, tunnel_of_traffic(trace_, packet), no_index};
  Index round = round_of(trace_, packet);
  if (routine == Routine::dpd) {
    // The node that asks: the sender of a request, the receiver of an answer.
    const bool asks = is_dpd_request(trace_, packet);
    std::get<2>(series) = asks ? trace_.packets[packet].origin : trace_.packets[packet].destination;
    if (asks) dpd_requests_[series] = packet;
    round = dpd_requests_[series];
  }
  const auto [first, is_new] = first_rounds_.emplace(series, round);
  return !is_new && first->second != round;
}

}  // namespace viz
