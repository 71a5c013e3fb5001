#pragma once

#include "engine/base/random.h"
#include "engine/ike/connection.h"

namespace engine::ike {

/// How long after its start an SA of life `agreed` is replaced by this side: at rekey_at_percent of its life, else
/// rekey_margin (longer by up to rekey_fuzz_percent, drawn at random) before its end; zero: this side does not.
///
/// The side that did not initiate the SA waits a little longer, so that two sides with equal margins do not both start:
/// it acts first only if its own margin comes clearly earlier.
Duration rekey_after(const SaLifetime& own, Duration agreed, Role role, RandomSource& random);

/// The same share of a kilobyte lifetime, in octets: 0 where there is none.
std::uint64_t rekey_after_bytes(const SaLifetime& own, std::uint64_t agreed_kilobytes);

}  // namespace engine::ike
