#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "engine/base/result.h"
#include "sim/trace/trace.h"
#include "viz/text/catalogue.h"

namespace viz {

/// What the commands that run something have in common.
struct SourceOptions {
  std::string name;  ///< Path of a scenario or a trace, or id of the library.
  std::optional<std::uint64_t> seed;
  std::string until;  ///< A duration; empty: as the scenario says.
};

/// Adds the source's argument and options to a command.
void add_source_options(CLI::App& command, SourceOptions& options);

/// Adds --lang.
void add_language_option(CLI::App& command, Language& language);

/// The trace of a source: a scenario is run, a saved trace is read. Long runs show their progress on standard error
/// where that is a terminal. Errors: one line with the place.
engine::Result<sim::Trace> open_source(const SourceOptions& options);

/// Prints an error as one line on standard error and returns the status for bad input.
int report(const engine::Error& error);

/// Writes to standard output; false where it does not take it.
bool print(std::string_view text);

}  // namespace viz
