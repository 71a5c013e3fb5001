#include "viz/model/inspector.h"

#include <algorithm>

namespace viz {
namespace {

using engine::ByteView;
using engine::wire::Field;

void shift(Field& field, std::uint32_t by) {
  field.offset += by;
  for (Field& child : field.children) shift(child, by);
}

Field* find_mutable(Field& root, std::string_view id) {
  if (root.id == id) return &root;
  for (Field& child : root.children) {
    if (Field* found = find_mutable(child, id)) return found;
  }
  return nullptr;
}

/// The wire tells SPI and sequence number alone; who knows the SA can tell IV, ciphertext and ICV apart.
void split_esp(Field& root, ByteView bytes, const sim::TraceEsp& esp) {
  Field* generic = find_mutable(root, "esp");
  if (!generic || generic->offset > bytes.size() || generic->length > bytes.size() - generic->offset) return;
  const std::uint32_t offset = generic->offset;
  Field known = engine::wire::annotate_esp(bytes.subspan(offset, generic->length), esp.iv_length, esp.icv_length);
  shift(known, offset);
  *generic = std::move(known);
}

InspectorBuffer decrypted(BufferKind kind, ByteView message) {
  return {kind, message, engine::wire::annotate_isakmp(message, engine::wire::BodyState::decrypted)};
}

void add_cleartext(const sim::TraceMessage& message, std::vector<InspectorBuffer>& buffers) {
  const sim::Bytes& sent = message.sent.cleartext;
  if (!sent.empty()) buffers.push_back(decrypted(BufferKind::sender_cleartext, sent));
  if (!message.received || message.received->cleartext.empty() || message.received->cleartext == sent) return;
  buffers.push_back(decrypted(BufferKind::receiver_cleartext, message.received->cleartext));
}

/// The hop to show: the wanted one, or the nearest that can be seen, an earlier before a later.
Index visible_hop(const sim::Trace& trace, const sim::TracePacket& packet, Index wanted, Viewpoint viewpoint) {
  if (packet.hops.empty()) return no_index;
  const auto last = static_cast<Index>(packet.hops.size()) - 1;
  wanted = std::min(wanted, last);
  for (Index distance = 0; distance <= last; ++distance) {
    if (distance <= wanted && sees_hop(trace, packet.hops[wanted - distance], viewpoint)) return wanted - distance;
    if (distance <= last - wanted && sees_hop(trace, packet.hops[wanted + distance], viewpoint))
      return wanted + distance;
  }
  return no_index;
}

bool holds(const Field& field, std::uint32_t offset) {
  return offset >= field.offset && offset - field.offset < field.length;
}

/// Extends `path` to the first field of this id, depth first, for which `accept` holds.
template <class Accept>
bool extend_to(const Field& field, std::string_view id, const Accept& accept, FieldPath& path) {
  if (field.id == id && accept(field)) return true;
  for (std::uint32_t child = 0; child < field.children.size(); ++child) {
    path.push_back(child);
    if (extend_to(field.children[child], id, accept, path)) return true;
    path.pop_back();
  }
  return false;
}

bool ends_with(ByteView bytes, const Field& field, ByteView octets) {
  if (octets.size() > field.length || field.offset > bytes.size() || field.length > bytes.size() - field.offset) {
    return false;
  }
  const ByteView tail = bytes.subspan(field.offset + field.length - octets.size(), octets.size());
  return std::equal(tail.begin(), tail.end(), octets.begin());
}

/// Of an encrypted message the wire view has the header alone: the sender's cleartext comes first, the wire view last.
template <class Accept>
std::optional<FieldPlace> find_in_buffers(const Inspection& inspection, std::string_view id, const Accept& accept) {
  for (std::size_t place = 1; place <= inspection.buffers.size(); ++place) {
    const std::size_t row = place % inspection.buffers.size();
    const InspectorBuffer& buffer = inspection.buffers[row];
    FieldPath path;
    const auto accept_field = [&](const Field& field) { return accept(buffer, field); };
    if (extend_to(buffer.root, id, accept_field, path)) return FieldPlace{row, std::move(path)};
  }
  return std::nullopt;
}

}  // namespace

Inspection inspect(const TraceIndex& index, Index packet, Index hop, Viewpoint viewpoint) {
  const sim::Trace& trace = index.trace();
  Inspection result;
  result.packet = packet;
  if (packet >= trace.packets.size()) return result;
  const sim::TracePacket& subject = trace.packets[packet];
  const bool sees_all = viewpoint == Viewpoint::omniscient;
  result.hop = visible_hop(trace, subject, hop, viewpoint);
  if (result.hop != no_index) {
    const ByteView bytes = subject.hops[result.hop].bytes;
    Field root = engine::wire::annotate_ipv4(bytes);
    if (sees_all && subject.esp < trace.esp.size()) split_esp(root, bytes, trace.esp[subject.esp]);
    result.buffers.push_back({BufferKind::wire, bytes, std::move(root)});
  }
  if (!sees_all) return result;
  if (subject.message < trace.messages.size()) add_cleartext(trace.messages[subject.message], result.buffers);
  if (subject.esp < trace.esp.size() && !trace.esp[subject.esp].plaintext.empty()) {
    const ByteView plaintext = trace.esp[subject.esp].plaintext;
    result.buffers.push_back({BufferKind::esp_plaintext, plaintext, engine::wire::annotate_esp_plaintext(plaintext)});
  }
  return result;
}

Index hop_at(const TraceIndex& index, Index packet, Index step) {
  Index hop = 0;
  for (Index row : index.steps_of_packet(packet)) {
    if (row > step) break;
    const Index told = index.trace().steps[row].hop;
    if (told != no_index) hop = told;
  }
  return hop;
}

std::optional<FieldPath> path_at(const Field& root, std::uint32_t offset) {
  if (!holds(root, offset)) return std::nullopt;
  FieldPath path;
  const Field* field = &root;
  while (true) {
    const auto child = std::find_if(field->children.begin(), field->children.end(),
                                    [offset](const Field& candidate) { return holds(candidate, offset); });
    if (child == field->children.end()) return path;
    path.push_back(static_cast<std::uint32_t>(child - field->children.begin()));
    field = &*child;
  }
}

std::optional<FieldPath> path_of(const Field& root, std::string_view id) {
  FieldPath path;
  if (!extend_to(
          root, id, [](const Field&) { return true; }, path))
    return std::nullopt;
  return path;
}

const Field* field_at(const Field& root, const FieldPath& path) {
  const Field* field = &root;
  for (std::uint32_t child : path) {
    if (child >= field->children.size()) return nullptr;
    field = &field->children[child];
  }
  return field;
}

std::optional<FieldPlace> find_field(const Inspection& inspection, std::string_view id, ByteView octets) {
  auto exact = find_in_buffers(inspection, id, [octets](const InspectorBuffer& buffer, const Field& field) {
    return ends_with(buffer.bytes, field, octets);
  });
  if (exact) return exact;
  return find_in_buffers(inspection, id, [](const InspectorBuffer&, const Field&) { return true; });
}

}  // namespace viz
