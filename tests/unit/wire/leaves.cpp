#include "tests/unit/wire/leaves.h"

#include <algorithm>

using engine::ByteView;
using engine::wire::Field;

namespace {

void collect(const Field& field, std::vector<const Field*>& leaves) {
  if (field.children.empty()) leaves.push_back(&field);
  for (const Field& child : field.children) collect(child, leaves);
}

bool nested(const Field& field) {
  return std::all_of(field.children.begin(), field.children.end(), [&](const Field& child) {
    return child.offset >= field.offset && child.offset + child.length <= field.offset + field.length && nested(child);
  });
}

}  // namespace

std::vector<const Field*> leaves_of(const Field& root) {
  std::vector<const Field*> leaves;
  collect(root, leaves);
  return leaves;
}

bool covers_exactly(const Field& root, std::size_t size) {
  std::size_t next_bit = 0;
  for (const Field* leaf : leaves_of(root)) {
    const std::size_t first = std::size_t{leaf->offset} * 8 + leaf->bit_offset;
    const std::size_t bits = leaf->bit_length != 0 ? leaf->bit_length : std::size_t{leaf->length} * 8;
    if (first != next_bit) return false;
    next_bit = first + bits;
  }
  return next_bit == size * 8 && nested(root);
}

bool has_problem(const Field& root) {
  return root.problem != engine::Reason::none || std::any_of(root.children.begin(), root.children.end(), has_problem);
}

ByteView octets_of(ByteView buffer, const Field& field) { return buffer.subspan(field.offset, field.length); }
