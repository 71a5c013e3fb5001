#include "engine/base/time.h"

#include <array>
#include <limits>

#include <fmt/format.h>

namespace engine {
namespace {

struct Unit {
  std::string_view suffix;
  std::int64_t ns;
};

// Longer suffixes first, so that "ms" is not read as "m".
constexpr std::array units = {
    Unit{"ns", 1},
    Unit{"us", 1'000},
    Unit{"ms", 1'000'000},
    Unit{"s", 1'000'000'000},
    Unit{"m", 60'000'000'000},
    Unit{"h", 3'600'000'000'000},
};

constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max() / 4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string format_exact(Time time) {
  const std::int64_t ns = nanoseconds(time);
  return fmt::format("{}.{:09}", ns / 1'000'000'000, ns % 1'000'000'000);
}

std::string format_short(Duration duration) {
  const std::int64_t ns = duration.count();
  if (ns < 0) return fmt::format("-{}", format_short(-duration));
  if (ns == 0) return "0 s";
  if (ns < 1'000) return fmt::format("{} ns", ns);
  if (ns < 1'000'000) return fmt::format("{}.{:03} us", ns / 1'000, ns % 1'000);
  if (ns < 1'000'000'000) return fmt::format("{}.{:03} ms", ns / 1'000'000, ns / 1'000 % 1'000);
  const std::int64_t seconds = ns / 1'000'000'000;
  if (seconds < 60) return fmt::format("{}.{:03} s", seconds, ns / 1'000'000 % 1'000);
  if (seconds < 3'600) return fmt::format("{} min {} s", seconds / 60, seconds % 60);
  return fmt::format("{} h {} min {} s", seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

Result<Duration> parse_duration(std::string_view text) {
  const auto refuse = [&](std::size_t offset) {
    return Error{Reason::malformed,
                 fmt::format("'{}' is not a duration; write it like \"20ms\", \"1.5s\" or \"1h30m\"", text), offset};
  };
  if (text == "0") return Duration(0);
  if (text.empty()) return refuse(0);
  std::int64_t total = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t number_start = at;
    std::int64_t whole = 0;
    while (at < text.size() && is_digit(text[at])) {
      whole = whole * 10 + (text[at++] - '0');
      if (whole > 1'000'000'000'000'000'000 / 10) return refuse(number_start);
    }
    if (at == number_start) return refuse(at);
    std::int64_t fraction = 0;
    std::int64_t fraction_scale = 1;
    if (at < text.size() && text[at] == '.') {
      const std::size_t fraction_start = ++at;
      while (at < text.size() && is_digit(text[at])) {
        if (fraction_scale >= 1'000'000'000) return refuse(at);
        fraction = fraction * 10 + (text[at++] - '0');
        fraction_scale *= 10;
      }
      if (at == fraction_start) return refuse(at);
    }
    const Unit* unit = nullptr;
    for (const Unit& candidate : units) {
      if (text.substr(at, candidate.suffix.size()) == candidate.suffix) {
        unit = &candidate;
        break;
      }
    }
    if (unit == nullptr || whole > longest / unit->ns) return refuse(at);
    at += unit->suffix.size();
    // Fractions of minutes and hours are split so that the product fits 64 bits.
    const std::int64_t part =
        unit->ns / fraction_scale * fraction + unit->ns % fraction_scale * fraction / fraction_scale;
    total += whole * unit->ns + part;
    if (total > longest) return refuse(number_start);
  }
  return Duration(total);
}

}  // namespace engine
