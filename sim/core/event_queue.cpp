#include "sim/core/event_queue.h"

#include <algorithm>
#include <cassert>

namespace sim {
namespace {

constexpr std::size_t arity = 4;

}  // namespace

bool EventQueue::before(const Entry& a, const Entry& b) {
  if (a.time != b.time) return a.time < b.time;
  if (a.priority != b.priority) return a.priority < b.priority;
  if (a.node != b.node) return a.node < b.node;
  return a.sequence < b.sequence;
}

EventHandle EventQueue::schedule(engine::Time time, EventPriority priority, std::uint32_t node, Action action) {
  if (node >= sequences_.size()) sequences_.resize(node + std::size_t{1});
  std::uint32_t slot = 0;
  if (free_.empty()) {
    slot = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  slots_[slot].action = std::move(action);
  heap_.push_back({time, sequences_[node]++, node, priority, slot});
  sift_up(heap_.size() - 1);
  return {slot, slots_[slot].generation};
}

bool EventQueue::cancel(EventHandle handle) {
  if (handle.generation == 0 || slots_[handle.slot].generation != handle.generation) return false;
  remove_at(slots_[handle.slot].position);
  release(handle.slot);
  return true;
}

Action EventQueue::take() {
  assert(!heap_.empty());
  const std::uint32_t slot = heap_.front().slot;
  Action action = std::move(slots_[slot].action);
  remove_at(0);
  release(slot);
  return action;
}

void EventQueue::release(std::uint32_t slot) {
  slots_[slot].action = Action();
  // Zero stands for "no event", so that the count of a slot's uses passes over it.
  if (++slots_[slot].generation == 0) slots_[slot].generation = 1;
  free_.push_back(slot);
}

void EventQueue::place(std::size_t position, const Entry& entry) {
  heap_[position] = entry;
  slots_[entry.slot].position = static_cast<std::uint32_t>(position);
}

void EventQueue::sift_up(std::size_t position) {
  const Entry entry = heap_[position];
  while (position > 0) {
    const std::size_t parent = (position - 1) / arity;
    if (!before(entry, heap_[parent])) break;
    place(position, heap_[parent]);
    position = parent;
  }
  place(position, entry);
}

void EventQueue::sift_down(std::size_t position) {
  const Entry entry = heap_[position];
  for (;;) {
    const std::size_t first_child = position * arity + 1;
    if (first_child >= heap_.size()) break;
    const std::size_t end = std::min(first_child + arity, heap_.size());
    std::size_t least = first_child;
    for (std::size_t child = first_child + 1; child < end; ++child) {
      if (before(heap_[child], heap_[least])) least = child;
    }
    if (!before(heap_[least], entry)) break;
    place(position, heap_[least]);
    position = least;
  }
  place(position, entry);
}

void EventQueue::remove_at(std::size_t position) {
  const Entry last = heap_.back();
  heap_.pop_back();
  if (position == heap_.size()) return;
  place(position, last);
  sift_up(position);
  sift_down(slots_[last.slot].position);
}

}  // namespace sim
