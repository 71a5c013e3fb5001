#include "viz/export/ladder_words.h"

#include <vector>

#include <fmt/format.h>

#include "engine/ike/state_machine.h"
#include "viz/text/story_names.h"

namespace viz {
namespace {

std::string_view note_words(LadderNoteKind kind) {
  switch (kind) {
    case LadderNoteKind::ike_sa_established:
      return "ISAKMP SA established";
    case LadderNoteKind::ike_sa_ended:
      return "ISAKMP SA ended";
    case LadderNoteKind::ipsec_sas_installed:
      return "IPsec SAs installed";
    case LadderNoteKind::ipsec_sas_removed:
      return "IPsec SAs removed";
    case LadderNoteKind::tunnel_up:
      return "tunnel is up";
    case LadderNoteKind::tunnel_down:
      return "tunnel is down";
    case LadderNoteKind::script:
      return "script";
  }
  return "";
}

std::string counted(std::uint32_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// "Main Mode" of "Main Mode, initiator".
std::string machine_title(const std::string& name) {
  const engine::ike::StateMachine* machine = engine::ike::find_state_machine(name);
  if (machine == nullptr) return name;
  return std::string(machine->title.substr(0, machine->title.find(',')));
}

}  // namespace

std::string LadderWords::lifeline(const Lifeline& lifeline) const {
  return node_name(trace_, lifeline.node, Language::en);
}

std::string LadderWords::label(const Arrow& arrow) const {
  if (arrow.kind == ArrowKind::ike) {
    const std::string name = message_name(arrow.name, Language::en);
    if (arrow.retransmission == 0) return name;
    return fmt::format("{}, sent again ({})", name, arrow.retransmission);
  }
  if (arrow.esp < trace_.esp.size()) {
    const sim::TraceEsp& esp = trace_.esp[arrow.esp];
    return fmt::format("ESP {}, number {}", spi_text(esp.spi), esp.sequence);
  }
  return std::string(arrow.name);
}

std::string LadderWords::detail(const Arrow& arrow) const {
  if (!arrow.payloads.empty()) return fmt::format("{}", fmt::join(arrow.payloads, ", "));
  if (arrow.carries < trace_.packets.size()) return "inside: " + trace_.packets[arrow.carries].label;
  return {};
}

std::string LadderWords::outcome(const Arrow& arrow) const {
  if (arrow.lost) return fmt::format("did not arrive: {}", engine::info(arrow.reason).summary);
  if (arrow.refused) return fmt::format("refused: {}", engine::info(arrow.reason).summary);
  return arrow.duplicate ? "received before: answered from the cache" : "";
}

std::string LadderWords::note(const LadderNote& note) const {
  const sim::Step& step = trace_.steps[note.step];
  if (note.kind == LadderNoteKind::script && note.note < step.notes.size()) {
    if (const auto* script = std::get_if<sim::ScriptNote>(&step.notes[note.note])) return script->action;
  }
  std::string words(note_words(note.kind));
  if (note.node < trace_.nodes.size()) words = node_name(trace_, note.node, Language::en) + ": " + words;
  if (note.tunnel < trace_.tunnels.size()) words = tunnel_name(trace_, note.tunnel, Language::en) + ", " + words;
  if (note.reason != engine::Reason::none) words += fmt::format(" ({})", engine::info(note.reason).summary);
  return words;
}

std::string LadderWords::fold(const Fold& fold) const {
  std::vector<std::string> parts;
  if (fold.dpd_rounds != 0) parts.push_back(counted(fold.dpd_rounds, "DPD round", "DPD rounds"));
  if (fold.ping_rounds != 0) parts.push_back(counted(fold.ping_rounds, "ping", "pings"));
  if (fold.data_packets != 0) parts.push_back(counted(fold.data_packets, "data packet", "data packets"));
  if (parts.empty()) parts.push_back(counted(fold.arrow_count, "packet", "packets"));
  return fmt::format("{} like those above, until {}", fmt::join(parts, ", "),
                     fold.last_step < trace_.steps.size() ? time(trace_.steps[fold.last_step].time) : "the end");
}

std::string LadderWords::bracket(const LadderBracket& bracket) const {
  const sim::TraceExchange& exchange = trace_.exchanges[bracket.exchange];
  std::string words = machine_title(exchange.machine);
  if (exchange.tunnel < trace_.tunnels.size()) words += ", " + tunnel_name(trace_, exchange.tunnel, Language::en);
  if (exchange.reason != engine::Reason::none) words += ": failed";
  return words;
}

std::string LadderWords::time(Time time) const { return walk_time(time); }

}  // namespace viz
