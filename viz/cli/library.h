#pragma once

#include <string>
#include <vector>

namespace viz {

/// The directory of the scenario library: TUNNELWALK_SCENARIOS from the environment, else "scenarios" beside the
/// program, the installed share/tunnelwalk/scenarios, or the source directory; the first that is there. Empty: none.
std::string library_directory();

/// The scenario files of a directory, sorted by name; without schemas and other JSON files.
std::vector<std::string> scenario_files(const std::string& directory);

/// The file that a person means: a path as it is, or the id of a scenario of the library. What is neither comes back
/// unchanged.
std::string find_source(const std::string& name);

}  // namespace viz
