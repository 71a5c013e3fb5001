#include "sim/scenario/simulate.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/scenario/build.h"
#include "sim/scenario/events.h"
#include "sim/scenario/expectations.h"

namespace sim {
namespace {

/// Between two calls of RunOptions::progress.
constexpr Duration progress_interval = std::chrono::seconds(60);

void run(World& world, Time until, const std::function<void(Time)>& progress) {
  if (progress) {
    for (Time at = Time(progress_interval); at < until; at += progress_interval) {
      world.run_until(at);
      progress(at);
    }
  }
  world.run_until(until);
}

void bind_beats(Trace& trace, const Scenario& scenario) {
  for (const ScenarioBeat& beat : scenario.beats) {
    const Index row = static_cast<Index>(trace.beats.size());
    const Index step = find_event(trace, scenario, beat.on);
    trace.beats.push_back({beat.id, step, beat.title, beat.text, beat.question});
    if (step != no_index) trace.steps[step].notes.push_back(BeatNote{row});
  }
}

}  // namespace

engine::Result<Trace> simulate(const Scenario& scenario, const RunOptions& options) {
  if (!options.interventions.empty()) {
    return engine::Error{Reason::malformed, fmt::format("the intervention \"{}\" is not known; this version has none",
                                                        options.interventions.front())};
  }
  engine::Result<std::unique_ptr<World>> world = build_world(scenario, options.seed.value_or(scenario.seed));
  if (!world) return world.error();
  run(**world, options.until.value_or(scenario.until), options.progress);
  Trace trace = (*world)->take_trace();
  for (const ScenarioExpectation& expectation : scenario.expectations) {
    trace.expectations.push_back(decide(trace, scenario, expectation));
  }
  bind_beats(trace, scenario);
  trace.index();
  return trace;
}

bool all_met(const Trace& trace) {
  return std::all_of(trace.expectations.begin(), trace.expectations.end(),
                     [](const ExpectationResult& result) { return result.met; });
}

}  // namespace sim
