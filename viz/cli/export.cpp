#include "viz/export/export.h"

#include <memory>

#include <fmt/format.h>

#include "viz/cli/commands.h"
#include "viz/cli/source.h"

namespace viz {
namespace {

struct ExportCommandOptions {
  SourceOptions source;
  std::string directory;
  std::vector<std::string> formats;
};

std::string format_names() {
  std::string names;
  for (const ExportFormatInfo& info : all_export_formats()) {
    if (!names.empty()) names += ", ";
    names += info.name;
  }
  return names;
}

int export_to(const ExportCommandOptions& options) {
  ExportOptions wanted;
  wanted.directory = options.directory;
  for (const std::string& name : options.formats) {
    const std::optional<ExportFormat> format = export_format_from_name(name);
    if (!format) {
      return report(
          {engine::Reason::malformed, fmt::format("--format: '{}' is not known, expected {}", name, format_names())});
    }
    wanted.formats.insert(*format);
  }
  const engine::Result<sim::Trace> trace = open_source(options.source);
  if (!trace) return report(trace.error());
  const engine::Result<std::vector<std::string>> written = export_trace(*trace, wanted);
  if (!written) return report(written.error());
  for (const std::string& path : *written) print(path + "\n");
  return exit_success;
}

}  // namespace

void add_export_command(CLI::App& app, int& status) {
  const auto options = std::make_shared<ExportCommandOptions>();
  CLI::App* command = app.add_subcommand("export", "Write capture, walk, pictures and trace into a folder");
  add_source_options(*command, options->source);
  command->add_option("--to", options->directory, "Folder to write to; it is made if need be")->required();
  command->add_option("--format", options->formats, "What to write: " + format_names() + ". Default: all")
      ->delimiter(',');
  command->callback([options, &status] { status = export_to(*options); });
}

}  // namespace viz
