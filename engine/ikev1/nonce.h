#pragma once

#include "engine/ikev1/exchange.h"

namespace engine::ikev1 {

/// Octets of the nonces of this side: as long as the longest of the usual PRFs' outputs.
constexpr std::size_t nonce_size = 32;

/// "The length of nonce payload MUST be between 8 and 256 bytes inclusive" (RFC 2409 5). Reason: bad_length.
std::optional<Refusal> check_nonce(ByteView nonce);

}  // namespace engine::ikev1
