#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/time.h"
#include "sim/trace/json.h"
#include "sim/trace/trace.h"

namespace sim {

/// The file that is being read, and the first thing found wrong in it.
class FileReader {
 public:
  FileReader(std::string_view text, std::string file_name) : text_(text), file_name_(std::move(file_name)) {}

  bool failed() const { return error_.reason != Reason::none; }
  const engine::Error& error() const { return error_; }

  /// Keeps the first error: "file:line:column: what, expected".
  void fail(std::size_t offset, std::string_view message);
  /// Keeps an error whose message already names its place (in another file).
  void fail(const engine::Error& error);

  std::uint32_t line_of(std::size_t offset) const { return position_of(text_, offset).line; }

 private:
  std::string_view text_;
  std::string file_name_;
  engine::Error error_;
};

/// The word of `choices` that is nearest to `word`, if it is near enough to have been meant; else empty.
std::string_view nearest(std::string_view word, std::span<const std::string_view> choices);

/// Reads the members of one JSON object. Members that are not in `keys` are errors. Each function checks kind and range
/// of its member; after an error, all return defaults.
class ObjectReader {
 public:
  /// `what` names the object in messages: "a node".
  ObjectReader(FileReader& file, const JsonValue& object, std::string_view what,
               std::span<const std::string_view> keys);
  ObjectReader(FileReader& file, const JsonValue& object, std::string_view what,
               std::initializer_list<std::string_view> keys)
      : ObjectReader(file, object, what, std::span(keys.begin(), keys.size())) {}

  FileReader& file() { return file_; }
  bool has(std::string_view key) const { return object_.find(key) != nullptr; }
  /// Where the member's value stands; the object itself where it is missing.
  std::size_t offset_of(std::string_view key) const;
  void fail(std::string_view key, std::string_view message) { file_.fail(offset_of(key), message); }

  /// Members that must be there.
  std::string string(std::string_view key);
  std::string id(std::string_view key);  ///< Letters, digits, "-", "_", "."; 1 to 64.
  Text text(std::string_view key);       ///< {"en": ..., "ja": ...}, both not empty.
  std::uint64_t integer(std::string_view key, std::uint64_t lowest, std::uint64_t highest);
  Duration duration(std::string_view key);
  engine::Ipv4Address address(std::string_view key);
  engine::Ipv4Network network(std::string_view key);
  std::size_t choice(std::string_view key, std::span<const std::string_view> choices);
  /// Null where it is missing or no object.
  const JsonValue* object(std::string_view key);
  std::span<const JsonValue> list(std::string_view key);

  /// Members that may be left out.
  std::string string_or(std::string_view key, std::string_view otherwise);
  bool boolean_or(std::string_view key, bool otherwise);
  std::uint64_t integer_or(std::string_view key, std::uint64_t otherwise, std::uint64_t lowest, std::uint64_t highest);
  Duration duration_or(std::string_view key, Duration otherwise);
  std::uint64_t bandwidth_or(std::string_view key, std::uint64_t otherwise);  ///< "100Mbps" in bits per second.
  std::size_t choice_or(std::string_view key, std::size_t otherwise, std::span<const std::string_view> choices);
  std::span<const JsonValue> list_or_empty(std::string_view key);
  std::vector<std::string> strings_or_empty(std::string_view key);
  std::vector<std::uint16_t> ports_or_empty(std::string_view key);  ///< 1 to 65535.
  std::vector<engine::Ipv4Network> networks_or_empty(std::string_view key);

 private:
  const JsonValue* require(std::string_view key, JsonValue::Kind kind, std::string_view expected);
  std::string not_empty(const JsonValue& value);

  FileReader& file_;
  const JsonValue& object_;
  std::string_view what_;
};

}  // namespace sim
