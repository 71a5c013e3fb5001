#include "viz/model/recompute.h"

#include "engine/crypto/dh.h"
#include "engine/crypto/hash.h"
#include "tests/catch.h"
#include "tests/support/shell.h"
#include "tests/support/trace_builder.h"

using engine::Bytes;
using engine::bytes_of;
using engine::ike::Operation;
using engine::ike::ValueDerived;
using engine::ike::ValueInput;
using viz::RecomputeTool;

namespace {

ValueInput input(std::string name, Bytes bytes) {
  ValueInput result;
  result.name = std::move(name);
  result.bytes = std::move(bytes);
  return result;
}

ValueDerived derived(Operation operation, std::string algorithm, std::vector<ValueInput> inputs, Bytes bytes) {
  ValueDerived value;
  value.operation = operation;
  value.algorithm = std::move(algorithm);
  value.inputs = std::move(inputs);
  value.bytes = std::move(bytes);
  return value;
}

void check_commands(const ValueDerived& value, std::size_t expected_count) {
  const std::vector<viz::RecomputeCommand> commands = viz::recompute_commands(value);
  CHECK(commands.size() == expected_count);
  for (const viz::RecomputeCommand& command : commands) {
    INFO(command.text);
    CHECK(tests::run_in_shell(command.text) == engine::to_hex(value.bytes));
  }
}

Bytes counting(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t place = 0; place < size; ++place) bytes[place] = static_cast<std::uint8_t>(place);
  return bytes;
}

}  // namespace

TEST_CASE("hashes and HMACs are recomputed by openssl and by Python, octets of every value included") {
  const Bytes first = counting(256);
  const Bytes second = bytes_of("%s '\\ \" $HOME `id`");
  for (const engine::crypto::HashInfo& hash : engine::crypto::all_hashes()) {
    INFO(hash.name);
    const Bytes key = counting(20);
    const std::string hmac_name = hash.name == "SHA-1" ? "HMAC-SHA1" : "HMAC-" + std::string(hash.name);
    check_commands(derived(Operation::hash, std::string(hash.name), {input("a", first), input("b", second)},
                           engine::crypto::hash(hash.algorithm, {first, second})),
                   2);
    check_commands(derived(Operation::hmac, hmac_name, {input("key", key), input("a", first), input("b", second)},
                           engine::crypto::hmac(hash.algorithm, key, {first, second})),
                   2);
  }
}

TEST_CASE("an HMAC with an empty key or over nothing is recomputed too") {
  const auto sha1 = engine::crypto::HashAlgorithm::sha1;
  check_commands(derived(Operation::hmac, "HMAC-SHA1", {input("key", {}), input("a", counting(3))},
                         engine::crypto::hmac(sha1, {}, {counting(3)})),
                 1);
  check_commands(
      derived(Operation::hmac, "HMAC-SHA1", {input("key", counting(4))}, engine::crypto::hmac(sha1, counting(4), {})),
      2);
}

TEST_CASE("concatenation and cutting are recomputed") {
  check_commands(derived(Operation::concatenate, "", {input("K1", {1, 2}), input("K2", {3})}, {1, 2, 3}), 1);
  ValueDerived cut = derived(Operation::slice, "", {input("KEYMAT", counting(52))}, {16, 17, 18, 19});
  cut.slice_offset = 16;
  check_commands(cut, 1);
}

TEST_CASE("Diffie-Hellman values of every group are recomputed") {
  tests::CountingRandom random;
  for (const engine::crypto::DhGroupInfo& group : engine::crypto::all_dh_groups()) {
    INFO(group.name);
    const auto own = engine::crypto::DhKeyPair::generate(group.group, random);
    const auto peer = engine::crypto::DhKeyPair::generate(group.group, random);
    REQUIRE(own.ok());
    REQUIRE(peer.ok());
    const auto secret = own->shared_secret(peer->public_value());
    REQUIRE(secret.ok());
    const engine::ByteView x = own->private_value();
    const engine::ByteView g_xy = *secret;
    const ValueInput private_value = input("xi", Bytes(x.begin(), x.end()));
    const std::string name(group.name);
    check_commands(derived(Operation::dh_public, name, {private_value}, own->public_value()), 1);
    check_commands(derived(Operation::dh_shared, name, {private_value, input("g^xr", peer->public_value())},
                           Bytes(g_xy.begin(), g_xy.end())),
                   1);
  }
}

TEST_CASE("a name from a trace cannot smuggle a command into the shell") {
  const std::string hostile = "x\nEOF\necho smuggled\n$(echo smuggled) `echo smuggled`";
  check_commands(derived(Operation::concatenate, "", {input(hostile, {1, 2})}, {1, 2}), 1);
  check_commands(derived(Operation::hmac, "HMAC-SHA1", {input(hostile, {1}), input(hostile, {2})},
                         engine::crypto::hmac(engine::crypto::HashAlgorithm::sha1, Bytes{1}, {Bytes{2}})),
                 2);
}

TEST_CASE("what makes no sense has no command") {
  CHECK(viz::recompute_commands(derived(Operation::hmac, "HMAC-SHA1", {}, {1})).empty());
  CHECK(viz::recompute_commands(derived(Operation::hmac, "HMAC-WHIRLPOOL", {input("k", {1})}, {1})).empty());
  CHECK(viz::recompute_commands(derived(Operation::hash, "", {input("a", {1})}, {1})).empty());
  CHECK(viz::recompute_commands(derived(Operation::slice, "", {}, {1})).empty());
  CHECK(viz::recompute_commands(derived(Operation::dh_shared, "MODP-1024", {input("x", {1})}, {1})).empty());
  CHECK(viz::recompute_commands(derived(Operation::dh_public, "MODP-7", {input("x", {1})}, {1})).empty());
  CHECK(viz::recompute_commands(derived(Operation::dh_public, "MODP-1024", {input("x", {})}, {1})).empty());
  CHECK(viz::recompute_commands(derived(Operation::dh_shared, "ECP-256", {input("x", {1}), input("g", {1, 2})}, {1}))
            .empty());
}
