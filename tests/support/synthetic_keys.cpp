#include "engine/crypto/hash.h"
#include "tests/support/synthetic_tunnel.h"

namespace tests {
namespace {

using engine::Bytes;
using engine::bytes_of;
using engine::ByteView;
using engine::concat;
using engine::crypto::HashAlgorithm;
using engine::ike::InputSource;
using engine::ike::Operation;
using engine::ike::ValueId;
using engine::ike::ValueInput;
using sim::Index;

constexpr engine::crypto::DhGroup group = engine::crypto::DhGroup::modp1024;
constexpr std::size_t aes_key_size = 16;
constexpr std::size_t sha1_size = 20;

ValueInput constant(std::string name, Bytes bytes) {
  ValueInput input;
  input.name = std::move(name);
  input.bytes = std::move(bytes);
  return input;
}

Bytes octet(std::uint8_t value) { return {value}; }

}  // namespace

ValueInput SyntheticTunnel::known(std::string name, ValueId id) const {
  ValueInput input;
  input.name = std::move(name);
  input.source = InputSource::value;
  input.value = id;
  input.bytes = value(id);
  return input;
}

ValueInput SyntheticTunnel::seen(std::string name, engine::ike::MessageId message, std::string field_id,
                                 Bytes bytes) const {
  ValueInput input;
  input.name = std::move(name);
  input.source = InputSource::field;
  input.message = message;
  input.field = std::move(field_id);
  input.bytes = std::move(bytes);
  return input;
}

ValueId SyntheticTunnel::derive(bool initiator, Operation operation, std::string name, std::string formula,
                                std::vector<ValueInput> inputs, Bytes bytes, std::string algorithm) {
  sim::TraceValue row;
  row.node = node_of(initiator);
  row.step = static_cast<Index>(trace_.steps.size()) - 1;
  row.derived.id = static_cast<ValueId>(trace_.values.size()) + 1;
  row.derived.connection = connection_;
  row.derived.ike_sa = ike_sa_;
  row.derived.name = std::move(name);
  row.derived.operation = operation;
  row.derived.algorithm = std::move(algorithm);
  row.derived.formula = std::move(formula);
  row.derived.inputs = std::move(inputs);
  row.derived.bytes = std::move(bytes);
  row.derived.rfc = "RFC 2409 5";
  builder_.note(sim::ValueNote{static_cast<Index>(trace_.values.size())});
  trace_.values.push_back(std::move(row));
  return trace_.values.back().derived.id;
}

ValueId SyntheticTunnel::prf(bool initiator, std::string name, std::string formula, std::vector<ValueInput> inputs) {
  Bytes data;
  for (std::size_t row = 1; row < inputs.size(); ++row) engine::append(data, inputs[row].bytes);
  Bytes bytes = engine::crypto::hmac(HashAlgorithm::sha1, inputs[0].bytes, {data});
  return derive(initiator, Operation::hmac, std::move(name), std::move(formula), std::move(inputs), std::move(bytes),
                "HMAC-SHA1");
}

ValueId SyntheticTunnel::cut(bool initiator, std::string name, ValueId whole, std::uint32_t offset, std::size_t size) {
  const Bytes& all = value(whole);
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(offset);
  const ValueId id = derive(initiator, Operation::slice, std::move(name), "the octets in their order",
                            {known(trace_.values[whole - 1].derived.name, whole)},
                            Bytes(first, first + static_cast<std::ptrdiff_t>(size)), "");
  trace_.values.back().derived.slice_offset = offset;
  return id;
}

void SyntheticTunnel::draw_dh(bool initiator) {
  pairs_.push_back(std::move(engine::crypto::DhKeyPair::generate(group, builder_.random)).value());
  const engine::crypto::DhKeyPair& pair = pairs_.back();
  const ByteView secret = pair.private_value();
  const std::string side = initiator ? "i" : "r";
  const ValueId x =
      derive(initiator, Operation::random, "x" + side, "drawn at random", {}, Bytes(secret.begin(), secret.end()), "");
  dh_private_[initiator ? 0 : 1] = x;
  derive(initiator, Operation::dh_public, "g^x" + side, "g^x mod p", {known("x" + side, x)}, pair.public_value(),
         "MODP-1024");
  trace_.values.back().derived.secret = false;
}

void SyntheticTunnel::derive_phase1(bool initiator) {
  SideKeys& keys = keys_of(initiator);
  const int own = initiator ? 0 : 1;
  const Bytes& peer_public = pairs_[1 - own].public_value();
  const engine::SecretBytes shared = std::move(pairs_[own].shared_secret(peer_public)).value();
  const ByteView secret = shared;
  const std::string ke = "ike.ke.key_exchange_data";
  keys.g_xy = derive(initiator, Operation::dh_shared, "g^xy", "g^(xi xr) mod p",
                     {known(initiator ? "xi" : "xr", dh_private_[own]),
                      seen(initiator ? "g^xr" : "g^xi", ke_messages_[1 - own], ke, peer_public)},
                     Bytes(secret.begin(), secret.end()), "MODP-1024");
  ValueInput psk;
  psk.name = "pre-shared key";
  psk.source = InputSource::configuration;
  psk.setting = "pre_shared_key";
  psk.bytes = bytes_of("a-key-that-is-shared");
  const std::string nonce = "ike.nonce.nonce_data";
  keys.skeyid =
      prf(initiator, "SKEYID", "prf(pre-shared-key, Ni_b | Nr_b)",
          {psk, seen("Ni_b", ke_messages_[0], nonce, nonces_[0]), seen("Nr_b", ke_messages_[1], nonce, nonces_[1])});
  const Bytes cky_i(cookies_[0].begin(), cookies_[0].end());
  const Bytes cky_r(cookies_[1].begin(), cookies_[1].end());
  const auto cookies = [&](std::vector<ValueInput> inputs, std::uint8_t last) {
    inputs.push_back(known("g^xy", keys.g_xy));
    inputs.push_back(seen("CKY-I", ke_messages_[0], "isakmp.initiator_cookie", cky_i));
    inputs.push_back(seen("CKY-R", ke_messages_[1], "isakmp.responder_cookie", cky_r));
    inputs.push_back(constant(std::to_string(last), octet(last)));
    return inputs;
  };
  const ValueInput skeyid = known("SKEYID", keys.skeyid);
  keys.skeyid_d = prf(initiator, "SKEYID_d", "prf(SKEYID, g^xy | CKY-I | CKY-R | 0)", cookies({skeyid}, 0));
  keys.skeyid_a = prf(initiator, "SKEYID_a", "prf(SKEYID, SKEYID_d | g^xy | CKY-I | CKY-R | 1)",
                      cookies({skeyid, known("SKEYID_d", keys.skeyid_d)}, 1));
  keys.skeyid_e = prf(initiator, "SKEYID_e", "prf(SKEYID, SKEYID_a | g^xy | CKY-I | CKY-R | 2)",
                      cookies({skeyid, known("SKEYID_a", keys.skeyid_a)}, 2));
  keys.encryption_key = cut(initiator, "encryption key", keys.skeyid_e, 0, aes_key_size);
  const ValueInput own_ke = seen("g^xi", ke_messages_[0], ke, pairs_[0].public_value());
  const ValueInput peer_ke = seen("g^xr", ke_messages_[1], ke, pairs_[1].public_value());
  const ValueId material = derive(initiator, Operation::hash, "IV material", "hash(g^xi | g^xr)", {own_ke, peer_ke},
                                  engine::crypto::hash(HashAlgorithm::sha1, {own_ke.bytes, peer_ke.bytes}), "SHA-1");
  keys.iv = cut(initiator, "IV (Main Mode 5)", material, 0, 16);
}

void SyntheticTunnel::derive_phase2(bool initiator) {
  SideKeys& keys = keys_of(initiator);
  const ValueInput skeyid_d = known("SKEYID_d", keys.skeyid_d);
  for (int direction = 0; direction < 2; ++direction) {
    Bytes spi;
    engine::put_u32(spi, spis_[direction]);
    const std::vector<ValueInput> seed = {constant("protocol", octet(3)), constant("SPI", spi),
                                          constant("Ni_b", nonces_[0]), constant("Nr_b", nonces_[1])};
    const std::string side = (direction == 0) == initiator ? " (inbound)" : " (outbound)";
    std::vector<ValueInput> inputs = {skeyid_d};
    inputs.insert(inputs.end(), seed.begin(), seed.end());
    const ValueId k1 = prf(initiator, "K1" + side, "prf(SKEYID_d, protocol | SPI | Ni_b | Nr_b)", inputs);
    inputs.insert(inputs.begin() + 1, known("K1", k1));
    const ValueId k2 = prf(initiator, "K2" + side, "prf(SKEYID_d, K1 | protocol | SPI | Ni_b | Nr_b)", inputs);
    const ValueId keymat = derive(initiator, Operation::concatenate, "KEYMAT" + side, "K1 | K2",
                                  {known("K1", k1), known("K2", k2)}, concat({value(k1), value(k2)}), "");
    keys.cipher_keys[direction] = cut(initiator, "ESP encryption key" + side, keymat, 0, aes_key_size);
    keys.integrity_keys[direction] = cut(initiator, "ESP integrity key" + side, keymat, aes_key_size, sha1_size);
  }
}

}  // namespace tests
