#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/bytes.h"
#include "engine/wire/describe.h"
#include "engine/wire/isakmp_header.h"

namespace engine::wire {

/// The listener of a reader that nobody listens to.
struct NoFields {
  void open(const FieldDescription&, std::size_t) {}
  void close(std::size_t) {}
  void leaf(const FieldDescription&, std::size_t, ByteView, Reason) {}
  void bits(const FieldDescription&, std::size_t, unsigned, unsigned, std::uint64_t) {}
  void blame(Reason) {}
};

/// What stands for octets that could not be read, because something before them is wrong.
inline constexpr FieldDescription unreadable_field{"wire.unreadable", "Unreadable Octets", "", Format::octets};

/// What stands for octets behind the last field of a payload or message.
inline constexpr FieldDescription surplus_field{"wire.surplus", "Surplus Octets", "", Format::octets};

/// The visitor that reads. It tells `Fields` of every field it passes; with a listener that keeps them it is the
/// annotator, so that what is shown and what is understood cannot differ.
///
/// It never stops at a fault: the rest of the enclosing payload is passed over, and reading goes on behind it. The
/// first fault is kept as the error.
template <class Fields>
class BasicReader {
 public:
  /// Reads `buffer` from the octet `start` on; `fields` must outlive the reader.
  BasicReader(ByteView buffer, Fields& fields, std::size_t start = 0)
      : buffer_(buffer), position_(start), end_(buffer.size()), fields_(fields) {}

  template <class T>
  void integer(const FieldDescription& field, T& value) {
    const std::size_t start = position_;
    if (!advance(field, sizeof(T))) return;
    value = static_cast<T>(number(start, sizeof(T)));
    fields_.leaf(field, start, buffer_.subspan(start, sizeof(T)), Reason::none);
  }

  void address(FieldDescription field, Ipv4Address& value) {
    field.format = Format::ipv4_address;
    integer(field, value.value);
  }

  template <class First, class... T>
  void bits(const BitPart<First>& first, const BitPart<T>&... parts) {
    const std::size_t start = position_;
    const unsigned total = (first.width + ... + parts.width);
    if (!advance(first.field, total / 8)) return;
    const std::uint64_t word = number(start, total / 8);
    unsigned used = 0;
    const auto take = [&](const auto& part) {
      const std::uint64_t value = bits_of(word, total, used, part.width);
      part.value = static_cast<std::remove_reference_t<decltype(part.value)>>(value);
      fields_.bits(part.field, start, used, part.width, value);
      used += part.width;
    };
    take(first);
    (take(parts), ...);
  }

  void flags(const FieldDescription& field, std::uint8_t& octet, const std::array<FieldDescription, 8>& parts) {
    const std::size_t start = position_;
    if (!advance(field, 1)) return;
    octet = buffer_[start];
    fields_.open(field, start);
    for (unsigned first = 0, next = 0; first < 8; first = next) {
      while (next < 8 && parts[next].id == parts[first].id) ++next;
      fields_.bits(parts[first], start, first, next - first, bits_of(octet, 8, first, next - first));
    }
    fields_.close(position_);
  }

  /// "This field is set to zero": other values are a fault (RFC 2408 5.3), which does not keep the rest from being
  /// read.
  void reserved(const FieldDescription& field, std::size_t width) {
    const std::size_t start = position_;
    if (!advance(field, width)) return;
    const bool zero = number(start, width) == 0;
    if (!zero) note(Reason::malformed, "the reserved field is not zero", start);
    fields_.leaf(field, start, buffer_.subspan(start, width), zero ? Reason::none : Reason::malformed);
  }

  void unused(const FieldDescription& field, std::size_t width) {
    const std::size_t start = position_;
    if (advance(field, width)) fields_.leaf(field, start, buffer_.subspan(start, width), Reason::none);
  }

  template <std::size_t size>
  void octets(const FieldDescription& field, std::array<std::uint8_t, size>& value) {
    const std::size_t start = position_;
    if (!advance(field, size)) return;
    const ByteView raw = buffer_.subspan(start, size);
    std::copy(raw.begin(), raw.end(), value.begin());
    fields_.leaf(field, start, raw, Reason::none);
  }

  void octets(const FieldDescription& field, Bytes& value, std::size_t size) {
    const std::size_t start = position_;
    if (failed_ || size == 0 || !advance(field, size)) return value.clear();
    const ByteView raw = buffer_.subspan(start, size);
    value.assign(raw.begin(), raw.end());
    fields_.leaf(field, start, raw, Reason::none);
  }

  void rest(const FieldDescription& field, Bytes& value) { octets(field, value, end_ - position_); }

  void each(const FieldDescription& field, std::vector<Bytes>& list, std::size_t count, std::size_t size) {
    list.clear();
    if (failed_) return;
    if (size == 0 && count != 0) return fail(unreadable_field, Reason::bad_length, "the elements have no length");
    if (count * size > end_ - position_) return too_short(field, count * size);
    list.resize(count);
    for (Bytes& element : list) octets(field, element, size);
  }

  template <class T, class... Context>
  void items(std::vector<T>& list, std::size_t limit, const Context&... context) {
    list.clear();
    while (!failed_ && position_ < end_) {
      if (list.size() == limit) return fail(unreadable_field, Reason::limit_exceeded, "too many elements");
      fields_.open(T::description, position_);
      list.emplace_back().describe(*this, context...);
      fields_.close(position_);
    }
  }

  template <class T>
  void items_within(std::size_t size, std::vector<T>& list, std::size_t limit) {
    if (failed_) return;
    if (size > end_ - position_) return too_short(T::description, size);
    within(position_ + size, [&] { items(list, limit); });
  }

  template <class T, class... Context>
  void chain(std::vector<T>& list, std::size_t limit, const Context&... context) {
    list.clear();
    bool more = !failed_ && position_ < end_;
    while (more) {
      if (list.size() == limit) return fail(unreadable_field, Reason::limit_exceeded, "too many payloads in a chain");
      T& element = list.emplace_back();
      const PayloadType next = payload(T::description, [&] { element.describe(*this, context...); });
      if (failed_) return;
      more = next == T::payload_type;
      if (!more && next != PayloadType::none)
        return fail(unreadable_field, Reason::malformed, "a payload of another type in a chain of one type");
    }
  }

  void require(bool condition, Reason reason, const char* message) {
    if (failed_ || condition) return;
    fields_.blame(reason);
    fail(unreadable_field, reason, message);
  }

  /// A generic header and, up to the length that it gives, what `body` reads. Returns the header's next payload.
  template <class Body>
  PayloadType payload(const FieldDescription& description, const Body& body) {
    if (failed_) return PayloadType::none;
    const std::size_t start = position_;
    GenericHeader generic;
    fields_.open(description, start);
    generic.describe(*this);
    if (!failed_ && (generic.payload_length < generic_header_size || generic.payload_length > end_ - start)) {
      fields_.blame(Reason::bad_length);
      fail(unreadable_field, Reason::bad_length,
           "the " + std::string(description.name) + " payload claims " + std::to_string(generic.payload_length) +
               " octets, " + std::to_string(end_ - start) + " are left",
           start + 2);
    }
    if (!failed_) within(start + generic.payload_length, body);
    fields_.close(position_);
    return generic.next_payload;
  }

  /// What `body` reads lies before `end`, which is not behind the end so far. What it leaves is surplus, a fault.
  template <class Body>
  void within(std::size_t end, const Body& body) {
    const std::size_t outer_end = end_;
    end_ = end;
    body();
    if (!failed_ && position_ < end_) fail(surplus_field, Reason::bad_length, "octets are left behind the last field");
    end_ = outer_end;
    failed_ = false;
  }

  /// Something is wrong from here to the end of the enclosing payload, which is passed over.
  void fail(const FieldDescription& field, Reason reason, std::string message) {
    fail(field, reason, std::move(message), position_);
  }

  bool failed() const { return failed_; }
  std::size_t position() const { return position_; }
  std::size_t end() const { return end_; }
  ByteView buffer() const { return buffer_; }
  ByteView remaining() const { return buffer_.subspan(position_, end_ - position_); }
  Fields& fields() { return fields_; }

  /// The first fault of all; its reason is none if there was none.
  const Error& error() const { return error_; }

 private:
  static std::uint64_t bits_of(std::uint64_t word, unsigned total, unsigned skip, unsigned width) {
    return (word >> (total - skip - width)) & ((std::uint64_t{1} << width) - 1);
  }

  std::uint64_t number(std::size_t start, std::size_t size) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | buffer_[start + i];
    return value;
  }

  bool advance(const FieldDescription& field, std::size_t size) {
    if (failed_) return false;
    if (size > end_ - position_) {
      too_short(field, size);
      return false;
    }
    position_ += size;
    return true;
  }

  /// Where the buffer ends, octets are missing; where a payload ends, its length is wrong.
  void too_short(const FieldDescription& field, std::size_t size) {
    fail(field, end_ == buffer_.size() ? Reason::truncated : Reason::bad_length,
         "the field " + std::string(field.name) + " needs " + std::to_string(size) + " octets, " +
             std::to_string(end_ - position_) + " are left");
  }

  void fail(const FieldDescription& field, Reason reason, std::string message, std::size_t offset) {
    note(reason, std::move(message), offset);
    const bool nothing_left = position_ == end_;
    if (nothing_left && field.id == unreadable_field.id)
      fields_.blame(reason);
    else
      fields_.leaf(field, position_, remaining(), reason);
    position_ = end_;
    failed_ = true;
  }

  void note(Reason reason, std::string message, std::size_t offset) {
    if (error_.reason == Reason::none) error_ = {reason, std::move(message), offset};
  }

  ByteView buffer_;
  std::size_t position_;
  std::size_t end_;
  bool failed_ = false;  ///< In the enclosing payload.
  Error error_;
  Fields& fields_;
};

/// Reads a struct, and nothing else is kept.
class Reader : public BasicReader<NoFields> {
 public:
  explicit Reader(ByteView buffer) : BasicReader(buffer, no_fields_) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

 private:
  NoFields no_fields_;
};

}  // namespace engine::wire
