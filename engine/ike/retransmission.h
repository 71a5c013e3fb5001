#pragma once

#include "engine/ike/connection.h"

namespace engine::ike {

/// The wait after the `repetitions`-th repetition (0: after the first sending): first x (factor / 1000)^repetitions,
/// at most one hour.
Duration retransmission_wait(const Retransmission& profile, std::uint32_t repetitions);

/// From the first sending to giving up: the sum of all waits.
Duration retransmission_total(const Retransmission& profile);

}  // namespace engine::ike
