#pragma once

#include <cstdint>

#include "engine/base/time.h"
#include "sim/core/event_queue.h"

namespace sim {

/// The virtual clock and what is to happen. Time moves only from event to event.
class Simulator {
 public:
  engine::Time now() const { return now_; }

  /// Schedules work for a node. A time in the past becomes the present.
  EventHandle at(engine::Time time, EventPriority priority, std::uint32_t node, Action action);
  EventHandle after(engine::Duration delay, EventPriority priority, std::uint32_t node, Action action);
  bool cancel(EventHandle handle) { return queue_.cancel(handle); }

  /// Runs every event up to and including `end`, or until stop() is called. The clock then stands at `end`, or at the
  /// event that stopped it. May be called again to go on.
  void run_until(engine::Time end);

  /// Ends run_until after the present event.
  void stop() { stopped_ = true; }

  std::uint64_t events_run() const { return events_run_; }
  bool idle() const { return queue_.empty(); }

 private:
  EventQueue queue_;
  engine::Time now_{};
  std::uint64_t events_run_ = 0;
  bool stopped_ = false;
};

}  // namespace sim
