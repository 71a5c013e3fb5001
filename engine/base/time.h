#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace engine {

/// A span of virtual or real time, in whole nanoseconds.
using Duration = std::chrono::nanoseconds;

/// The clock of a run: starts at zero. The engine never reads a clock; it is told the time.
struct RunClock {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<RunClock, Duration>;
  static constexpr bool is_steady = true;
};

/// A moment, counted from the start of the run.
using Time = RunClock::time_point;

/// Nanoseconds from the start of the run.
constexpr std::int64_t nanoseconds(Time time) { return time.time_since_epoch().count(); }

/// The moment `ns` nanoseconds after the start of the run.
constexpr Time time_at(std::int64_t ns) { return Time(Duration(ns)); }

/// "0.020041200": seconds with nine decimals, for files and fingerprints.
std::string format_exact(Time time);

/// "20.041 ms", "3.200 s", "57 min 30 s": rounded for people.
std::string format_short(Duration duration);

/// Reads "20ms", "1.5s", "90s", "1h30m", "250us", "40ns", "0". Error: Reason::malformed.
Result<Duration> parse_duration(std::string_view text);

}  // namespace engine
