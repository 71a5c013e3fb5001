#include "sim/core/simulator.h"

#include <algorithm>

namespace sim {

EventHandle Simulator::at(engine::Time time, EventPriority priority, std::uint32_t node, Action action) {
  return queue_.schedule(std::max(time, now_), priority, node, std::move(action));
}

EventHandle Simulator::after(engine::Duration delay, EventPriority priority, std::uint32_t node, Action action) {
  return at(now_ + delay, priority, node, std::move(action));
}

void Simulator::run_until(engine::Time end) {
  stopped_ = false;
  while (!stopped_ && !queue_.empty() && queue_.next_time() <= end) {
    now_ = queue_.next_time();
    Action action = queue_.take();
    ++events_run_;
    action();
  }
  if (!stopped_) now_ = std::max(now_, end);
}

}  // namespace sim
