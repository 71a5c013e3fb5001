#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "engine/base/time.h"

namespace engine::ike {

/// What is due at a deadline.
enum class Timer : std::uint8_t {
  initiate,           ///< Owner: index of the tunnel.
  phase1_retransmit,  ///< Owner of phase1_*: number of the ISAKMP SA.
  phase1_half_open,
  phase1_rekey,
  phase1_expire,
  phase1_remove,  ///< A replaced ISAKMP SA has served its time.
  dpd,
  phase2_retransmit,  ///< Owner: number of the exchange.
  phase2_forget,      ///< A finished exchange need no longer answer repetitions.
  pair_rekey,         ///< Owner of pair_*: number of the pair of IPsec SAs.
  pair_expire,
  pair_remove,
};

/// The deadlines of a daemon, in order. Each owner has at most one of each kind. Those of the same moment come in the
/// order in which they were set.
class Deadlines {
 public:
  struct Due {
    Timer timer;
    std::uint32_t owner;
  };

  /// Sets a deadline, or moves it.
  void set(Timer timer, std::uint32_t owner, Time at);

  /// Does nothing where there is none.
  void cancel(Timer timer, std::uint32_t owner);

  std::optional<Time> at(Timer timer, std::uint32_t owner) const;
  std::optional<Time> next() const;

  /// Takes the first deadline that is not after `now`.
  std::optional<Due> take(Time now);

  void clear();

 private:
  using Key = std::pair<Timer, std::uint32_t>;
  using Entry = std::tuple<Time, std::uint64_t, Key>;
  std::set<Entry> order_;
  std::map<Key, std::pair<Time, std::uint64_t>> by_key_;
  std::uint64_t counter_ = 0;
};

}  // namespace engine::ike
