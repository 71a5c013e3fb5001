#pragma once

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sim/trace/describe.h"

namespace sim {

/// What a TraceWriter leaves out or puts elsewhere.
struct WriterOptions {
  bool pool_octets = false;  ///< Long runs of octets go into a table, each once.
  bool octets = true;
  bool times = true;
  bool drawn = true;  ///< Numbers that come from a random stream.
};

/// Writes the records of a trace as JSON. A member whose value is zero, empty or no_index is left out; the reader puts
/// exactly that in its place, so the round trip is exact.
class TraceWriter {
 public:
  explicit TraceWriter(WriterOptions options) : options_(options) {}

  const std::string& text() const { return text_; }
  const std::vector<std::string>& octets_table() const { return table_; }

  /// One record as a JSON object.
  template <class T>
  void record(const T& value) {
    text_ += '{';
    describe(*this, value);
    text_ += '}';
  }

  template <class T>
  void field(std::string_view name, const T& value) {
    const std::size_t before = text_.size();
    key(name);
    const std::size_t start = text_.size();
    write(value);
    if (is_nothing(std::string_view(text_).substr(start))) text_.resize(before);
  }

  template <class T>
  void field(std::string_view name, const std::optional<T>& value) {
    if (!value) return;
    key(name);
    write(*value);
  }

  template <class T>
  void table(std::string_view name, const std::vector<T>& rows) {
    if (rows.empty()) return;
    key(name);
    text_ += '[';
    for (const T& row : rows) {
      text_ += &row == rows.data() ? "\n" : ",\n";
      record(row);
    }
    text_ += "\n]";
  }

  void index(std::string_view name, Index value, Table) { number_or_none(name, value); }
  void row(std::string_view name, Index value, Table) { number_or_none(name, value); }

  void indices(std::string_view name, const std::vector<Index>& values, Table) { field(name, values); }

  void number_or_none(std::string_view name, Index value) {
    if (value == no_index) return;
    key(name);
    text_ += fmt::to_string(value);
  }

  template <class E>
  void number(std::string_view name, E value) {
    field(name, static_cast<std::uint64_t>(value));
  }

  void drawn(std::string_view name, std::uint32_t value) {
    if (options_.drawn) field(name, value);
  }

  template <class E, std::size_t n>
  void choice(std::string_view name, E value, const std::array<std::string_view, n>& choices) {
    const std::size_t at = static_cast<std::size_t>(value);
    if (at == 0) return;
    key(name);
    if (at < n) write_string(choices[at]);
  }

  void pairs(std::string_view name, const std::vector<std::pair<std::string, std::string>>& values) {
    if (values.empty()) return;
    key(name);
    text_ += '[';
    for (const auto& [first, second] : values) {
      if (text_.back() != '[') text_ += ',';
      text_ += '[';
      write_string(first);
      text_ += ',';
      write_string(second);
      text_ += ']';
    }
    text_ += ']';
  }

  template <class Variant, std::size_t n>
  void variants(std::string_view name, const std::vector<Variant>& values,
                const std::array<std::string_view, n>& choices) {
    static_assert(std::variant_size_v<Variant> == n);
    if (values.empty()) return;
    key(name);
    text_ += '[';
    for (const Variant& value : values) {
      if (text_.back() != '[') text_ += ',';
      text_ += '{';
      key("note");
      write_string(choices[value.index()]);
      std::visit([&](const auto& alternative) { describe(*this, alternative); }, value);
      text_ += '}';
    }
    text_ += ']';
  }

  /// A hop's octets differ from those of the hop before in the TTL and the checksum alone: with a table, only the
  /// difference is written.
  void hops(std::string_view name, const std::vector<TraceHop>& values);

 private:
  template <class T>
  void write(const T& value) {
    if constexpr (std::same_as<T, bool>) {
      text_ += value ? "true" : "false";
    } else if constexpr (std::integral<T>) {
      text_ += fmt::to_string(static_cast<std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>>(value));
    } else {
      record(value);
    }
  }
  template <class T>
  void write(const std::vector<T>& values) {
    text_ += '[';
    for (const T& value : values) {
      if (text_.back() != '[') text_ += ',';
      write(value);
    }
    text_ += ']';
  }
  void write(const std::vector<bool>& values);
  void write(const std::string& value) { write_string(value); }
  void write(const Bytes& value);
  void write(const std::array<std::uint8_t, 8>& value) { write(Bytes(value.begin(), value.end())); }
  void write(Time value) { write(options_.times ? engine::nanoseconds(value) : 0); }
  void write(Duration value) { write(options_.times ? value.count() : 0); }
  void write(Reason value);
  void write(engine::Ipv4Address value);
  void write(const engine::Ipv4Network& value);
  void write_string(std::string_view value);

  static bool is_nothing(std::string_view written) {
    return written == "0" || written == "false" || written == "\"\"" || written == "[]" || written == "{}";
  }

  void key(std::string_view name) {
    if (text_.back() != '{') text_ += ',';
    text_ += '"';
    text_ += name;
    text_ += "\":";
  }

  /// The reference of these octets in the table ("#7"), which gets them (or `as_difference`) if they are new.
  std::string pooled(const Bytes& octets, const std::string& as_difference);

  WriterOptions options_;
  std::string text_ = "";
  std::vector<std::string> table_;
  std::map<Bytes, std::size_t> rows_;
};

}  // namespace sim
