#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/bytes.h"
#include "engine/wire/describe.h"
#include "engine/wire/isakmp_header.h"

namespace engine::wire {

/// The visitor that writes. Reserved fields become zero; generic headers are filled in.
class Writer {
 public:
  template <class T>
  void integer(const FieldDescription&, const T& value) {
    put(static_cast<std::uint64_t>(value), sizeof(T));
  }

  void address(const FieldDescription&, const Ipv4Address& value) { put_u32(bytes_, value.value); }

  template <class... T>
  void bits(const BitPart<T>&... parts) {
    std::uint64_t word = 0;
    ((word = word << parts.width | (static_cast<std::uint64_t>(parts.value) & ((1U << parts.width) - 1))), ...);
    put(word, (parts.width + ...) / 8);
  }

  void flags(const FieldDescription&, std::uint8_t octet, const std::array<FieldDescription, 8>&) { put(octet, 1); }
  void reserved(const FieldDescription&, std::size_t width) { put(0, width); }
  void unused(const FieldDescription&, std::size_t width) { put(0, width); }

  template <std::size_t size>
  void octets(const FieldDescription&, const std::array<std::uint8_t, size>& value) {
    append(bytes_, value);
  }

  void octets(const FieldDescription&, const Bytes& value, std::size_t) { append(bytes_, value); }
  void rest(const FieldDescription&, const Bytes& value) { append(bytes_, value); }

  void each(const FieldDescription&, const std::vector<Bytes>& list, std::size_t, std::size_t) {
    for (const Bytes& element : list) append(bytes_, element);
  }

  template <class T, class... Context>
  void items(std::vector<T>& list, std::size_t, const Context&... context) {
    for (T& element : list) element.describe(*this, context...);
  }

  /// The space that is left over is filled with zeros.
  template <class T>
  void items_within(std::size_t size, std::vector<T>& list, std::size_t limit) {
    const std::size_t end = bytes_.size() + size;
    items(list, limit);
    if (bytes_.size() < end) bytes_.resize(end);
  }

  template <class T, class... Context>
  void chain(std::vector<T>& list, std::size_t, const Context&... context) {
    std::size_t left = list.size();
    for (T& element : list) {
      const PayloadType next = --left == 0 ? PayloadType::none : T::payload_type;
      payload(next, [&] { element.describe(*this, context...); });
    }
  }

  void require(bool, Reason, const char*) {}

  /// A generic header and what `body` writes; the length is filled in.
  template <class Body>
  void payload(PayloadType next, const Body& body) {
    const std::size_t start = bytes_.size();
    GenericHeader generic{next, 0};
    generic.describe(*this);
    body();
    set_u16(bytes_, start + 2, static_cast<std::uint16_t>(bytes_.size() - start));
  }

  std::size_t size() const { return bytes_.size(); }

  /// What was written; leaves the writer empty.
  Bytes take() { return std::exchange(bytes_, {}); }

 private:
  void put(std::uint64_t value, std::size_t size) {
    for (std::size_t left = size; left > 0; --left)
      bytes_.push_back(static_cast<std::uint8_t>(value >> (left - 1) * 8));
  }

  Bytes bytes_;
};

/// The octets of one described struct; a copy, because descriptions serve readers too.
template <class T, class... Context>
Bytes write_described(T content, const Context&... context) {
  Writer writer;
  content.describe(writer, context...);
  return writer.take();
}

}  // namespace engine::wire
