#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.h"
#include "sim/trace/trace.h"

namespace sim {

/// The steps at which events of this kind happened, in order; a step stands as often as the event happened in it.
/// `nth` of the selector is not looked at.
std::vector<Index> find_events(const Trace& trace, const Scenario& scenario, const EventSelector& selector);

/// The step of the selector's nth event; no_index if it did not happen.
Index find_event(const Trace& trace, const Scenario& scenario, const EventSelector& selector);

/// The selector in words: "the 2nd main-mode-1 is sent on tunnel1".
std::string to_string(const EventSelector& selector);

/// The step at which a script line was carried out; no_index if the run ended before.
Index step_of_action(const Trace& trace, const ScenarioAction& action);

/// A script line as the trace notes it: "ping pc 10.0.1.20 x5".
std::string to_string(const ScenarioAction& action);

/// The script line of this id; null if there is none.
const ScenarioAction* find_action(const Scenario& scenario, const std::string& id);

}  // namespace sim
