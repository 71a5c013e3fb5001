#include <memory>

#include "sim/scenario/simulate.h"
#include "sim/trace/storage.h"
#include "viz/cli/commands.h"
#include "viz/cli/source.h"
#include "viz/text/walk.h"

namespace viz {
namespace {

struct RunCommandOptions {
  SourceOptions source;
  Language language = Language::en;
  bool json = false;
  std::string save;
};

bool print_json_lines(const sim::Trace& trace, Language language) {
  for (sim::Index step = 0; step < trace.steps.size(); ++step) {
    if (!print(step_json(trace, step, language) + "\n")) return false;
  }
  return print(outcome_json(trace, language) + "\n");
}

int run(const RunCommandOptions& options) {
  const engine::Result<sim::Trace> trace = open_source(options.source);
  if (!trace) return report(trace.error());
  if (!options.save.empty()) {
    const engine::Result<void> saved = sim::save_trace(*trace, options.save);
    if (!saved) return report(saved.error());
  }
  const bool printed =
      options.json ? print_json_lines(*trace, options.language) : print(walk(*trace, options.language));
  if (!printed) return report({engine::Reason::none, "standard output cannot be written"});
  return sim::all_met(*trace) ? exit_success : exit_expectation_failed;
}

}  // namespace

void add_run_command(CLI::App& app, int& status) {
  const auto options = std::make_shared<RunCommandOptions>();
  CLI::App* command = app.add_subcommand("run", "Run a scenario and print the walk as text");
  add_source_options(*command, options->source);
  add_language_option(*command, options->language);
  command->add_flag("--json", options->json, "JSON Lines: a step a line, the outcome last");
  command->add_option("--save", options->save, "Save the trace to this file");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace viz
