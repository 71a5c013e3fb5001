#include "engine/ikev1/nonce.h"

#include <fmt/format.h>

#include "engine/ikev1/field_ids.h"
#include "engine/wire/names.h"

namespace engine::ikev1 {
namespace {

constexpr std::size_t shortest = 8;
constexpr std::size_t longest = 256;

}  // namespace

std::optional<Refusal> check_nonce(ByteView nonce) {
  if (nonce.size() >= shortest && nonce.size() <= longest) return std::nullopt;
  return Refusal{{Reason::bad_length,
                  fmt::format("the nonce has {} octets, {} to {} are allowed", nonce.size(), shortest, longest), 0},
                 field::nonce_data,
                 wire::notification::payload_malformed};
}

}  // namespace engine::ikev1
