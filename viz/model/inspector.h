#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/wire/annotate.h"
#include "viz/model/trace_index.h"
#include "viz/model/viewpoint.h"

namespace viz {

/// Which view of a packet a buffer is.
enum class BufferKind : std::uint8_t {
  wire,                ///< The IPv4 packet as on the link.
  sender_cleartext,    ///< The ISAKMP message before encryption.
  receiver_cleartext,  ///< What the receiver's key made of it, where that differs.
  esp_plaintext,       ///< Inner packet, padding, pad length, next header.
};

/// Octets with their field tree.
struct InspectorBuffer {
  BufferKind kind = BufferKind::wire;
  engine::ByteView bytes;  ///< Inside the trace.
  engine::wire::Field root;
};

struct Inspection {
  Index packet = no_index;
  Index hop = no_index;
  std::vector<InspectorBuffer> buffers;  ///< Wire first.
};

/// A packet as on hop `hop` (clamped to those it has; for an eavesdropper, the nearest that is public). No buffers
/// where nothing can be seen.
Inspection inspect(const TraceIndex& index, Index packet, Index hop, Viewpoint viewpoint);

/// The hop that a packet is on, or was last on, at a step.
Index hop_at(const TraceIndex& index, Index packet, Index step);

/// Place of a field in a tree: the child to take at each level; empty: the root.
using FieldPath = std::vector<std::uint32_t>;

/// The deepest field that holds the octet at `offset`; where several bit fields share it, the first of them. None where
/// the root does not hold it.
std::optional<FieldPath> path_at(const engine::wire::Field& root, std::uint32_t offset);

/// The path of the first field, depth first, whose id is `id`.
std::optional<FieldPath> path_of(const engine::wire::Field& root, std::string_view id);

/// The field at a path; null if the tree has no such place.
const engine::wire::Field* field_at(const engine::wire::Field& root, const FieldPath& path);

/// A field of a packet, found by id in any buffer (the cleartext before the wire).
struct FieldPlace {
  std::size_t buffer = 0;  ///< Of Inspection::buffers.
  FieldPath path;
};
/// `octets`: where the packet has several fields of this id (two ID payloads, several vendor IDs), the one that ends
/// with these octets is meant; the first of the id if none does.
std::optional<FieldPlace> find_field(const Inspection& inspection, std::string_view id, engine::ByteView octets = {});

}  // namespace viz
