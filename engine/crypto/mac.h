#pragma once

#include "engine/base/bytes.h"
#include "engine/crypto/algorithms.h"
#include "engine/crypto/openssl.h"

namespace engine::crypto {

/// An HMAC context with its key set, ready for the first message; internal to engine/crypto.
openssl::MacContext new_hmac(HashAlgorithm algorithm, ByteView key);

}  // namespace engine::crypto
