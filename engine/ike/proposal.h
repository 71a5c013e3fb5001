#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/ike/observation.h"

/// What negotiating has in common in both versions of IKE: names of transforms, and how a policy is held against an
/// offer.
namespace engine::ike {

std::string cipher_text(crypto::CipherAlgorithm cipher, std::uint16_t key_bits);  ///< "AES-CBC-128", "3DES-CBC"
std::string group_text(crypto::DhGroup group);                                    ///< "MODP-1024"
std::string to_string(const Phase1Transform& transform);  ///< "AES-CBC-128, SHA-1, PSK, MODP-1024"
std::string to_string(const Phase2Transform& transform);  ///< "ESP AES-CBC-128, HMAC-SHA1-96"

/// The rules by which a choice was made (ProposalsCompared::rule).
namespace rule {
inline constexpr std::string_view first_acceptable_offer = "first acceptable offer";
inline constexpr std::string_view lowest_configured_value = "lowest configured value";
inline constexpr std::string_view one_of_the_own_offers = "one of the own offers";
}  // namespace rule

/// What matching an offer against a policy came to.
struct MatchResult {
  std::vector<TransformComparison> comparisons;  ///< In the order in which they were made, up to the choice.
  std::optional<std::size_t> chosen;             ///< Index into `comparisons`.
  std::size_t offer = 0;                         ///< Index of the chosen offer.
  std::size_t policy = 0;                        ///< Index of the own transform that it fits.
};

/// Compares each of `offers` with each of `policies` in the order that `preference` demands, up to the first match.
/// `compare(offer, policy)` does one comparison.
MatchResult match(Preference preference, std::size_t offers, std::size_t policies,
                  const std::function<TransformComparison(std::size_t, std::size_t)>& compare);

/// The rule that `preference` follows.
std::string_view rule_of(Preference preference);

}  // namespace engine::ike
