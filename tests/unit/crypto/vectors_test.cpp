#include "tests/vectors/vectors.h"

#include <algorithm>

#include "engine/crypto/cipher.h"
#include "engine/crypto/dh.h"
#include "engine/crypto/hash.h"
#include "tests/catch.h"

using namespace engine;
using namespace engine::crypto;
using tests::load_vectors;
using tests::octets;

namespace {

template <class Info>
const Info& named(std::span<const Info> table, const std::string& name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Info& entry) { return entry.name == name; });
  REQUIRE(found != table.end());
  return *found;
}

DhGroup group_of(const nlohmann::json& vector) { return static_cast<DhGroup>(vector.at("group").get<int>()); }

}  // namespace

TEST_CASE("HMAC gives the digests of RFC 2202 and RFC 4868") {
  for (const auto& vector : load_vectors("hmac.json")) {
    INFO(vector.at("case"));
    const HashAlgorithm algorithm = named(all_hashes(), vector.at("hash")).algorithm;
    const Bytes data = octets(vector, "data");
    const ByteView view(data);
    const std::size_t half = data.size() / 2;
    CHECK(to_hex(hmac(algorithm, octets(vector, "key"), {view})) == vector.at("digest"));
    CHECK(to_hex(hmac(algorithm, octets(vector, "key"), {view.first(half), {}, view.subspan(half)})) ==
          vector.at("digest"));
  }
}

TEST_CASE("truncated MACs give the authenticators of RFC 2403, 2404 and 4868") {
  for (const auto& vector : load_vectors("esp_integrity.json")) {
    INFO(vector.at("case"));
    const IntegrityInfo& integrity = named(all_integrity_algorithms(), vector.at("integrity"));
    IntegrityContext context = IntegrityContext::create(integrity.algorithm, octets(vector, "key")).value();
    for (int repetition = 0; repetition < 2; ++repetition) {
      Bytes icv(integrity.icv);
      context.compute(octets(vector, "data"), icv);
      CHECK(to_hex(icv) == vector.at("icv"));
    }
  }
}

TEST_CASE("ciphers give the ciphertexts of RFC 3602 and NIST, and back") {
  for (const auto& vector : load_vectors("cipher.json")) {
    INFO(vector.at("case"));
    const CipherAlgorithm algorithm = named(all_ciphers(), vector.at("cipher")).algorithm;
    CipherContext context = CipherContext::create(algorithm, octets(vector, "key")).value();
    const Bytes iv = octets(vector, "iv");
    Bytes text = octets(vector, "plaintext");
    REQUIRE(context.encrypt(iv, text, text).ok());
    CHECK(to_hex(text) == vector.at("ciphertext"));
    REQUIRE(context.decrypt(iv, text, text).ok());
    CHECK(to_hex(text) == vector.at("plaintext"));
  }
}

TEST_CASE("MODP groups have the primes of RFC 2409 and RFC 3526") {
  for (const auto& vector : load_vectors("modp_groups.json")) {
    INFO(vector.at("group"));
    CHECK(to_hex(modp_prime(group_of(vector))) == vector.at("prime"));
    const DhGroupInfo* group = find(group_of(vector));
    REQUIRE(group != nullptr);
    CHECK(group->bits == vector.at("bits"));
  }
  CHECK(modp_prime(DhGroup::ecp256).empty());
}

TEST_CASE("MODP exchanges give the published shared secrets") {
  for (const auto& vector : load_vectors("modp_exchanges.json")) {
    INFO(vector.at("case"));
    const DhKeyPair pair = DhKeyPair::from_private(group_of(vector), octets(vector, "private")).value();
    CHECK(to_hex(pair.public_value()) == vector.at("public"));
    CHECK(to_hex(pair.shared_secret(octets(vector, "peer")).value().view()) == vector.at("shared"));
  }
}

TEST_CASE("ECP exchanges give the shared secrets of RFC 5903 and RFC 5114") {
  for (const auto& vector : load_vectors("ecp_exchanges.json")) {
    INFO(vector.at("case"));
    const DhKeyPair initiator = DhKeyPair::from_private(group_of(vector), octets(vector, "private_i")).value();
    const DhKeyPair responder = DhKeyPair::from_private(group_of(vector), octets(vector, "private_r")).value();
    CHECK(to_hex(initiator.public_value()) == vector.at("public_i"));
    CHECK(to_hex(responder.public_value()) == vector.at("public_r"));
    CHECK(to_hex(initiator.shared_secret(responder.public_value()).value().view()) == vector.at("shared"));
    CHECK(to_hex(responder.shared_secret(initiator.public_value()).value().view()) == vector.at("shared"));
  }
}
