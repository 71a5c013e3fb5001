#include "engine/base/bytes.h"

#include <openssl/crypto.h>

namespace engine {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::uint64_t read_big_endian(ByteView bytes, std::size_t offset, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < width; ++i) value = value << 8 | bytes[offset + i];
  return value;
}

void put_big_endian(Bytes& bytes, std::uint64_t value, int width) {
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

void set_big_endian(Bytes& bytes, std::size_t offset, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) {
    bytes[offset + i] = static_cast<std::uint8_t>(value >> (8 * (width - 1 - i)));
  }
}

}  // namespace

Bytes bytes_of(std::string_view text) { return Bytes(text.begin(), text.end()); }

ByteView view_of(std::string_view text) {
  return ByteView(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

Bytes concat(std::initializer_list<ByteView> parts) {
  std::size_t size = 0;
  for (ByteView part : parts) size += part.size();
  Bytes result;
  result.reserve(size);
  for (ByteView part : parts) append(result, part);
  return result;
}

void append(Bytes& bytes, ByteView tail) { bytes.insert(bytes.end(), tail.begin(), tail.end()); }

std::string to_hex(ByteView bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (std::uint8_t byte : bytes) {
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 0x0f]);
  }
  return text;
}

Result<Bytes> from_hex(std::string_view text) {
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const int high = hex_digit(text[i]);
    const int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) {
      return Error{Reason::malformed, "not a hexadecimal digit", high < 0 ? i : i + 1};
    }
    bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  if (text.size() % 2 != 0) return Error{Reason::malformed, "an odd number of hexadecimal digits", text.size()};
  return bytes;
}

std::uint16_t read_u16(ByteView bytes, std::size_t offset) {
  return static_cast<std::uint16_t>(read_big_endian(bytes, offset, 2));
}

std::uint32_t read_u32(ByteView bytes, std::size_t offset) {
  return static_cast<std::uint32_t>(read_big_endian(bytes, offset, 4));
}

std::uint64_t read_u64(ByteView bytes, std::size_t offset) { return read_big_endian(bytes, offset, 8); }

void put_u16(Bytes& bytes, std::uint16_t value) { put_big_endian(bytes, value, 2); }
void put_u32(Bytes& bytes, std::uint32_t value) { put_big_endian(bytes, value, 4); }
void put_u64(Bytes& bytes, std::uint64_t value) { put_big_endian(bytes, value, 8); }
void set_u16(Bytes& bytes, std::size_t offset, std::uint16_t value) { set_big_endian(bytes, offset, value, 2); }
void set_u32(Bytes& bytes, std::size_t offset, std::uint32_t value) { set_big_endian(bytes, offset, value, 4); }

bool equal_constant_time(ByteView a, ByteView b) {
  if (a.size() != b.size()) return false;
  return a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(std::span<std::uint8_t> bytes) {
  if (!bytes.empty()) OPENSSL_cleanse(bytes.data(), bytes.size());
}

}  // namespace engine
