#pragma once

#include <string>

#include "sim/scenario/scenario.h"
#include "sim/trace/trace.h"

namespace sim {

/// Holds a finished run against an expectation.
ExpectationResult decide(const Trace& trace, const Scenario& scenario, const ScenarioExpectation& expectation);

/// The expectation in words: "tunnel1 is up by 2.000 s".
std::string to_string(const ScenarioExpectation& expectation);

}  // namespace sim
