#include "sim/scenario/import.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>

#include <fmt/format.h>

#include "viz/cli/commands.h"
#include "viz/cli/source.h"

namespace viz {
namespace {

struct ImportOptions {
  std::vector<std::string> files;
  std::string output;
};

engine::Result<sim::ConfigurationFile> read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in || text.empty()) {
    return engine::Error{engine::Reason::malformed,
                         path + ":1:1: the file cannot be read or is empty, expected a router's configuration"};
  }
  return sim::ConfigurationFile{path, std::move(text)};
}

/// To a temporary file beside it, then renamed.
bool write(const std::string& path, const std::string& text) {
  const std::string temporary = path + ".partial";
  std::ofstream out(temporary, std::ios::binary);
  out << text << std::flush;
  if (out && std::rename(temporary.c_str(), path.c_str()) == 0) return true;
  std::remove(temporary.c_str());
  return false;
}

int import(const ImportOptions& options) {
  std::vector<sim::ConfigurationFile> files;
  for (const std::string& path : options.files) {
    engine::Result<sim::ConfigurationFile> file = read(path);
    if (!file) return report(file.error());
    files.push_back(std::move(file).value());
  }
  const engine::Result<sim::ImportedScenario> imported = sim::import_configurations(files);
  if (!imported) return report(imported.error());
  if (!write(options.output, imported->json)) {
    return report({engine::Reason::none, options.output + ": cannot be written"});
  }
  for (const std::string& line : imported->unknown_lines) fmt::print(stderr, "{}\n", line);
  for (const std::string& assumption : imported->assumptions) print("assumed: " + assumption + "\n");
  print(fmt::format("written: {}\n", options.output));
  return exit_success;
}

}  // namespace

void add_import_command(CLI::App& app, int& status) {
  const auto options = std::make_shared<ImportOptions>();
  CLI::App* command = app.add_subcommand("import", "Make a scenario of a router's configuration");
  command->add_option("files", options->files, "Configurations of one router (Yamaha RTX), read one after the other")
      ->required();
  command->add_option("-o,--output", options->output, "Scenario file to write")->required();
  command->callback([options, &status] { status = import(*options); });
}

}  // namespace viz
