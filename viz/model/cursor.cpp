#include "viz/model/cursor.h"

#include <algorithm>

namespace viz {

Cursor::Cursor(const TraceIndex& index, Index step) : index_(&index) { seek_step(step); }

Time Cursor::time() const { return index_->step_count() == 0 ? Time{} : index_->trace().steps[step_].time; }

std::span<const Index> Cursor::stops(Granularity granularity) const {
  switch (granularity) {
    case Granularity::packet:
      return index_->packet_steps();
    case Granularity::message:
      return index_->message_steps();
    case Granularity::phase:
      return index_->phase_steps();
    case Granularity::event:
      break;
  }
  return {};
}

bool Cursor::next(Granularity granularity) {
  if (granularity == Granularity::event) return at_end() ? false : seek_step(step_ + 1);
  const std::span<const Index> list = stops(granularity);
  const auto found = std::upper_bound(list.begin(), list.end(), step_);
  return found == list.end() ? end() : seek_step(*found);
}

bool Cursor::previous(Granularity granularity) {
  if (granularity == Granularity::event) return at_start() ? false : seek_step(step_ - 1);
  const std::span<const Index> list = stops(granularity);
  const auto found = std::lower_bound(list.begin(), list.end(), step_);
  return found == list.begin() ? home() : seek_step(*(found - 1));
}

bool Cursor::home() { return seek_step(0); }

bool Cursor::end() { return seek_step(no_index); }

bool Cursor::seek_step(Index step) {
  const Index count = index_->step_count();
  const Index wanted = count == 0 ? 0 : std::min(step, count - 1);
  const bool moved = wanted != step_;
  step_ = wanted;
  return moved;
}

bool Cursor::seek_time(Time time) {
  const Index step = index_->step_at(time);
  return step == no_index ? false : seek_step(step);
}

}  // namespace viz
