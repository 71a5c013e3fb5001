#include "viz/cli/library.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace viz {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

/// Where this program lies; empty where the system does not tell.
fs::path program_directory() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

}  // namespace

std::string library_directory() {
  if (const char* named = std::getenv("TUNNELWALK_SCENARIOS")) return named;
  const fs::path program = program_directory();
  for (const fs::path& candidate : {program / "scenarios", program / "../share/tunnelwalk/scenarios",
                                    fs::path(TUNNELWALK_SOURCE_DIR) / "scenarios"}) {
    if (is_folder(candidate)) return candidate.lexically_normal().string();
  }
  return {};
}

std::vector<std::string> scenario_files(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    const bool other = name.find(".schema.") != std::string::npos || name == "fingerprints.json";
    if (entry.path().extension() == ".json" && !other) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string find_source(const std::string& name) {
  if (is_file(name)) return name;
  const fs::path in_library = fs::path(library_directory()) / (name + ".json");
  return is_file(in_library) ? in_library.string() : name;
}

}  // namespace viz
