#include "engine/crypto/cipher.h"

#include "engine/crypto/hash.h"
#include "tests/catch.h"

using namespace engine;
using namespace engine::crypto;

TEST_CASE("hashes of the empty string and of joined parts") {
  CHECK(to_hex(hash(HashAlgorithm::md5, {})) == "d41d8cd98f00b204e9800998ecf8427e");
  CHECK(to_hex(hash(HashAlgorithm::sha1, {view_of("a"), view_of(""), view_of("bc")})) ==
        "a9993e364706816aba3e25717850c26c9cd0d89d");
  for (const HashInfo& algorithm : all_hashes()) CHECK(hash(algorithm.algorithm, {}).size() == algorithm.size);
}

TEST_CASE("HMAC takes an empty key and keys longer than a block") {
  CHECK(to_hex(hmac(HashAlgorithm::sha1, {}, {})) == "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
  const Bytes key(200, 0x41);
  // RFC 2104 2: "Applications that use keys longer than B bytes will first hash the key using H".
  CHECK(hmac(HashAlgorithm::sha1, key, {view_of("text")}) ==
        hmac(HashAlgorithm::sha1, hash(HashAlgorithm::sha1, {key}), {view_of("text")}));
}

TEST_CASE("each cipher takes the key lengths of its table and no other") {
  for (const CipherInfo& cipher : all_ciphers()) {
    INFO(cipher.name);
    for (std::size_t octets = 0; octets <= 40; ++octets) {
      bool listed = false;
      for (const std::uint16_t bits : cipher.key_bits) listed = listed || bits == octets * 8;
      const auto context = CipherContext::create(cipher.algorithm, Bytes(octets, 7));
      CHECK(context.ok() == listed);
      if (!listed) CHECK(context.error().reason == Reason::bad_length);
    }
  }
}

TEST_CASE("a wrong IV length or a part of a block is refused") {
  CipherContext aes = CipherContext::create(CipherAlgorithm::aes_cbc, Bytes(16)).value();
  Bytes block(16);
  Bytes part(15);
  CHECK(aes.encrypt(Bytes(8), block, block).error().reason == Reason::bad_length);
  CHECK(aes.encrypt(Bytes(16), part, part).error().reason == Reason::bad_length);
  CHECK(aes.decrypt(Bytes(16), block, part).error().reason == Reason::bad_length);
  CHECK(aes.decrypt(Bytes(16), {}, {}).ok());
}

TEST_CASE("RFC 2410: NULL encryption leaves the text as it is") {
  CipherContext null = CipherContext::create(CipherAlgorithm::null, {}).value();
  const Bytes text = bytes_of("seen by all");
  Bytes out(text.size());
  REQUIRE(null.encrypt({}, text, out).ok());
  CHECK(out == text);
  REQUIRE(null.decrypt({}, text, out).ok());
  CHECK(out == text);
}

TEST_CASE("a context is moved with its key") {
  CipherContext first = CipherContext::create(CipherAlgorithm::des3_cbc, Bytes(24, 3)).value();
  Bytes expected(8);
  REQUIRE(first.encrypt(Bytes(8), Bytes(8), expected).ok());
  CipherContext second = std::move(first);
  Bytes again(8);
  REQUIRE(second.encrypt(Bytes(8), Bytes(8), again).ok());
  CHECK(again == expected);
}

TEST_CASE("integrity keys have one length, and none has no ICV") {
  for (const IntegrityInfo& integrity : all_integrity_algorithms()) {
    INFO(integrity.name);
    CHECK(IntegrityContext::create(integrity.algorithm, Bytes(integrity.key)).ok());
    const auto refused = IntegrityContext::create(integrity.algorithm, Bytes(integrity.key + 1U));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().reason == Reason::bad_length);
  }
  IntegrityContext none = IntegrityContext::create(IntegrityAlgorithm::none, {}).value();
  none.compute(view_of("text"), {});
}
