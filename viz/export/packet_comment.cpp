#include "viz/export/packet_comment.h"

#include <fmt/format.h>

#include "viz/text/story_names.h"

namespace viz {
namespace {

using sim::Index;
using sim::no_index;

std::string name_of(const sim::Trace& trace, Index node) { return node_name(trace, node, Language::en); }

std::string joined(const std::vector<std::string>& parts) { return fmt::format("{}", fmt::join(parts, ", ")); }

std::string tunnel_words(const sim::Trace& trace, Index tunnel) {
  return tunnel == no_index ? std::string() : fmt::format(" [{}]", tunnel_name(trace, tunnel, Language::en));
}

std::string describe_message(const sim::Trace& trace, const sim::TraceMessage& message) {
  const std::string& id = message.sent.name.id;
  return fmt::format("{}, {} to {}: {}. {}{}", message_name(id, Language::en), name_of(trace, message.sender),
                     name_of(trace, trace.packets[message.packet].destination), joined(message.sent.payloads),
                     message_purpose(id, Language::en), tunnel_words(trace, message.tunnel));
}

std::string describe_esp(const sim::Trace& trace, const sim::TraceEsp& esp, const sim::TracePacket& packet) {
  const bool knows_inside = packet.carries < trace.packets.size();
  const std::string inside =
      knows_inside ? fmt::format("; inside: {}", trace.packets[packet.carries].label) : std::string();
  return fmt::format("ESP, {} to {}: SPI {}, sequence number {}{}{}", name_of(trace, packet.origin),
                     name_of(trace, packet.destination), spi_text(esp.spi), esp.sequence, inside,
                     tunnel_words(trace, esp.tunnel));
}

std::string describe_other(const sim::Trace& trace, const sim::TracePacket& packet, const sim::TraceHop& hop) {
  const std::string way =
      fmt::format("{}, {} to {}", packet.label, name_of(trace, packet.origin), name_of(trace, packet.destination));
  const std::string here = fmt::format("here from {} to {}", name_of(trace, hop.from), name_of(trace, hop.to));
  return packet.hops.size() > 1 ? way + " (" + here + ")" : way;
}

std::string describe(const sim::Trace& trace, const sim::TracePacket& packet, const sim::TraceHop& hop) {
  if (packet.message < trace.messages.size()) return describe_message(trace, trace.messages[packet.message]);
  if (packet.esp < trace.esp.size()) return describe_esp(trace, trace.esp[packet.esp], packet);
  return describe_other(trace, packet, hop);
}

std::string because(engine::Reason reason, const std::string& detail) {
  const engine::ReasonInfo& entry = info(reason);
  return fmt::format("{}{}{}{}{}", entry.summary, detail.empty() ? "" : ": ", detail, entry.rfc.empty() ? "" : " — ",
                     entry.rfc);
}

void add_repetition(const sim::Trace& trace, const sim::TraceMessage& message, std::vector<std::string>& comments) {
  if (message.repeats >= trace.messages.size()) return;
  const Index first = trace.messages[message.repeats].packet;
  comments.push_back(fmt::format("REPEATED: retransmission {} of this message, the same octets as packet id {}.",
                                 message.sent.retransmission, first));
}

void add_fate_of_message(const sim::Trace& trace, const sim::TraceMessage& message,
                         std::vector<std::string>& comments) {
  add_repetition(trace, message, comments);
  if (message.refused) {
    comments.push_back(fmt::format("REFUSED by {}: {}", name_of(trace, trace.packets[message.packet].ended_at),
                                   because(message.refused->reason, message.refused->detail)));
  }
}

}  // namespace

std::vector<std::string> packet_comments(const sim::Trace& trace, Index packet_row, Index hop_row, bool whole_way) {
  const sim::TracePacket& packet = trace.packets[packet_row];
  std::vector<std::string> comments = {describe(trace, packet, packet.hops[hop_row])};
  if (packet.message < trace.messages.size()) {
    add_fate_of_message(trace, trace.messages[packet.message], comments);
  }
  const std::size_t last = whole_way ? packet.hops.size() - 1 : hop_row;
  for (std::size_t row = hop_row; row <= last; ++row) {
    const sim::TraceHop& hop = packet.hops[row];
    if (hop.lost == engine::Reason::none) continue;
    comments.push_back(fmt::format("LOST between {} and {}: {}", name_of(trace, hop.from), name_of(trace, hop.to),
                                   because(hop.lost, {})));
  }
  if (packet.dropped != engine::Reason::none && packet.ended_at != no_index && last + 1 == packet.hops.size()) {
    comments.push_back(
        fmt::format("DROPPED by {}: {}", name_of(trace, packet.ended_at), because(packet.dropped, packet.drop_detail)));
  }
  return comments;
}

}  // namespace viz
