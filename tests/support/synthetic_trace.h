#pragma once

#include <cstdint>

#include "sim/trace/trace.h"

namespace tests {

/// What a synthetic trace holds. Node rows: 0 pc, 1 yamaha, 2 internet, 3 aws1, 4 aws2, 5 vgw, 6 ec2.
struct SyntheticOptions {
  std::uint32_t tunnels = 2;               ///< 1 or 2; each has a main mode and a quick mode.
  std::uint32_t pings = 3;                 ///< Through tunnel 1, each an echo request and a reply.
  std::uint32_t dpd_rounds = 5;            ///< On each tunnel, every 10 s.
  bool rekey = true;                       ///< A second quick mode on tunnel 1.
  bool lose_message_5_of_tunnel_2 = true;  ///< Its first sending is lost; the retransmission arrives.
  bool fail_third_exchange = false;        ///< A last main mode on tunnel 2 that ends with authentication-failed.
  bool end_down = false;                   ///< Tunnel 2 goes down at the end (peer dead).
};

/// A valid trace with plausible packets (real headers and checksums, counting bytes for what would be encrypted) and
/// correct key derivations, built without the engine's state machines.
sim::Trace synthetic_trace(const SyntheticOptions& options = {});

/// A trace with at least `arrows` packets on the ladder: main mode, quick mode, then DPD and pings.
sim::Trace large_synthetic_trace(std::uint32_t arrows);

}  // namespace tests
