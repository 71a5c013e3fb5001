#pragma once

#include <memory>

#include "engine/base/result.h"
#include "sim/nodes/world.h"
#include "sim/scenario/scenario.h"

namespace sim {

/// The world of a scenario: zones, nodes, links, tunnels and the script, ready to run. Error: a route that the world
/// does not take.
engine::Result<std::unique_ptr<World>> build_world(const Scenario& scenario, std::uint64_t seed);

}  // namespace sim
