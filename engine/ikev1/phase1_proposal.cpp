#include <algorithm>
#include <array>

#include "engine/ikev1/proposals.h"
#include "engine/wire/names.h"

namespace engine::ikev1 {
namespace {

namespace attribute = wire::phase1_attribute;
using crypto::CipherAlgorithm;
using crypto::HashAlgorithm;

constexpr std::uint8_t protocol = wire::protocol_id::isakmp;

constexpr std::array<std::pair<CipherAlgorithm, std::uint16_t>, 2> cipher_numbers = {{
    {CipherAlgorithm::des3_cbc, 5},
    {CipherAlgorithm::aes_cbc, 7},
}};

constexpr std::array<std::pair<HashAlgorithm, std::uint16_t>, 5> hash_numbers = {{
    {HashAlgorithm::md5, 1},
    {HashAlgorithm::sha1, 2},
    {HashAlgorithm::sha2_256, 4},
    {HashAlgorithm::sha2_384, 5},
    {HashAlgorithm::sha2_512, 6},
}};

template <class Algorithm, std::size_t Size>
std::uint16_t number_of(const std::array<std::pair<Algorithm, std::uint16_t>, Size>& table, Algorithm algorithm) {
  for (const auto& [entry, number] : table) {
    if (entry == algorithm) return number;
  }
  return 0;
}

std::string cipher_offer_text(const wire::TransformPayload& offer) {
  const auto number = find_attribute(offer, attribute::encryption_algorithm);
  if (!number) return std::string(absent);
  for (const auto& [cipher, value] : cipher_numbers) {
    if (value == *number)
      return ike::cipher_text(cipher, static_cast<std::uint16_t>(offered_key_bits(offer, attribute::key_length)));
  }
  return wire::value_name(wire::attribute_value_names(protocol, attribute::encryption_algorithm), *number);
}

std::string hash_offer_text(const wire::TransformPayload& offer) {
  const auto number = find_attribute(offer, attribute::hash_algorithm);
  if (!number) return std::string(absent);
  for (const auto& [hash, value] : hash_numbers) {
    if (value == *number) return std::string(crypto::info(hash).name);
  }
  return wire::value_name(wire::attribute_value_names(protocol, attribute::hash_algorithm), *number);
}

std::string authentication_text(std::optional<std::uint64_t> number) {
  if (!number) return std::string(absent);
  return wire::value_name(wire::attribute_value_names(protocol, attribute::authentication_method), *number);
}

bool is_negotiated(std::uint16_t type) {
  switch (type) {
    case attribute::encryption_algorithm:
    case attribute::hash_algorithm:
    case attribute::authentication_method:
    case attribute::group_description:
    case attribute::life_type:
    case attribute::life_duration:
    case attribute::key_length:
      return true;
    default:
      return false;
  }
}

ike::TransformComparison compare(const wire::ProposalPayload& proposal, const wire::TransformPayload& offer,
                                 const ike::Phase1Transform& own) {
  Comparison comparison(proposal.number, offer.number);
  if (offer.id != wire::transform_id::key_ike) {
    comparison.add("Transform ID", false, wire::value_name(wire::transform_id_names(protocol), offer.id), "KEY_IKE");
  }
  comparison.add("Encryption Algorithm",
                 find_attribute(offer, attribute::encryption_algorithm) == number_of(cipher_numbers, own.cipher) &&
                     key_length_fits(offer, attribute::key_length, own.cipher, own.key_bits),
                 cipher_offer_text(offer), ike::cipher_text(own.cipher, own.key_bits));
  comparison.add("Hash Algorithm",
                 find_attribute(offer, attribute::hash_algorithm) == number_of(hash_numbers, own.hash),
                 hash_offer_text(offer), std::string(crypto::info(own.hash).name));
  const auto method = static_cast<std::uint64_t>(own.authentication);
  comparison.add("Authentication Method", find_attribute(offer, attribute::authentication_method) == method,
                 authentication_text(find_attribute(offer, attribute::authentication_method)),
                 authentication_text(method));
  comparison.add("Group Description",
                 find_attribute(offer, attribute::group_description) == static_cast<std::uint64_t>(own.group),
                 group_offer_text(find_attribute(offer, attribute::group_description)), ike::group_text(own.group));
  comparison.add("Life Duration", true, life_text(read_life(offer.attributes, protocol)), "any");
  for (const wire::Attribute& entry : offer.attributes) {
    if (is_negotiated(entry.type)) continue;
    comparison.add(wire::value_name(wire::attribute_type_names(protocol), entry.type), false,
                   std::to_string(entry.number()), std::string(absent));
  }
  return comparison.result();
}

void report_policy(const ike::Connection& connection, ike::ProposalsCompared& report) {
  report.phase = 1;
  report.connection = connection.name;
  for (const ike::Phase1Transform& own : connection.phase1) report.policy.push_back(ike::to_string(own));
}

Phase1Choice choice_of(const ike::Phase1Transform& own, const wire::SecurityAssociationPayload& offer,
                       const wire::TransformPayload& transform) {
  Phase1Choice choice;
  choice.transform = own;
  choice.life = read_life(transform.attributes, protocol);
  choice.answer = offer;
  choice.answer.proposals.resize(1);
  choice.answer.proposals.front().transforms = {transform};
  return choice;
}

}  // namespace

wire::SecurityAssociationPayload offer_phase1(const ike::Connection& connection) {
  wire::ProposalPayload proposal;
  proposal.protocol = protocol;
  for (const ike::Phase1Transform& own : connection.phase1) {
    wire::TransformPayload transform;
    transform.number = static_cast<std::uint8_t>(proposal.transforms.size() + 1);
    transform.id = wire::transform_id::key_ike;
    const auto add = [&](std::uint16_t type, std::uint16_t value) {
      transform.attributes.push_back(wire::Attribute::basic_value(type, value));
    };
    add(attribute::encryption_algorithm, number_of(cipher_numbers, own.cipher));
    if (has_key_lengths(own.cipher)) add(attribute::key_length, own.key_bits);
    add(attribute::hash_algorithm, number_of(hash_numbers, own.hash));
    add(attribute::group_description, static_cast<std::uint16_t>(own.group));
    add(attribute::authentication_method, static_cast<std::uint16_t>(own.authentication));
    append_life(transform.attributes, protocol, connection.phase1_lifetime.time, connection.phase1_lifetime.kilobytes);
    proposal.transforms.push_back(std::move(transform));
    if (proposal.transforms.size() == wire::max_transforms) break;
  }
  wire::SecurityAssociationPayload sa;
  sa.proposals.push_back(std::move(proposal));
  return sa;
}

Result<Phase1Choice> choose_phase1(const ike::Connection& connection, const wire::SecurityAssociationPayload& offer,
                                   ike::ProposalsCompared& report) {
  report_policy(connection, report);
  report.reason = Reason::no_proposal_chosen;
  // "for phase 1 exchanges there MUST NOT be multiple Proposal Payloads for a single SA payload" (RFC 2409 5).
  if (offer.proposals.size() != 1 || offer.proposals.front().protocol != protocol) {
    return Error{Reason::no_proposal_chosen, "a phase 1 offer has exactly one proposal, for ISAKMP", 0};
  }
  const wire::ProposalPayload& proposal = offer.proposals.front();
  ike::MatchResult result =
      ike::match(connection.preference, std::min(proposal.transforms.size(), most_inspected_transforms),
                 connection.phase1.size(), [&](std::size_t i, std::size_t own) {
                   return compare(proposal, proposal.transforms[i], connection.phase1[own]);
                 });
  report.comparisons = std::move(result.comparisons);
  report.chosen = result.chosen;
  if (!result.chosen) return Error{Reason::no_proposal_chosen, "no offered transform fits the policy", 0};
  report.reason = Reason::none;
  report.rule = ike::rule_of(connection.preference);
  return choice_of(connection.phase1[result.policy], offer, proposal.transforms[result.offer]);
}

Result<Phase1Choice> check_phase1(const ike::Connection& connection, const wire::SecurityAssociationPayload& offer,
                                  const wire::SecurityAssociationPayload& answer, ike::ProposalsCompared& report) {
  report_policy(connection, report);
  report.reason = Reason::no_proposal_chosen;
  if (answer.proposals.size() != 1 || answer.proposals.front().transforms.size() != 1 ||
      answer.proposals.front().protocol != protocol) {
    return Error{Reason::no_proposal_chosen, "the answer must have one proposal with one transform", 0};
  }
  const wire::ProposalPayload& proposal = answer.proposals.front();
  const wire::TransformPayload& answered = proposal.transforms.front();
  const auto& offered = offer.proposals.front().transforms;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    ike::TransformComparison comparison = compare(proposal, answered, connection.phase1[i]);
    comparison.policy_entry = i;
    const bool same = same_transform(offered[i], answered, protocol);
    comparison.matches = comparison.matches && same;
    report.comparisons.push_back(std::move(comparison));
    if (!same) continue;
    report.chosen = report.comparisons.size() - 1;
    report.reason = Reason::none;
    report.rule = ike::rule::one_of_the_own_offers;
    return choice_of(connection.phase1[i], answer, answered);
  }
  return Error{Reason::no_proposal_chosen, "the answer is none of the transforms that were offered", 0};
}

}  // namespace engine::ikev1
