#include "viz/text/walk_block.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/ike/names.h"
#include "viz/text/layout.h"
#include "viz/text/story_context.h"
#include "viz/text/story_names.h"

namespace viz {
namespace {

namespace ike = engine::ike;

constexpr std::string_view indent = "    ";

/// A DPD probe of which the packet itself tells all: the timer that causes it says nothing new.
bool is_routine_probe(const sim::Step& step) {
  bool is_probe = false;
  for (const sim::Note& note : step.notes) {
    if (const auto* change = std::get_if<ike::StateChanged>(&note)) {
      if (change->story != "informational.send-dpd-request") return false;
      is_probe = true;
    } else if (const auto* remark = std::get_if<ike::Remark>(&note)) {
      if (remark->id != ike::remark::dpd_probe) return false;
    }
  }
  return is_probe;
}

/// A further repetition of a message: the sending itself tells all.
bool is_further_repetition(const sim::Step& step) {
  bool found = false;
  for (const sim::Note& note : step.notes) {
    if (std::holds_alternative<ike::StateChanged>(note)) return false;
    const auto* remark = std::get_if<ike::Remark>(&note);
    if (remark == nullptr) continue;
    if (remark->id != ike::remark::retransmission) return false;
    found = std::none_of(remark->values.begin(), remark->values.end(),
                         [](const auto& part) { return part.first == "number" && part.second == "1"; });
  }
  return found;
}

/// Whether a timer's step tells more than numbers.
bool has_news(const sim::Step& step) {
  return std::any_of(step.notes.begin(), step.notes.end(), [](const sim::Note& note) {
    return !std::holds_alternative<sim::NodeCounters>(note) && !std::holds_alternative<sim::EspSaState>(note);
  });
}

/// Whether the engine moved exchanges of more than one connection here.
bool is_about_several_tunnels(const sim::Step& step) {
  std::set<std::string_view> connections;
  for (const sim::Note& note : step.notes) {
    if (const auto* change = std::get_if<ike::StateChanged>(&note)) connections.insert(change->connection);
  }
  return connections.size() > 1;
}

bool has_beat(const sim::Step& step) {
  return std::any_of(step.notes.begin(), step.notes.end(),
                     [](const sim::Note& note) { return std::holds_alternative<sim::BeatNote>(note); });
}

/// A table's rows without the heading, which names a node.
std::string content_of(const std::vector<std::vector<std::string>>& table) {
  std::string content;
  for (std::size_t row = 1; row < table.size(); ++row) content += fmt::format("{}\n", fmt::join(table[row], "|"));
  return content;
}

/// The name of answer number `index`: "A", "B", ...
std::string letter(std::size_t index) { return std::string(1, static_cast<char>('A' + index % 26)); }

}  // namespace

bool is_lost(const sim::TracePacket& packet) {
  return std::any_of(packet.hops.begin(), packet.hops.end(),
                     [](const sim::TraceHop& hop) { return hop.lost != engine::Reason::none; });
}

sim::TunnelState last_state_of(const sim::Trace& trace, sim::Index tunnel) {
  for (auto step = trace.steps.rbegin(); step != trace.steps.rend(); ++step) {
    for (auto note = step->notes.rbegin(); note != step->notes.rend(); ++note) {
      const auto* state = std::get_if<sim::TunnelState>(&*note);
      if (state != nullptr && state->tunnel == tunnel) return *state;
    }
  }
  return {tunnel, sim::TunnelPhase::down, engine::Reason::none};
}

bool is_notable(const sim::Trace& trace, sim::Index number) {
  const sim::Step& step = trace.steps[number];
  if (has_beat(step)) return true;
  switch (step.kind) {
    case sim::StepKind::send:
    case sim::StepKind::drop:
    case sim::StepKind::script:
    case sim::StepKind::receive:
      return true;
    case sim::StepKind::timer:
      return has_news(step) && !is_routine_probe(step) && !is_further_repetition(step);
    case sim::StepKind::forward:
      break;
  }
  const bool is_tcp = step.packet < trace.packets.size() && trace.packets[step.packet].kind == sim::PacketKind::tcp;
  return is_tcp && StoryContext(trace, number, Language::en).mss_change().has_value();
}

WalkBlocks::WalkBlocks(const sim::Trace& trace, Language language, const WalkOptions& options)
    : trace_(trace), language_(language), options_(options) {
  options_.width = std::clamp<std::size_t>(options.width, 60, 200);
}

std::vector<std::string> WalkBlocks::block(sim::Index number) {
  lines_.clear();
  if (number >= trace_.steps.size() || !is_notable(trace_, number)) return {};
  const sim::Step& step = trace_.steps[number];
  const Story story = story_at(trace_, number, language_);
  add_heading(step, number, story);
  add_payloads(step);
  if (options_.explain) add_explanation(story);
  for (const StoryDetail& detail : story.details) add_detail(detail);
  return std::move(lines_);
}

void WalkBlocks::add(std::string_view first, std::string_view text) {
  std::vector<std::string> lines = wrapped_behind(first, text, options_.width);
  lines_.insert(lines_.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
}

void WalkBlocks::add_heading(const sim::Step& step, sim::Index number, const Story& story) {
  std::string title = story.title;
  if (step.kind == sim::StepKind::send && step.packet < trace_.packets.size()) {
    const sim::TracePacket& packet = trace_.packets[step.packet];
    if (is_lost(packet)) title += fmt::format("  [{}]", text("walk.lost", language_));
    if (packet.message < trace_.messages.size() && trace_.messages[packet.message].refused) {
      title += fmt::format("  [{}]", text("walk.refused", language_));
    }
  }
  std::string first = fmt::format("{:>15}  #{:<5} ", walk_time(step.time), number);
  if (trace_.tunnels.size() > 1 && step.tunnel < trace_.tunnels.size() && !is_about_several_tunnels(step)) {
    first += fmt::format("[{}] ", tunnel_name(trace_, step.tunnel, language_));
  }
  add(first, title);
}

void WalkBlocks::add_payloads(const sim::Step& step) {
  if (step.kind != sim::StepKind::send || step.packet >= trace_.packets.size()) return;
  const sim::Index row = trace_.packets[step.packet].message;
  if (row >= trace_.messages.size()) return;
  const ike::MessageSent& sent = trace_.messages[row].sent;
  std::string line = fmt::format("[{}]", fmt::join(sent.payloads, ", "));
  if (sent.encrypted) line += fmt::format(" {}", text("walk.encrypted", language_));
  add(indent, line);
  for (const std::string& label : sent.payloads) {
    const std::string meaning = options_.explain ? payload_meaning(label, language_) : std::string();
    if (!meaning.empty() && is_new(meaning)) add(fmt::format("      {:<10} ", label), meaning);
  }
}

void WalkBlocks::add_explanation(const Story& story) {
  if (!story.what.empty()) add(indent, story.what);
  if (!story.why.empty() && is_new(story.id + ".why")) {
    add(indent, fmt::format("{}{}", text("walk.why", language_), story.why));
  }
  if (!story.next.empty() && is_new(story.id + ".next")) {
    add(indent, fmt::format("{}{}", text("walk.next", language_), story.next));
  }
}

void WalkBlocks::add_detail(const StoryDetail& detail) {
  if (detail.kind == StoryDetail::Kind::lesson) return add_lesson(detail);
  if (detail.kind == StoryDetail::Kind::question) return add_question(detail);
  const bool is_failure = detail.kind == StoryDetail::Kind::failure;
  add(is_failure ? "  !! " : "  -  ", detail.title);
  const bool is_explained = options_.explain || is_failure;
  for (std::size_t at = 0; is_explained && at < detail.body.size();) {
    const std::size_t end = std::min(detail.body.find('\n', at), detail.body.size());
    const std::string line = detail.body.substr(at, end - at);
    if (is_new(line)) add("     ", line);
    at = end + 1;
  }
  if (detail.table.empty() || (!detail.bad && (!is_explained || !is_new(content_of(detail.table))))) return;
  for (const std::string& line : table_lines(detail.table, options_.width - 7)) lines_.push_back("       " + line);
}

void WalkBlocks::add_lesson(const StoryDetail& detail) {
  if (!options_.beats) return;
  add("  >> ", text("walk.lesson", language_, {{"title", detail.title}}));
  if (!detail.body.empty()) add("     ", detail.body);
}

void WalkBlocks::add_question(const StoryDetail& detail) {
  if (!options_.beats) return;
  add("  ?? ", text("walk.question", language_, {{"text", detail.title}}));
  for (std::size_t i = 0; i < detail.answers.size(); ++i) {
    add(fmt::format("     {}. ", letter(i)), detail.answers[i]);
  }
  const std::size_t correct = trace_.beats[detail.row].question->correct;
  if (correct >= detail.answers.size()) return;
  add("     ", text("walk.answer", language_, {{"letter", letter(correct)}, {"text", detail.body}}));
}

}  // namespace viz
