#include "viz/gui/library.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/scenario/load.h"
#include "sim/scenario/simulate.h"
#include "sim/trace/storage.h"

namespace viz {

namespace {

constexpr const char* first_scenario = "aws-yamaha";

/// A path as given, or the file of that id in the library.
std::string path_of(const std::string& source, const std::string& directory) {
  const std::string wanted = source.empty() ? first_scenario : source;
  std::error_code ignored;
  if (std::filesystem::is_regular_file(wanted, ignored)) return wanted;
  const std::filesystem::path in_library = std::filesystem::path(directory) / (wanted + ".json");
  return std::filesystem::is_regular_file(in_library, ignored) ? in_library.string() : wanted;
}

engine::Result<std::unique_ptr<Document>> open(const std::string& source, const std::string& directory) {
  const std::string path = path_of(source, directory);
  std::ifstream file(path, std::ios::binary);
  if (!file) return engine::Error{engine::Reason::malformed, path + ": cannot be read", 0};
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (sim::looks_like_trace(text)) {
    engine::Result<sim::Trace> trace = sim::trace_from_json(text);
    if (!trace) return engine::Error{trace.error().reason, path + ": " + trace.error().message, trace.error().offset};
    return std::make_unique<Document>(std::move(*trace));
  }
  const engine::Result<sim::Scenario> scenario = sim::load_scenario(path);
  if (!scenario) return scenario.error();
  engine::Result<sim::Trace> trace = sim::simulate(*scenario);
  if (!trace) return trace.error();
  return std::make_unique<Document>(std::move(*trace));
}

std::vector<LibraryEntry> list(const std::string& directory) {
  std::vector<std::string> paths;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".json" && name.find(".schema.") == std::string::npos) {
      paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<LibraryEntry> entries;
  for (const std::string& path : paths) {
    const engine::Result<sim::Scenario> scenario = sim::load_scenario(path);
    if (scenario) entries.push_back({path, scenario->id, scenario->title, scenario->summary});
  }
  return entries;
}

}  // namespace

Library file_library(const std::string& directory) {
  return {[directory] { return list(directory); },
          [directory](const std::string& source) { return open(source, directory); }};
}

}  // namespace viz
