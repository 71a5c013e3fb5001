#include "viz/text/story.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/wire/icmp.h"
#include "engine/wire/ipv4.h"
#include "viz/text/story_context.h"
#include "viz/text/story_details.h"
#include "viz/text/story_names.h"

namespace viz {
namespace {

namespace ike = engine::ike;

/// The ids of a story's four parts begin with these; each part is the first of them that has a text.
struct StoryIds {
  std::vector<std::string> prefixes;
  sim::Index told = sim::no_index;  ///< The note that the story tells.
};

bool is_icmp_error(const sim::TracePacket& packet) {
  if (packet.kind != sim::PacketKind::icmp || packet.hops.empty()) return false;
  const auto ip = engine::wire::read_ipv4(packet.hops[0].bytes);
  if (!ip) return false;
  const auto message = engine::wire::read_icmp(ip->payload);
  return message && message->is_error();
}

/// "traffic.esp" and the like.
std::string traffic_prefix(const sim::TracePacket& packet) {
  switch (packet.kind) {
    case sim::PacketKind::ike:
      return "traffic.ike";
    case sim::PacketKind::esp:
      return "traffic.esp";
    case sim::PacketKind::icmp:
      return "traffic.icmp";
    case sim::PacketKind::fragment:
      return "traffic.fragment";
    case sim::PacketKind::udp:
    case sim::PacketKind::tcp:
    case sim::PacketKind::other:
      break;
  }
  return "traffic.packet";
}

StoryIds ids_of_message(const StoryContext& context) {
  const std::string& name = context.message()->sent.name.id;
  StoryIds ids;
  if (context.step().kind == sim::StepKind::send) {
    if (context.message()->sent.retransmission > 0) return {{"traffic.ike.resend"}, sim::no_index};
    ids.prefixes.push_back(fmt::format("message.{}", name));
    if (name.rfind("informational", 0) == 0) ids.prefixes.emplace_back("message.informational");
  }
  ids.prefixes.push_back(fmt::format("traffic.ike.{}", id_of(context.step().kind)));
  return ids;
}

/// Whether this step is about a message that its receiver did not accept.
bool is_refused(const StoryContext& context) {
  const std::vector<sim::Note>& notes = context.step().notes;
  return std::any_of(notes.begin(), notes.end(), [](const sim::Note& note) {
    const auto* told = std::get_if<sim::MessageNote>(&note);
    return told != nullptr && told->what == sim::MessageNote::What::refused;
  });
}

StoryIds ids_of_packet(const StoryContext& context) {
  const sim::TracePacket& packet = context.trace().packets[context.step().packet];
  if (context.step().kind == sim::StepKind::drop) {
    const bool is_on_link = packet.ended_at == sim::no_index;
    return {{is_on_link ? "traffic.drop.link" : "traffic.drop.node"}, sim::no_index};
  }
  if (context.mss_change() && context.step().kind == sim::StepKind::forward) {
    return {{"traffic.mss-clamp"}, sim::no_index};
  }
  if (context.message() != nullptr)
    return is_refused(context) ? StoryIds{{"traffic.ike.refused"}, sim::no_index} : ids_of_message(context);
  if (context.step().kind == sim::StepKind::send && is_icmp_error(packet))
    return {{"traffic.icmp-error"}, sim::no_index};
  const std::string_view kind = id_of(context.step().kind);
  StoryIds ids;
  ids.prefixes.push_back(fmt::format("{}.{}", traffic_prefix(packet), kind));
  if (!packet.carried_by.empty()) ids.prefixes.push_back(fmt::format("traffic.carried.{}", kind));
  ids.prefixes.push_back(fmt::format("traffic.packet.{}", kind));
  return ids;
}

/// The change of state that a step is about: one of a negotiation rather than the notification that it led to.
sim::Index told_change(const std::vector<sim::Note>& notes) {
  sim::Index told = sim::no_index;
  for (sim::Index row = 0; row < notes.size(); ++row) {
    const auto* change = std::get_if<ike::StateChanged>(&notes[row]);
    if (change == nullptr || !has_text(fmt::format("story.{}.title", change->story))) continue;
    if (change->machine != "informational") return row;
    if (told == sim::no_index) told = row;
  }
  return told;
}

/// Whether the tunnel was up before a step.
bool was_up(const sim::Trace& trace, sim::Index step, sim::Index tunnel) {
  for (sim::Index at = step; at-- > 0;) {
    for (const sim::Note& note : trace.steps[at].notes) {
      const auto* state = std::get_if<sim::TunnelState>(&note);
      if (state != nullptr && state->tunnel == tunnel) return state->phase == sim::TunnelPhase::up;
    }
  }
  return false;
}

/// Whether an exchange of the same phase went well before on the step's tunnel, which is still up: this one renews
/// keys.
bool is_rekey(const sim::Trace& trace, sim::Index step, const ike::StateChanged& change) {
  if (change.machine == "informational" || !was_up(trace, step, trace.steps[step].tunnel)) return false;
  const std::uint8_t phase = change.message_id == 0 ? 1 : 2;
  return std::any_of(trace.exchanges.begin(), trace.exchanges.end(), [&](const sim::TraceExchange& exchange) {
    return exchange.tunnel == trace.steps[step].tunnel && exchange.phase == phase && exchange.last_step < step &&
           exchange.reason == engine::Reason::none && exchange.machine != "informational";
  });
}

/// What a step is mostly about: the script, else a change of state, else its packet, else a remark.
StoryIds ids_of(StoryContext& context, sim::Index step) {
  const std::vector<sim::Note>& notes = context.step().notes;
  for (const sim::Note& note : notes) {
    const auto* script = std::get_if<sim::ScriptNote>(&note);
    if (script == nullptr) continue;
    context.set("action", script->action);
    return {{"traffic.script"}, sim::no_index};
  }
  if (const sim::Index row = told_change(notes); row != sim::no_index) {
    const auto& change = std::get<ike::StateChanged>(notes[row]);
    context.set_reason(change);
    StoryIds ids{{fmt::format("story.{}", change.story)}, row};
    if (is_rekey(context.trace(), step, change)) {
      ids.prefixes.insert(ids.prefixes.begin(), fmt::format("story.{}.again", change.story));
    }
    return ids;
  }
  if (context.step().packet < context.trace().packets.size()) return ids_of_packet(context);
  for (sim::Index row = 0; row < notes.size(); ++row) {
    const auto* remark = std::get_if<ike::Remark>(&notes[row]);
    if (remark == nullptr || !has_text(fmt::format("story.{}.title", remark->id))) continue;
    context.set_parts(*remark);
    return {{fmt::format("story.{}", remark->id)}, row};
  }
  return {{fmt::format("traffic.{}", id_of(context.step().kind))}, sim::no_index};
}

/// What someone on the Internet can tell of a step.
std::string eavesdropper_id(const StoryContext& context) {
  const sim::Step& step = context.step();
  if (step.packet >= context.trace().packets.size()) return "eavesdropper.nothing";
  const sim::TracePacket& packet = context.trace().packets[step.packet];
  const bool is_on_link = step.kind == sim::StepKind::send || step.kind == sim::StepKind::forward;
  if (!is_on_link || step.hop >= packet.hops.size() ||
      !sees_hop(context.trace(), packet.hops[step.hop], Viewpoint::eavesdropper)) {
    return "eavesdropper.nothing";
  }
  if (packet.kind == sim::PacketKind::esp) return "eavesdropper.esp";
  if (context.message() == nullptr) return "eavesdropper.packet";
  return context.message()->sent.encrypted ? "eavesdropper.ike-encrypted" : "eavesdropper.ike-clear";
}

std::string first_text(const StoryContext& context, const StoryIds& ids, std::string_view part) {
  for (const std::string& prefix : ids.prefixes) {
    std::string found = context.text(fmt::format("{}.{}", prefix, part));
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace

Story story_at(const sim::Trace& trace, sim::Index step, Language language, Viewpoint viewpoint) {
  if (step >= trace.steps.size()) return {};
  StoryContext context(trace, step, language);
  const bool is_omniscient = viewpoint == Viewpoint::omniscient;
  const StoryIds ids = is_omniscient ? ids_of(context, step) : StoryIds{{eavesdropper_id(context)}, sim::no_index};
  Story story;
  story.id = ids.prefixes.front();
  story.title = first_text(context, ids, "title");
  story.what = first_text(context, ids, "what");
  story.why = first_text(context, ids, "why");
  story.next = first_text(context, ids, "next");
  if (is_omniscient) story.details = story_details(context, ids.told);
  return story;
}

}  // namespace viz
