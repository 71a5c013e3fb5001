#pragma once

#include <cstdint>
#include <string>

#include "engine/base/bytes.h"
#include "engine/wire/describe.h"

namespace engine::wire {

/// A field's value for people, as its description says. Octets that do not fit the format (an address of three octets)
/// are shown as their number.
std::string format_value(const FieldDescription& field, ByteView octets);

/// The value of a bit field for people.
std::string format_bits(const FieldDescription& field, std::uint64_t value, unsigned width);

}  // namespace engine::wire
