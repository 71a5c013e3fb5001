#include <memory>

#include <fmt/format.h>

#include "sim/scenario/load.h"
#include "sim/trace/json.h"
#include "viz/cli/commands.h"
#include "viz/cli/library.h"
#include "viz/cli/source.h"

namespace viz {
namespace {

struct ListOptions {
  Language language = Language::en;
  bool json = false;
};

std::string line_of(const sim::Scenario& scenario, const std::string& path, const ListOptions& options) {
  const bool japanese = options.language == Language::ja;
  const std::string& title = japanese ? scenario.title.ja : scenario.title.en;
  if (!options.json) return fmt::format("{:24} {}\n", scenario.id, title);
  const std::string& summary = japanese ? scenario.summary.ja : scenario.summary.en;
  return fmt::format("{{\"id\":{},\"path\":{},\"title\":{},\"summary\":{}}}\n", sim::json_string(scenario.id),
                     sim::json_string(path), sim::json_string(title), sim::json_string(summary));
}

int list(const ListOptions& options) {
  const std::string directory = library_directory();
  if (directory.empty()) {
    return report(
        {engine::Reason::malformed, "there is no scenario library; TUNNELWALK_SCENARIOS may name its folder"});
  }
  int status = exit_success;
  for (const std::string& path : scenario_files(directory)) {
    const engine::Result<sim::Scenario> scenario = sim::load_scenario(path);
    if (scenario) {
      print(line_of(*scenario, path, options));
    } else {
      status = report(scenario.error());
    }
  }
  return status;
}

}  // namespace

void add_list_command(CLI::App& app, int& status) {
  const auto options = std::make_shared<ListOptions>();
  CLI::App* command = app.add_subcommand("list", "Show the scenario library");
  add_language_option(*command, options->language);
  command->add_flag("--json", options->json, "One JSON object a line");
  command->callback([options, &status] { status = list(*options); });
}

}  // namespace viz
