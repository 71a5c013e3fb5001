#pragma once

#include <CLI/CLI.hpp>

namespace viz {

/// Exit statuses of the command.
constexpr int exit_success = 0;
constexpr int exit_expectation_failed = 1;
constexpr int exit_bad_input = 2;

/// Each adds one command to the command line. When it is called, it leaves its exit status in `status`.
void add_list_command(CLI::App& app, int& status);
void add_run_command(CLI::App& app, int& status);
void add_check_command(CLI::App& app, int& status);
void add_view_command(CLI::App& app, int& status);
void add_export_command(CLI::App& app, int& status);
void add_import_command(CLI::App& app, int& status);

}  // namespace viz
