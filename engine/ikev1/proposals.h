#pragma once

#include "engine/ike/connection.h"
#include "engine/ike/proposal.h"
#include "engine/ikev1/life_attributes.h"
#include "engine/wire/isakmp.h"

/// SA payloads of IKEv1: making an offer of a policy, choosing from an offer, checking a choice.
namespace engine::ikev1 {

/// The attributes of an offered transform held against one wanted: collects the comparison for those who watch.
class Comparison {
 public:
  Comparison(std::uint8_t proposal, std::uint8_t transform);

  void add(std::string_view name, bool matches, std::string offered, std::string wanted);
  ike::TransformComparison result() const { return result_; }

 private:
  ike::TransformComparison result_;
};

/// "Responders MUST NOT modify attributes of any offer, attribute encoding excepted" (RFC 2409 5): whether the answer's
/// transform has the same number, id, and attributes with the same values, in whatever order. The lifetime may differ:
/// there are peers (strongSwan) that answer with their own, and no harm is in it, since the shorter one is used.
bool same_transform(const wire::TransformPayload& offered, const wire::TransformPayload& answered,
                    std::uint8_t protocol);

/// The value of an attribute; none where the transform has none of this type.
std::optional<std::uint64_t> find_attribute(const wire::TransformPayload& transform, std::uint16_t type);

/// Whether a cipher has keys of several lengths, which an offer must then name.
bool has_key_lengths(crypto::CipherAlgorithm cipher);

/// The key length of an offer. RFC 3602 5.3 gives AES a default of 128 bits, on which some peers rely.
std::uint64_t offered_key_bits(const wire::TransformPayload& offer, std::uint16_t key_length_type);

/// Whether the key length of an offer, if it has any, is what the policy wants.
bool key_length_fits(const wire::TransformPayload& offer, std::uint16_t key_length_type, crypto::CipherAlgorithm cipher,
                     std::uint16_t key_bits);

/// "MODP-1024", "group 22", "(absent)".
std::string group_offer_text(std::optional<std::uint64_t> number);

/// "28800 s", "28800 s, 4608000 KB", "(absent)".
std::string life_text(const Life& life);

constexpr std::string_view absent = "(absent)";

/// The most transforms that a responder looks at: "implementations MAY choose to limit the number of offers it will
/// inspect for performance reasons" (RFC 2409 5).
constexpr std::size_t most_inspected_transforms = 128;

/// Phase 1: one proposal, a transform for each entry of the policy.
wire::SecurityAssociationPayload offer_phase1(const ike::Connection& connection);

struct Phase1Choice {
  ike::Phase1Transform transform;
  Life life;                                ///< As offered.
  wire::SecurityAssociationPayload answer;  ///< With the chosen transform as it was offered.
};

/// As responder. `report` gets policy, comparisons, choice, rule, reason. Error: no_proposal_chosen.
Result<Phase1Choice> choose_phase1(const ike::Connection& connection, const wire::SecurityAssociationPayload& offer,
                                   ike::ProposalsCompared& report);

/// As initiator: the answer must be one of the transforms of `offer`. Error: no_proposal_chosen.
Result<Phase1Choice> check_phase1(const ike::Connection& connection, const wire::SecurityAssociationPayload& offer,
                                  const wire::SecurityAssociationPayload& answer, ike::ProposalsCompared& report);

/// Phase 2: one ESP proposal with the SPI of this side. `pfs`: the group that is offered, none without PFS.
wire::SecurityAssociationPayload offer_phase2(const ike::Connection& connection, crypto::DhGroup pfs,
                                              std::uint32_t spi);

struct Phase2Choice {
  ike::Phase2Transform transform;
  crypto::DhGroup pfs = crypto::DhGroup::none;
  Life life;                     ///< As offered.
  std::uint32_t peer_spi = 0;    ///< From the peer's proposal.
  wire::ProposalPayload answer;  ///< As offered, with the chosen transform alone and the offerer's SPI.
};

/// As responder. `with_ke`: the message has a KE payload. Errors: no_proposal_chosen; pfs_mismatch where nothing but
/// PFS differs.
Result<Phase2Choice> choose_phase2(const ike::Connection& connection, const wire::SecurityAssociationPayload& offer,
                                   bool with_ke, ike::ProposalsCompared& report);

/// As initiator. Error: no_proposal_chosen.
Result<Phase2Choice> check_phase2(const ike::Connection& connection, const wire::SecurityAssociationPayload& offer,
                                  const wire::SecurityAssociationPayload& answer, crypto::DhGroup pfs,
                                  ike::ProposalsCompared& report);

}  // namespace engine::ikev1
