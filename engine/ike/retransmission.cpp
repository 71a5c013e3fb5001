#include "engine/ike/retransmission.h"

#include <algorithm>

namespace engine::ike {
namespace {

constexpr Duration longest_wait = std::chrono::hours(1);
constexpr std::uint32_t most_tries = 1000;

}  // namespace

Duration retransmission_wait(const Retransmission& profile, std::uint32_t repetitions) {
  Duration wait = std::clamp(profile.first, Duration(std::chrono::milliseconds(1)), longest_wait);
  for (std::uint32_t i = 0; i < repetitions && wait < longest_wait && profile.factor_permille != 1000; ++i) {
    wait = std::clamp(wait * std::min(profile.factor_permille, 10'000U) / 1000, Duration(std::chrono::milliseconds(1)),
                      longest_wait);
  }
  return wait;
}

Duration retransmission_total(const Retransmission& profile) {
  Duration total{0};
  for (std::uint32_t i = 0; i <= std::min(profile.tries, most_tries); ++i) total += retransmission_wait(profile, i);
  return total;
}

}  // namespace engine::ike
