#include "sim/core/random_streams.h"

#include <algorithm>
#include <set>

#include "tests/catch.h"
#include "tests/vectors/vectors.h"

using engine::Bytes;
using engine::RandomPurpose;
using sim::RandomMode;
using sim::RandomStreams;

TEST_CASE("the ChaCha20 block function gives the blocks of RFC 8439") {
  for (const auto& vector : tests::load_vectors("chacha20_block.json")) {
    INFO(vector.at("case").get<std::string>());
    std::array<std::uint8_t, 32> key{};
    std::array<std::uint8_t, 12> nonce{};
    const Bytes key_octets = tests::octets(vector, "key");
    const Bytes nonce_octets = tests::octets(vector, "nonce");
    std::copy(key_octets.begin(), key_octets.end(), key.begin());
    std::copy(nonce_octets.begin(), nonce_octets.end(), nonce.begin());
    const auto block = sim::chacha20_block(key, vector.at("counter").get<std::uint32_t>(), nonce);
    CHECK(engine::to_hex(block) == vector.at("block").get<std::string>());
  }
}

TEST_CASE("the seeded stream is laid down: key stream of the seed under the node's and the purpose's nonce") {
  std::array<std::uint8_t, 32> key{};
  const Bytes label = engine::bytes_of("tunnelwalk random stream");
  std::copy(label.begin(), label.end(), key.begin());
  key[31] = 42;  // The seed, network order.
  // FNV-1a-64 of "a" is the offset basis xor 'a', times the prime: a published value. The purpose is nonce: 1.
  const Bytes nonce_octets = engine::from_hex("af63dc4c8601ec8c00000001").value();
  std::array<std::uint8_t, 12> nonce{};
  std::copy(nonce_octets.begin(), nonce_octets.end(), nonce.begin());
  Bytes expected;
  for (std::uint32_t counter = 0; counter < 3; ++counter) {
    engine::append(expected, sim::chacha20_block(key, counter, nonce));
  }

  RandomStreams streams(42, "a", RandomMode::seeded);
  Bytes seen;
  for (const std::size_t size : {1, 62, 5, 0, 100, 24}) engine::append(seen, streams.bytes(RandomPurpose::nonce, size));
  CHECK(engine::to_hex(seen) == engine::to_hex(expected));
}

TEST_CASE("one more value of one purpose, or one more node, shifts no other stream") {
  RandomStreams plain(1, "gateway", RandomMode::seeded);
  RandomStreams busy(1, "gateway", RandomMode::seeded);
  busy.bytes(RandomPurpose::nonce, 1000);
  CHECK(plain.bytes(RandomPurpose::iv, 64) == busy.bytes(RandomPurpose::iv, 64));
}

TEST_CASE("streams differ by seed, by node and by purpose") {
  std::set<Bytes> seen;
  for (const std::uint64_t seed : {1, 2}) {
    for (const char* node : {"a", "b"}) {
      RandomStreams streams(seed, node, RandomMode::seeded);
      seen.insert(streams.bytes(RandomPurpose::nonce, 16));
      seen.insert(streams.bytes(RandomPurpose::timing, 16));
    }
  }
  CHECK(seen.size() == 8);
}

TEST_CASE("patterned octets count up, and what must be unique stays unique") {
  RandomStreams streams(1, "a", RandomMode::patterned);
  CHECK(engine::to_hex(streams.bytes(RandomPurpose::cookie, 8)) == "0001020304050607");
  CHECK(engine::to_hex(streams.bytes(RandomPurpose::cookie, 8)) == "0102030405060708");
  CHECK(engine::to_hex(streams.bytes(RandomPurpose::nonce, 4)) == "10111213");
  std::set<Bytes> spis;
  for (int i = 0; i < 70000; ++i) spis.insert(streams.bytes(RandomPurpose::spi, 4));
  CHECK(spis.size() == 70000);
}
