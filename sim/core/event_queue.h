#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/time.h"
#include "sim/core/action.h"

namespace sim {

/// What comes first of that which happens at the same instant.
enum class EventPriority : std::uint8_t {
  script,   ///< The scenario's script: a link is cut before the packet that would cross it.
  arrival,  ///< A packet's last bit arrives.
  timer,    ///< A timer runs out: an answer that came in time still counts.
};

/// A scheduled event, for cancelling it. Stays valid as a value after the event ran: cancelling then does nothing.
struct EventHandle {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;  ///< 0: no event.
};

/// Pending events in a total order: (time, priority, node, per-node sequence). The sequence counts the events scheduled
/// for a node, so that the order of one node's events does not depend on what others do. An indexed four-way heap:
/// scheduling, taking and cancelling are O(log n), and a cancelled event leaves no trace behind.
class EventQueue {
 public:
  EventHandle schedule(engine::Time time, EventPriority priority, std::uint32_t node, Action action);

  /// Takes the event out; false where it ran or was cancelled before.
  bool cancel(EventHandle handle);

  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }

  /// Time of the first event; the queue is not empty.
  engine::Time next_time() const { return heap_.front().time; }

  /// Takes out the first event and returns its work; the queue is not empty.
  Action take();

 private:
  struct Entry {
    engine::Time time;
    std::uint64_t sequence;
    std::uint32_t node;
    EventPriority priority;
    std::uint32_t slot;
  };
  struct Slot {
    Action action;
    std::uint32_t generation = 1;
    std::uint32_t position = 0;  ///< In the heap.
  };

  static bool before(const Entry& a, const Entry& b);
  void place(std::size_t position, const Entry& entry);
  void sift_up(std::size_t position);
  void sift_down(std::size_t position);
  void remove_at(std::size_t position);
  void release(std::uint32_t slot);

  std::vector<Entry> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint64_t> sequences_;  ///< By node.
};

}  // namespace sim
