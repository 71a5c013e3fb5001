#include "engine/ike/lifetime.h"

#include <algorithm>

namespace engine::ike {
namespace {

constexpr Duration longest_courtesy = std::chrono::seconds(10);
constexpr std::uint64_t soft_bytes_permille = 850;

Duration margin_of(const SaLifetime& own, Duration agreed, RandomSource& random) {
  if (own.rekey_at_percent != 0) return agreed - agreed / 100 * std::min(own.rekey_at_percent, 100U);
  // A margin longer than the life would rekey without end.
  Duration margin = std::min(own.rekey_margin, agreed / 2);
  if (own.rekey_fuzz_percent != 0) {
    const auto range = static_cast<std::uint64_t>(margin.count()) / 100 * own.rekey_fuzz_percent;
    margin += Duration(static_cast<Duration::rep>(random.below(RandomPurpose::timing, range + 1)));
  }
  return std::min(margin, agreed / 4 * 3);
}

}  // namespace

Duration rekey_after(const SaLifetime& own, Duration agreed, Role role, RandomSource& random) {
  if (!own.rekey || agreed <= Duration(0)) return Duration(0);
  const Duration margin = margin_of(own, agreed, random);
  const Duration courtesy = role == Role::responder ? std::min(margin / 4, longest_courtesy) : Duration(0);
  return agreed - margin + courtesy;
}

std::uint64_t rekey_after_bytes(const SaLifetime& own, std::uint64_t agreed_kilobytes) {
  if (!own.rekey || agreed_kilobytes == 0) return 0;
  return agreed_kilobytes * 1024 / 1000 * soft_bytes_permille;
}

}  // namespace engine::ike
