#include "sim/trace/reader.h"

#include <algorithm>

namespace sim {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Table::count)> table_names{
    "nodes", "links", "tunnels", "steps", "packets", "messages", "esp", "esp_sas", "values", "negotiations", "beats"};

}  // namespace

void TraceReader::fail(std::size_t offset, std::string_view message) {
  if (!failed()) error_ = {Reason::malformed, printable_line(message), offset};
}

void TraceReader::check_rows(const std::array<std::size_t, static_cast<std::size_t>(Table::count)>& sizes) {
  for (const Row& row : rows_) {
    const std::size_t table = static_cast<std::size_t>(row.table);
    if (row.row < sizes[table]) continue;
    return fail(row.offset, fmt::format("row {} of \"{}\" is named, but there are only {} rows", row.row,
                                        table_names[table], sizes[table]));
  }
}

void TraceReader::pairs(std::string_view name, std::vector<std::pair<std::string, std::string>>& values) {
  values.clear();
  const JsonValue* from = take(name);
  if (from == nullptr || !expect(*from, JsonValue::Kind::array, "a list")) return;
  for (const JsonValue& element : from->elements) {
    if (!expect(element, JsonValue::Kind::array, "a list of two strings")) return;
    if (element.elements.size() != 2) return fail(element.offset, "expected a list of two strings");
    auto& [first, second] = values.emplace_back();
    read(element.elements[0], first);
    read(element.elements[1], second);
  }
}

void TraceReader::read(const JsonValue& from, std::vector<bool>& values) {
  if (!expect(from, JsonValue::Kind::string, "a string of 0 and 1")) return;
  for (const char c : from.string) {
    if (c != '0' && c != '1') return fail(from.offset, fmt::format("{} is not a string of 0 and 1", from.describe()));
    values.push_back(c == '1');
  }
}

void TraceReader::read(const JsonValue& from, std::string& value) {
  if (expect(from, JsonValue::Kind::string, "a string")) value = from.string;
}

void TraceReader::read(const JsonValue& from, Bytes& value) {
  if (!expect(from, JsonValue::Kind::string, "octets in hexadecimal")) return;
  if (from.string.starts_with('#')) {
    const std::string_view digits = std::string_view(from.string).substr(1);
    std::size_t row = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9' || row > octets_.size()) return fail(from.offset, "no such row of \"octets\"");
      row = row * 10 + static_cast<std::size_t>(c - '0');
    }
    if (digits.empty() || row >= octets_.size()) return fail(from.offset, "no such row of \"octets\"");
    value = octets_[row];
    return;
  }
  engine::Result<Bytes> octets = engine::from_hex(from.string);
  if (!octets) return fail(from.offset, fmt::format("expected octets in hexadecimal, found {}", from.describe()));
  value = std::move(octets).value();
}

void TraceReader::read(const JsonValue& from, std::array<std::uint8_t, 8>& value) {
  Bytes octets;
  read(from, octets);
  if (octets.size() != value.size()) return fail(from.offset, "expected eight octets in hexadecimal");
  std::copy(octets.begin(), octets.end(), value.begin());
}

void TraceReader::read(const JsonValue& from, Time& value) {
  Duration since_start{0};
  read(from, since_start);
  value = Time(since_start);
}

void TraceReader::read(const JsonValue& from, Duration& value) {
  std::int64_t ns = 0;
  read(from, ns);
  value = Duration(ns);
}

void TraceReader::read(const JsonValue& from, Reason& value) {
  if (!expect(from, JsonValue::Kind::string, "the name of a reason")) return;
  const std::optional<Reason> reason = engine::reason_from_id(from.string);
  if (!reason) return fail(from.offset, fmt::format("{} is not the name of a reason", from.describe()));
  value = *reason;
}

void TraceReader::read(const JsonValue& from, engine::Ipv4Address& value) {
  if (!expect(from, JsonValue::Kind::string, "an IPv4 address")) return;
  const engine::Result<engine::Ipv4Address> address = engine::parse_ipv4_address(from.string);
  if (!address) return fail(from.offset, address.error().message);
  value = *address;
}

void TraceReader::read(const JsonValue& from, engine::Ipv4Network& value) {
  if (!expect(from, JsonValue::Kind::string, "an IPv4 network")) return;
  const engine::Result<engine::Ipv4Network> network = engine::parse_ipv4_network(from.string);
  if (!network) return fail(from.offset, network.error().message);
  value = *network;
}

void TraceReader::read_row(const JsonValue& from, Index& value, Table table) {
  read(from, value);
  rows_.push_back({table, value, from.offset});
}

std::uint64_t TraceReader::integer(const JsonValue& from, std::int64_t lowest, std::uint64_t highest) {
  if (!expect(from, JsonValue::Kind::integer, "a whole number")) return 0;
  const std::uint64_t deepest = lowest < 0 ? 0 - static_cast<std::uint64_t>(lowest) : 0;
  if (from.negative ? from.magnitude > deepest : from.magnitude > highest) {
    fail(from.offset, fmt::format("{} is out of range", from.describe()));
    return 0;
  }
  return from.negative ? 0 - from.magnitude : from.magnitude;
}

std::size_t TraceReader::choose(const JsonValue& from, std::span<const std::string_view> choices) {
  if (!expect(from, JsonValue::Kind::string, "a name")) return 0;
  const auto at = std::find(choices.begin(), choices.end(), from.string);
  if (at != choices.end()) return static_cast<std::size_t>(at - choices.begin());
  fail(from.offset, fmt::format("{} is not one of {}", from.describe(), fmt::join(choices, ", ")));
  return 0;
}

bool TraceReader::expect(const JsonValue& from, JsonValue::Kind kind, std::string_view expected) {
  if (failed()) return false;
  if (from.kind == kind) return true;
  fail(from.offset, fmt::format("expected {}, found {}", expected, from.describe()));
  return false;
}

const JsonValue* TraceReader::take(std::string_view name) {
  for (std::size_t i = 0; i < object_->members.size(); ++i) {
    if (object_->members[i].name != name) continue;
    used_.set(i);
    return &object_->members[i].value;
  }
  return nullptr;
}

void TraceReader::finish_object() {
  for (std::size_t i = 0; i < object_->members.size(); ++i) {
    if (used_.test(i)) continue;
    const JsonMember& member = object_->members[i];
    return fail(member.offset, fmt::format("member \"{}\" is not known here", member.name));
  }
}

}  // namespace sim
