#pragma once

#include <cstdint>
#include <span>

#include "engine/base/bytes.h"

namespace engine {

/// What random octets are for. Each purpose of each node is a stream of its own, so that one more nonce does not shift
/// every later IV.
enum class RandomPurpose : std::uint8_t {
  cookie,
  nonce,
  dh_private,
  spi,
  message_id,
  iv,
  signature_salt,
  ip_identification,
  sequence,  ///< First DPD sequence number and its like.
  timing,    ///< Jitter of timers (rekey fuzz).
};

/// Where the engine gets its random octets. A simulation gives seeded streams, a live run the system's generator.
class RandomSource {
 public:
  virtual ~RandomSource() = default;

  /// Fills `out` from the stream of `purpose`.
  virtual void fill(RandomPurpose purpose, std::span<std::uint8_t> out) = 0;

  /// `size` octets from the stream of `purpose`.
  Bytes bytes(RandomPurpose purpose, std::size_t size) {
    Bytes result(size);
    fill(purpose, result);
    return result;
  }

  /// A number in [0, bound), from 64 bits of the stream; `bound` > 0.
  std::uint64_t below(RandomPurpose purpose, std::uint64_t bound) { return read_u64(bytes(purpose, 8), 0) % bound; }
};

}  // namespace engine
