#include "engine/ike/proposal.h"

#include <fmt/format.h>

namespace engine::ike {
namespace {

std::string_view authentication_text(AuthenticationMethod method) {
  switch (method) {
    case AuthenticationMethod::pre_shared_key:
      return "PSK";
    case AuthenticationMethod::dss_signature:
      return "DSS";
    case AuthenticationMethod::rsa_signature:
      return "RSA";
  }
  return "unknown";
}

}  // namespace

std::string cipher_text(crypto::CipherAlgorithm cipher, std::uint16_t key_bits) {
  const crypto::CipherInfo& entry = crypto::info(cipher);
  if (entry.key_bits.size() < 2) return std::string(entry.name);
  return fmt::format("{}-{}", entry.name, key_bits);
}

std::string group_text(crypto::DhGroup group) {
  const crypto::DhGroupInfo* entry = crypto::find(group);
  return entry != nullptr ? std::string(entry->name) : fmt::format("group {}", static_cast<unsigned>(group));
}

std::string to_string(const Phase1Transform& transform) {
  return fmt::format("{}, {}, {}, {}", cipher_text(transform.cipher, transform.key_bits),
                     crypto::info(transform.hash).name, authentication_text(transform.authentication),
                     group_text(transform.group));
}

std::string to_string(const Phase2Transform& transform) {
  return fmt::format("ESP {}, {}", cipher_text(transform.cipher, transform.key_bits),
                     crypto::info(transform.integrity).name);
}

MatchResult match(Preference preference, std::size_t offers, std::size_t policies,
                  const std::function<TransformComparison(std::size_t, std::size_t)>& compare) {
  const bool own_first = preference == Preference::own_order;
  MatchResult result;
  for (std::size_t outer = 0; outer < (own_first ? policies : offers); ++outer) {
    for (std::size_t inner = 0; inner < (own_first ? offers : policies); ++inner) {
      const std::size_t offer = own_first ? inner : outer;
      const std::size_t policy = own_first ? outer : inner;
      result.comparisons.push_back(compare(offer, policy));
      result.comparisons.back().policy_entry = policy;
      if (!result.comparisons.back().matches) continue;
      result.chosen = result.comparisons.size() - 1;
      result.offer = offer;
      result.policy = policy;
      return result;
    }
  }
  return result;
}

std::string_view rule_of(Preference preference) {
  return preference == Preference::own_order ? rule::lowest_configured_value : rule::first_acceptable_offer;
}

}  // namespace engine::ike
