#include "sim/trace/writer.h"

#include "sim/trace/json.h"

namespace sim {
namespace {

/// Shorter runs stand where they are used: a reference would be no shorter.
constexpr std::size_t shortest_pooled = 9;

/// "#7@8:3f@10:a1b2": the octets of row 7 with those at 8 and at 10 replaced. Empty where that saves nothing.
std::string difference(const Bytes& before, const Bytes& after, const std::string& reference) {
  if (before.size() != after.size()) return {};
  std::string result = reference;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (before[i] == after[i]) continue;
    std::size_t end = i + 1;
    while (end < after.size() && before[end] != after[end]) ++end;
    result += fmt::format("@{}:{}", i, engine::to_hex(engine::ByteView(after).subspan(i, end - i)));
    i = end;
  }
  return result.size() < after.size() ? result : std::string();
}

}  // namespace

void TraceWriter::hops(std::string_view name, const std::vector<TraceHop>& values) {
  if (!options_.pool_octets) {
    field(name, values);
    return;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool similar = i > 0 && rows_.contains(values[i - 1].bytes);
    pooled(values[i].bytes,
           similar ? difference(values[i - 1].bytes, values[i].bytes, fmt::format("#{}", rows_.at(values[i - 1].bytes)))
                   : std::string());
  }
  field(name, values);
}

std::string TraceWriter::pooled(const Bytes& octets, const std::string& as_difference) {
  const auto [at, is_new] = rows_.try_emplace(octets, table_.size());
  if (is_new) table_.push_back(as_difference.empty() ? engine::to_hex(octets) : as_difference);
  return fmt::format("#{}", at->second);
}

void TraceWriter::write(const std::vector<bool>& values) {
  text_ += '"';
  for (const bool value : values) text_ += value ? '1' : '0';
  text_ += '"';
}

void TraceWriter::write(const Bytes& value) {
  if (!options_.octets) {
    text_ += "\"\"";
  } else if (options_.pool_octets && value.size() >= shortest_pooled) {
    write_string(pooled(value, {}));
  } else {
    write_string(engine::to_hex(value));
  }
}

void TraceWriter::write(Reason value) {
  write_string(value == Reason::none ? std::string_view() : engine::info(value).id);
}

void TraceWriter::write(engine::Ipv4Address value) {
  write_string(value.is_unspecified() ? std::string() : engine::to_string(value));
}

void TraceWriter::write(const engine::Ipv4Network& value) {
  write_string(value == engine::Ipv4Network{} ? std::string() : engine::to_string(value));
}

void TraceWriter::write_string(std::string_view value) { text_ += json_string(value); }

}  // namespace sim
