#include "engine/esp/replay_window.h"

#include <set>

#include "tests/catch.h"

using namespace engine;
using engine::esp::ReplayWindow;

TEST_CASE("RFC 4303 3.4.3: packets lower than the left edge of the window are rejected") {
  ReplayWindow window(64);
  window.accept(1000);
  CHECK(window.highest() == 1000);
  CHECK(window.check(936) == Reason::outside_replay_window);
  CHECK(window.check(937) == Reason::none);
  CHECK(window.check(1) == Reason::outside_replay_window);
}

TEST_CASE("RFC 4303 3.4.3: packets within the window are checked against those received") {
  ReplayWindow window(64);
  window.accept(100);
  window.accept(90);
  CHECK(window.check(100) == Reason::replayed);
  CHECK(window.check(90) == Reason::replayed);
  CHECK(window.check(91) == Reason::none);
  CHECK(window.seen(90));
  CHECK_FALSE(window.seen(91));
}

TEST_CASE("RFC 4303 3.4.3: a packet to the right of the window proceeds, and accepting it moves the window") {
  ReplayWindow window(32);
  window.accept(1);
  CHECK(window.check(33) == Reason::none);
  CHECK(window.check(2) == Reason::none);
  window.accept(33);
  CHECK(window.check(1) == Reason::outside_replay_window);
  CHECK(window.check(2) == Reason::none);
}

TEST_CASE("RFC 4303 3.4.3: checking alone does not update the window") {
  ReplayWindow window(64);
  CHECK(window.check(5) == Reason::none);
  CHECK(window.check(5) == Reason::none);
  CHECK(window.highest() == 0);
  CHECK_FALSE(window.seen(5));
}

TEST_CASE("RFC 4303 3.3.3: the first packet has sequence number 1, so 0 is never accepted") {
  CHECK(ReplayWindow(64).check(0) == Reason::outside_replay_window);
  CHECK(ReplayWindow(0).check(0) == Reason::outside_replay_window);
  CHECK_FALSE(ReplayWindow(64).seen(0));
}

TEST_CASE("a window of size 0 accepts repetitions and any order") {
  ReplayWindow window(0);
  window.accept(7);
  window.accept(3);
  CHECK(window.check(7) == Reason::none);
  CHECK(window.check(1) == Reason::none);
  CHECK(window.highest() == 7);
  CHECK_FALSE(window.seen(7));
}

TEST_CASE("a jump over the whole window forgets what was there") {
  for (const std::uint32_t size : {32U, 64U, 100U, 1024U}) {
    INFO(size);
    ReplayWindow window(size);
    for (std::uint32_t number = 1; number <= 2 * size; ++number) window.accept(number);
    window.accept(2 * size + 1'000'000);
    for (std::uint32_t back = 1; back < size; ++back) {
      CHECK(window.check(2 * size + 1'000'000 - back) == Reason::none);
    }
  }
}

TEST_CASE("the window works up to the last sequence number") {
  ReplayWindow window(64);
  window.accept(0xfffffff0U);
  window.accept(0xffffffffU);
  CHECK(window.check(0xffffffffU) == Reason::replayed);
  CHECK(window.check(0xfffffff0U) == Reason::replayed);
  CHECK(window.check(0xfffffff1U) == Reason::none);
}

TEST_CASE("the bitmap agrees with a set of all numbers received") {
  for (const std::uint32_t size : {1U, 32U, 63U, 64U, 65U, 200U}) {
    ReplayWindow window(size);
    std::set<std::uint32_t> received;
    std::uint32_t state = 12345;
    std::uint32_t base = 1;
    for (int step = 0; step < 20'000; ++step) {
      state = state * 1664525U + 1013904223U;
      base += state >> 30;
      const std::uint32_t number = base + (state >> 8) % (2 * size);
      const std::uint32_t highest = received.empty() ? 0 : *received.rbegin();
      const bool outside = highest >= size && number <= highest - size;
      const Reason expected = outside                  ? Reason::outside_replay_window
                              : received.count(number) ? Reason::replayed
                                                       : Reason::none;
      REQUIRE(window.check(number) == expected);
      if (expected != Reason::none) continue;
      window.accept(number);
      received.insert(number);
    }
  }
}
