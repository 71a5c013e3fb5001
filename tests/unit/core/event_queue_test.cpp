#include "sim/core/event_queue.h"

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "sim/core/simulator.h"
#include "tests/catch.h"

using sim::EventHandle;
using sim::EventPriority;
using sim::EventQueue;

TEST_CASE("events come by time, then priority, then node, then order of scheduling") {
  EventQueue queue;
  std::string log;
  const auto add = [&](int time, EventPriority priority, std::uint32_t node, char name) {
    queue.schedule(engine::time_at(time), priority, node, [&log, name] { log += name; });
  };
  add(5, EventPriority::arrival, 0, 'h');
  add(1, EventPriority::timer, 0, 'e');
  add(1, EventPriority::timer, 2, 'g');
  add(1, EventPriority::arrival, 7, 'd');
  add(1, EventPriority::script, 9, 'a');
  add(1, EventPriority::arrival, 3, 'b');
  add(1, EventPriority::arrival, 3, 'c');
  add(1, EventPriority::timer, 0, 'f');
  while (!queue.empty()) queue.take()();
  CHECK(log == "abcdefgh");
}

TEST_CASE("the order of one node's events does not depend on when other nodes schedule theirs") {
  const auto run = [](bool others_first) {
    EventQueue queue;
    std::string log;
    const auto other = [&] { queue.schedule(engine::time_at(1), EventPriority::timer, 1, [&log] { log += 'x'; }); };
    if (others_first) other();
    queue.schedule(engine::time_at(1), EventPriority::timer, 0, [&log] { log += 'a'; });
    queue.schedule(engine::time_at(1), EventPriority::timer, 0, [&log] { log += 'b'; });
    if (!others_first) other();
    while (!queue.empty()) queue.take()();
    return log;
  };
  CHECK(run(true) == "abx");
  CHECK(run(false) == "abx");
}

TEST_CASE("a cancelled event is gone at once, and only once") {
  EventQueue queue;
  int ran = 0;
  const EventHandle first = queue.schedule(engine::time_at(1), EventPriority::timer, 0, [&] { ran += 1; });
  queue.schedule(engine::time_at(2), EventPriority::timer, 0, [&] { ran += 10; });
  CHECK(queue.cancel(first));
  CHECK_FALSE(queue.cancel(first));
  CHECK(queue.size() == 1);
  // The slot is used again; the old handle must not reach the new event.
  queue.schedule(engine::time_at(3), EventPriority::timer, 0, [&] { ran += 100; });
  CHECK_FALSE(queue.cancel(first));
  CHECK_FALSE(queue.cancel(EventHandle{}));
  while (!queue.empty()) queue.take()();
  CHECK(ran == 110);
}

TEST_CASE("thousands of events with cancellations come out as a sorted list would give them") {
  using Key = std::tuple<int, int, std::uint32_t, int>;
  std::mt19937 random(7);
  EventQueue queue;
  std::vector<Key> expected;
  std::vector<Key> seen;
  std::vector<std::pair<EventHandle, Key>> scheduled;
  std::vector<int> sequences(5);
  for (int i = 0; i < 5000; ++i) {
    const int time = static_cast<int>(random() % 200);
    const int priority = static_cast<int>(random() % 3);
    const auto node = static_cast<std::uint32_t>(random() % 5);
    const Key key{time, priority, node, sequences[node]++};
    scheduled.emplace_back(queue.schedule(engine::time_at(time), static_cast<EventPriority>(priority), node,
                                          [&seen, key] { seen.push_back(key); }),
                           key);
  }
  for (std::size_t i = 0; i < scheduled.size(); ++i) {
    if (i % 3 == 0) {
      REQUIRE(queue.cancel(scheduled[i].first));
    } else {
      expected.push_back(scheduled[i].second);
    }
  }
  std::sort(expected.begin(), expected.end());
  while (!queue.empty()) queue.take()();
  CHECK(seen == expected);
}

TEST_CASE("an action that is never run still destroys what it holds") {
  const auto held = std::make_shared<int>(1);
  {
    EventQueue queue;
    queue.schedule(engine::time_at(1), EventPriority::timer, 0, [held] {});
    const EventHandle cancelled = queue.schedule(engine::time_at(1), EventPriority::timer, 0, [held] {});
    CHECK(held.use_count() == 3);
    queue.cancel(cancelled);
    CHECK(held.use_count() == 2);
  }
  CHECK(held.use_count() == 1);
}

TEST_CASE("the clock moves from event to event and ends where the run ends") {
  sim::Simulator simulator;
  std::vector<std::int64_t> times;
  simulator.after(engine::Duration(30), EventPriority::timer, 0,
                  [&] { times.push_back(nanoseconds(simulator.now())); });
  simulator.after(engine::Duration(10), EventPriority::timer, 0, [&] {
    times.push_back(nanoseconds(simulator.now()));
    // In the past: happens now, not before.
    simulator.at(engine::time_at(5), EventPriority::timer, 0, [&] { times.push_back(nanoseconds(simulator.now())); });
  });
  simulator.run_until(engine::time_at(20));
  CHECK(times == std::vector<std::int64_t>{10, 10});
  CHECK(simulator.now() == engine::time_at(20));
  simulator.run_until(engine::time_at(30));
  CHECK(times == std::vector<std::int64_t>{10, 10, 30});
  CHECK(simulator.events_run() == 3);
  CHECK(simulator.idle());
}

TEST_CASE("a stopped run goes on where it stopped") {
  sim::Simulator simulator;
  int ran = 0;
  for (int time = 1; time <= 3; ++time) {
    simulator.at(engine::time_at(time), EventPriority::timer, 0, [&] {
      ++ran;
      if (ran == 2) simulator.stop();
    });
  }
  simulator.run_until(engine::time_at(100));
  CHECK(ran == 2);
  CHECK(simulator.now() == engine::time_at(2));
  simulator.run_until(engine::time_at(100));
  CHECK(ran == 3);
  CHECK(simulator.now() == engine::time_at(100));
}
