#pragma once

#include <memory>
#include <span>

#include "engine/base/bytes.h"
#include "engine/crypto/algorithms.h"

namespace engine::crypto {

/// One key of one cipher, for many messages: the libcrypto context is made once and reused. No padding of its own:
/// lengths must be multiples of the block.
class CipherContext {
 public:
  /// Error: Reason::bad_length where `key` has a length that the cipher does not know.
  static Result<CipherContext> create(CipherAlgorithm algorithm, ByteView key);

  CipherContext(CipherContext&&) noexcept;
  CipherContext& operator=(CipherContext&&) noexcept;
  ~CipherContext();

  /// `out` has the size of `in` and may be the same memory.
  Result<void> encrypt(ByteView iv, ByteView in, std::span<std::uint8_t> out);
  Result<void> decrypt(ByteView iv, ByteView in, std::span<std::uint8_t> out);

 private:
  struct State;
  explicit CipherContext(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A MAC key for many messages: HMAC truncated to the algorithm's ICV length.
class IntegrityContext {
 public:
  static Result<IntegrityContext> create(IntegrityAlgorithm algorithm, ByteView key);

  IntegrityContext(IntegrityContext&&) noexcept;
  IntegrityContext& operator=(IntegrityContext&&) noexcept;
  ~IntegrityContext();

  /// Writes the ICV of `data` to `icv`, which has the algorithm's ICV length (0 for none).
  void compute(ByteView data, std::span<std::uint8_t> icv);

 private:
  struct State;
  explicit IntegrityContext(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace engine::crypto
