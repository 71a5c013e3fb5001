#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "sim/scenario/scenario.h"

namespace sim {

/// Limits on hostile files.
constexpr std::size_t max_scenario_size = 4 * 1024 * 1024;

/// Reads a scenario file and the device configurations that it names (paths relative to it). Every error's message has
/// the form "file:line:column: what is wrong, what was expected"; an error in a device configuration names that file.
engine::Result<Scenario> load_scenario(const std::string& path);

/// The same from text. `file_name` stands in messages; its stem is the scenario's id; configurations are looked for in
/// `base_directory`.
engine::Result<Scenario> parse_scenario(std::string_view text, const std::string& file_name,
                                        const std::string& base_directory);

}  // namespace sim
