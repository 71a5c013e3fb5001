#include "tests/support/shell.h"

#include <cstdio>
#include <memory>

namespace tests {

std::string run_in_shell(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string output;
  if (!pipe) return output;
  char buffer[4096];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe.get())) output.append(buffer, count);
  while (!output.empty() && output.back() == '\n') output.pop_back();
  return output;
}

}  // namespace tests
