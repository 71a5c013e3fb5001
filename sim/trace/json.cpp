#include "sim/trace/json.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace sim {
namespace {

using engine::Error;

/// Of a string in a message.
constexpr std::size_t longest_quoted = 80;

bool is_between_tokens(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':'; }

/// Octets of the UTF-8 character at the start of `text`; 0 where it is none or a control character.
std::size_t printable_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7f ? 1 : 0;
  const std::size_t length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead >= 0xf5 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 0;
  }
  // Overlong forms, surrogates and numbers beyond U+10FFFF (RFC 3629 3).
  const auto second = static_cast<unsigned char>(text[1]);
  const bool refused = (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second >= 0xa0) ||
                       (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second >= 0x90);
  // U+0080 to U+009F are control characters.
  return refused || (lead == 0xc2 && second < 0xa0) ? 0 : length;
}

/// Builds the tree from nlohmann's SAX events. These come without positions, so the builder walks along the text: the
/// parser has already proved each token well-formed, therefore finding its end is easy.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  /// The parser skips a byte order mark, so the builder does.
  explicit TreeBuilder(std::string_view text) : text_(text), cursor_(text.starts_with("\xef\xbb\xbf") ? 3 : 0) {}

  bool null() override {
    place_value(JsonValue::Kind::null, 4);
    return true;
  }
  bool boolean(bool value) override {
    place_value(JsonValue::Kind::boolean, value ? 4 : 5).boolean = value;
    return true;
  }
  bool number_integer(number_integer_t value) override {
    JsonValue& placed = place_number(JsonValue::Kind::integer);
    placed.negative = value < 0;
    placed.magnitude = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    return true;
  }
  bool number_unsigned(number_unsigned_t value) override {
    place_number(JsonValue::Kind::integer).magnitude = value;
    return true;
  }
  bool number_float(number_float_t, const string_t& written) override {
    place_number(JsonValue::Kind::real).string = written;
    return true;
  }
  bool string(string_t& value) override {
    const std::size_t start = next_token();
    place_value(JsonValue::Kind::string, string_end(start) - start).string = std::move(value);
    return true;
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(JsonValue::Kind::object); }
  bool start_array(std::size_t) override { return open(JsonValue::Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    const std::size_t start = next_token();
    cursor_ = string_end(start);
    std::vector<JsonMember>& members = open_.back()->members;
    if (open_.back()->find(name) != nullptr) {
      return fail(Reason::malformed, fmt::format("\"{}\" stands twice in this object, expected once", name), start);
    }
    if (members.size() >= max_json_members) {
      return fail(Reason::limit_exceeded, fmt::format("more than {} members in one object", max_json_members), start);
    }
    members.push_back({std::move(name), start, {}});
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& exception) override {
    std::string_view message = exception.what();
    // nlohmann's text: "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while ...".
    const std::size_t start = message.find("while parsing");
    if (start != std::string_view::npos) message.remove_prefix(start);
    // What was read last can be as long as the file.
    message = message.substr(0, message.find("; last read"));
    return fail(Reason::malformed, fmt::format("not JSON ({})", message), position == 0 ? 0 : position - 1);
  }

  JsonValue root;
  Error error;

 private:
  using Reason = engine::Reason;

  bool fail(Reason reason, std::string message, std::size_t offset) {
    error = {reason, std::move(message), std::min(offset, text_.size())};
    return false;
  }

  std::size_t next_token() {
    while (cursor_ < text_.size() && is_between_tokens(text_[cursor_])) ++cursor_;
    return cursor_;
  }

  std::size_t string_end(std::size_t start) const {
    std::size_t at = start + 1;
    while (at < text_.size() && text_[at] != '"') at += text_[at] == '\\' ? 2 : 1;
    return std::min(at + 1, text_.size());
  }

  JsonValue& place_value(JsonValue::Kind kind, std::size_t length) {
    const std::size_t start = next_token();
    cursor_ = start + length;
    JsonValue* target = &root;
    if (!open_.empty()) {
      JsonValue& parent = *open_.back();
      target = parent.kind == JsonValue::Kind::array ? &parent.elements.emplace_back() : &parent.members.back().value;
    }
    target->kind = kind;
    target->offset = start;
    return *target;
  }

  JsonValue& place_number(JsonValue::Kind kind) {
    const std::size_t start = next_token();
    const std::size_t end = text_.find_first_not_of("+-.0123456789eE", start);
    return place_value(kind, std::min(end, text_.size()) - start);
  }

  bool open(JsonValue::Kind kind) {
    const std::size_t start = next_token();
    if (open_.size() >= max_json_depth) {
      return fail(Reason::limit_exceeded,
                  fmt::format("nested deeper than {} levels, which no file of this kind needs", max_json_depth), start);
    }
    // A parent's vector grows only while none of its children is open, so the pointers in open_ stay valid.
    open_.push_back(&place_value(kind, 1));
    return true;
  }

  bool close() {
    cursor_ = next_token() + 1;
    open_.pop_back();
    return true;
  }

  std::string_view text_;
  std::size_t cursor_;
  std::vector<JsonValue*> open_;
};

}  // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
  for (const JsonMember& member : members) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

std::string JsonValue::describe() const {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return boolean ? "true" : "false";
    case Kind::integer:
      return fmt::format("the number {}{}", negative ? "-" : "", magnitude);
    case Kind::real:
      return fmt::format("the number {}", string);
    case Kind::string:
      return string.size() <= longest_quoted ? fmt::format("\"{}\"", string)
                                             : fmt::format("\"{}...\"", string.substr(0, longest_quoted));
    case Kind::array:
      return "a list";
    case Kind::object:
      return "an object";
  }
  return "";
}

engine::Result<JsonValue> parse_json(std::string_view text) {
  TreeBuilder builder(text);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.error;
  return std::move(builder.root);
}

std::string printable_line(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = printable_length(text);
    if (length > 0) {
      result += text.substr(0, length);
    } else if (text[0] == '\t') {
      result += '\t';
    } else {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result;
}

std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

TextPosition position_of(std::string_view text, std::size_t offset) {
  TextPosition position;
  for (const char c : text.substr(0, std::min(offset, text.size()))) {
    if (c == '\n') {
      ++position.line;
      position.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
      ++position.column;
    }
  }
  return position;
}

std::string place(std::string_view file, std::string_view text, std::size_t offset) {
  const TextPosition position = position_of(text, offset);
  return fmt::format("{}:{}:{}", file, position.line, position.column);
}

}  // namespace sim
