#pragma once

#include <string_view>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/wire/field.h"

/// The leaves of an annotated tree, in order.
std::vector<const engine::wire::Field*> leaves_of(const engine::wire::Field& root);

/// Whether every bit of `size` octets is in exactly one leaf, and every field inside its parent.
bool covers_exactly(const engine::wire::Field& root, std::size_t size);

/// Whether any field of the tree has a problem.
bool has_problem(const engine::wire::Field& root);

/// The octets of a field.
engine::ByteView octets_of(engine::ByteView buffer, const engine::wire::Field& field);
