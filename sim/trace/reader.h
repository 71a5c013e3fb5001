#pragma once

#include <bitset>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sim/trace/describe.h"
#include "sim/trace/json.h"

namespace sim {

/// Reads the records of a trace from a JSON tree: the counterpart of TraceWriter. Everything is checked (kinds, ranges,
/// names, members that are not known); the first error is kept and the rest is read as zero.
class TraceReader {
 public:
  /// `octets` is the file's table of octets, already unfolded.
  explicit TraceReader(std::vector<Bytes> octets) : octets_(std::move(octets)) {}

  bool failed() const { return error_.reason != Reason::none; }
  const engine::Error& error() const { return error_; }

  /// Checks all rows that were read against the tables' sizes.
  void check_rows(const std::array<std::size_t, static_cast<std::size_t>(Table::count)>& sizes);

  void fail(std::size_t offset, std::string_view message);

  template <class T>
  void record(const JsonValue& from, T& value) {
    if (!expect(from, JsonValue::Kind::object, "an object")) return;
    const JsonValue* const outer = object_;
    const auto outer_used = used_;
    object_ = &from;
    used_.reset();
    describe(*this, value);
    finish_object();
    object_ = outer;
    used_ = outer_used;
  }

  template <class T>
  void field(std::string_view name, T& value) {
    value = T{};
    if (const JsonValue* from = take(name)) read(*from, value);
  }

  template <class T>
  void field(std::string_view name, std::optional<T>& value) {
    value.reset();
    if (const JsonValue* from = take(name)) read(*from, value.emplace());
  }

  template <class T>
  void table(std::string_view name, std::vector<T>& rows) {
    field(name, rows);
  }

  void index(std::string_view name, Index& value, Table table) {
    value = no_index;
    if (const JsonValue* from = take(name)) read_row(*from, value, table);
  }

  void row(std::string_view name, Index& value, Table table) {
    index(name, value, table);
    if (value == no_index) fail(object_->offset, fmt::format("member \"{}\" is missing", name));
  }

  void indices(std::string_view name, std::vector<Index>& values, Table table) {
    values.clear();
    const JsonValue* from = take(name);
    if (from == nullptr || !expect(*from, JsonValue::Kind::array, "a list")) return;
    for (const JsonValue& element : from->elements) read_row(element, values.emplace_back(), table);
  }

  void number_or_none(std::string_view name, Index& value) {
    value = no_index;
    if (const JsonValue* from = take(name)) read(*from, value);
  }

  template <class E>
  void number(std::string_view name, E& value) {
    std::underlying_type_t<E> read_value{};
    field(name, read_value);
    value = static_cast<E>(read_value);
  }

  void drawn(std::string_view name, std::uint32_t& value) { field(name, value); }

  template <class E, std::size_t n>
  void choice(std::string_view name, E& value, const std::array<std::string_view, n>& choices) {
    value = E{};
    const JsonValue* from = take(name);
    if (from != nullptr) value = static_cast<E>(choose(*from, choices));
  }

  void pairs(std::string_view name, std::vector<std::pair<std::string, std::string>>& values);

  template <class Variant, std::size_t n>
  void variants(std::string_view name, std::vector<Variant>& values, const std::array<std::string_view, n>& choices) {
    static_assert(std::variant_size_v<Variant> == n);
    values.clear();
    const JsonValue* from = take(name);
    if (from == nullptr || !expect(*from, JsonValue::Kind::array, "a list")) return;
    for (const JsonValue& element : from->elements) {
      const JsonValue* note = element.find("note");
      if (note == nullptr) return fail(element.offset, "member \"note\" is missing");
      Tagged<Variant> tagged{values.emplace_back(), choose(*note, choices)};
      record(element, tagged);
    }
  }

  void hops(std::string_view name, std::vector<TraceHop>& values) { field(name, values); }

 private:
  /// A variant whose alternative is already known by its name.
  template <class Variant>
  struct Tagged {
    Variant& value;
    std::size_t alternative;
  };

  template <class Variant>
  friend void describe(TraceReader& reader, Tagged<Variant>& tagged) {
    reader.take("note");
    [&]<std::size_t... i>(std::index_sequence<i...>) {
      (..., (i == tagged.alternative ? describe(reader, tagged.value.template emplace<i>()) : void()));
    }
    (std::make_index_sequence<std::variant_size_v<Variant>>());
  }

  template <class T>
  void read(const JsonValue& from, T& value) {
    if constexpr (std::same_as<T, bool>) {
      if (expect(from, JsonValue::Kind::boolean, "true or false")) value = from.boolean;
    } else if constexpr (std::integral<T>) {
      value = static_cast<T>(integer(from, static_cast<std::int64_t>(std::numeric_limits<T>::min()),
                                     static_cast<std::uint64_t>(std::numeric_limits<T>::max())));
    } else {
      record(from, value);
    }
  }
  template <class T>
  void read(const JsonValue& from, std::vector<T>& values) {
    if (!expect(from, JsonValue::Kind::array, "a list")) return;
    for (const JsonValue& element : from.elements) {
      if (failed()) return;
      read(element, values.emplace_back());
    }
  }
  void read(const JsonValue& from, std::vector<bool>& values);
  void read(const JsonValue& from, std::string& value);
  void read(const JsonValue& from, Bytes& value);
  void read(const JsonValue& from, std::array<std::uint8_t, 8>& value);
  void read(const JsonValue& from, Time& value);
  void read(const JsonValue& from, Duration& value);
  void read(const JsonValue& from, Reason& value);
  void read(const JsonValue& from, engine::Ipv4Address& value);
  void read(const JsonValue& from, engine::Ipv4Network& value);
  void read_row(const JsonValue& from, Index& value, Table table);

  /// The two's complement of a number in [lowest, highest].
  std::uint64_t integer(const JsonValue& from, std::int64_t lowest, std::uint64_t highest);
  std::size_t choose(const JsonValue& from, std::span<const std::string_view> choices);
  bool expect(const JsonValue& from, JsonValue::Kind kind, std::string_view expected);

  /// The member of the object that is being read; marks it as used.
  const JsonValue* take(std::string_view name);
  void finish_object();

  struct Row {
    Table table;
    Index row;
    std::size_t offset;
  };

  std::vector<Bytes> octets_;
  const JsonValue* object_ = nullptr;
  std::bitset<max_json_members> used_;
  std::vector<Row> rows_;
  engine::Error error_;
};

}  // namespace sim
