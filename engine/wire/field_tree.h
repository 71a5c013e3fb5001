#pragma once

#include <string_view>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/wire/describe.h"
#include "engine/wire/field.h"
#include "engine/wire/reader.h"

namespace engine::wire {

/// The listener of a reader that keeps every field it is told of: a reader with it is the annotator.
class FieldTree {
 public:
  /// Begins a group of fields; what follows is inside until it is closed.
  void open(const FieldDescription& group, std::size_t offset);
  void close(std::size_t end);

  void leaf(const FieldDescription& field, std::size_t offset, ByteView octets, Reason problem);

  /// A field of `width` bits, `skip` bits behind the start of the octet at `offset`.
  void bits(const FieldDescription& field, std::size_t offset, unsigned skip, unsigned width, std::uint64_t value);

  /// The last field of the open group has this problem, or the group, where it has none yet.
  void blame(Reason problem);

  /// The field `id` of the open group has this problem.
  void blame(std::string_view id, Reason problem);

  /// Makes the last leaf of the open group a group, open again, if its id is `id`.
  bool reopen(std::string_view id);

  /// The finished tree: the group that was opened first and closed last.
  Field take();

 private:
  std::vector<Field> open_;
  Field root_;
};

using Annotator = BasicReader<FieldTree>;

}  // namespace engine::wire
