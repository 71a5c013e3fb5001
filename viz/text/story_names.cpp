#include "viz/text/story_names.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "engine/base/reason.h"

namespace viz {
namespace {

/// The catalogue's text, or `otherwise` where it has none.
std::string text_or(const std::string& id, Language language, std::string_view otherwise) {
  return std::string(has_text(id) ? text(id, language) : otherwise);
}

/// "initial-contact" of "N(INITIAL-CONTACT)".
std::string notification_in(std::string_view label) {
  const std::size_t open = label.find('(');
  if (open == std::string_view::npos || label.back() != ')') return {};
  std::string name(label.substr(open + 1, label.size() - open - 2));
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name;
}

/// The length of time that a text of format_short says, such as "57 min 30 s".
std::optional<engine::Duration> duration_in(std::string_view words) {
  if (words.find(' ') == std::string_view::npos) return std::nullopt;
  std::string compact;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words.substr(at, 3) == "min") {
      compact += 'm';
      at += 2;
    } else if (words[at] != ' ') {
      compact += words[at];
    }
  }
  const auto parsed = engine::parse_duration(compact);
  return parsed ? std::optional(*parsed) : std::nullopt;
}

}  // namespace

const std::string& in_language(const sim::Text& text, Language language) {
  return language == Language::ja && !text.ja.empty() ? text.ja : text.en;
}

std::string node_name(const sim::Trace& trace, sim::Index node, Language language) {
  if (node >= trace.nodes.size()) return "?";
  const std::string& name = in_language(trace.nodes[node].name, language);
  return name.empty() ? trace.nodes[node].id : name;
}

std::string tunnel_name(const sim::Trace& trace, sim::Index tunnel, Language language) {
  if (tunnel >= trace.tunnels.size()) return {};
  const std::string& name = in_language(trace.tunnels[tunnel].name, language);
  return name.empty() ? trace.tunnels[tunnel].id : name;
}

std::string message_name(std::string_view id, Language language) {
  return text_or(fmt::format("message.{}", id), language, text("message.unknown-exchange", language));
}

std::string message_purpose(std::string_view id, Language language) {
  return text_or(fmt::format("message.{}.purpose", id), language, text("message.unknown-exchange.purpose", language));
}

std::string payload_meaning(std::string_view label, Language language) {
  const std::string whole = fmt::format("payload.{}", label);
  if (has_text(whole)) return std::string(text(whole, language));
  const std::string_view stem = label.substr(0, label.find('('));
  const std::string purpose = fmt::format("message.informational-{}.purpose", notification_in(label));
  if (stem == "N" && has_text(purpose)) return std::string(text(purpose, language));
  return text_or(fmt::format("payload.{}", stem), language, "");
}

std::string packet_name(const sim::Trace& trace, sim::Index packet, Language language) {
  if (packet >= trace.packets.size()) return {};
  const sim::TracePacket& row = trace.packets[packet];
  if (row.message < trace.messages.size()) return message_name(trace.messages[row.message].sent.name.id, language);
  return text_or(fmt::format("label.{}", row.label), language, row.label);
}

std::string reason_line(engine::Reason reason, Language language) {
  if (reason == engine::Reason::none) return {};
  return std::string(text(fmt::format("reason.{}", engine::info(reason).id), language));
}

std::string walk_time(sim::Time time) {
  const std::string exact = engine::format_exact(time);
  return exact.substr(0, exact.size() > 3 ? exact.size() - 3 : exact.size()) + " s";
}

std::string duration_text(engine::Duration duration, Language language) {
  using std::chrono::milliseconds;
  const std::int64_t ns = duration.count();
  constexpr std::int64_t second = 1'000'000'000;
  if (ns < second) {
    return fmt::format("{}{}", std::chrono::round<milliseconds>(duration).count(), text("unit.millisecond", language));
  }
  if (ns < 60 * second) {
    const std::int64_t tenths = (ns + second / 20) / (second / 10);
    const std::string number =
        tenths % 10 == 0 ? std::to_string(tenths / 10) : fmt::format("{}.{}", tenths / 10, tenths % 10);
    return fmt::format("{}{}", number, text("unit.second", language));
  }
  const std::int64_t seconds = (ns + second / 2) / second;
  std::vector<std::string> parts;
  const auto add = [&](std::int64_t count, std::string_view unit) {
    if (count != 0) parts.push_back(fmt::format("{}{}", count, text(unit, language)));
  };
  add(seconds / 3600, "unit.hour");
  add(seconds / 60 % 60, "unit.minute");
  add(seconds % 60, "unit.second");
  return fmt::format("{}", fmt::join(parts, language == Language::ja ? "" : " "));
}

std::string abbreviated_hex(engine::ByteView bytes, Language language) {
  constexpr std::size_t shown = 8;
  if (bytes.size() <= shown * 2) return engine::to_hex(bytes);
  return text("detail.octets", language,
              {{"beginning", engine::to_hex(bytes.first(shown))}, {"count", std::to_string(bytes.size())}});
}

std::string engine_word(std::string_view word, Language language) {
  const std::string id = fmt::format("word.{}", word);
  if (has_text(id)) return std::string(text(id, language));
  const std::optional<engine::Duration> duration = duration_in(word);
  return duration ? duration_text(*duration, language) : std::string(word);
}

std::string_view id_of(sim::StepKind kind) {
  switch (kind) {
    case sim::StepKind::send:
      return "send";
    case sim::StepKind::forward:
      return "forward";
    case sim::StepKind::receive:
      return "receive";
    case sim::StepKind::drop:
      return "drop";
    case sim::StepKind::timer:
      return "timer";
    case sim::StepKind::script:
      return "script";
  }
  return "send";
}

std::string_view id_of(sim::PacketKind kind) {
  switch (kind) {
    case sim::PacketKind::ike:
      return "ike";
    case sim::PacketKind::esp:
      return "esp";
    case sim::PacketKind::icmp:
      return "icmp";
    case sim::PacketKind::udp:
      return "udp";
    case sim::PacketKind::tcp:
      return "tcp";
    case sim::PacketKind::fragment:
      return "fragment";
    case sim::PacketKind::other:
      return "other";
  }
  return "other";
}

std::string_view id_of(sim::NodeType type) {
  switch (type) {
    case sim::NodeType::host:
      return "host";
    case sim::NodeType::router:
      return "router";
    case sim::NodeType::customer_gateway:
      return "customer-gateway";
    case sim::NodeType::vgw_endpoint:
      return "vgw-endpoint";
    case sim::NodeType::vgw:
      return "vgw";
  }
  return "host";
}

std::string_view id_of(sim::TunnelPhase phase) {
  switch (phase) {
    case sim::TunnelPhase::down:
      return "down";
    case sim::TunnelPhase::phase1:
      return "phase1";
    case sim::TunnelPhase::isakmp_sa:
      return "isakmp-sa";
    case sim::TunnelPhase::phase2:
      return "phase2";
    case sim::TunnelPhase::up:
      return "up";
  }
  return "down";
}

std::string spi_text(std::uint32_t spi) { return fmt::format("0x{:08x}", spi); }

}  // namespace viz
