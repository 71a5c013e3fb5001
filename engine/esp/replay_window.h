#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/reason.h"

namespace engine::esp {

/// The anti-replay window of RFC 4303 3.4.3: a bitmap of the `size` sequence numbers up to the highest that passed.
class ReplayWindow {
 public:
  /// `size` in packets; 0 accepts everything but sequence number 0.
  explicit ReplayWindow(std::uint32_t size);

  /// Whether a packet with this number may go on to the ICV check: none, replayed, or outside_replay_window.
  Reason check(std::uint32_t sequence) const;

  /// Marks a number whose packet passed the ICV check; "the receive window is updated only if the integrity check
  /// succeeds".
  void accept(std::uint32_t sequence);

  std::uint32_t size() const { return size_; }
  std::uint32_t highest() const { return highest_; }

  /// Whether `sequence` was received; false outside the window.
  bool seen(std::uint32_t sequence) const;

 private:
  std::uint32_t size_;
  std::uint32_t highest_ = 0;
  std::vector<std::uint64_t> bits_;  ///< Ring: number n is bit n % ring size.
};

}  // namespace engine::esp
