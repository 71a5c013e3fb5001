#include "engine/esp/replay_window.h"

#include <algorithm>

namespace engine::esp {
namespace {

constexpr std::uint32_t word_bits = 64;

std::uint64_t mask(std::uint32_t bit) { return std::uint64_t{1} << (bit % word_bits); }

}  // namespace

ReplayWindow::ReplayWindow(std::uint32_t size)
    : size_(size), bits_(static_cast<std::size_t>((std::uint64_t{size} + word_bits - 1) / word_bits)) {}

Reason ReplayWindow::check(std::uint32_t sequence) const {
  // The first packet of an SA has sequence number 1 (RFC 4303 3.3.3), so 0 lies left of every window.
  if (sequence == 0) return Reason::outside_replay_window;
  if (size_ == 0 || sequence > highest_) return Reason::none;
  if (highest_ - sequence >= size_) return Reason::outside_replay_window;
  return seen(sequence) ? Reason::replayed : Reason::none;
}

void ReplayWindow::accept(std::uint32_t sequence) {
  if (size_ == 0) {
    highest_ = std::max(highest_, sequence);
    return;
  }
  const std::uint64_t ring = std::uint64_t{bits_.size()} * word_bits;
  if (sequence > highest_) {
    if (sequence - highest_ >= ring) {
      std::fill(bits_.begin(), bits_.end(), 0);
    } else {
      for (std::uint64_t skipped = std::uint64_t{highest_} + 1; skipped < sequence; ++skipped) {
        const auto bit = static_cast<std::uint32_t>(skipped % ring);
        bits_[bit / word_bits] &= ~mask(bit);
      }
    }
    highest_ = sequence;
  }
  const auto bit = static_cast<std::uint32_t>(sequence % ring);
  bits_[bit / word_bits] |= mask(bit);
}

bool ReplayWindow::seen(std::uint32_t sequence) const {
  if (sequence == 0 || sequence > highest_ || highest_ - sequence >= size_) return false;
  const auto bit = static_cast<std::uint32_t>(sequence % (std::uint64_t{bits_.size()} * word_bits));
  return (bits_[bit / word_bits] & mask(bit)) != 0;
}

}  // namespace engine::esp
