#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace engine {

/// An owned run of octets, in the order in which they stand on the wire.
using Bytes = std::vector<std::uint8_t>;

/// A view of octets that somebody else owns.
using ByteView = std::span<const std::uint8_t>;

/// The octets of `text` (no terminating zero).
Bytes bytes_of(std::string_view text);

/// A view of the octets of `text`; valid as long as `text` is.
ByteView view_of(std::string_view text);

/// Concatenation, written `a | b` in the RFCs.
Bytes concat(std::initializer_list<ByteView> parts);

/// Appends `tail` to `bytes`.
void append(Bytes& bytes, ByteView tail);

/// Lower-case hexadecimal without separators.
std::string to_hex(ByteView bytes);

/// Reads hexadecimal (either case, no separators, even length). Error: Reason::malformed with the offset of the digit.
Result<Bytes> from_hex(std::string_view text);

/// Big-endian ("network order") integers. The caller has checked that `bytes` is long enough.
std::uint16_t read_u16(ByteView bytes, std::size_t offset);
std::uint32_t read_u32(ByteView bytes, std::size_t offset);
std::uint64_t read_u64(ByteView bytes, std::size_t offset);
void put_u16(Bytes& bytes, std::uint16_t value);
void put_u32(Bytes& bytes, std::uint32_t value);
void put_u64(Bytes& bytes, std::uint64_t value);
void set_u16(Bytes& bytes, std::size_t offset, std::uint16_t value);
void set_u32(Bytes& bytes, std::size_t offset, std::uint32_t value);

/// Equality in time that depends on the lengths alone; for MACs, hashes and keys.
bool equal_constant_time(ByteView a, ByteView b);

/// Overwrites the octets in a way that the compiler may not remove.
void wipe(std::span<std::uint8_t> bytes);

}  // namespace engine
