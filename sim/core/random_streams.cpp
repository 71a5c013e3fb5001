#include "sim/core/random_streams.h"

#include <algorithm>
#include <bit>

namespace sim {
namespace {

constexpr std::string_view key_label = "tunnelwalk random stream";
static_assert(key_label.size() + sizeof(std::uint64_t) == 32);

std::uint32_t little_endian_word(const std::uint8_t* octets) {
  return std::uint32_t{octets[0]} | std::uint32_t{octets[1]} << 8 | std::uint32_t{octets[2]} << 16 |
         std::uint32_t{octets[3]} << 24;
}

/// RFC 8439 2.1.
void quarter_round(std::array<std::uint32_t, 16>& state, std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
  state[a] += state[b];
  state[d] = std::rotl(state[d] ^ state[a], 16);
  state[c] += state[d];
  state[b] = std::rotl(state[b] ^ state[c], 12);
  state[a] += state[b];
  state[d] = std::rotl(state[d] ^ state[a], 8);
  state[c] += state[d];
  state[b] = std::rotl(state[b] ^ state[c], 7);
}

std::uint64_t fnv_1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char character : text) {
    hash ^= static_cast<std::uint8_t>(character);
    hash *= 0x100000001b3U;
  }
  return hash;
}

void put_big_endian(std::uint64_t value, std::span<std::uint8_t> out) {
  for (std::size_t i = out.size(); i-- > 0; value >>= 8) out[i] = static_cast<std::uint8_t>(value);
}

}  // namespace

std::array<std::uint8_t, 64> chacha20_block(const std::array<std::uint8_t, 32>& key, std::uint32_t counter,
                                            const std::array<std::uint8_t, 12>& nonce) {
  std::array<std::uint32_t, 16> initial{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
  for (std::size_t i = 0; i < 8; ++i) initial[4 + i] = little_endian_word(key.data() + 4 * i);
  initial[12] = counter;
  for (std::size_t i = 0; i < 3; ++i) initial[13 + i] = little_endian_word(nonce.data() + 4 * i);

  std::array<std::uint32_t, 16> state = initial;
  for (int double_round = 0; double_round < 10; ++double_round) {
    for (std::size_t column = 0; column < 4; ++column) {
      quarter_round(state, column, 4 + column, 8 + column, 12 + column);
    }
    for (std::size_t diagonal = 0; diagonal < 4; ++diagonal) {
      quarter_round(state, diagonal, 4 + (diagonal + 1) % 4, 8 + (diagonal + 2) % 4, 12 + (diagonal + 3) % 4);
    }
  }

  std::array<std::uint8_t, 64> block{};
  for (std::size_t i = 0; i < 16; ++i) {
    const std::uint32_t word = state[i] + initial[i];
    for (std::size_t j = 0; j < 4; ++j) block[4 * i + j] = static_cast<std::uint8_t>(word >> (8 * j));
  }
  return block;
}

RandomStreams::RandomStreams(std::uint64_t seed, std::string_view node_id, RandomMode mode)
    : mode_(mode), node_hash_(fnv_1a(node_id)) {
  std::copy(key_label.begin(), key_label.end(), key_.begin());
  put_big_endian(seed, std::span(key_).subspan(key_label.size()));
}

void RandomStreams::fill(engine::RandomPurpose purpose, std::span<std::uint8_t> out) {
  const auto number = static_cast<std::uint32_t>(purpose);
  if (mode_ == RandomMode::seeded) {
    fill_seeded(streams_[number], number, out);
  } else {
    fill_patterned(streams_[number], number, out);
  }
}

void RandomStreams::fill_seeded(Stream& stream, std::uint32_t purpose, std::span<std::uint8_t> out) const {
  std::array<std::uint8_t, 12> nonce{};
  put_big_endian(node_hash_, std::span(nonce).first(8));
  put_big_endian(purpose, std::span(nonce).subspan(8));
  while (!out.empty()) {
    if (stream.used == stream.block.size()) {
      stream.block = chacha20_block(key_, stream.next_block++, nonce);
      stream.used = 0;
    }
    const std::size_t size = std::min(out.size(), stream.block.size() - stream.used);
    std::copy_n(stream.block.begin() + stream.used, size, out.begin());
    stream.used = static_cast<std::uint8_t>(stream.used + size);
    out = out.subspan(size);
  }
}

void RandomStreams::fill_patterned(Stream& stream, std::uint32_t purpose, std::span<std::uint8_t> out) {
  const std::uint64_t request = stream.requests++;
  auto octet = static_cast<std::uint8_t>(16 * purpose + request);
  for (std::uint8_t& place : out) place = octet++;
  if (out.size() < 2) return;
  const std::uint64_t round = request / 256;
  out[out.size() - 2] ^= static_cast<std::uint8_t>(round >> 8);
  out[out.size() - 1] ^= static_cast<std::uint8_t>(round);
}

}  // namespace sim
