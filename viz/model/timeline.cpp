#include "viz/model/timeline.h"

#include <algorithm>
#include <bit>
#include <variant>

#include "viz/model/routine.h"

namespace viz {
namespace {

/// Room on the axis, in arbitrary units, for one new event.
constexpr std::uint64_t full_share = 64'000;
/// More room for an event after a pause, for each doubling of the pause in microseconds.
constexpr std::uint64_t pause_share = 4'000;

/// value x to / from, for value <= from; `to` below 2^30.
std::uint64_t scale(std::uint64_t value, std::uint64_t from, std::uint64_t to) {
  while (from >= (std::uint64_t{1} << 34)) {
    from >>= 1;
    value >>= 1;
  }
  return from == 0 ? 0 : std::min(value, from) * to / from;
}

std::uint64_t nanoseconds_between(Time earlier, Time later) {
  return later > earlier ? static_cast<std::uint64_t>((later - earlier).count()) : 0;
}

/// Whether something is noted at a step that a viewer must not miss.
bool is_remarkable(const sim::Step& step) {
  return std::any_of(step.notes.begin(), step.notes.end(), [](const sim::Note& note) {
    return std::holds_alternative<sim::ScriptNote>(note) || std::holds_alternative<sim::BeatNote>(note) ||
           std::holds_alternative<sim::TunnelState>(note) || std::holds_alternative<sim::NegotiationNote>(note);
  });
}

bool has_refusal(const sim::Step& step) {
  return std::any_of(step.notes.begin(), step.notes.end(), [](const sim::Note& note) {
    const auto* message = std::get_if<sim::MessageNote>(&note);
    return message && message->what == sim::MessageNote::What::refused;
  });
}

/// Which steps only repeat what was seen.
std::vector<bool> repetitions(const sim::Trace& trace) {
  std::vector<bool> result(trace.steps.size(), false);
  RoutineTracker tracker(trace);
  bool in_run = false;
  for (std::size_t row = 0; row < trace.steps.size(); ++row) {
    const sim::Step& step = trace.steps[row];
    if (is_remarkable(step)) {
      tracker.interrupt();
      in_run = false;
    } else if (step.packet < trace.packets.size()) {
      in_run = tracker.is_repetition(step.packet);
    }
    result[row] = in_run;
  }
  return result;
}

/// 1, 10, 100 ... nanoseconds: the largest that is not more than `span`.
std::int64_t round_unit(std::int64_t span) {
  std::int64_t unit = 1;
  while (unit <= span / 10) unit *= 10;
  return unit;
}

}  // namespace

Timeline::Timeline(const TraceIndex& index) : index_(&index) {
  for (Index tunnel = 0; tunnel < index.trace().tunnels.size(); ++tunnel) {
    add_exchange_spans(tunnel);
    add_tunnel_spans(tunnel);
  }
  std::stable_sort(spans_.begin(), spans_.end(), [](const PhaseSpan& a, const PhaseSpan& b) {
    return std::pair(a.tunnel, a.first_step) < std::pair(b.tunnel, b.first_step);
  });
  add_marks();
  lay_out_axis();
}

void Timeline::add_exchange_spans(Index tunnel) {
  bool had_phase1 = false;
  bool had_phase2 = false;
  for (Index row : index_->exchanges_of(tunnel)) {
    const sim::TraceExchange& exchange = index_->trace().exchanges[row];
    if (exchange.machine == "informational") continue;
    bool& had_one = exchange.phase == 1 ? had_phase1 : had_phase2;
    const SpanKind first = exchange.phase == 1 ? SpanKind::main_mode : SpanKind::quick_mode;
    const SpanKind later = exchange.phase == 1 ? SpanKind::rekey_phase1 : SpanKind::rekey_phase2;
    const bool open = exchange.last_step >= index_->step_count();
    const Index last = open ? index_->step_count() - 1 : exchange.last_step;
    spans_.push_back({had_one ? later : first, tunnel, row, exchange.first_step, last, open, exchange.reason});
    had_one = had_one || (!open && exchange.reason == engine::Reason::none);
  }
}

void Timeline::add_tunnel_spans(Index tunnel) {
  const History<sim::TunnelState>* history = index_->tunnel(tunnel);
  if (!history) return;
  PhaseSpan* current = nullptr;
  const std::size_t first_row = spans_.size();
  for (const auto& [step, state] : history->entries) {
    const bool up = state->phase == sim::TunnelPhase::up;
    const bool down = state->phase == sim::TunnelPhase::down && state->reason != engine::Reason::none;
    if (current && ((up && current->kind == SpanKind::data) || (down && current->kind == SpanKind::down))) continue;
    if (current) {
      current->last_step = step;
      current->open = false;
      current = nullptr;
    }
    if (!up && !down) continue;
    spans_.push_back(
        {up ? SpanKind::data : SpanKind::down, tunnel, no_index, step, index_->step_count() - 1, true, state->reason});
    current = &spans_.back();
  }
  // An empty stretch (down and up again in one step) is nothing to draw.
  spans_.erase(std::remove_if(spans_.begin() + static_cast<std::ptrdiff_t>(first_row), spans_.end(),
                              [](const PhaseSpan& span) { return !span.open && span.first_step == span.last_step; }),
               spans_.end());
}

void Timeline::add_marks() {
  const sim::Trace& trace = index_->trace();
  for (Index row = 0; row < trace.steps.size(); ++row) {
    const sim::Step& step = trace.steps[row];
    if (step.kind == sim::StepKind::drop || has_refusal(step)) marks_.push_back({MarkKind::loss, row, step.packet});
    const auto is_script = [](const sim::Note& note) { return std::holds_alternative<sim::ScriptNote>(note); };
    if (std::any_of(step.notes.begin(), step.notes.end(), is_script)) {
      marks_.push_back({MarkKind::script, row, no_index});
    }
  }
  for (Index row = 0; row < trace.beats.size(); ++row) {
    if (trace.beats[row].step < trace.steps.size()) marks_.push_back({MarkKind::beat, trace.beats[row].step, row});
  }
  for (Index row = 0; row < trace.exchanges.size(); ++row) {
    const sim::TraceExchange& exchange = trace.exchanges[row];
    if (exchange.reason == engine::Reason::none || exchange.last_step >= trace.steps.size()) continue;
    marks_.push_back({MarkKind::failure, exchange.last_step, row});
  }
  std::stable_sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) { return a.step < b.step; });
}

void Timeline::lay_out_axis() {
  const std::vector<sim::Step>& steps = index_->trace().steps;
  const std::vector<bool> repeats = repetitions(index_->trace());
  std::vector<std::uint64_t> sums(steps.size(), 0);
  std::uint64_t sum = 0;
  for (std::size_t row = 1; row < steps.size();) {
    std::size_t end = row + 1;
    std::uint64_t share = full_share;
    if (repeats[row]) {
      while (end < steps.size() && repeats[end]) ++end;
      const std::uint64_t count = end - row;
      share = std::max<std::uint64_t>(full_share * (2 + static_cast<std::uint64_t>(std::bit_width(count))) / count, 1);
      share = std::min(share, full_share);
    } else {
      const std::uint64_t pause = nanoseconds_between(steps[row - 1].time, steps[row].time) / 1000;
      share += pause_share * static_cast<std::uint64_t>(std::bit_width(pause));
    }
    for (; row < end; ++row) sums[row] = sum += share;
  }
  positions_.reserve(steps.size());
  for (std::uint64_t before : sums) {
    positions_.push_back(static_cast<std::uint32_t>(scale(before, sum, timeline_width)));
  }
}

std::uint32_t Timeline::position_of_step(Index step) const {
  return step < positions_.size() ? positions_[step] : timeline_width;
}

std::uint32_t Timeline::position_of_time(Time time) const {
  const Index step = index_->step_at(time);
  if (step == no_index) return 0;
  if (step + 1 >= positions_.size()) return positions_[step];
  const Time from = index_->trace().steps[step].time;
  const Time to = index_->trace().steps[step + 1].time;
  const std::uint32_t width = positions_[step + 1] - positions_[step];
  const std::uint64_t share = scale(nanoseconds_between(from, time), nanoseconds_between(from, to), width);
  return positions_[step] + static_cast<std::uint32_t>(share);
}

Index Timeline::step_at(std::uint32_t position) const {
  const auto next = std::upper_bound(positions_.begin(), positions_.end(), position);
  return next == positions_.begin() ? 0 : static_cast<Index>(next - positions_.begin()) - 1;
}

Time Timeline::time_at(std::uint32_t position) const {
  if (positions_.empty()) return {};
  const std::vector<sim::Step>& steps = index_->trace().steps;
  const Index step = step_at(position);
  if (step + 1 >= positions_.size() || position <= positions_[step]) return steps[step].time;
  const std::uint32_t width = positions_[step + 1] - positions_[step];
  const auto gap = static_cast<std::int64_t>(nanoseconds_between(steps[step].time, steps[step + 1].time));
  // Whole and rest apart: the gap may be too long to be multiplied by the width.
  const std::int64_t offset = position - positions_[step];
  return steps[step].time + engine::Duration(gap / width * offset + gap % width * offset / width);
}

std::vector<Tick> Timeline::ticks(std::uint32_t count) const {
  std::vector<Tick> result;
  if (positions_.empty() || count == 0) return result;
  for (std::uint32_t tick = 0; tick <= count; ++tick) {
    const auto place = static_cast<std::uint32_t>(std::uint64_t{timeline_width} * tick / count);
    const Time here = time_at(place);
    const Time next = time_at(std::min<std::uint32_t>(place + timeline_width / count, timeline_width));
    // Round numbers are read at a glance: up to the next multiple of a power of ten that fits between two labels.
    const std::int64_t unit = round_unit((next - here).count());
    const Time rounded = engine::time_at((engine::nanoseconds(here) + unit - 1) / unit * unit);
    const Time shown = rounded <= next ? rounded : here;
    if (!result.empty() && shown <= result.back().time) continue;
    result.push_back({position_of_time(shown), shown});
  }
  return result;
}

}  // namespace viz
