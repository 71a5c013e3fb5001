#pragma once

#include <string>
#include <vector>

#include "sim/scenario/object_reader.h"
#include "sim/scenario/scenario.h"

/// The parts of the scenario loader. Each reads one kind of object; errors go to the FileReader.
namespace sim {

/// A string of the file that is to be replaced in the self-contained copy (a device configuration's path).
struct Replacement {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string text;
};

/// What the loader of nodes needs besides the object.
struct LoadContext {
  FileReader& file;
  std::string base_directory;
  std::string_view text;
  std::vector<Replacement> replacements;
};

TraceZone load_zone(FileReader& file, const JsonValue& from);
ScenarioNode load_node(LoadContext& context, const JsonValue& from);
ScenarioLink load_link(FileReader& file, const JsonValue& from);
ScenarioVpn load_vpn(FileReader& file, const JsonValue& from);
ScenarioAction load_action(FileReader& file, const JsonValue& from);
ScenarioExpectation load_expectation(FileReader& file, const JsonValue& from);
ScenarioBeat load_beat(FileReader& file, const JsonValue& from);

/// Puts the device configuration's interfaces, routes and tunnels beside the scenario's, and checks that everything
/// that is named exists. `root` gives the places.
void resolve_references(FileReader& file, const JsonValue& root, Scenario& scenario);

}  // namespace sim
