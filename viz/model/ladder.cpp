#include "viz/model/ladder.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "viz/model/ladder_arrows.h"

namespace viz {
namespace {

/// Shorter runs are shown in full: a fold would save nothing.
constexpr std::size_t min_fold = 4;

bool is_intermediate(sim::NodeType type) { return type == sim::NodeType::router || type == sim::NodeType::vgw; }

/// Which nodes take part in a packet's life as more than a passage.
std::vector<bool> speaking_nodes(const sim::Trace& trace) {
  std::vector<bool> speaks(trace.nodes.size(), false);
  for (const sim::TracePacket& packet : trace.packets) {
    if (packet.origin < speaks.size()) speaks[packet.origin] = true;
  }
  return speaks;
}

std::vector<bool> public_nodes(const sim::Trace& trace) {
  std::vector<bool> touches(trace.nodes.size(), false);
  for (const sim::TraceLink& link : trace.links) {
    if (!link.is_public) continue;
    if (link.a < touches.size()) touches[link.a] = true;
    if (link.b < touches.size()) touches[link.b] = true;
  }
  return touches;
}

/// Where in its step a note stands.
template <class State>
Index place_in_step(const sim::Step& step, const State* state) {
  for (Index row = 0; row < step.notes.size(); ++row) {
    if (std::get_if<State>(&step.notes[row]) == state) return row;
  }
  return no_index;
}

bool ends(std::string_view state) { return state == "deleted" || state == "failed"; }

}  // namespace

Ladder::Ladder(const TraceIndex& index, LadderOptions options) : index_(&index), options_(std::move(options)) {
  choose_lifelines();
  add_arrows();
  if (options_.show_notes && options_.viewpoint == Viewpoint::omniscient) {
    add_sa_notes();
    add_tunnel_notes();
    add_script_notes();
    std::stable_sort(notes_.begin(), notes_.end(), [](const LadderNote& a, const LadderNote& b) {
      return std::tie(a.step, a.note) < std::tie(b.step, b.note);
    });
  }
  build_rows();
  build_brackets();
}

void Ladder::choose_lifelines() {
  const sim::Trace& trace = index_->trace();
  const std::vector<bool> speaks = speaking_nodes(trace);
  const std::vector<bool> is_public = public_nodes(trace);
  std::vector<Index> order;
  for (Index node = 0; node < trace.nodes.size(); ++node) {
    const sim::NodeType type = trace.nodes[node].type;
    if (is_intermediate(type) && !options_.show_routers && !speaks[node]) continue;
    if (options_.viewpoint == Viewpoint::eavesdropper && !is_public[node]) continue;
    if (type == sim::NodeType::vgw_endpoint && options_.tunnel < trace.tunnels.size() &&
        trace.tunnels[options_.tunnel].initiator != node && trace.tunnels[options_.tunnel].responder != node) {
      continue;
    }
    order.push_back(node);
  }
  std::stable_sort(order.begin(), order.end(), [&trace](Index a, Index b) {
    return std::tie(trace.nodes[a].x, trace.nodes[a].y) < std::tie(trace.nodes[b].x, trace.nodes[b].y);
  });
  columns_.assign(trace.nodes.size(), no_index);
  for (Index node : order) {
    columns_[node] = static_cast<Index>(lifelines_.size());
    lifelines_.push_back({node, trace.nodes[node].type});
  }
}

Index Ladder::column_of(Index node) const { return node < columns_.size() ? columns_[node] : no_index; }

bool Ladder::wants(Index packet) const {
  const sim::Trace& trace = index_->trace();
  const sim::TracePacket& candidate = trace.packets[packet];
  if (options_.tunnel != no_index && tunnel_of_traffic(trace, packet) != options_.tunnel) return false;
  if (candidate.kind == sim::PacketKind::esp) return options_.show_esp;
  if (candidate.kind != sim::PacketKind::ike) return options_.show_plain;
  if (!options_.show_ike) return false;
  if (options_.show_dpd || candidate.message >= trace.messages.size()) return true;
  return !trace.messages[candidate.message].sent.name.id.starts_with("informational-dpd-");
}

void Ladder::add_arrows() {
  const ArrowMaker maker(*index_, columns_, options_.viewpoint);
  for (Index packet = 0; packet < index_->trace().packets.size(); ++packet) {
    if (wants(packet)) maker.add(packet, arrows_);
  }
  std::stable_sort(arrows_.begin(), arrows_.end(),
                   [](const Arrow& a, const Arrow& b) { return a.first_step < b.first_step; });
  packet_arrows_.reserve(arrows_.size());
  for (Index arrow = 0; arrow < arrows_.size(); ++arrow) packet_arrows_.emplace_back(arrows_[arrow].packet, arrow);
  std::sort(packet_arrows_.begin(), packet_arrows_.end());
}

void Ladder::add_sa_notes() {
  const sim::Trace& trace = index_->trace();
  const auto add_changes = [&](const auto& histories, std::string_view begun, LadderNoteKind beginning,
                               LadderNoteKind ending) {
    for (const auto& [subject, history] : histories) {
      std::string_view before;
      for (const auto& [step, state] : history.entries) {
        const bool changed = state->state != before;
        before = state->state;
        if (!changed || (before != begun && !ends(before))) continue;
        const Index tunnel = index_->tunnel_of(subject.first, state->connection);
        if (options_.tunnel != no_index && tunnel != options_.tunnel) continue;
        notes_.push_back({before == begun ? beginning : ending, step, place_in_step(trace.steps[step], state),
                          subject.first, tunnel, state->reason});
      }
    }
  };
  add_changes(index_->ike_sa_histories(), "established", LadderNoteKind::ike_sa_established,
              LadderNoteKind::ike_sa_ended);
  add_changes(index_->ipsec_sa_histories(), "installed", LadderNoteKind::ipsec_sas_installed,
              LadderNoteKind::ipsec_sas_removed);
}

void Ladder::add_tunnel_notes() {
  const sim::Trace& trace = index_->trace();
  for (Index tunnel = 0; tunnel < trace.tunnels.size(); ++tunnel) {
    const History<sim::TunnelState>* history = index_->tunnel(tunnel);
    if (!history || (options_.tunnel != no_index && tunnel != options_.tunnel)) continue;
    sim::TunnelPhase before = sim::TunnelPhase::down;
    for (const auto& [step, state] : history->entries) {
      const bool up = state->phase == sim::TunnelPhase::up && before != sim::TunnelPhase::up;
      const bool down = state->phase == sim::TunnelPhase::down && before != sim::TunnelPhase::down;
      before = state->phase;
      if (!up && !down) continue;
      notes_.push_back({up ? LadderNoteKind::tunnel_up : LadderNoteKind::tunnel_down, step,
                        place_in_step(trace.steps[step], state), no_index, tunnel, state->reason});
    }
  }
}

void Ladder::add_script_notes() {
  const sim::Trace& trace = index_->trace();
  for (Index row = 0; row < trace.steps.size(); ++row) {
    const sim::Step& step = trace.steps[row];
    for (Index note = 0; note < step.notes.size(); ++note) {
      if (!std::holds_alternative<sim::ScriptNote>(step.notes[note])) continue;
      notes_.push_back({LadderNoteKind::script, row, note, step.node, step.tunnel, engine::Reason::none});
    }
  }
}

void Ladder::build_rows() {
  RoutineTracker tracker(index_->trace());
  row_of_arrow_.assign(arrows_.size(), 0);
  std::vector<LadderRow> run;  // Arrows that repeat, not yet known whether enough of them to fold.
  std::size_t note = 0;
  for (Index arrow = 0; arrow <= arrows_.size(); ++arrow) {
    const Index step = arrow < arrows_.size() ? arrows_[arrow].first_step : no_index;
    for (; note < notes_.size() && notes_[note].step < step; ++note) {
      close_run(run);
      tracker.interrupt();
      rows_.push_back({RowKind::note, static_cast<Index>(note), notes_[note].step});
    }
    if (arrow == arrows_.size()) break;
    const bool repeats = tracker.is_repetition(arrows_[arrow].packet) && options_.fold;
    if (!repeats) close_run(run);
    if (repeats) {
      run.push_back({RowKind::arrow, arrow, step});
    } else {
      row_of_arrow_[arrow] = static_cast<Index>(rows_.size());
      rows_.push_back({RowKind::arrow, arrow, step});
    }
  }
  close_run(run);
}

void Ladder::close_run(std::vector<LadderRow>& run) {
  if (run.empty()) return;
  const bool folds = run.size() >= min_fold;
  bool open = true;
  if (folds) {
    const sim::Trace& trace = index_->trace();
    Fold fold;
    fold.first_step = run.front().step;
    fold.arrow_count = static_cast<Index>(run.size());
    open = fold.open = options_.unfolded.count(fold.first_step) != 0;
    for (const LadderRow& row : run) {
      const Arrow& arrow = arrows_[row.item];
      const Routine routine = routine_of(trace, arrow.packet);
      const bool begins = arrow.first_hop == 0 && arrow.kind != ArrowKind::esp;
      if (routine == Routine::dpd && is_dpd_request(trace, arrow.packet)) ++fold.dpd_rounds;
      if (routine == Routine::ping && begins && round_of(trace, arrow.packet) == arrow.packet) ++fold.ping_rounds;
      if (routine == Routine::data && begins) ++fold.data_packets;
      fold.last_step = fold.last_step == no_index ? arrow.last_step : std::max(fold.last_step, arrow.last_step);
    }
    rows_.push_back({RowKind::fold, static_cast<Index>(folds_.size()), fold.first_step});
    folds_.push_back(fold);
  }
  for (const LadderRow& row : run) {
    row_of_arrow_[row.item] = static_cast<Index>(open ? rows_.size() : rows_.size() - 1);
    if (open) rows_.push_back(row);
  }
  run.clear();
}

void Ladder::build_brackets() {
  if (options_.viewpoint == Viewpoint::eavesdropper || rows_.empty()) return;
  const sim::Trace& trace = index_->trace();
  const auto before = [](const LadderRow& row, Index step) { return row.step < step; };
  for (Index exchange = 0; exchange < trace.exchanges.size(); ++exchange) {
    const sim::TraceExchange& candidate = trace.exchanges[exchange];
    if (candidate.machine == "informational" || candidate.first_step >= trace.steps.size()) continue;
    if (options_.tunnel != no_index && candidate.tunnel != options_.tunnel) continue;
    const Index end = candidate.last_step >= trace.steps.size() ? no_index : candidate.last_step + 1;
    const auto begin = std::lower_bound(rows_.begin(), rows_.end(), candidate.first_step, before);
    const auto last = std::lower_bound(begin, rows_.end(), end, before);
    // What is noted in the step that begins the exchange belongs to what went before.
    const auto arrow = std::find_if(begin, last, [](const LadderRow& row) { return row.kind != RowKind::note; });
    const auto first = arrow == last ? begin : arrow;
    if (first == last) continue;
    brackets_.push_back(
        {exchange, static_cast<Index>(first - rows_.begin()), static_cast<Index>(last - rows_.begin()) - 1, 0});
  }
  std::stable_sort(brackets_.begin(), brackets_.end(),
                   [](const LadderBracket& a, const LadderBracket& b) { return a.first_row < b.first_row; });
  std::vector<Index> lane_ends;
  Index reach = 0;
  for (LadderBracket& bracket : brackets_) {
    const auto free =
        std::find_if(lane_ends.begin(), lane_ends.end(), [&](Index end) { return end < bracket.first_row; });
    bracket.lane = static_cast<std::uint32_t>(free - lane_ends.begin());
    if (free == lane_ends.end()) {
      lane_ends.push_back(bracket.last_row);
    } else {
      *free = bracket.last_row;
    }
    bracket_reach_.push_back(reach = std::max(reach, bracket.last_row));
  }
  lane_count_ = static_cast<std::uint32_t>(lane_ends.size());
}

Index Ladder::row_of_step(Index step) const {
  if (rows_.empty()) return 0;
  if (step < index_->trace().steps.size()) {
    const Index arrow = arrow_of_packet(index_->trace().steps[step].packet, step);
    if (arrow != no_index) return row_of_arrow_[arrow];
  }
  const auto next = std::upper_bound(rows_.begin(), rows_.end(), step,
                                     [](Index wanted, const LadderRow& row) { return wanted < row.step; });
  return next == rows_.begin() ? 0 : static_cast<Index>(next - rows_.begin()) - 1;
}

Index Ladder::arrow_of_packet(Index packet, Index step) const {
  auto first = std::lower_bound(packet_arrows_.begin(), packet_arrows_.end(), std::pair<Index, Index>(packet, 0));
  Index found = no_index;
  for (; first != packet_arrows_.end() && first->first == packet; ++first) {
    // At the step of arrival the packet is still on the arrow that ends there, unless the next one begins there.
    if (found == no_index || arrows_[first->second].first_step <= step) found = first->second;
  }
  return found;
}

std::vector<Index> Ladder::brackets_in(Index first, Index last) const {
  std::vector<Index> result;
  const auto after = std::upper_bound(brackets_.begin(), brackets_.end(), last,
                                      [](Index row, const LadderBracket& bracket) { return row < bracket.first_row; });
  for (auto place = static_cast<std::size_t>(after - brackets_.begin());
       place-- > 0 && bracket_reach_[place] >= first;) {
    if (brackets_[place].last_row >= first) result.push_back(static_cast<Index>(place));
  }
  std::reverse(result.begin(), result.end());
  return result;
}

}  // namespace viz
