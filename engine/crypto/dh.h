#pragma once

#include "engine/base/random.h"
#include "engine/base/secret.h"
#include "engine/crypto/algorithms.h"

namespace engine::crypto {

/// One side's Diffie-Hellman value in one group. The private value comes from the caller's random source, so that a
/// seeded run repeats.
class DhKeyPair {
 public:
  /// Draws the private value. Private exponents have twice the group's security strength in bits (RFC 3526 8), at least
  /// 160. Error: Reason::invalid_key_exchange where the group is not supported.
  static Result<DhKeyPair> generate(DhGroup group, RandomSource& random);

  /// From a known private value (test vectors, captures with keys). MODP: any length, network order; ECP: the scalar.
  static Result<DhKeyPair> from_private(DhGroup group, ByteView private_value);

  DhGroup group() const { return group_; }
  /// As it stands in the KE payload: MODP left-padded with zeros to the prime's length (RFC 2409 5); ECP x | y (RFC
  /// 5903 7).
  const Bytes& public_value() const { return public_value_; }
  const SecretBytes& private_value() const { return private_value_; }

  /// g^xy, left-padded to the prime's length; ECP: the x coordinate. Error: Reason::invalid_key_exchange where the
  /// peer's value has the wrong length, is outside 2..p-2, or is not on the curve (RFC 6989).
  Result<SecretBytes> shared_secret(ByteView peer_public_value) const;

 private:
  DhGroup group_ = DhGroup::none;
  SecretBytes private_value_;
  Bytes public_value_;
};

/// The prime of a MODP group (network order), for the commands that recompute a value; empty for others.
Bytes modp_prime(DhGroup group);

}  // namespace engine::crypto
