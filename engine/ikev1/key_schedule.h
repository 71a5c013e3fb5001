#pragma once

#include "engine/ike/connection.h"
#include "engine/ikev1/derivation.h"

/// The key schedule of IKEv1 (RFC 2409 5 and appendix B): what is computed from what.
namespace engine::ikev1 {

/// What goes into the keys of an ISAKMP SA. Views; the names are those of the formulas.
struct Phase1Inputs {
  ike::Phase1Transform transform;
  Term pre_shared_key;
  Term ni_b;
  Term nr_b;
  Term g_xi;
  Term g_xr;
  Term cky_i;
  Term cky_r;
};

/// The keys of an ISAKMP SA.
struct Phase1Keys {
  Value skeyid;
  Value skeyid_d;        ///< From which the keys of IPsec SAs are derived.
  Value skeyid_a;        ///< Authenticates phase 2.
  Value skeyid_e;        ///< From which the encryption key is made.
  Value encryption_key;  ///< Of the transform's key length.
};

/// Octets of the cipher's key. Derived keys are cut short where no cipher of this build has one so long.
std::size_t key_size(crypto::CipherAlgorithm cipher, std::uint16_t key_bits);

/// SKEYID for pre-shared keys, SKEYID_d, _a, _e (RFC 2409 5), and the encryption key (appendix B).
Phase1Keys derive_phase1_keys(Derivation& derivation, const Phase1Inputs& inputs, const Value& g_xy);

/// The encryption key: the first octets of SKEYID_e, or of Ka = K1 | K2 | ... where SKEYID_e is shorter (appendix B).
Value derive_encryption_key(Derivation& derivation, crypto::HashAlgorithm hash, const Value& skeyid_e,
                            std::size_t size);

/// HASH_I (`who` initiator) or HASH_R (RFC 2409 5). `sai_b`, `id_b`: bodies of the initiator's SA payload and of the
/// ID payload of the one who authenticates.
Value derive_identity_hash(Derivation& derivation, const Phase1Inputs& inputs, const Value& skeyid, ike::Role who,
                           const Term& sai_b, const Term& id_b, ike::MessageId message);

/// Which message an IV is for.
struct IvPurpose {
  ike::MessageId message = 0;
  std::string_view suffix;  ///< "Main Mode 5"
  std::size_t block = 16;   ///< Octets of the cipher's block.
};

/// The IV of the first encrypted message of phase 1: hash(g^xi | g^xr), as long as a block (appendix B).
Value derive_phase1_iv(Derivation& derivation, const Phase1Inputs& inputs, const IvPurpose& purpose);

/// "Subsequent messages MUST use the last CBC encryption block from the previous message as their initialization
/// vector" (appendix B). `previous`: that message's whole ciphertext.
Value derive_next_iv(Derivation& derivation, const Term& previous, const IvPurpose& purpose);

/// The last block of phase 1, from which phase 2's IVs come.
Value derive_last_phase1_block(Derivation& derivation, const Term& previous, std::size_t block);

/// The IV of the first message of a phase 2 exchange: hash(last phase 1 CBC block | M-ID) (appendix B).
Value derive_phase2_iv(Derivation& derivation, crypto::HashAlgorithm hash, const Term& last_block,
                       const Term& message_id, const IvPurpose& purpose);

/// The HASH payloads of phase 2: HASH(1), HASH(2), HASH(3) of quick mode and HASH(1) of an informational exchange.
enum class Phase2Hash : std::uint8_t { quick_1, quick_2, quick_3, informational };

/// `data`: all that follows the key, in order, the message ID first (HASH(3): after the zero).
Value derive_phase2_hash(Derivation& derivation, crypto::HashAlgorithm hash, const Value& skeyid_a, Phase2Hash which,
                         const std::vector<Term>& data, ike::MessageId message);

/// What goes into the keys of one IPsec SA.
struct KeymatInputs {
  crypto::HashAlgorithm hash = crypto::HashAlgorithm::sha1;  ///< Of the ISAKMP SA's PRF.
  Term protocol;                                             ///< One octet, from the proposal.
  Term spi;                                                  ///< Chosen by the SA's receiver.
  Term ni_b;
  Term nr_b;
  const Value* g_qm_xy = nullptr;  ///< Null without PFS.
  std::string_view direction;      ///< "inbound" or "outbound", seen from this side.
};

struct EspKeys {
  Value cipher_key;
  Value integrity_key;
};

/// KEYMAT of one direction, expanded as far as needed, and cut: encryption key first, then the integrity key (RFC 2409
/// 5.5, RFC 4301 4.5.2).
EspKeys derive_esp_keys(Derivation& derivation, const Value& skeyid_d, const KeymatInputs& inputs,
                        std::size_t cipher_key_size, std::size_t integrity_key_size);

}  // namespace engine::ikev1
