#include "engine/crypto/dh.h"

#include "tests/catch.h"

using namespace engine;
using namespace engine::crypto;

namespace {

/// Counts upwards; or gives one octet only.
class PatternedSource : public RandomSource {
 public:
  explicit PatternedSource(std::uint8_t first, std::uint8_t step = 1) : next_(first), step_(step) {}
  void fill(RandomPurpose purpose, std::span<std::uint8_t> out) override {
    CHECK(purpose == RandomPurpose::dh_private);
    for (std::uint8_t& octet : out) octet = std::exchange(next_, static_cast<std::uint8_t>(next_ + step_));
  }

 private:
  std::uint8_t next_;
  std::uint8_t step_;
};

Reason refusal_of(const DhKeyPair& pair, const Bytes& peer) {
  const auto secret = pair.shared_secret(peer);
  REQUIRE_FALSE(secret.ok());
  return secret.error().reason;
}

}  // namespace

TEST_CASE("both sides of every group reach the same secret of the announced length") {
  for (const DhGroupInfo& group : all_dh_groups()) {
    INFO(group.name);
    PatternedSource first(1);
    PatternedSource second(77);
    const DhKeyPair initiator = DhKeyPair::generate(group.group, first).value();
    const DhKeyPair responder = DhKeyPair::generate(group.group, second).value();
    CHECK(initiator.public_value().size() == group.public_value);
    const SecretBytes secret = initiator.shared_secret(responder.public_value()).value();
    CHECK(secret.size() == group.secret);
    CHECK(to_hex(secret.view()) == to_hex(responder.shared_secret(initiator.public_value()).value().view()));
    CHECK(find(group.group)->name == group.name);
  }
}

TEST_CASE("the same random octets give the same key pair") {
  for (const DhGroup group : {DhGroup::modp1024, DhGroup::ecp521}) {
    PatternedSource first(5);
    PatternedSource again(5);
    PatternedSource other(6);
    const DhKeyPair pair = DhKeyPair::generate(group, first).value();
    CHECK(pair.public_value() == DhKeyPair::generate(group, again).value().public_value());
    CHECK(pair.public_value() != DhKeyPair::generate(group, other).value().public_value());
  }
}

TEST_CASE("extreme random octets still give a private value in range") {
  for (const DhGroupInfo& group : all_dh_groups()) {
    INFO(group.name);
    PatternedSource zeros(0x00, 0);
    PatternedSource ones(0xff, 0);
    CHECK(DhKeyPair::generate(group.group, zeros).ok());
    CHECK(DhKeyPair::generate(group.group, ones).ok());
  }
}

TEST_CASE("private exponents have the sizes of RFC 3526 section 8") {
  PatternedSource random(0xff, 0);
  CHECK(to_hex(DhKeyPair::generate(DhGroup::modp3072, random).value().private_value().view()) ==
        "0f" + std::string(104, 'f'));
  CHECK(DhKeyPair::generate(DhGroup::modp1024, random).value().private_value().size() == 20);
}

TEST_CASE("RFC 6989 2.1: a peer's value must satisfy 1 < r < p-1") {
  PatternedSource random(1);
  const DhKeyPair pair = DhKeyPair::generate(DhGroup::modp1024, random).value();
  Bytes value(128);
  CHECK(refusal_of(pair, value) == Reason::invalid_key_exchange);
  value.back() = 1;
  CHECK(refusal_of(pair, value) == Reason::invalid_key_exchange);
  value.back() = 2;
  CHECK(pair.shared_secret(value).ok());
  const Bytes prime = modp_prime(DhGroup::modp1024);
  CHECK(refusal_of(pair, prime) == Reason::invalid_key_exchange);
  value = prime;
  value.back() -= 1;
  CHECK(refusal_of(pair, value) == Reason::invalid_key_exchange);
  value.back() -= 1;
  CHECK(pair.shared_secret(value).ok());
  CHECK(refusal_of(pair, Bytes(128, 0xff)) == Reason::invalid_key_exchange);
}

TEST_CASE("a peer's value of the wrong length is refused") {
  PatternedSource random(1);
  const DhKeyPair pair = DhKeyPair::generate(DhGroup::modp1024, random).value();
  CHECK(refusal_of(pair, Bytes(127, 7)) == Reason::invalid_key_exchange);
  CHECK(refusal_of(pair, Bytes(129, 7)) == Reason::invalid_key_exchange);
  CHECK(refusal_of(pair, {}) == Reason::invalid_key_exchange);
}

TEST_CASE("RFC 6989 2.3: a peer's x and y must satisfy the curve equation") {
  PatternedSource random(1);
  const DhKeyPair pair = DhKeyPair::generate(DhGroup::ecp256, random).value();
  Bytes value = pair.public_value();
  value.back() ^= 1;
  CHECK(refusal_of(pair, value) == Reason::invalid_key_exchange);
  CHECK(refusal_of(pair, Bytes(64)) == Reason::invalid_key_exchange);
  CHECK(refusal_of(pair, Bytes(64, 0xff)) == Reason::invalid_key_exchange);
  CHECK(refusal_of(pair, Bytes(63, 1)) == Reason::invalid_key_exchange);
}

TEST_CASE("unknown groups and private values out of range are refused") {
  PatternedSource random(1);
  for (const int number : {0, 3, 24, 31, 65535}) {
    const auto group = static_cast<DhGroup>(number);
    CHECK(find(group) == nullptr);
    CHECK(DhKeyPair::generate(group, random).error().reason == Reason::invalid_key_exchange);
  }
  CHECK_FALSE(DhKeyPair::from_private(DhGroup::modp1024, Bytes(20)).ok());
  CHECK_FALSE(DhKeyPair::from_private(DhGroup::ecp256, Bytes(32)).ok());
  CHECK_FALSE(DhKeyPair::from_private(DhGroup::ecp256, Bytes(32, 0xff)).ok());
}
