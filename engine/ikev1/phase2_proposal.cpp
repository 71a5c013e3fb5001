#include <algorithm>
#include <array>

#include "engine/ikev1/proposals.h"
#include "engine/wire/names.h"

namespace engine::ikev1 {
namespace {

namespace attribute = wire::phase2_attribute;
using crypto::CipherAlgorithm;
using crypto::DhGroup;
using crypto::IntegrityAlgorithm;

constexpr std::uint8_t protocol = wire::protocol_id::esp;
constexpr std::uint16_t tunnel_mode = 1;
constexpr std::size_t spi_size = 4;
constexpr std::string_view group_name = "Group Description";

constexpr std::array<std::pair<CipherAlgorithm, std::uint8_t>, 3> cipher_ids = {{
    {CipherAlgorithm::null, wire::transform_id::esp_null},
    {CipherAlgorithm::des3_cbc, wire::transform_id::esp_3des},
    {CipherAlgorithm::aes_cbc, wire::transform_id::esp_aes_cbc},
}};

constexpr std::array<std::pair<IntegrityAlgorithm, std::uint16_t>, 5> integrity_numbers = {{
    {IntegrityAlgorithm::hmac_md5_96, 1},
    {IntegrityAlgorithm::hmac_sha1_96, 2},
    {IntegrityAlgorithm::hmac_sha2_256_128, 5},
    {IntegrityAlgorithm::hmac_sha2_384_192, 6},
    {IntegrityAlgorithm::hmac_sha2_512_256, 7},
}};

std::uint8_t id_of(CipherAlgorithm cipher) {
  for (const auto& [entry, id] : cipher_ids) {
    if (entry == cipher) return id;
  }
  return 0;
}

/// None where ESP has no integrity: the attribute is then not offered.
std::optional<std::uint64_t> number_of(IntegrityAlgorithm integrity) {
  for (const auto& [entry, number] : integrity_numbers) {
    if (entry == integrity) return number;
  }
  return std::nullopt;
}

std::string cipher_offer_text(const wire::TransformPayload& offer) {
  for (const auto& [cipher, id] : cipher_ids) {
    if (id == offer.id)
      return ike::cipher_text(cipher, static_cast<std::uint16_t>(offered_key_bits(offer, attribute::key_length)));
  }
  return wire::value_name(wire::transform_id_names(protocol), offer.id);
}

std::string integrity_offer_text(std::optional<std::uint64_t> number) {
  if (!number) return std::string(absent);
  for (const auto& [integrity, value] : integrity_numbers) {
    if (value == *number) return std::string(crypto::info(integrity).name);
  }
  return wire::value_name(wire::attribute_value_names(protocol, attribute::authentication_algorithm), *number);
}

std::string wanted_groups(const ike::Connection& connection) {
  std::string text;
  for (const DhGroup group : connection.pfs) text += (text.empty() ? "" : " or ") + ike::group_text(group);
  if (text.empty()) return std::string(absent);
  return connection.pfs_required ? text : text + " or " + std::string(absent);
}

/// Whether the group of an offer, and the KE payload that goes with it, is what the policy wants.
bool group_fits(const ike::Connection& connection, std::optional<std::uint64_t> offered, bool with_ke) {
  if (offered.has_value() != with_ke) return false;
  if (!offered) return connection.pfs.empty() || !connection.pfs_required;
  return std::any_of(connection.pfs.begin(), connection.pfs.end(),
                     [&](DhGroup group) { return static_cast<std::uint64_t>(group) == *offered; });
}

struct Offer {
  const wire::ProposalPayload* proposal;
  const wire::TransformPayload* transform;
  bool combined;  ///< Other proposals of the same number are to be applied together with it.
};

std::vector<Offer> list_offers(const wire::SecurityAssociationPayload& sa) {
  std::vector<Offer> offers;
  for (const wire::ProposalPayload& proposal : sa.proposals) {
    const auto same = std::count_if(sa.proposals.begin(), sa.proposals.end(),
                                    [&](const auto& other) { return other.number == proposal.number; });
    for (const wire::TransformPayload& transform : proposal.transforms) {
      if (offers.size() == most_inspected_transforms) return offers;
      offers.push_back({&proposal, &transform, same > 1});
    }
  }
  return offers;
}

bool is_negotiated(std::uint16_t type) { return type >= attribute::sa_life_type && type <= attribute::key_length; }

ike::TransformComparison compare(const ike::Connection& connection, const Offer& offer, const ike::Phase2Transform& own,
                                 bool with_ke) {
  const wire::TransformPayload& transform = *offer.transform;
  Comparison comparison(offer.proposal->number, transform.number);
  const bool is_esp = offer.proposal->protocol == protocol;
  if (!is_esp || offer.combined) {
    const std::string name = wire::value_name(wire::protocol_id_names(), offer.proposal->protocol);
    comparison.add("Protocol", false, offer.combined ? name + " with others" : name, "ESP alone");
  }
  if (offer.proposal->spi.size() != spi_size || read_u32(offer.proposal->spi, 0) < 256) {
    // SPIs 1 to 255 are reserved, 0 is for local use (RFC 4303 2.1).
    comparison.add("SPI", false, to_hex(offer.proposal->spi), "four octets, at least 256");
  }
  comparison.add("Encryption Algorithm",
                 is_esp && transform.id == id_of(own.cipher) &&
                     key_length_fits(transform, attribute::key_length, own.cipher, own.key_bits),
                 cipher_offer_text(transform), ike::cipher_text(own.cipher, own.key_bits));
  const auto integrity = find_attribute(transform, attribute::authentication_algorithm);
  comparison.add("Authentication Algorithm", integrity == number_of(own.integrity), integrity_offer_text(integrity),
                 std::string(crypto::info(own.integrity).name));
  const auto mode = find_attribute(transform, attribute::encapsulation_mode);
  const auto mode_names = wire::attribute_value_names(protocol, attribute::encapsulation_mode);
  comparison.add("Encapsulation Mode", mode == tunnel_mode,
                 mode ? wire::value_name(mode_names, *mode) : std::string(absent),
                 wire::value_name(mode_names, tunnel_mode));
  const auto group = find_attribute(transform, attribute::group_description);
  comparison.add(group_name, group_fits(connection, group, with_ke),
                 group_offer_text(group) + (group.has_value() != with_ke ? with_ke ? ", with KE" : ", without KE" : ""),
                 wanted_groups(connection));
  comparison.add("Life Duration", true, life_text(read_life(transform.attributes, protocol)), "any");
  for (const wire::Attribute& entry : transform.attributes) {
    if (is_negotiated(entry.type)) continue;
    comparison.add(wire::value_name(wire::attribute_type_names(protocol), entry.type), false,
                   std::to_string(entry.number()), std::string(absent));
  }
  return comparison.result();
}

void report_policy(const ike::Connection& connection, ike::ProposalsCompared& report) {
  report.phase = 2;
  report.connection = connection.name;
  for (const ike::Phase2Transform& own : connection.phase2) report.policy.push_back(ike::to_string(own));
}

/// Whether some offer would have done but for its group.
bool only_pfs_differs(const ike::ProposalsCompared& report) {
  return std::any_of(report.comparisons.begin(), report.comparisons.end(), [](const auto& comparison) {
    return std::all_of(comparison.attributes.begin(), comparison.attributes.end(),
                       [](const auto& entry) { return entry.matches || entry.name == group_name; });
  });
}

Phase2Choice choice_of(const ike::Phase2Transform& own, const wire::ProposalPayload& proposal,
                       const wire::TransformPayload& transform) {
  Phase2Choice choice;
  choice.transform = own;
  choice.pfs = static_cast<DhGroup>(find_attribute(transform, attribute::group_description).value_or(0));
  choice.life = read_life(transform.attributes, protocol);
  choice.peer_spi = read_u32(proposal.spi, 0);
  choice.answer = proposal;
  choice.answer.transforms = {transform};
  return choice;
}

}  // namespace

wire::SecurityAssociationPayload offer_phase2(const ike::Connection& connection, DhGroup pfs, std::uint32_t spi) {
  wire::ProposalPayload proposal;
  proposal.protocol = protocol;
  put_u32(proposal.spi, spi);
  for (const ike::Phase2Transform& own : connection.phase2) {
    wire::TransformPayload transform;
    transform.number = static_cast<std::uint8_t>(proposal.transforms.size() + 1);
    transform.id = id_of(own.cipher);
    const auto add = [&](std::uint16_t type, std::uint64_t value) {
      transform.attributes.push_back(wire::Attribute::basic_value(type, static_cast<std::uint16_t>(value)));
    };
    if (has_key_lengths(own.cipher)) add(attribute::key_length, own.key_bits);
    if (const auto number = number_of(own.integrity)) add(attribute::authentication_algorithm, *number);
    add(attribute::encapsulation_mode, tunnel_mode);
    // "the attribute describing the Diffie-Hellman group MUST be included in every transform" (RFC 2409 5.5).
    if (pfs != DhGroup::none) add(attribute::group_description, static_cast<std::uint16_t>(pfs));
    append_life(transform.attributes, protocol, connection.phase2_lifetime.time, connection.phase2_lifetime.kilobytes);
    proposal.transforms.push_back(std::move(transform));
    if (proposal.transforms.size() == wire::max_transforms) break;
  }
  wire::SecurityAssociationPayload sa;
  sa.proposals.push_back(std::move(proposal));
  return sa;
}

Result<Phase2Choice> choose_phase2(const ike::Connection& connection, const wire::SecurityAssociationPayload& offer,
                                   bool with_ke, ike::ProposalsCompared& report) {
  report_policy(connection, report);
  const std::vector<Offer> offers = list_offers(offer);
  ike::MatchResult result = ike::match(
      connection.preference, offers.size(), connection.phase2.size(),
      [&](std::size_t i, std::size_t own) { return compare(connection, offers[i], connection.phase2[own], with_ke); });
  report.comparisons = std::move(result.comparisons);
  report.chosen = result.chosen;
  if (!result.chosen) {
    report.reason = only_pfs_differs(report) ? Reason::pfs_mismatch : Reason::no_proposal_chosen;
    return Error{report.reason,
                 report.reason == Reason::pfs_mismatch ? "the offer would do, but for PFS and its group"
                                                       : "no offered transform fits the policy",
                 0};
  }
  report.rule = ike::rule_of(connection.preference);
  const Offer& chosen = offers[result.offer];
  return choice_of(connection.phase2[result.policy], *chosen.proposal, *chosen.transform);
}

Result<Phase2Choice> check_phase2(const ike::Connection& connection, const wire::SecurityAssociationPayload& offer,
                                  const wire::SecurityAssociationPayload& answer, DhGroup pfs,
                                  ike::ProposalsCompared& report) {
  report_policy(connection, report);
  report.reason = Reason::no_proposal_chosen;
  if (answer.proposals.size() != 1 || answer.proposals.front().transforms.size() != 1 ||
      answer.proposals.front().protocol != protocol || answer.proposals.front().spi.size() != spi_size ||
      answer.proposals.front().number != offer.proposals.front().number ||
      read_u32(answer.proposals.front().spi, 0) < 256) {
    return Error{Reason::no_proposal_chosen, "the answer must have one ESP proposal with an SPI and one transform", 0};
  }
  const Offer answered{&answer.proposals.front(), &answer.proposals.front().transforms.front(), false};
  const auto& offered = offer.proposals.front().transforms;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    ike::TransformComparison comparison = compare(connection, answered, connection.phase2[i], pfs != DhGroup::none);
    comparison.policy_entry = i;
    const bool same = same_transform(offered[i], *answered.transform, protocol);
    comparison.matches = comparison.matches && same;
    report.comparisons.push_back(std::move(comparison));
    if (!same) continue;
    report.chosen = report.comparisons.size() - 1;
    report.reason = Reason::none;
    report.rule = ike::rule::one_of_the_own_offers;
    return choice_of(connection.phase2[i], *answered.proposal, *answered.transform);
  }
  return Error{Reason::no_proposal_chosen, "the answer is none of the transforms that were offered", 0};
}

}  // namespace engine::ikev1
