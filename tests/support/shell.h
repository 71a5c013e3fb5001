#pragma once

#include <string>

namespace tests {

/// What /bin/sh prints on standard output when it runs `command`, without line ends at the end; empty if it cannot run.
std::string run_in_shell(const std::string& command);

}  // namespace tests
