#include <atomic>
#include <filesystem>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "sim/scenario/load.h"
#include "sim/scenario/simulate.h"
#include "viz/cli/commands.h"
#include "viz/cli/library.h"
#include "viz/cli/source.h"

namespace viz {
namespace {

/// What checking one scenario came to.
struct Outcome {
  int status = exit_success;
  std::string line;  ///< For standard output.
  std::string error;
};

Outcome check_one(const std::string& path) {
  const engine::Result<sim::Scenario> scenario = sim::load_scenario(path);
  if (!scenario) return {exit_bad_input, fmt::format("BAD     {}\n", path), scenario.error().message};
  const engine::Result<sim::Trace> trace = sim::simulate(*scenario);
  if (!trace) return {exit_bad_input, fmt::format("BAD     {}\n", path), path + ": " + trace.error().message};

  std::string failures;
  std::size_t failed = 0;
  for (const sim::ExpectationResult& result : trace->expectations) {
    if (result.met) continue;
    ++failed;
    failures += fmt::format("; line {}: {} ({})", result.line, result.text, result.detail);
  }
  for (const sim::TraceBeat& beat : trace->beats) {
    if (beat.step != sim::no_index) continue;
    ++failed;
    failures += fmt::format("; beat \"{}\": its event did not happen", beat.id);
  }
  if (failed > 0)
    return {exit_expectation_failed, fmt::format("FAILED  {}: {} not met{}\n", path, failed, failures), ""};
  return {exit_success,
          fmt::format("ok      {}: {} expectations, {} beats, {} steps\n", path, trace->expectations.size(),
                      trace->beats.size(), trace->steps.size()),
          ""};
}

/// Directories stand for the scenarios in them.
std::vector<std::string> files_of(const std::vector<std::string>& names) {
  std::vector<std::string> files;
  for (const std::string& name : names) {
    std::error_code ignored;
    if (std::filesystem::is_directory(name, ignored)) {
      const std::vector<std::string> inside = scenario_files(name);
      files.insert(files.end(), inside.begin(), inside.end());
    } else {
      files.push_back(find_source(name));
    }
  }
  return files;
}

std::vector<Outcome> check_all(const std::vector<std::string>& files) {
  std::vector<Outcome> outcomes(files.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < files.size(); i = next++) outcomes[i] = check_one(files[i]);
  };
  const std::size_t count = std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), files.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < count; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  return outcomes;
}

int check(const std::vector<std::string>& names) {
  const std::vector<std::string> files = files_of(names);
  if (files.empty()) return report({engine::Reason::malformed, "there are no scenarios in these folders"});
  int status = exit_success;
  for (const Outcome& outcome : check_all(files)) {
    print(outcome.line);
    if (!outcome.error.empty()) report({engine::Reason::malformed, outcome.error});
    status = std::max(status, outcome.status);
  }
  return status;
}

}  // namespace

void add_check_command(CLI::App& app, int& status) {
  const auto names = std::make_shared<std::vector<std::string>>();
  CLI::App* command = app.add_subcommand("check", "Validate and run scenarios, and test what they expect");
  command->add_option("paths", *names, "Scenarios, or folders of scenarios")->required();
  command->callback([names, &status] { status = check(*names); });
}

}  // namespace viz
