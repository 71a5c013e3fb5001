#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "sim/scenario/yamaha_config.h"

namespace sim {

/// A scenario made of a router's configuration.
struct ImportedScenario {
  std::string json;
  std::vector<std::string> unknown_lines;  ///< "router.conf:12: line not known, kept: ...".
  std::vector<std::string> assumptions;    ///< What the configuration does not say and was added, in sentences.
};

/// Makes a scenario that can be run: the router with its configuration (its lines stand in the scenario), and what it
/// needs around it: a PC on its LAN, the Internet, and AWS as the file itself describes it, with one endpoint a tunnel,
/// a VGW and an EC2 instance. It expects every tunnel that the router initiates to come up. Errors: as
/// parse_yamaha_configuration, and where AWS's rules forbid what the file says.
engine::Result<ImportedScenario> import_configurations(const std::vector<ConfigurationFile>& files);

}  // namespace sim
