#include "sim/scenario/object_reader.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace sim {
namespace {

using engine::Result;

constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_string = 20'000;

/// Edits (insert, delete, replace one character) that turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replace});
    }
  }
  return row[b.size()];
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= longest_id && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

struct BandwidthUnit {
  std::string_view suffix;
  std::uint64_t bits;
};
constexpr std::array bandwidth_units{BandwidthUnit{"Gbps", 1'000'000'000}, BandwidthUnit{"Mbps", 1'000'000},
                                     BandwidthUnit{"kbps", 1'000}, BandwidthUnit{"bps", 1}};

std::optional<std::uint64_t> read_bandwidth(std::string_view text) {
  for (const BandwidthUnit& unit : bandwidth_units) {
    if (!text.ends_with(unit.suffix)) continue;
    const std::string_view digits = text.substr(0, text.size() - unit.suffix.size());
    if (digits.empty() || digits.size() > 9) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (value == 0) return std::nullopt;
    return value * unit.bits;
  }
  return std::nullopt;
}

}  // namespace

void FileReader::fail(std::size_t offset, std::string_view message) {
  fail(engine::Error{Reason::malformed,
                     fmt::format("{}: {}", place(file_name_, text_, offset), printable_line(message)), offset});
}

void FileReader::fail(const engine::Error& error) {
  if (!failed()) error_ = error;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> choices) {
  std::string_view best;
  // Two slips in a long word, one in a short one.
  std::size_t best_distance = word.size() >= 5 ? 3 : 2;
  if (word.size() > longest_id) return best;
  for (const std::string_view choice : choices) {
    const std::size_t distance = edit_distance(word, choice);
    if (distance >= best_distance) continue;
    best = choice;
    best_distance = distance;
  }
  return best;
}

ObjectReader::ObjectReader(FileReader& file, const JsonValue& object, std::string_view what,
                           std::span<const std::string_view> keys)
    : file_(file), object_(object), what_(what) {
  if (object.kind != JsonValue::Kind::object) {
    file_.fail(object.offset, fmt::format("{} is not {}, expected an object", object.describe(), what));
  }
  for (const JsonMember& member : object.members) {
    if (std::find(keys.begin(), keys.end(), member.name) != keys.end()) continue;
    const std::string_view meant = nearest(member.name, keys);
    file_.fail(member.offset, meant.empty()
                                  ? fmt::format("{} has no member \"{}\", expected one of {}", what, member.name,
                                                fmt::join(keys, ", "))
                                  : fmt::format("{} has no member \"{}\", expected \"{}\"", what, member.name, meant));
  }
}

std::size_t ObjectReader::offset_of(std::string_view key) const {
  const JsonValue* value = object_.find(key);
  return value == nullptr ? object_.offset : value->offset;
}

const JsonValue* ObjectReader::require(std::string_view key, JsonValue::Kind kind, std::string_view expected) {
  if (file_.failed()) return nullptr;
  const JsonValue* value = object_.find(key);
  if (value == nullptr) {
    file_.fail(object_.offset, fmt::format("{} has no \"{}\", expected {}", what_, key, expected));
    return nullptr;
  }
  if (value->kind == kind) return value;
  file_.fail(value->offset, fmt::format("\"{}\" is {}, expected {}", key, value->describe(), expected));
  return nullptr;
}

std::string ObjectReader::not_empty(const JsonValue& value) {
  if (value.string.empty()) file_.fail(value.offset, "the string is empty, expected some text");
  if (value.string.size() > longest_string) {
    file_.fail(value.offset, fmt::format("the string is too long, expected at most {} octets", longest_string));
  }
  return value.string;
}

std::string ObjectReader::string(std::string_view key) {
  const JsonValue* value = require(key, JsonValue::Kind::string, "a string");
  return value == nullptr ? std::string() : not_empty(*value);
}

std::string ObjectReader::id(std::string_view key) {
  const JsonValue* value = require(key, JsonValue::Kind::string, "a string");
  if (value == nullptr) return {};
  if (!is_id(value->string)) {
    file_.fail(value->offset, fmt::format("{} is no id, expected 1 to {} letters, digits, \"-\", \"_\" or \".\"",
                                          value->describe(), longest_id));
  }
  return value->string;
}

Text ObjectReader::text(std::string_view key) {
  const JsonValue* value = require(key, JsonValue::Kind::object, "{\"en\": ..., \"ja\": ...}");
  if (value == nullptr) return {};
  ObjectReader languages(file_, *value, "a text", {"en", "ja"});
  return {languages.string("en"), languages.string("ja")};
}

std::uint64_t ObjectReader::integer(std::string_view key, std::uint64_t lowest, std::uint64_t highest) {
  const JsonValue* value =
      require(key, JsonValue::Kind::integer, fmt::format("a number from {} to {}", lowest, highest));
  if (value == nullptr) return lowest;
  if (!value->negative && value->magnitude >= lowest && value->magnitude <= highest) return value->magnitude;
  file_.fail(value->offset, fmt::format("\"{}\" is {}{}, expected a number from {} to {}", key,
                                        value->negative ? "-" : "", value->magnitude, lowest, highest));
  return lowest;
}

Duration ObjectReader::duration(std::string_view key) {
  constexpr std::string_view expected = "a duration such as \"20ms\", \"1.5s\" or \"1h30m\"";
  const JsonValue* value = require(key, JsonValue::Kind::string, expected);
  if (value == nullptr) return {};
  const Result<Duration> duration = engine::parse_duration(value->string);
  if (duration) return *duration;
  file_.fail(value->offset, fmt::format("\"{}\" is {}, expected {}", key, value->describe(), expected));
  return {};
}

engine::Ipv4Address ObjectReader::address(std::string_view key) {
  constexpr std::string_view expected = "an IPv4 address such as \"192.0.2.1\"";
  const JsonValue* value = require(key, JsonValue::Kind::string, expected);
  if (value == nullptr) return {};
  const Result<engine::Ipv4Address> address = engine::parse_ipv4_address(value->string);
  if (address) return *address;
  file_.fail(value->offset, fmt::format("\"{}\" is {}, expected {}", key, value->describe(), expected));
  return {};
}

engine::Ipv4Network ObjectReader::network(std::string_view key) {
  constexpr std::string_view expected = "an IPv4 address with its prefix length, such as \"192.0.2.1/24\"";
  const JsonValue* value = require(key, JsonValue::Kind::string, expected);
  if (value == nullptr) return {};
  const Result<engine::Ipv4Network> network = engine::parse_ipv4_network(value->string);
  if (network && value->string.find('/') != std::string::npos) return *network;
  file_.fail(value->offset, fmt::format("\"{}\" is {}, expected {}", key, value->describe(), expected));
  return {};
}

std::size_t ObjectReader::choice(std::string_view key, std::span<const std::string_view> choices) {
  const JsonValue* value = require(key, JsonValue::Kind::string, fmt::format("one of {}", fmt::join(choices, ", ")));
  if (value == nullptr) return 0;
  const auto at = std::find(choices.begin(), choices.end(), value->string);
  if (at != choices.end()) return static_cast<std::size_t>(at - choices.begin());
  const std::string_view meant = nearest(value->string, choices);
  file_.fail(value->offset,
             meant.empty()
                 ? fmt::format("\"{}\" is {}, expected one of {}", key, value->describe(), fmt::join(choices, ", "))
                 : fmt::format("\"{}\" is {}, expected \"{}\"", key, value->describe(), meant));
  return 0;
}

const JsonValue* ObjectReader::object(std::string_view key) {
  return require(key, JsonValue::Kind::object, "an object");
}

std::span<const JsonValue> ObjectReader::list(std::string_view key) {
  const JsonValue* value = require(key, JsonValue::Kind::array, "a list");
  return value == nullptr ? std::span<const JsonValue>() : std::span(value->elements);
}

std::string ObjectReader::string_or(std::string_view key, std::string_view otherwise) {
  return has(key) ? string(key) : std::string(otherwise);
}

bool ObjectReader::boolean_or(std::string_view key, bool otherwise) {
  if (!has(key)) return otherwise;
  const JsonValue* value = require(key, JsonValue::Kind::boolean, "true or false");
  return value != nullptr && value->boolean;
}

std::uint64_t ObjectReader::integer_or(std::string_view key, std::uint64_t otherwise, std::uint64_t lowest,
                                       std::uint64_t highest) {
  return has(key) ? integer(key, lowest, highest) : otherwise;
}

Duration ObjectReader::duration_or(std::string_view key, Duration otherwise) {
  return has(key) ? duration(key) : otherwise;
}

std::uint64_t ObjectReader::bandwidth_or(std::string_view key, std::uint64_t otherwise) {
  if (!has(key)) return otherwise;
  constexpr std::string_view expected = "a bandwidth such as \"100Mbps\" (bps, kbps, Mbps or Gbps)";
  const JsonValue* value = require(key, JsonValue::Kind::string, expected);
  if (value == nullptr) return otherwise;
  if (const std::optional<std::uint64_t> bits = read_bandwidth(value->string)) return *bits;
  file_.fail(value->offset, fmt::format("\"{}\" is {}, expected {}", key, value->describe(), expected));
  return otherwise;
}

std::size_t ObjectReader::choice_or(std::string_view key, std::size_t otherwise,
                                    std::span<const std::string_view> choices) {
  return has(key) ? choice(key, choices) : otherwise;
}

std::span<const JsonValue> ObjectReader::list_or_empty(std::string_view key) {
  return has(key) ? list(key) : std::span<const JsonValue>();
}

std::vector<std::string> ObjectReader::strings_or_empty(std::string_view key) {
  std::vector<std::string> strings;
  for (const JsonValue& element : list_or_empty(key)) {
    if (element.kind != JsonValue::Kind::string) {
      file_.fail(element.offset, fmt::format("{} stands in \"{}\", expected a string", element.describe(), key));
      break;
    }
    strings.push_back(not_empty(element));
  }
  return strings;
}

std::vector<std::uint16_t> ObjectReader::ports_or_empty(std::string_view key) {
  std::vector<std::uint16_t> ports;
  for (const JsonValue& element : list_or_empty(key)) {
    if (element.kind != JsonValue::Kind::integer || element.negative || element.magnitude < 1 ||
        element.magnitude > 65'535) {
      file_.fail(element.offset,
                 fmt::format("{} stands in \"{}\", expected a number from 1 to 65535", element.describe(), key));
      break;
    }
    ports.push_back(static_cast<std::uint16_t>(element.magnitude));
  }
  return ports;
}

std::vector<engine::Ipv4Network> ObjectReader::networks_or_empty(std::string_view key) {
  std::vector<engine::Ipv4Network> networks;
  for (const JsonValue& element : list_or_empty(key)) {
    const Result<engine::Ipv4Network> network = engine::parse_ipv4_network(element.string);
    if (element.kind != JsonValue::Kind::string || !network || element.string.find('/') == std::string::npos) {
      file_.fail(element.offset, fmt::format("{} stands in \"{}\", expected an IPv4 network such as \"10.0.0.0/16\"",
                                             element.describe(), key));
      break;
    }
    networks.push_back(*network);
  }
  return networks;
}

}  // namespace sim
