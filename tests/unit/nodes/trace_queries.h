#pragma once

#include <string>
#include <vector>

#include "engine/wire/ipv4.h"
#include "sim/trace/trace.h"

namespace tests {

using sim::Index;
using sim::no_index;

inline std::vector<Index> with_label(const sim::Trace& trace, const std::string& label) {
  std::vector<Index> rows;
  for (Index row = 0; row < trace.packets.size(); ++row) {
    if (trace.packets[row].label == label) rows.push_back(row);
  }
  return rows;
}

/// Echo replies that reached the node that asked.
inline std::size_t answered_pings(const sim::Trace& trace) {
  std::size_t count = 0;
  for (const Index row : with_label(trace, "ICMP echo reply")) {
    const sim::TracePacket& reply = trace.packets[row];
    const bool arrived = reply.dropped == engine::Reason::none && reply.ended_at == trace.packets[reply.answers].origin;
    if (arrived) ++count;
  }
  return count;
}

/// The names of the IKE messages of one tunnel in the order of sending, without repetitions.
inline std::vector<std::string> message_names(const sim::Trace& trace, Index tunnel) {
  std::vector<std::string> names;
  for (const sim::TraceMessage& message : trace.messages) {
    if (message.tunnel == tunnel && message.repeats == no_index) names.push_back(message.sent.name.id);
  }
  return names;
}

/// The phases that a tunnel went through.
inline std::vector<sim::TunnelPhase> phases(const sim::Trace& trace, Index tunnel) {
  std::vector<sim::TunnelPhase> found;
  for (const sim::Step& step : trace.steps) {
    for (const sim::Note& note : step.notes) {
      const auto* state = std::get_if<sim::TunnelState>(&note);
      if (state != nullptr && state->tunnel == tunnel) found.push_back(state->phase);
    }
  }
  return found;
}

/// The IPv4 header of a packet on its first link.
inline engine::wire::Ipv4Header first_header(const sim::Trace& trace, Index packet) {
  return engine::wire::read_ipv4(trace.packets[packet].hops.at(0).bytes)->header;
}

/// Packets on public links that are neither IKE nor ESP nor a fragment of these.
inline std::size_t plaintext_packets_outside(const sim::Trace& trace) {
  std::size_t count = 0;
  for (const sim::TracePacket& packet : trace.packets) {
    Index whole = packet.fragment_of == no_index ? no_index : packet.fragment_of;
    const sim::PacketKind kind = whole == no_index ? packet.kind : trace.packets[whole].kind;
    if (kind == sim::PacketKind::ike || kind == sim::PacketKind::esp) continue;
    for (const sim::TraceHop& hop : packet.hops) {
      if (trace.links[hop.link].is_public) ++count;
    }
  }
  return count;
}

}  // namespace tests
