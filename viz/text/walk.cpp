#include "viz/text/walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <map>
#include <set>

#include "viz/model/routine.h"
#include "viz/text/layout.h"
#include "viz/text/story_names.h"
#include "viz/text/walk_block.h"

namespace viz {
namespace {

/// Rounds of DPD on one tunnel that only repeat.
struct FoldedDpd {
  std::uint32_t rounds = 0;
  sim::Time first{};
  sim::Time last{};
};

/// What was left out since the last block: rounds of routine traffic that only repeat.
struct FoldedRun {
  std::map<sim::Index, FoldedDpd> dpd;  ///< By tunnel.
  std::uint32_t pings = 0;
  std::uint32_t data = 0;
  std::map<std::string, std::uint32_t> repetitions;  ///< Of messages, by the id of their name.
  sim::Time last{};
  bool empty() const { return dpd.empty() && pings == 0 && data == 0 && repetitions.empty(); }
};

/// Writes a whole run.
class WalkWriter {
 public:
  WalkWriter(const sim::Trace& trace, Language language, const WalkOptions& options)
      : trace_(trace),
        language_(language),
        width_(std::clamp<std::size_t>(options.width, 60, 200)),
        options_(options),
        blocks_(trace, language, options),
        tracker_(trace),
        repeats_(trace.packets.size(), false) {}

  std::string write() {
    add_header();
    for (sim::Index step = 0; step < trace_.steps.size(); ++step) add_step(step);
    add_fold();
    add_outcome();
    return std::move(out_);
  }

 private:
  std::string say(std::string_view id, const std::vector<std::pair<std::string, std::string>>& parts) const {
    return text(id, language_, parts);
  }

  void add_line(std::string_view line) {
    out_ += line;
    out_ += '\n';
  }

  void add_lines(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) add_line(line);
  }

  void add_section(std::string_view id) {
    const std::string_view title = text(id, language_);
    add_line("");
    add_line(title);
    add_line(std::string(display_width(title), '-'));
  }

  void add_header() {
    add_line(std::string(width_, '='));
    add_lines(wrapped(in_language(trace_.title, language_), width_));
    add_line(std::string(width_, '='));
    if (!trace_.summary.empty()) add_lines(wrapped(in_language(trace_.summary, language_), width_));
    add_line("");
    add_lines(wrapped(say("walk.scenario", {{"id", trace_.scenario_id},
                                            {"seed", std::to_string(trace_.seed)},
                                            {"steps", std::to_string(trace_.steps.size())},
                                            {"end", walk_time(trace_.end)}}),
                      width_));
    add_nodes();
    add_tunnels();
    if (!trace_.unknown_lines.empty()) {
      add_section("walk.unknown-lines");
      for (const std::string& line : trace_.unknown_lines) add_lines(wrapped_behind("  ", line, width_));
    }
    add_section("walk.steps");
  }

  void add_nodes() {
    add_section("walk.nodes");
    std::size_t names = 0;
    std::size_t types = 0;
    for (sim::Index node = 0; node < trace_.nodes.size(); ++node) {
      names = std::max(names, display_width(node_name(trace_, node, language_)));
      types = std::max(types, display_width(type_name(trace_.nodes[node].type)));
    }
    for (sim::Index node = 0; node < trace_.nodes.size(); ++node) {
      std::vector<std::string> addresses;
      for (const sim::TraceNode::Interface& interface : trace_.nodes[node].interfaces) {
        if (!interface.address.address.is_unspecified()) addresses.push_back(engine::to_string(interface.address));
      }
      const std::string first = fmt::format("  {}  {}  ", padded(node_name(trace_, node, language_), names),
                                            padded(type_name(trace_.nodes[node].type), types));
      add_lines(wrapped_behind(first, fmt::format("{}", fmt::join(addresses, ", ")), width_));
    }
  }

  std::string_view type_name(sim::NodeType type) const {
    return text(fmt::format("node-type.{}", id_of(type)), language_);
  }

  void add_tunnels() {
    if (trace_.tunnels.empty()) return;
    add_section("walk.tunnels");
    for (sim::Index row = 0; row < trace_.tunnels.size(); ++row) {
      const sim::TraceTunnel& tunnel = trace_.tunnels[row];
      add_lines(
          wrapped_behind(fmt::format("  {}  ", tunnel_name(trace_, row, language_)),
                         fmt::format("{} → {}  {}", node_name(trace_, tunnel.initiator, language_),
                                     node_name(trace_, tunnel.responder, language_), engine::to_string(tunnel.inside)),
                         width_));
    }
  }

  void add_step(sim::Index number) {
    const sim::Step& step = trace_.steps[number];
    if (options_.fold && is_folded(step) && !has_beat(step)) return;
    const std::vector<std::string> lines = blocks_.block(number);
    if (lines.empty()) return;
    add_fold();
    add_line("");
    add_lines(lines);
  }

  static bool has_beat(const sim::Step& step) {
    return std::any_of(step.notes.begin(), step.notes.end(),
                       [](const sim::Note& note) { return std::holds_alternative<sim::BeatNote>(note); });
  }

  /// Whether the step belongs to a packet that only repeats what was shown; counts the rounds.
  bool is_folded(const sim::Step& step) {
    if (step.packet >= trace_.packets.size()) return false;
    if (step.kind == sim::StepKind::send) {
      const bool is_routine = tracker_.is_repetition(step.packet);
      repeats_[step.packet] = is_routine || is_known_repetition(step.packet);
      if (is_routine) count(step);
    }
    if (!repeats_[step.packet]) return false;
    folded_.last = step.time;
    return true;
  }

  /// Whether the packet repeats a message, and a repetition that ended in the same way was shown already.
  bool is_known_repetition(sim::Index packet) {
    const sim::Index row = trace_.packets[packet].message;
    if (row >= trace_.messages.size() || trace_.messages[row].sent.retransmission == 0) return false;
    const sim::TraceMessage& message = trace_.messages[row];
    Outcome outcome;
    outcome.name = message.sent.name.id;
    outcome.sender = message.sender;
    outcome.refused = message.refused ? message.refused->reason : engine::Reason::none;
    outcome.lost = is_lost(trace_.packets[packet]);
    if (shown_repetitions_.insert(outcome).second) return false;
    ++folded_.repetitions[outcome.name];
    return true;
  }

  void count(const sim::Step& step) {
    switch (routine_of(trace_, step.packet)) {
      case Routine::dpd:
        if (is_dpd_request(trace_, step.packet)) count_dpd(folded_.dpd[step.tunnel], step.time);
        break;
      case Routine::ping:
        if (round_of(trace_, step.packet) == step.packet) ++folded_.pings;
        break;
      case Routine::data:
        if (trace_.packets[step.packet].kind != sim::PacketKind::esp) ++folded_.data;
        break;
      case Routine::none:
        break;
    }
  }

  static void count_dpd(FoldedDpd& dpd, sim::Time now) {
    if (dpd.rounds == 0) dpd.first = now;
    dpd.last = now;
    ++dpd.rounds;
  }

  std::string dpd_text(sim::Index tunnel, const FoldedDpd& dpd) const {
    std::vector<std::pair<std::string, std::string>> parts = {{"count", std::to_string(dpd.rounds)},
                                                              {"tunnel", tunnel_name(trace_, tunnel, language_)}};
    if (dpd.rounds < 2) return say("walk.fold.dpd", parts);
    parts.emplace_back("interval", duration_text((dpd.last - dpd.first) / (dpd.rounds - 1), language_));
    return say("walk.fold.dpd.interval", parts);
  }

  void add_fold() {
    if (!folded_.empty()) {
      std::vector<std::string> parts;
      for (const auto& [tunnel, dpd] : folded_.dpd) parts.push_back(dpd_text(tunnel, dpd));
      for (const auto& [name, count] : folded_.repetitions) {
        parts.push_back(say("walk.fold.repetition",
                            {{"message", message_name(name, language_)}, {"count", std::to_string(count)}}));
      }
      if (folded_.pings > 0) parts.push_back(say("walk.fold.ping", {{"count", std::to_string(folded_.pings)}}));
      if (folded_.data > 0) parts.push_back(say("walk.fold.data", {{"count", std::to_string(folded_.data)}}));
      const std::string what = fmt::format("{}", fmt::join(parts, language_ == Language::ja ? "、" : ", "));
      add_line("");
      add_lines(wrapped_behind("            ... ",
                               say("walk.fold", {{"what", what}, {"until", walk_time(folded_.last)}}), width_));
    }
    folded_ = {};
  }

  void add_outcome() {
    add_section("walk.outcome");
    for (sim::Index row = 0; row < trace_.tunnels.size(); ++row) add_tunnel_outcome(row);
    const auto lost = std::count_if(trace_.packets.begin(), trace_.packets.end(), [](const sim::TracePacket& packet) {
      return packet.dropped != engine::Reason::none || is_lost(packet);
    });
    add_lines(wrapped_behind("  ",
                             say("walk.outcome.packets", {{"esp", std::to_string(trace_.esp.size())},
                                                          {"ike", std::to_string(trace_.messages.size())},
                                                          {"dropped", std::to_string(lost)}}),
                             width_));
    add_expectations();
  }

  void add_tunnel_outcome(sim::Index tunnel) {
    const sim::TunnelState state = last_state_of(trace_, tunnel);
    std::vector<std::pair<std::string, std::string>> parts = {
        {"tunnel", tunnel_name(trace_, tunnel, language_)},
        {"phase", std::string(text(fmt::format("tunnel-phase.{}", id_of(state.phase)), language_))},
        {"reason", reason_line(state.reason, language_)}};
    const bool is_explained = state.phase == sim::TunnelPhase::down && state.reason != engine::Reason::none;
    add_lines(
        wrapped_behind("  ", say(is_explained ? "walk.outcome.tunnel.reason" : "walk.outcome.tunnel", parts), width_));
  }

  void add_expectations() {
    if (trace_.expectations.empty()) return;
    std::size_t met = 0;
    add_line("");
    for (const sim::ExpectationResult& expectation : trace_.expectations) {
      if (expectation.met) ++met;
      const std::string_view result =
          text(expectation.met ? "walk.expectation.met" : "walk.expectation.failed", language_);
      add_lines(wrapped_behind(fmt::format("  [{}] ", result), expectation.text, width_));
      if (!expectation.met && !expectation.detail.empty()) {
        add_lines(wrapped_behind("      ", expectation.detail, width_));
      }
    }
    add_line("");
    add_line(
        say("walk.expectations", {{"met", std::to_string(met)}, {"all", std::to_string(trace_.expectations.size())}}));
  }

  /// What became of a repeated message.
  struct Outcome {
    std::string name;
    sim::Index sender = sim::no_index;
    engine::Reason refused = engine::Reason::none;
    bool lost = false;
    auto operator<=>(const Outcome&) const = default;
  };

  const sim::Trace& trace_;
  Language language_;
  std::size_t width_;
  WalkOptions options_;
  WalkBlocks blocks_;
  RoutineTracker tracker_;
  std::vector<bool> repeats_;  ///< By packet.
  std::set<Outcome> shown_repetitions_;
  FoldedRun folded_;
  std::string out_;
};

}  // namespace

std::string walk(const sim::Trace& trace, Language language, const WalkOptions& options) {
  return WalkWriter(trace, language, options).write();
}

std::vector<std::string> walk_step(const sim::Trace& trace, sim::Index step, Language language,
                                   const WalkOptions& options) {
  return WalkBlocks(trace, language, options).block(step);
}

}  // namespace viz
