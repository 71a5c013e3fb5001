#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/base/random.h"

namespace sim {

/// How a run's random octets are made.
enum class RandomMode : std::uint8_t {
  seeded,     ///< ChaCha20 key stream of the seed.
  patterned,  ///< Counting octets, recognised at sight in a hex view.
};

/// One block of the ChaCha20 key stream (RFC 8439 2.3).
std::array<std::uint8_t, 64> chacha20_block(const std::array<std::uint8_t, 32>& key, std::uint32_t counter,
                                            const std::array<std::uint8_t, 12>& nonce);

/// The random streams of one node, one for each purpose, independent of each other and of every other node's.
///
/// Seeded: the stream is the ChaCha20 key stream (RFC 8439) under the key "tunnelwalk random stream" | seed (8 octets,
/// network order), with the nonce FNV-1a-64 of the node's id (8 octets, network order) | purpose (4 octets, network
/// order), from block 0 on. This is laid down for good: traces depend on it.
///
/// Patterned: request number n (from 0) of a purpose is filled with octets that count up from 16 x purpose + n; n / 256
/// is xored into the last two octets, so that from n = 256 on SPIs, cookies and message IDs stay different.
class RandomStreams final : public engine::RandomSource {
 public:
  RandomStreams(std::uint64_t seed, std::string_view node_id, RandomMode mode);

  void fill(engine::RandomPurpose purpose, std::span<std::uint8_t> out) override;

 private:
  struct Stream {
    std::uint32_t next_block = 0;
    std::uint8_t used = 64;  ///< Octets of `block` given out.
    std::array<std::uint8_t, 64> block{};
    std::uint64_t requests = 0;
  };

  void fill_seeded(Stream& stream, std::uint32_t purpose, std::span<std::uint8_t> out) const;
  static void fill_patterned(Stream& stream, std::uint32_t purpose, std::span<std::uint8_t> out);

  static constexpr std::size_t purposes = static_cast<std::size_t>(engine::RandomPurpose::timing) + 1;

  RandomMode mode_;
  std::array<std::uint8_t, 32> key_{};
  std::uint64_t node_hash_ = 0;
  std::array<Stream, purposes> streams_;
};

}  // namespace sim
