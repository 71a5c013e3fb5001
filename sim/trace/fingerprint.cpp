#include "sim/trace/fingerprint.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "engine/crypto/hash.h"
#include "sim/trace/writer.h"

namespace sim {
namespace {

/// What is hashed for one part: lines of text, so that the parts stay the same when a table's layout changes.
std::string digest(const std::string& lines) {
  const Bytes full = engine::crypto::hash(engine::crypto::HashAlgorithm::sha2_256, {engine::view_of(lines)});
  return engine::to_hex(engine::ByteView(full).first(8));
}

std::string_view id_of(const auto& rows, Index row) {
  return row < rows.size() ? std::string_view(rows[row].id) : std::string_view("-");
}

std::string_view message_of(const Trace& trace, const TracePacket& packet) {
  return packet.message < trace.messages.size() ? std::string_view(trace.messages[packet.message].sent.name.id)
                                                : std::string_view("-");
}

std::string order_lines(const Trace& trace) {
  std::string lines;
  for (const Step& step : trace.steps) {
    lines += fmt::format("{} {}", static_cast<int>(step.kind), id_of(trace.nodes, step.node));
    if (step.packet < trace.packets.size()) {
      const TracePacket& packet = trace.packets[step.packet];
      lines += fmt::format(" {} {} {} {}", step.packet, static_cast<int>(packet.kind), message_of(trace, packet),
                           packet.label);
      if (step.hop < packet.hops.size()) lines += fmt::format(" {}", id_of(trace.links, packet.hops[step.hop].link));
    }
    lines += '\n';
  }
  for (const TracePacket& packet : trace.packets) {
    lines += fmt::format("{} {} {}\n", id_of(trace.nodes, packet.origin), id_of(trace.nodes, packet.ended_at),
                         engine::info(packet.dropped).id);
  }
  return lines;
}

std::string time_lines(const Trace& trace) {
  std::string lines;
  for (const Step& step : trace.steps) lines += fmt::format("{}\n", engine::nanoseconds(step.time));
  for (const TracePacket& packet : trace.packets) {
    for (const TraceHop& hop : packet.hops) {
      lines += fmt::format("{} {}\n", engine::nanoseconds(hop.departed), engine::nanoseconds(hop.arrived));
    }
  }
  return lines;
}

std::string wire_lines(const Trace& trace) {
  std::string lines;
  for (const TracePacket& packet : trace.packets) {
    for (const TraceHop& hop : packet.hops) lines += engine::to_hex(hop.bytes) + '\n';
  }
  return lines;
}

/// State without what belongs to another part: times, octets, and numbers drawn at random.
std::string state_lines(const Trace& trace) {
  WriterOptions options;
  options.octets = false;
  options.times = false;
  options.drawn = false;
  TraceWriter writer(options);
  for (const Step& step : trace.steps) {
    for (const Note& note : step.notes) {
      const bool is_state = std::visit(
          []<class T>(const T&) {
            return !std::same_as<T, ValueNote> && !std::same_as<T, NegotiationNote> && !std::same_as<T, MessageNote> &&
                   !std::same_as<T, ScriptNote> && !std::same_as<T, BeatNote> && !std::same_as<T, engine::ike::Remark>;
          },
          note);
      if (is_state) std::visit([&](const auto& state) { writer.record(state); }, note);
    }
  }
  for (const TraceExchange& exchange : trace.exchanges) writer.record(exchange);
  for (const TraceNegotiation& negotiation : trace.negotiations) writer.record(negotiation);
  return writer.text();
}

std::string key_lines(const Trace& trace) {
  std::string lines;
  for (const TraceValue& value : trace.values) {
    lines += fmt::format("{} {} {}\n", id_of(trace.nodes, value.node), value.derived.name,
                         engine::to_hex(value.derived.bytes));
  }
  return lines;
}

std::string text_lines(const Trace& trace) {
  TraceWriter writer({});
  writer.record(trace.title);
  writer.record(trace.summary);
  for (const TraceZone& zone : trace.zones) writer.record(zone.name);
  for (const TraceNode& node : trace.nodes) writer.record(node.name);
  for (const TraceTunnel& tunnel : trace.tunnels) writer.record(tunnel.name);
  for (const TraceBeat& beat : trace.beats) writer.record(beat);
  for (const Step& step : trace.steps) {
    for (const Note& note : step.notes) {
      if (const auto* remark = std::get_if<engine::ike::Remark>(&note)) writer.record(*remark);
      if (const auto* script = std::get_if<ScriptNote>(&note)) writer.record(*script);
    }
  }
  return writer.text();
}

struct Part {
  std::string_view name;
  std::string Fingerprint::*hash;
  std::string (*lines)(const Trace&);
};

constexpr std::array parts = {
    Part{"order", &Fingerprint::order, order_lines}, Part{"times", &Fingerprint::times, time_lines},
    Part{"wire", &Fingerprint::wire, wire_lines},    Part{"states", &Fingerprint::states, state_lines},
    Part{"keys", &Fingerprint::keys, key_lines},     Part{"texts", &Fingerprint::texts, text_lines},
};

}  // namespace

Fingerprint fingerprint(const Trace& trace) {
  Fingerprint result;
  for (const Part& part : parts) result.*part.hash = digest(part.lines(trace));
  return result;
}

std::string difference(const Fingerprint& a, const Fingerprint& b) {
  std::string names;
  for (const Part& part : parts) {
    if (a.*part.hash == b.*part.hash) continue;
    if (!names.empty()) names += ", ";
    names += part.name;
  }
  return names;
}

}  // namespace sim
