#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "engine/wire/isakmp.h"
#include "engine/wire/reader.h"

/// How an ISAKMP message is put together from its described parts; for whoever reads (messages, annotations).
namespace engine::wire {

/// An empty payload of the kind that `type` announces.
Payload empty_payload(std::uint8_t type);

/// Payload types of IKEv2 behind which only ciphertext follows: "Encrypted and Authenticated" (RFC 7296 3.14) and
/// "Encrypted and Authenticated Fragment" (RFC 7383 2.5). Their Next Payload tells of the first payload inside.
constexpr std::uint8_t encrypted_payload_v2 = 46;
constexpr std::uint8_t encrypted_fragment_v2 = 53;

/// Reads the chain of payloads that begins with one of type `first`. Payloads of IKEv2 are read as unknown ones.
template <class Fields>
void read_payload_chain(BasicReader<Fields>& reader, std::uint8_t first, bool version_2,
                        std::vector<PlacedPayload>& payloads) {
  std::uint8_t type = first;
  while (type != 0 && !reader.failed()) {
    if (payloads.size() == max_payloads)
      return reader.fail(unreadable_field, Reason::limit_exceeded, "more payloads than are accepted");
    const std::size_t start = reader.position();
    PlacedPayload& placed = payloads.emplace_back();
    placed.content = version_2 ? Payload(UnknownPayload{type, {}}) : empty_payload(type);
    placed.offset = static_cast<std::uint32_t>(start);
    const bool last = version_2 && (type == encrypted_payload_v2 || type == encrypted_fragment_v2);
    std::visit(
        [&](auto& content) {
          type = static_cast<std::uint8_t>(reader.payload(content.description, [&] { content.describe(reader); }));
        },
        placed.content);
    placed.length = static_cast<std::uint32_t>(reader.position() - start);
    if (last) return;
  }
}

}  // namespace engine::wire
