#include <algorithm>
#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "viz/cli/commands.h"

namespace {

/// CLI11's message on one line.
std::string one_line(std::string message) {
  for (char& c : message) {
    if (c == '\n') c = ' ';
  }
  return message;
}

bool has_command(const CLI::App& app, const std::string& name) {
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  return std::any_of(commands.begin(), commands.end(),
                     [&](const CLI::App* command) { return command->get_name() == name; });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Walk through an IPsec Site-to-Site VPN, one packet at a time.", "tunnelwalk");
  app.set_version_flag("--version", std::string("tunnelwalk ") + TUNNELWALK_VERSION);
  app.require_subcommand(1);
  app.footer("Exit status: 0 success, 1 an expectation failed, 2 bad usage or bad input.");
  int status = viz::exit_success;
  viz::add_list_command(app, status);
  viz::add_run_command(app, status);
  viz::add_check_command(app, status);
  viz::add_view_command(app, status);
  viz::add_export_command(app, status);
  viz::add_import_command(app, status);
  if (argc > 1 && argv[1][0] != '-' && !has_command(app, argv[1])) {
    fmt::print(stderr, "tunnelwalk: there is no command '{}'; see tunnelwalk --help\n", argv[1]);
    return viz::exit_bad_input;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
    fmt::print(stderr, "tunnelwalk: {}; see tunnelwalk --help\n", one_line(error.what()));
    return viz::exit_bad_input;
  }
  if (std::fflush(stdout) != 0) return viz::exit_bad_input;
  return status;
}
