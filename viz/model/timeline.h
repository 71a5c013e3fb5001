#pragma once

#include <cstdint>
#include <vector>

#include "viz/model/trace_index.h"

namespace viz {

enum class SpanKind : std::uint8_t {
  main_mode,
  quick_mode,
  rekey_phase1,  ///< A later main mode of the same tunnel.
  rekey_phase2,  ///< A later quick mode of the same tunnel.
  data,          ///< The tunnel is up.
  down,          ///< It was up, or was tried, and is not.
};

/// One stretch of one tunnel on the time line.
struct PhaseSpan {
  SpanKind kind = SpanKind::data;
  Index tunnel = no_index;
  Index exchange = no_index;  ///< Row of Trace::exchanges; none for data and down.
  Index first_step = no_index;
  Index last_step = no_index;                    ///< Inclusive.
  bool open = false;                             ///< It is not over at the end of the trace.
  engine::Reason reason = engine::Reason::none;  ///< Why it failed or is down.
};

enum class MarkKind : std::uint8_t {
  beat,
  script,
  loss,  ///< A packet was lost or dropped, or an IKE message refused.
  failure,
};

/// Something to mark on the time line.
struct Mark {
  MarkKind kind = MarkKind::beat;
  Index step = no_index;
  Index row = no_index;  ///< Of Trace::beats (beat), Trace::packets (loss), Trace::exchanges (failure).
};

/// A label of the axis.
struct Tick {
  std::uint32_t position = 0;
  Time time{};
};

/// Positions on the time line run from 0 to this.
constexpr std::uint32_t timeline_width = 1'000'000'000;

/// The time line: phases, marks, and a compressed axis. Virtual time is mostly idle (an hour of DPD after one second of
/// negotiation), so the axis gives room by what happens: a new thing has a full share, the n-th repetition of routine
/// traffic (DPD, more of the same data) a share that grows with the logarithm of the run's length alone.
class Timeline {
 public:
  explicit Timeline(const TraceIndex& index);

  /// All spans, by tunnel, then by first step.
  const std::vector<PhaseSpan>& spans() const { return spans_; }
  /// By step.
  const std::vector<Mark>& marks() const { return marks_; }

  /// 0 to timeline_width, never decreasing with the step. O(1).
  std::uint32_t position_of_step(Index step) const;
  /// Between two steps in proportion to the time. O(log n).
  std::uint32_t position_of_time(Time time) const;
  /// The last step at or before a position. O(log n).
  Index step_at(std::uint32_t position) const;
  Time time_at(std::uint32_t position) const;

  /// About `count` labels evenly over the axis, none twice, by position.
  std::vector<Tick> ticks(std::uint32_t count) const;

 private:
  void add_exchange_spans(Index tunnel);
  void add_tunnel_spans(Index tunnel);
  void add_marks();
  void lay_out_axis();

  const TraceIndex* index_;
  std::vector<PhaseSpan> spans_;
  std::vector<Mark> marks_;
  std::vector<std::uint32_t> positions_;  ///< Of each step.
};

}  // namespace viz
