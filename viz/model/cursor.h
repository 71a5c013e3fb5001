#pragma once

#include <cstdint>

#include "viz/model/trace_index.h"

namespace viz {

/// How far one press of a key goes.
enum class Granularity : std::uint8_t {
  event,    ///< Every step.
  packet,   ///< The next packet that is put on its first link.
  message,  ///< The next IKE message or ESP packet that is sent.
  phase,    ///< The next beginning or end of an exchange or change of a tunnel.
};

/// A place in a trace: the step whose outcome is shown. All moves are O(log n). In an empty trace it stays at step 0.
class Cursor {
 public:
  explicit Cursor(const TraceIndex& index, Index step = 0);

  Index step() const { return step_; }
  /// The time of the step.
  Time time() const;
  bool at_start() const { return step_ == 0; }
  bool at_end() const { return step_ + 1 >= index_->step_count(); }

  /// Goes to the next (previous) place of this granularity; at the last (first) one, to the end (start) of the trace.
  /// Returns whether it moved.
  bool next(Granularity granularity);
  bool previous(Granularity granularity);

  bool home();
  bool end();
  /// Goes to a step; one past the end becomes the last. Returns whether it moved.
  bool seek_step(Index step);
  /// Goes to the last step at or before `time`.
  bool seek_time(Time time);

 private:
  std::span<const Index> stops(Granularity granularity) const;

  const TraceIndex* index_;
  Index step_ = 0;
};

}  // namespace viz
