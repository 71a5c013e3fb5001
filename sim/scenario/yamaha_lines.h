#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/result.h"

namespace sim {

/// A word of a configuration line and its column, from 1.
struct ConfigurationWord {
  std::string text;
  std::uint32_t column = 1;
};

/// A line of a configuration that is neither blank nor a comment.
struct ConfigurationLine {
  std::string file;
  std::uint32_t number = 0;
  std::string text;  ///< Without blanks at its ends.
  std::vector<ConfigurationWord> words;
};

/// Limits on hostile files.
constexpr std::size_t max_configuration_size = 1024 * 1024;

/// Splits a configuration into lines and words. Comments ('#', and '!' as in other vendors' files) and blank lines are
/// left out; octets that are not printable UTF-8 (comments in other encodings) become "\xNN".
std::vector<ConfigurationLine> split_configuration(const std::string& file, std::string_view text);

/// Takes a line's words one after the other. The first thing that is wrong is kept with its place; from then on every
/// function returns a default.
class ConfigurationArguments {
 public:
  /// `first`: the number of words that named the command.
  ConfigurationArguments(const ConfigurationLine& line, std::size_t first) : line_(line), next_(first) {}

  bool failed() const { return error_.reason != engine::Reason::none; }
  const engine::Error& error() const { return error_; }

  bool at_end() const { return next_ >= line_.words.size(); }
  const ConfigurationLine& line() const { return line_; }

  /// Takes the next word if it is `word`.
  bool take(std::string_view word);
  /// Any word; `expected` says what should stand there ("a pre-shared key").
  std::string word(std::string_view expected);
  std::uint64_t number(std::string_view expected, std::uint64_t lowest, std::uint64_t highest);
  engine::Ipv4Address address(std::string_view expected);
  /// An address with its prefix length or dotted mask; `expected` as above.
  engine::Ipv4Network network(std::string_view expected);
  /// "on" or "off".
  bool on_or_off();
  /// One of `choices`; the result is its index.
  std::size_t choice(const std::vector<std::string_view>& choices);
  /// The words that are left.
  std::string rest() const;

  /// Refuses the word that was taken last.
  void refuse(std::string_view what, std::string_view expected);

 private:
  void refuse_at(std::uint32_t column, std::string_view what, std::string_view expected);
  const std::string* next(std::string_view expected);

  const ConfigurationLine& line_;
  std::size_t next_;
  engine::Error error_;
};

}  // namespace sim
