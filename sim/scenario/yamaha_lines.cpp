#include "sim/scenario/yamaha_lines.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/trace/json.h"

namespace sim {
namespace {

using engine::Reason;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<ConfigurationWord> split_words(const std::string& text) {
  std::vector<ConfigurationWord> words;
  std::uint32_t column = 1;
  bool inside = false;
  for (const char c : text) {
    if (is_blank(c)) {
      inside = false;
    } else {
      if (!inside) words.push_back({"", column});
      words.back().text += c;
      inside = true;
    }
    if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++column;
  }
  return words;
}

std::optional<std::uint64_t> read_number(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

/// The prefix length of "24", "255.255.255.0" or "0xffffff00".
std::optional<std::uint8_t> read_mask(std::string_view text) {
  if (const std::optional<std::uint64_t> length = read_number(text)) {
    return *length <= 32 ? std::optional(static_cast<std::uint8_t>(*length)) : std::nullopt;
  }
  std::uint32_t mask = 0;
  if (text.starts_with("0x") && text.size() == 10) {
    const engine::Result<engine::Bytes> octets = engine::from_hex(text.substr(2));
    if (!octets) return std::nullopt;
    mask = engine::read_u32(*octets, 0);
  } else {
    const engine::Result<engine::Ipv4Address> dotted = engine::parse_ipv4_address(text);
    if (!dotted) return std::nullopt;
    mask = dotted->value;
  }
  for (std::uint8_t length = 0; length <= 32; ++length) {
    if (engine::Ipv4Network{{}, length}.mask() == mask) return length;
  }
  return std::nullopt;
}

}  // namespace

std::vector<ConfigurationLine> split_configuration(const std::string& file, std::string_view text) {
  std::vector<ConfigurationLine> lines;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view raw = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    while (raw.ends_with('\r')) raw.remove_suffix(1);
    const std::string line = printable_line(raw);
    std::vector<ConfigurationWord> words = split_words(line);
    if (words.empty() || words[0].text[0] == '#' || words[0].text[0] == '!') continue;
    lines.push_back({file, number, trimmed(line), std::move(words)});
  }
  return lines;
}

bool ConfigurationArguments::take(std::string_view word) {
  if (failed() || at_end() || line_.words[next_].text != word) return false;
  ++next_;
  return true;
}

const std::string* ConfigurationArguments::next(std::string_view expected) {
  if (failed()) return nullptr;
  if (!at_end()) return &line_.words[next_++].text;
  const ConfigurationWord& last = line_.words.back();
  refuse_at(last.column + static_cast<std::uint32_t>(last.text.size()), "the line ends too early", expected);
  return nullptr;
}

std::string ConfigurationArguments::word(std::string_view expected) {
  const std::string* text = next(expected);
  return text == nullptr ? std::string() : *text;
}

std::uint64_t ConfigurationArguments::number(std::string_view expected, std::uint64_t lowest, std::uint64_t highest) {
  const std::string* text = next(expected);
  if (text == nullptr) return lowest;
  const std::optional<std::uint64_t> value = read_number(*text);
  if (value && *value >= lowest && *value <= highest) return *value;
  refuse(value ? fmt::format("{} is out of range", *text) : fmt::format("'{}' is not a number", *text),
         fmt::format("{} from {} to {}", expected, lowest, highest));
  return lowest;
}

engine::Ipv4Address ConfigurationArguments::address(std::string_view expected) {
  const std::string* text = next(expected);
  if (text == nullptr) return {};
  const engine::Result<engine::Ipv4Address> value = engine::parse_ipv4_address(*text);
  if (value) return *value;
  refuse(fmt::format("'{}' is not an IPv4 address", *text), expected);
  return {};
}

engine::Ipv4Network ConfigurationArguments::network(std::string_view expected) {
  const std::string* text = next(expected);
  if (text == nullptr) return {};
  const std::size_t slash = std::min(text->find('/'), text->size());
  const engine::Result<engine::Ipv4Address> value =
      engine::parse_ipv4_address(std::string_view(*text).substr(0, slash));
  if (!value) {
    refuse(fmt::format("'{}' is not an IPv4 address with a mask", *text), expected);
    return {};
  }
  if (slash == text->size()) return {*value, 32};
  const std::string_view mask = std::string_view(*text).substr(slash + 1);
  if (const std::optional<std::uint8_t> length = read_mask(mask)) return {*value, *length};
  refuse(fmt::format("'{}' is not a mask", mask), "0 to 32, or a dotted mask of ones followed by zeros");
  return {};
}

bool ConfigurationArguments::on_or_off() { return choice({"on", "off"}) == 0 && !failed(); }

std::size_t ConfigurationArguments::choice(const std::vector<std::string_view>& choices) {
  const std::string* text = next(fmt::format("{}", fmt::join(choices, ", ")));
  if (text == nullptr) return 0;
  const auto at = std::find(choices.begin(), choices.end(), *text);
  if (at != choices.end()) return static_cast<std::size_t>(at - choices.begin());
  refuse(fmt::format("'{}' is not known here", *text), fmt::format("{}", fmt::join(choices, ", ")));
  return 0;
}

std::string ConfigurationArguments::rest() const {
  std::string result;
  for (std::size_t i = next_; i < line_.words.size(); ++i) {
    if (!result.empty()) result += ' ';
    result += line_.words[i].text;
  }
  return result;
}

void ConfigurationArguments::refuse(std::string_view what, std::string_view expected) {
  refuse_at(line_.words[next_ == 0 ? 0 : next_ - 1].column, what, expected);
}

void ConfigurationArguments::refuse_at(std::uint32_t column, std::string_view what, std::string_view expected) {
  if (failed()) return;
  error_ = {Reason::malformed,
            fmt::format("{}:{}:{}: {}, expected {}", line_.file, line_.number, column, what, expected), 0};
}

}  // namespace sim
