#include "sim/scenario/load.h"

#include <array>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "sim/scenario/load_parts.h"

namespace sim {
namespace {

using engine::Error;
using engine::Result;

constexpr Duration longest_run = std::chrono::hours(24 * 30);

/// Limits on hostile files: more than any lesson needs.
constexpr std::size_t most_nodes = 200;
constexpr std::size_t most_lines = 5'000;

/// The last part of a path: after its last slash.
std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string stem(std::string_view path) {
  const std::string_view name = base_name(path);
  return std::string(name.substr(0, name.find('.')));
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

/// A list of the file, no longer than `limit`.
std::span<const JsonValue> rows(ObjectReader& reader, std::string_view key, std::size_t limit) {
  const std::span<const JsonValue> all = reader.list_or_empty(key);
  if (all.size() <= limit) return all;
  reader.fail(key, fmt::format("\"{}\" has {} entries, expected at most {}", key, all.size(), limit));
  return {};
}

Scenario load_parts(LoadContext& context, const JsonValue& root) {
  Scenario scenario;
  FileReader& file = context.file;
  ObjectReader reader(file, root, "a scenario",
                      {"$schema", "title", "summary", "seed", "random", "until", "zones", "nodes", "links", "vpn",
                       "script", "expectations", "beats"});
  reader.string("$schema");
  scenario.title = reader.text("title");
  scenario.summary = reader.text("summary");
  scenario.seed = reader.integer_or("seed", 1, 0, ~std::uint64_t{0});
  constexpr std::array<std::string_view, 2> random_modes{"seeded", "patterned"};
  scenario.random = static_cast<RandomMode>(reader.choice_or("random", 0, random_modes));
  const Duration until = reader.duration("until");
  if (until > longest_run || until <= Duration(0))
    reader.fail("until", "the run's length is out of range, expected up to 720h");
  scenario.until = Time(until);
  for (const JsonValue& from : rows(reader, "zones", most_nodes)) scenario.zones.push_back(load_zone(file, from));
  reader.list("nodes");
  for (const JsonValue& from : rows(reader, "nodes", most_nodes)) scenario.nodes.push_back(load_node(context, from));
  for (const JsonValue& from : rows(reader, "links", most_nodes)) scenario.links.push_back(load_link(file, from));
  for (const JsonValue& from : rows(reader, "vpn", most_nodes)) scenario.vpns.push_back(load_vpn(file, from));
  for (const JsonValue& from : rows(reader, "script", most_lines)) scenario.script.push_back(load_action(file, from));
  for (const JsonValue& from : rows(reader, "expectations", most_lines)) {
    scenario.expectations.push_back(load_expectation(file, from));
  }
  for (const JsonValue& from : rows(reader, "beats", most_lines)) scenario.beats.push_back(load_beat(file, from));
  return scenario;
}

/// The file's text with the device configurations in the place of their paths.
std::string self_contained(std::string_view text, const std::vector<Replacement>& replacements) {
  std::string result;
  std::size_t copied = 0;
  for (const Replacement& replacement : replacements) {
    result += text.substr(copied, replacement.offset - copied);
    result += replacement.text;
    copied = replacement.offset + replacement.length;
  }
  result += text.substr(copied);
  return result;
}

}  // namespace

Result<Scenario> parse_scenario(std::string_view text, const std::string& file_name,
                                const std::string& base_directory) {
  FileReader file(text, file_name);
  if (text.size() > max_scenario_size) {
    return Error{Reason::limit_exceeded,
                 fmt::format("{}:1:1: larger than {} octets, which no scenario is", file_name, max_scenario_size)};
  }
  const Result<JsonValue> root = parse_json(text);
  if (!root) {
    file.fail(root.error().offset, root.error().message);
    return file.error();
  }
  LoadContext context{file, base_directory, text, {}};
  Scenario scenario = load_parts(context, *root);
  if (!file.failed()) resolve_references(file, *root, scenario);
  if (file.failed()) return file.error();
  scenario.id = stem(file_name);
  scenario.file_name = file_name;
  scenario.json = self_contained(text, context.replacements);
  return scenario;
}

Result<Scenario> load_scenario(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(max_scenario_size + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (!in.eof() && text.size() <= max_scenario_size) {
    return Error{Reason::malformed, fmt::format("{}:1:1: the file cannot be read, expected a scenario", path)};
  }
  return parse_scenario(text, path, directory_of(path));
}

}  // namespace sim
