#include "sim/scenario/simulate.h"

#include <algorithm>

#include "sim/scenario/events.h"
#include "sim/scenario/load.h"
#include "sim/trace/fingerprint.h"
#include "tests/catch.h"

namespace {

sim::Scenario small() {
  engine::Result<sim::Scenario> scenario =
      sim::load_scenario(std::string(TUNNELWALK_SOURCE_DIR) + "/tests/scenarios/bad/base.json");
  REQUIRE(scenario.ok());
  return std::move(scenario).value();
}

sim::Trace run(const sim::Scenario& scenario, const sim::RunOptions& options = {}) {
  engine::Result<sim::Trace> trace = sim::simulate(scenario, options);
  REQUIRE(trace.ok());
  return std::move(trace).value();
}

/// The result of one expectation of the small scenario, changed by `change`.
sim::ExpectationResult decide(void (*change)(sim::Scenario&)) {
  sim::Scenario scenario = small();
  scenario.expectations = {sim::ScenarioExpectation{}};
  change(scenario);
  return run(scenario).expectations.at(0);
}

}  // namespace

TEST_CASE("The same scenario and seed give the same trace, octet for octet") {
  const sim::Scenario scenario = small();
  const sim::Trace first = run(scenario);
  CHECK(sim::all_met(first));
  CHECK(sim::difference(sim::fingerprint(first), sim::fingerprint(run(scenario))) == "");
}

TEST_CASE("Another seed changes keys and octets, not the order of messages") {
  const sim::Scenario scenario = small();
  sim::RunOptions options;
  options.seed = 99;
  const sim::Trace other = run(scenario, options);
  CHECK(other.seed == 99);
  CHECK(sim::difference(sim::fingerprint(run(scenario)), sim::fingerprint(other)) == "wire, keys");
}

TEST_CASE("Watching the progress does not change the run") {
  sim::Scenario scenario = small();
  scenario.until = sim::Time(std::chrono::minutes(10));
  int calls = 0;
  sim::RunOptions options;
  options.progress = [&](sim::Time) { ++calls; };
  CHECK(sim::difference(sim::fingerprint(run(scenario)), sim::fingerprint(run(scenario, options))) == "");
  CHECK(calls == 9);
}

TEST_CASE("A run ends when it is told to") {
  sim::RunOptions options;
  options.until = sim::Time(std::chrono::milliseconds(500));
  const sim::Trace trace = run(small(), options);
  CHECK(trace.end == *options.until);
  CHECK_FALSE(sim::all_met(trace));
}

TEST_CASE("An intervention that is not known is refused") {
  sim::RunOptions options;
  options.interventions = {"drop main-mode-5"};
  CHECK_FALSE(sim::simulate(small(), options).ok());
}

TEST_CASE("An expectation that is not met says what was seen instead") {
  const sim::ExpectationResult ping = decide([](sim::Scenario& scenario) {
    scenario.expectations[0].kind = sim::ExpectationKind::ping;
    scenario.expectations[0].action = "p";
    scenario.expectations[0].value = 3;
  });
  CHECK_FALSE(ping.met);
  CHECK(ping.text == "3 echo requests of p are answered");
  CHECK(ping.detail == "2 of 2 were answered");

  const sim::ExpectationResult messages = decide([](sim::Scenario& scenario) {
    scenario.expectations[0].kind = sim::ExpectationKind::messages;
    scenario.expectations[0].tunnel = "t1";
    scenario.expectations[0].exchange = "quick-mode";
    scenario.expectations[0].sequence = {"quick-mode-1"};
  });
  CHECK_FALSE(messages.met);
  CHECK(messages.detail == "seen: quick-mode-1, quick-mode-2, quick-mode-3");

  const sim::ExpectationResult down = decide([](sim::Scenario& scenario) {
    scenario.expectations[0].kind = sim::ExpectationKind::tunnel_down;
    scenario.expectations[0].tunnel = "t1";
    scenario.expectations[0].by = sim::Time(std::chrono::seconds(3));
  });
  CHECK_FALSE(down.met);
  CHECK(down.detail == "it is up");

  const sim::ExpectationResult rekey = decide([](sim::Scenario& scenario) {
    scenario.expectations[0].kind = sim::ExpectationKind::rekey;
    scenario.expectations[0].tunnel = "t1";
  });
  CHECK_FALSE(rekey.met);
  CHECK(rekey.detail == "there was no rekey");
}

TEST_CASE("Plaintext on a public link is found") {
  const sim::ExpectationResult result = decide([](sim::Scenario& scenario) {
    scenario.expectations[0].kind = sim::ExpectationKind::no_plaintext;
    // The PC's own line is declared public: its ping crosses it in the clear.
    scenario.links[0].is_public = true;
  });
  CHECK_FALSE(result.met);
  CHECK(result.detail.starts_with("ICMP echo request crossed lan in the clear"));
}

TEST_CASE("Events are found by what is said of them") {
  const sim::Scenario scenario = small();
  const sim::Trace trace = run(scenario);
  sim::EventSelector event;
  event.kind = sim::EventKind::message_sent;
  event.message = "main-mode-3";
  const sim::Index third = sim::find_event(trace, scenario, event);
  REQUIRE(third != sim::no_index);
  CHECK(trace.nodes[trace.steps[third].node].id == "router");
  event.node = "endpoint";
  CHECK(sim::find_event(trace, scenario, event) == sim::no_index);

  sim::EventSelector sas;
  sas.kind = sim::EventKind::sa_installed;
  CHECK(sim::find_events(trace, scenario, sas).size() == 2);
  sas.node = "router";
  CHECK(sim::find_events(trace, scenario, sas).size() == 1);

  sim::EventSelector value;
  value.kind = sim::EventKind::value_derived;
  value.value = "SKEYID_d";
  CHECK(sim::find_events(trace, scenario, value).size() == 2);

  sim::EventSelector line;
  line.kind = sim::EventKind::script;
  line.action = "p";
  const sim::Index step = sim::find_event(trace, scenario, line);
  REQUIRE(step != sim::no_index);
  CHECK(trace.steps[step].time == sim::Time(std::chrono::seconds(2)));
}
