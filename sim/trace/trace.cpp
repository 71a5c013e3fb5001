#include "sim/trace/trace.h"

#include <algorithm>

namespace sim {
namespace {

using Rows = std::vector<std::pair<std::pair<Index, std::uint32_t>, Index>>;

/// Of several rows with one key, the first: a retransmission keeps the number of the first sending.
Index find_row(const Rows& rows, Index node, std::uint32_t number) {
  const std::pair<Index, std::uint32_t> key{node, number};
  const auto at = std::lower_bound(rows.begin(), rows.end(), key,
                                   [](const auto& row, const auto& wanted) { return row.first < wanted; });
  return at != rows.end() && at->first == key ? at->second : no_index;
}

/// The gateway at the other end of a message's tunnel.
Index receiver_of(const Trace& trace, const TraceMessage& message) {
  if (message.packet < trace.packets.size()) {
    const TracePacket& packet = trace.packets[message.packet];
    if (packet.ended_at != no_index) return packet.ended_at;
  }
  if (message.tunnel >= trace.tunnels.size()) return no_index;
  const TraceTunnel& tunnel = trace.tunnels[message.tunnel];
  return tunnel.initiator == message.sender ? tunnel.responder : tunnel.initiator;
}

}  // namespace

Index Trace::find_value(Index node, engine::ike::ValueId id) const { return find_row(value_rows_, node, id); }

Index Trace::find_message(Index node, engine::ike::MessageId id) const { return find_row(message_rows_, node, id); }

void Trace::index() {
  value_rows_.clear();
  message_rows_.clear();
  for (Index row = 0; row < values.size(); ++row) {
    value_rows_.push_back({{values[row].node, values[row].derived.id}, row});
  }
  for (Index row = 0; row < messages.size(); ++row) {
    const TraceMessage& message = messages[row];
    message_rows_.push_back({{message.sender, message.sent.message}, row});
    if (message.received) {
      message_rows_.push_back({{receiver_of(*this, message), message.received->message}, row});
    }
  }
  std::sort(value_rows_.begin(), value_rows_.end());
  std::sort(message_rows_.begin(), message_rows_.end());
}

}  // namespace sim
