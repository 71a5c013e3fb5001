#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "sim/scenario/scenario.h"
#include "sim/trace/trace.h"

namespace sim {

/// What the caller may set beside the scenario.
struct RunOptions {
  std::optional<std::uint64_t> seed;       ///< Instead of the scenario's.
  std::optional<Time> until;               ///< Ends the run earlier or later.
  std::vector<std::string> interventions;  ///< Kept in the trace; none is defined yet, so any is an error.
  std::function<void(Time)>
      progress;  ///< Called now and then with the virtual time reached; does not influence the run.
};

/// Runs the scenario from start to end: builds the world, carries out the script, decides expectations and binds beats.
/// A pure function: the same arguments give the same trace, octet for octet. Errors: an intervention that is not known.
engine::Result<Trace> simulate(const Scenario& scenario, const RunOptions& options = {});

/// Whether every expectation of the trace was met.
bool all_met(const Trace& trace);

}  // namespace sim
