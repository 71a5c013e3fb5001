#include "viz/cli/source.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "sim/scenario/load.h"
#include "sim/scenario/simulate.h"
#include "sim/trace/storage.h"
#include "viz/cli/commands.h"
#include "viz/cli/library.h"

namespace viz {
namespace {

using engine::Error;
using engine::Reason;
using engine::Result;

/// Shows the virtual time reached, and takes it away at the end.
class Progress {
 public:
  ~Progress() {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
  }
  void show(sim::Time time) {
    shown_ = true;
    fmt::print(stderr, "\r\x1b[Ksimulated {}", engine::format_short(time.time_since_epoch()));
  }

 private:
  bool shown_ = false;
};

/// The first octets of a file: enough to tell a trace from a scenario.
Result<std::string> read_head(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string head(256, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  if (!head.empty()) return head;
  const bool is_path = path.find('/') != std::string::npos || path.ends_with(".json") || in.eof();
  return Error{Reason::malformed,
               is_path
                   ? fmt::format("{}:1:1: the file cannot be read or is empty, expected a scenario or a trace", path)
                   : fmt::format("there is no scenario \"{}\", expected a path or an id that \"tunnelwalk list\" "
                                 "shows",
                                 path)};
}

Result<sim::Trace> run(const std::string& path, const SourceOptions& options) {
  Result<sim::Scenario> scenario = sim::load_scenario(path);
  if (!scenario) return scenario.error();
  sim::RunOptions run_options;
  run_options.seed = options.seed;
  if (!options.until.empty()) {
    const Result<engine::Duration> until = engine::parse_duration(options.until);
    if (!until) return Error{until.error().reason, "--until: " + until.error().message};
    run_options.until = sim::Time(*until);
  }
  Progress progress;
  if (isatty(STDERR_FILENO) != 0) run_options.progress = [&](sim::Time time) { progress.show(time); };
  return sim::simulate(*scenario, run_options);
}

}  // namespace

void add_source_options(CLI::App& command, SourceOptions& options) {
  command.add_option("source", options.name, "A scenario (path, or an id of the library) or a saved trace")->required();
  command.add_option("--seed", options.seed, "Seed of all random values, instead of the scenario's");
  command.add_option("--until", options.until, "End of the run, such as 90s or 1h30m");
}

void add_language_option(CLI::App& command, Language& language) {
  static const std::map<std::string, Language> names{{"en", Language::en}, {"ja", Language::ja}};
  command.add_option("--lang", language, "Language of the texts: en or ja")
      ->transform(CLI::CheckedTransformer(names))
      ->option_text("en|ja");
}

Result<sim::Trace> open_source(const SourceOptions& options) {
  const std::string path = find_source(options.name);
  const Result<std::string> head = read_head(path);
  if (!head) return head.error();
  if (!sim::looks_like_trace(*head)) return run(path, options);
  if (options.seed || !options.until.empty()) {
    return Error{Reason::malformed, path + ": a saved trace is not run again; --seed and --until go with a scenario"};
  }
  return sim::load_trace(path);
}

int report(const Error& error) {
  fmt::print(stderr, "{}\n", error.message);
  return exit_bad_input;
}

bool print(std::string_view text) { return std::fwrite(text.data(), 1, text.size(), stdout) == text.size(); }

}  // namespace viz
