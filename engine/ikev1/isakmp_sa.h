#pragma once

#include <deque>
#include <map>
#include <set>

#include "engine/ikev1/exchange.h"
#include "engine/ikev1/key_schedule.h"
#include "engine/ikev1/proposals.h"

namespace engine::ikev1 {

/// Octets that were kept, as an input of a computation.
inline Term from_quoted(std::string_view name, const Quoted& quoted, std::string_view field) {
  return from_field(name, quoted.message, field, quoted.bytes);
}

/// What main mode collects until its end.
struct Phase1Negotiation {
  wire::SecurityAssociationPayload offer;
  Quoted sai_b;  ///< Body of the initiator's SA payload.
  Quoted ni_b;
  Quoted nr_b;
  Quoted g_xi;
  Quoted g_xr;
  ike::MessageId message_1 = 0;  ///< Where CKY-I was first seen.
  ike::MessageId message_2 = 0;  ///< Where CKY-R was first seen.
  std::optional<crypto::DhKeyPair> key_pair;
  Value private_value;
  Life offered_life;
};

/// Dead peer detection on one ISAKMP SA (RFC 3706).
struct DpdState {
  bool peer_supports = false;
  Time last_heard{};              ///< Last proof that the peer lives.
  bool sent_since_heard = false;  ///< ESP went out since then.
  std::uint32_t sequence = 0;     ///< Of the next R-U-THERE of this side.
  std::uint32_t unanswered = 0;
  std::optional<std::uint32_t> peer_sequence;  ///< Of the peer's last R-U-THERE.
  std::optional<Exchange> probe;               ///< The R-U-THERE that waits for its answer.
  Time probe_sent{};
};

/// An informational message that was accepted not long ago: message ID and digest.
struct SeenInformational {
  std::uint32_t message_id = 0;
  SeenMessage seen;
};

enum class SaStatus : std::uint8_t { negotiating, established, rekeyed, ended };

/// An ISAKMP SA, from the first message of main mode to its end.
struct IsakmpSa {
  ike::SaId id = 0;
  ike::Tunnel* tunnel = nullptr;
  ike::Role role = ike::Role::initiator;
  SaStatus status = SaStatus::negotiating;
  wire::Cookie initiator_cookie{};
  wire::Cookie responder_cookie{};
  Endpoint local;
  Endpoint remote;
  Exchange main_mode;
  Phase1Negotiation negotiation;
  std::optional<ike::Phase1Transform> transform;
  std::optional<Phase1Keys> keys;
  Quoted last_ciphertext;  ///< Of phase 1's last encrypted message; its last block is where phase 2's IVs start.
  Value last_block;        ///< The last CBC block of phase 1, once it is over.
  AgreedLife life;
  DpdState dpd;
  std::deque<SeenInformational> seen_informational;
  std::map<std::uint32_t, std::uint32_t> quick_modes;  ///< Message ID to exchange number.
  std::set<std::uint32_t> used_message_ids;            ///< Of all phase 2 exchanges so far, this side's too.
  bool volume_told = false;                            ///< Its renegotiation for volume is due, or was.
  std::uint64_t octets = 0;                            ///< Encrypted and decrypted so far.
  Time created{};
  Time established{};
  Time rekey_at{};
  Time expires_at{};
  Reason reason = Reason::none;

  /// Takes a message ID for a phase 2 exchange; false where it was taken before, or too many were.
  bool take_message_id(std::uint32_t message_id);
  /// One that was not used before, drawn at random.
  std::uint32_t draw_message_id(RandomSource& random);

  /// Both cookies, the initiator's first: the SPI of an ISAKMP SA.
  Bytes cookies() const { return concat({initiator_cookie, responder_cookie}); }
  bool usable() const { return status == SaStatus::established || status == SaStatus::rekeyed; }
  bool half_open() const { return status == SaStatus::negotiating; }
  std::size_t block_size() const { return crypto::info(transform->cipher).block; }
  crypto::HashAlgorithm hash() const { return transform->hash; }
};

/// A pair of IPsec SAs, one a direction.
struct IpsecPair {
  ike::SaId id = 0;
  ike::SaId ike_sa = 0;
  ike::Tunnel* tunnel = nullptr;
  ike::Role role = ike::Role::initiator;
  bool superseded = false;  ///< A newer pair sends; this one only receives.
  bool rekeying = false;    ///< This side has begun to replace it.
  std::uint32_t inbound_spi = 0;
  std::uint32_t outbound_spi = 0;
  ike::Phase2Transform transform;
  crypto::DhGroup pfs = crypto::DhGroup::none;
  Ipv4Network local_selector;
  Ipv4Network remote_selector;
  AgreedLife life;
  Time established{};
  Time rekey_at{};
  Time expires_at{};
  ike::ValueId inbound_cipher_key = 0;
  ike::ValueId inbound_integrity_key = 0;
  ike::ValueId outbound_cipher_key = 0;
  ike::ValueId outbound_integrity_key = 0;
  Reason reason = Reason::none;
};

/// A quick mode that runs, or ended not long ago and still answers repetitions.
struct QuickModeExchange {
  Exchange exchange;
  ike::SaId ike_sa = 0;
  ike::Role role = ike::Role::initiator;
  Time begun{};
  ike::SaId replaces = 0;  ///< The pair that this one is to replace, as far as this side knows; 0: none.
  Quoted last_ciphertext;
  Quoted ni_b;
  Quoted nr_b;
  Quoted message_id;                       ///< Four octets, where first seen.
  wire::SecurityAssociationPayload offer;  ///< The initiator's.
  crypto::DhGroup pfs = crypto::DhGroup::none;
  std::optional<crypto::DhKeyPair> key_pair;
  Value private_value;
  std::optional<Value> g_qm_xy;
  std::optional<Phase2Choice> choice;
  std::uint32_t own_spi = 0;
  ike::MessageId offer_message = 0;                     ///< Carried the initiator's SPI.
  ike::MessageId answer_message = 0;                    ///< Carried the responder's SPI.
  std::vector<wire::IdentificationPayload> client_ids;  ///< IDci, IDcr; empty where they are not sent.
  Ipv4Network local_selector;
  Ipv4Network remote_selector;
};

}  // namespace engine::ikev1
