#include "viz/model/inspector.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"

using engine::wire::Field;
using viz::BufferKind;
using viz::Index;
using viz::Inspection;
using viz::TraceIndex;
using viz::Viewpoint;

namespace {

Index packet_of_message(const sim::Trace& trace, std::string_view id) {
  const auto found = std::find_if(trace.messages.begin(), trace.messages.end(),
                                  [id](const sim::TraceMessage& message) { return message.sent.name.id == id; });
  return found == trace.messages.end() ? viz::no_index : found->packet;
}

std::vector<BufferKind> kinds_of(const Inspection& inspection) {
  std::vector<BufferKind> kinds;
  for (const viz::InspectorBuffer& buffer : inspection.buffers) kinds.push_back(buffer.kind);
  return kinds;
}

}  // namespace

TEST_CASE("a message in the clear has the wire view alone, with the layers in it") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Inspection seen = viz::inspect(index, packet_of_message(trace, "main-mode-1"), 0, Viewpoint::omniscient);
  REQUIRE(kinds_of(seen) == std::vector{BufferKind::wire});
  for (const char* id : {"ipv4.source_address", "udp.destination_port", "isakmp.initiator_cookie", "ike.sa"}) {
    INFO(id);
    CHECK(viz::find_field(seen, id).has_value());
  }
}

TEST_CASE("an encrypted message has the cleartext beside it, once where both sides read the same") {
  sim::Trace trace = tests::synthetic_trace();
  const Index packet = packet_of_message(trace, "quick-mode-1");
  {
    const TraceIndex index(trace);
    const Inspection seen = viz::inspect(index, packet, 0, Viewpoint::omniscient);
    CHECK(kinds_of(seen) == std::vector{BufferKind::wire, BufferKind::sender_cleartext});
    const auto place = viz::find_field(seen, "ike.hash");
    REQUIRE(place.has_value());
    CHECK(seen.buffers[place->buffer].kind == BufferKind::sender_cleartext);
  }
  trace.messages[trace.packets[packet].message].received->cleartext[40] ^= 0xff;
  const TraceIndex index(trace);
  CHECK(kinds_of(viz::inspect(index, packet, 0, Viewpoint::omniscient)) ==
        std::vector{BufferKind::wire, BufferKind::sender_cleartext, BufferKind::receiver_cleartext});
}

TEST_CASE("an ESP packet is taken apart with what its SA tells, and its plaintext holds the inner packet") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const sim::TraceEsp& esp = trace.esp.front();
  const Inspection seen = viz::inspect(index, esp.packet, 1, Viewpoint::omniscient);
  REQUIRE(kinds_of(seen) == std::vector{BufferKind::wire, BufferKind::esp_plaintext});
  CHECK(seen.hop == 1);
  const auto icv = viz::path_of(seen.buffers[0].root, "esp.icv");
  REQUIRE(icv.has_value());
  const Field* field = viz::field_at(seen.buffers[0].root, *icv);
  CHECK(field->length == esp.icv_length);
  CHECK(field->offset + field->length == seen.buffers[0].bytes.size());
  const auto inner = viz::path_of(seen.buffers[1].root, "icmp.type");
  CHECK(inner.has_value());
}

TEST_CASE("every octet leads to the deepest field that holds it, and back") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  for (Index packet = 0; packet < trace.packets.size(); ++packet) {
    for (const viz::InspectorBuffer& buffer : viz::inspect(index, packet, 0, Viewpoint::omniscient).buffers) {
      for (std::uint32_t offset = 0; offset < buffer.bytes.size(); ++offset) {
        const auto path = viz::path_at(buffer.root, offset);
        REQUIRE(path.has_value());
        const Field* field = viz::field_at(buffer.root, *path);
        REQUIRE(field != nullptr);
        REQUIRE(field->children.empty());
        REQUIRE((field->offset <= offset && offset < field->offset + field->length));
      }
      CHECK_FALSE(viz::path_at(buffer.root, static_cast<std::uint32_t>(buffer.bytes.size())).has_value());
    }
  }
}

TEST_CASE("a path that leads nowhere has no field") {
  Field root;
  root.id = "root";
  root.children.resize(1);
  CHECK(viz::field_at(root, {0}) == &root.children[0]);
  CHECK(viz::field_at(root, {1}) == nullptr);
  CHECK(viz::field_at(root, {0, 0}) == nullptr);
  CHECK(viz::path_of(root, "root") == viz::FieldPath{});
  CHECK_FALSE(viz::path_of(root, "other").has_value());
}

TEST_CASE("the hop of a packet follows the steps") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Index packet = packet_of_message(trace, "main-mode-1");
  const auto steps = index.steps_of_packet(packet);
  REQUIRE(steps.size() == 3);
  CHECK(viz::hop_at(index, packet, steps[0]) == 0);
  CHECK(viz::hop_at(index, packet, steps[1]) == 1);
  CHECK(viz::hop_at(index, packet, steps[2]) == 1);
}
