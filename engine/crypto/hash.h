#pragma once

#include <initializer_list>

#include "engine/base/bytes.h"
#include "engine/crypto/algorithms.h"

namespace engine::crypto {

/// hash(a | b | ...).
Bytes hash(HashAlgorithm algorithm, std::initializer_list<ByteView> parts);

/// HMAC (RFC 2104) over a | b | ...; the PRF that IKEv1 makes of the negotiated hash (RFC 2409 4, "prf"). A key of any
/// length, also empty.
Bytes hmac(HashAlgorithm algorithm, ByteView key, std::initializer_list<ByteView> parts);

}  // namespace engine::crypto
