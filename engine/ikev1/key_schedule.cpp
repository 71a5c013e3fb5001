#include "engine/ikev1/key_schedule.h"

#include <algorithm>
#include <array>

namespace engine::ikev1 {
namespace {

constexpr std::uint8_t zero[] = {0};
constexpr std::uint8_t one[] = {1};
constexpr std::uint8_t two[] = {2};

constexpr std::string_view phase1_rfc = "RFC 2409 5";
constexpr std::string_view appendix_b = "RFC 2409 appendix B";

}  // namespace

std::size_t key_size(crypto::CipherAlgorithm cipher, std::uint16_t key_bits) {
  const crypto::CipherInfo& entry = crypto::info(cipher);
  if (entry.key_bits.size() > 1) return key_bits / 8U;
  return entry.key_bits.empty() ? 0 : entry.key_bits.front() / 8U;
}

Phase1Keys derive_phase1_keys(Derivation& derivation, const Phase1Inputs& inputs, const Value& g_xy) {
  const crypto::HashAlgorithm hash = inputs.transform.hash;
  Phase1Keys keys;
  keys.skeyid = derivation.hmac({"SKEYID", "prf(pre-shared-key, Ni_b | Nr_b)", phase1_rfc}, hash, inputs.pre_shared_key,
                                {inputs.ni_b, inputs.nr_b});
  const Term skeyid = keys.skeyid.as("SKEYID");
  const Term secret = g_xy.as("g^xy");
  keys.skeyid_d = derivation.hmac({"SKEYID_d", "prf(SKEYID, g^xy | CKY-I | CKY-R | 0)", phase1_rfc}, hash, skeyid,
                                  {secret, inputs.cky_i, inputs.cky_r, constant("0", zero)});
  keys.skeyid_a =
      derivation.hmac({"SKEYID_a", "prf(SKEYID, SKEYID_d | g^xy | CKY-I | CKY-R | 1)", phase1_rfc}, hash, skeyid,
                      {keys.skeyid_d.as("SKEYID_d"), secret, inputs.cky_i, inputs.cky_r, constant("1", one)});
  keys.skeyid_e =
      derivation.hmac({"SKEYID_e", "prf(SKEYID, SKEYID_a | g^xy | CKY-I | CKY-R | 2)", phase1_rfc}, hash, skeyid,
                      {keys.skeyid_a.as("SKEYID_a"), secret, inputs.cky_i, inputs.cky_r, constant("2", two)});
  keys.encryption_key = derive_encryption_key(derivation, hash, keys.skeyid_e,
                                              key_size(inputs.transform.cipher, inputs.transform.key_bits));
  return keys;
}

Value derive_encryption_key(Derivation& derivation, crypto::HashAlgorithm hash, const Value& skeyid_e,
                            std::size_t size) {
  if (size <= skeyid_e.bytes.size()) {
    return derivation.slice({"encryption key", "the first octets of SKEYID_e", appendix_b}, skeyid_e.as("SKEYID_e"), 0,
                            size);
  }
  static constexpr std::array<std::string_view, 3> names = {"Ka K1", "Ka K2", "Ka K3"};
  static constexpr std::array<std::string_view, 3> formulas = {"prf(SKEYID_e, 0)", "prf(SKEYID_e, K1)",
                                                               "prf(SKEYID_e, K2)"};
  static constexpr std::array<std::string_view, 3> blocks = {"K1", "K2", "K3"};
  const std::size_t prf_size = crypto::info(hash).size;
  size = std::min(size, names.size() * prf_size);
  const std::size_t count = (size + prf_size - 1) / prf_size;
  std::vector<Value> parts;
  parts.reserve(count);
  std::vector<Term> terms;
  for (std::size_t i = 0; i < count && i < names.size(); ++i) {
    const Term fed_back = i == 0 ? constant("0", zero) : terms.back();
    parts.push_back(derivation.hmac({names[i], formulas[i], appendix_b}, hash, skeyid_e.as("SKEYID_e"), {fed_back}));
    terms.push_back(parts.back().as(blocks[i]));
  }
  const Value ka = derivation.concatenate({"Ka", "K1 | K2 | ...", appendix_b}, terms);
  return derivation.slice({"encryption key", "the first octets of Ka", appendix_b}, ka.as("Ka"), 0, size);
}

Value derive_identity_hash(Derivation& derivation, const Phase1Inputs& inputs, const Value& skeyid, ike::Role who,
                           const Term& sai_b, const Term& id_b, ike::MessageId message) {
  const Term key = skeyid.as("SKEYID");
  if (who == ike::Role::initiator) {
    return derivation.hmac(
        {"HASH_I", "prf(SKEYID, g^xi | g^xr | CKY-I | CKY-R | SAi_b | IDii_b)", phase1_rfc, {}, message},
        inputs.transform.hash, key, {inputs.g_xi, inputs.g_xr, inputs.cky_i, inputs.cky_r, sai_b, id_b});
  }
  return derivation.hmac(
      {"HASH_R", "prf(SKEYID, g^xr | g^xi | CKY-R | CKY-I | SAi_b | IDir_b)", phase1_rfc, {}, message},
      inputs.transform.hash, key, {inputs.g_xr, inputs.g_xi, inputs.cky_r, inputs.cky_i, sai_b, id_b});
}

Value derive_phase1_iv(Derivation& derivation, const Phase1Inputs& inputs, const IvPurpose& purpose) {
  const Value material =
      derivation.hash({"IV material", "hash(g^xi | g^xr)", appendix_b, purpose.suffix, purpose.message, false},
                      inputs.transform.hash, {inputs.g_xi, inputs.g_xr});
  return derivation.slice(
      {"IV", "the first block of hash(g^xi | g^xr)", appendix_b, purpose.suffix, purpose.message, false},
      material.as("IV material"), 0, purpose.block);
}

Value derive_next_iv(Derivation& derivation, const Term& previous, const IvPurpose& purpose) {
  return derivation.slice(
      {"IV", "the last CBC block of the previous message", appendix_b, purpose.suffix, purpose.message, false},
      previous, previous.bytes.size() - purpose.block, purpose.block);
}

Value derive_last_phase1_block(Derivation& derivation, const Term& previous, std::size_t block) {
  return derivation.slice(
      {"last phase 1 CBC block", "the last CBC block of phase 1's last message", appendix_b, {}, 0, false}, previous,
      previous.bytes.size() - block, block);
}

Value derive_phase2_iv(Derivation& derivation, crypto::HashAlgorithm hash, const Term& last_block,
                       const Term& message_id, const IvPurpose& purpose) {
  const Value material = derivation.hash(
      {"IV material", "hash(last phase 1 CBC block | M-ID)", appendix_b, purpose.suffix, purpose.message, false}, hash,
      {last_block, message_id});
  return derivation.slice({"IV", "the first block of hash(last phase 1 CBC block | M-ID)", appendix_b, purpose.suffix,
                           purpose.message, false},
                          material.as("IV material"), 0, purpose.block);
}

Value derive_phase2_hash(Derivation& derivation, crypto::HashAlgorithm hash, const Value& skeyid_a, Phase2Hash which,
                         const std::vector<Term>& data, ike::MessageId message) {
  struct Row {
    std::string_view name;
    std::string_view formula;
    std::string_view suffix;
    std::string_view rfc;
  };
  static constexpr std::array<Row, 4> rows = {{
      {"HASH(1)", "prf(SKEYID_a, M-ID | SA | Ni [ | KE ] [ | IDci | IDcr ])", "Quick Mode", "RFC 2409 5.5"},
      {"HASH(2)", "prf(SKEYID_a, M-ID | Ni_b | SA | Nr [ | KE ] [ | IDci | IDcr ])", "Quick Mode", "RFC 2409 5.5"},
      {"HASH(3)", "prf(SKEYID_a, 0 | M-ID | Ni_b | Nr_b)", "Quick Mode", "RFC 2409 5.5"},
      {"HASH(1)", "prf(SKEYID_a, M-ID | N/D)", "Informational", "RFC 2409 5.7"},
  }};
  const Row& row = rows[static_cast<std::size_t>(which)];
  std::vector<Term> terms;
  if (which == Phase2Hash::quick_3) terms.push_back(constant("0", zero));
  terms.insert(terms.end(), data.begin(), data.end());
  return derivation.hmac({row.name, row.formula, row.rfc, row.suffix, message}, hash, skeyid_a.as("SKEYID_a"), terms);
}

EspKeys derive_esp_keys(Derivation& derivation, const Value& skeyid_d, const KeymatInputs& inputs,
                        std::size_t cipher_key_size, std::size_t integrity_key_size) {
  // An AES-256 key and an HMAC-SHA2-512 key from HMAC-MD5 need six blocks.
  static constexpr std::array<std::string_view, 6> names = {"K1", "K2", "K3", "K4", "K5", "K6"};
  static constexpr std::string_view rfc = "RFC 2409 5.5";
  const bool pfs = inputs.g_qm_xy != nullptr;
  const std::string_view first_formula =
      pfs ? "prf(SKEYID_d, g(qm)^xy | protocol | SPI | Ni_b | Nr_b)" : "prf(SKEYID_d, protocol | SPI | Ni_b | Nr_b)";
  const std::string_view next_formula =
      pfs ? "prf(SKEYID_d, the block before | g(qm)^xy | protocol | SPI | Ni_b | Nr_b)"
          : "prf(SKEYID_d, the block before | protocol | SPI | Ni_b | Nr_b)";
  const std::size_t prf_size = crypto::info(inputs.hash).size;
  const std::size_t longest = names.size() * prf_size;
  cipher_key_size = std::min(cipher_key_size, longest);
  integrity_key_size = std::min(integrity_key_size, longest - cipher_key_size);
  const std::size_t needed = cipher_key_size + integrity_key_size;
  std::vector<Value> blocks;
  blocks.reserve(names.size());
  std::vector<Term> terms;
  for (std::size_t i = 0; i < names.size() && i * prf_size < needed; ++i) {
    std::vector<Term> data;
    if (i > 0) data.push_back(terms.back());
    if (pfs) data.push_back(inputs.g_qm_xy->as("g(qm)^xy"));
    data.insert(data.end(), {inputs.protocol, inputs.spi, inputs.ni_b, inputs.nr_b});
    blocks.push_back(derivation.hmac({names[i], i == 0 ? first_formula : next_formula, rfc, inputs.direction},
                                     inputs.hash, skeyid_d.as("SKEYID_d"), data));
    terms.push_back(blocks.back().as(names[i]));
  }
  const Value keymat = derivation.concatenate({"KEYMAT", "K1 | K2 | ...", rfc, inputs.direction}, terms);
  const Term whole = keymat.as("KEYMAT");
  EspKeys keys;
  keys.cipher_key =
      derivation.slice({"ESP encryption key", "the first octets of KEYMAT", "RFC 4301 4.5.2", inputs.direction}, whole,
                       0, cipher_key_size);
  keys.integrity_key = derivation.slice(
      {"ESP integrity key", "the octets of KEYMAT after the encryption key", "RFC 4301 4.5.2", inputs.direction}, whole,
      cipher_key_size, integrity_key_size);
  return keys;
}

}  // namespace engine::ikev1
