#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace sim {

struct JsonMember;

/// A JSON text as a tree that remembers where each value stands, so that a message can name the place.
struct JsonValue {
  enum class Kind : std::uint8_t { null, boolean, integer, real, string, array, object };
  Kind kind = Kind::null;
  std::size_t offset = 0;  ///< Octets from the start of the text.
  bool boolean = false;
  bool negative = false;        ///< integer
  std::uint64_t magnitude = 0;  ///< integer
  std::string string;           ///< string; real: as written
  std::vector<JsonValue> elements;
  std::vector<JsonMember> members;  ///< In the order of the text; names are unique.

  /// The member of this name; null if there is none or this is no object.
  const JsonValue* find(std::string_view name) const;
  /// "an object", "a string", "the number 5": for messages.
  std::string describe() const;
};

struct JsonMember {
  std::string name;
  std::size_t offset = 0;  ///< Of the name.
  JsonValue value;
};

/// Limits on hostile texts.
constexpr std::size_t max_json_depth = 32;
constexpr std::size_t max_json_members = 256;  ///< Of one object.

/// Reads a JSON text (RFC 8259). Errors with offset: malformed (also a name that appears twice in an object),
/// limit_exceeded (nesting, members).
engine::Result<JsonValue> parse_json(std::string_view text);

/// The string as JSON, in quotes. Octets that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

/// A line of text without what a terminal or a JSON file could not show: line ends, control characters and octets that
/// are not UTF-8 become "\xNN".
std::string printable_line(std::string_view text);

/// Line and column, both from 1; the column counts characters (UTF-8), not octets.
struct TextPosition {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};
TextPosition position_of(std::string_view text, std::size_t offset);

/// "file:line:column", the head of every message about a file.
std::string place(std::string_view file, std::string_view text, std::size_t offset);

}  // namespace sim
