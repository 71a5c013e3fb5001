#include "sim/scenario/aws_options.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace sim {
namespace {

using engine::crypto::CipherAlgorithm;
using engine::crypto::HashAlgorithm;
using engine::crypto::IntegrityAlgorithm;

constexpr std::array encryptions{AwsEncryption{"AES128", CipherAlgorithm::aes_cbc, 128},
                                 AwsEncryption{"AES256", CipherAlgorithm::aes_cbc, 256}};
constexpr std::array integrities{
    AwsIntegrity{"SHA1", HashAlgorithm::sha1, IntegrityAlgorithm::hmac_sha1_96},
    AwsIntegrity{"SHA2-256", HashAlgorithm::sha2_256, IntegrityAlgorithm::hmac_sha2_256_128},
    AwsIntegrity{"SHA2-384", HashAlgorithm::sha2_384, IntegrityAlgorithm::hmac_sha2_384_192},
    AwsIntegrity{"SHA2-512", HashAlgorithm::sha2_512, IntegrityAlgorithm::hmac_sha2_512_256}};
constexpr std::array<std::uint16_t, 7> phase1_groups{2, 14, 15, 16, 19, 20, 21};
constexpr std::array<std::uint16_t, 8> phase2_groups{2, 5, 14, 15, 16, 19, 20, 21};

/// What AWS offers and this version has not: named, so that the message can tell the two kinds of error apart.
constexpr std::array<std::string_view, 2> encryptions_not_simulated{"AES128-GCM-16", "AES256-GCM-16"};
constexpr std::array<std::uint16_t, 5> groups_not_simulated{17, 18, 22, 23, 24};

/// "The following CIDR blocks are reserved and cannot be used" (API reference, TunnelInsideCidr).
constexpr std::array<std::uint32_t, 7> reserved_inside{0xa9fe0000, 0xa9fe0100, 0xa9fe0200, 0xa9fe0300,
                                                       0xa9fe0400, 0xa9fe0500, 0xa9fea9fc};

using Violations = std::vector<AwsRuleViolation>;

template <class Rows, class Absent>
void check_names(Violations& violations, std::string_view option, const std::vector<std::string>& values,
                 const Rows& rows, const Absent& absent) {
  std::vector<std::string_view> names;
  for (const auto& row : rows) names.push_back(row.name);
  for (const std::string& value : values) {
    if (std::find(names.begin(), names.end(), value) != names.end()) continue;
    const bool known = std::find(absent.begin(), absent.end(), value) != absent.end();
    violations.push_back(
        {option, fmt::format("\"{}\" is {}, expected {}", value,
                             known ? "an AWS value that this version does not simulate" : "not a value that AWS knows",
                             fmt::join(names, ", "))});
  }
}

void check_groups(Violations& violations, std::string_view option, const std::vector<std::uint16_t>& values,
                  std::span<const std::uint16_t> groups) {
  for (const std::uint16_t value : values) {
    if (std::find(groups.begin(), groups.end(), value) != groups.end()) continue;
    const bool known =
        std::find(groups_not_simulated.begin(), groups_not_simulated.end(), value) != groups_not_simulated.end();
    violations.push_back({option, fmt::format("DH group {} is {}, expected {}", value,
                                              known ? "an AWS value that this version does not simulate"
                                                    : "not a value that AWS knows here",
                                              fmt::join(groups, ", "))});
  }
}

void check_range(Violations& violations, std::string_view option, std::uint32_t value, std::uint32_t lowest,
                 std::uint32_t highest, std::string_view unit) {
  if (value >= lowest && value <= highest) return;
  violations.push_back(
      {option, fmt::format("{} is outside AWS's range, expected {} to {} {}", value, lowest, highest, unit)});
}

void check_inside_cidr(Violations& violations, const engine::Ipv4Network& cidr) {
  constexpr engine::Ipv4Network link_local{{0xa9fe0000}, 16};
  const bool fits = cidr.prefix_length == 30 && link_local.contains(cidr.address) && cidr.address == cidr.network();
  if (!fits) {
    violations.push_back({"tunnel_inside_cidr", fmt::format("{} does not fit AWS's rule, expected a /30 network from "
                                                            "169.254.0.0/16",
                                                            engine::to_string(cidr))});
  } else if (std::find(reserved_inside.begin(), reserved_inside.end(), cidr.address.value) != reserved_inside.end()) {
    violations.push_back({"tunnel_inside_cidr", fmt::format("{} is reserved by AWS, expected another /30 from "
                                                            "169.254.0.0/16",
                                                            engine::to_string(cidr))});
  }
}

void check_pre_shared_key(Violations& violations, const std::string& key) {
  const bool characters = std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
  });
  if (key.size() >= 8 && key.size() <= 64 && characters && !key.starts_with('0')) return;
  violations.push_back({"pre_shared_key",
                        "the key does not fit AWS's rule, expected 8 to 64 characters out of A-Z, a-z, "
                        "0-9, \".\" and \"_\", the first not 0"});
}

void check_ike_versions(Violations& violations, const AwsTunnelOptions& options) {
  bool has_v1 = options.ike_versions.empty();
  for (const std::string& version : options.ike_versions) {
    has_v1 = has_v1 || version == "ikev1";
    if (version == "ikev1" || version == "ikev2") continue;
    violations.push_back(
        {"ike_versions", fmt::format("\"{}\" is not a value that AWS knows, expected ikev1, ikev2", version)});
  }
  if (!has_v1) {
    violations.push_back({"ike_versions", "IKEv2 alone is not simulated by this version, expected ikev1 among them"});
  }
  if (options.startup_action == AwsStartupAction::start) {
    violations.push_back({"startup_action", "\"start\" is \"supported for IKEv2 only\" by AWS, expected \"add\""});
  }
}

}  // namespace

std::span<const AwsEncryption> aws_encryptions() { return encryptions; }
std::span<const AwsIntegrity> aws_integrities() { return integrities; }
std::span<const std::uint16_t> aws_phase1_dh_groups() { return phase1_groups; }
std::span<const std::uint16_t> aws_phase2_dh_groups() { return phase2_groups; }

std::vector<AwsRuleViolation> check_aws_rules(const AwsTunnelOptions& options) {
  Violations violations;
  constexpr std::array<std::string_view, 0> all_simulated{};
  check_inside_cidr(violations, options.tunnel_inside_cidr);
  check_pre_shared_key(violations, options.pre_shared_key);
  check_names(violations, "phase1_encryption_algorithms", options.phase1_encryption_algorithms, encryptions,
              encryptions_not_simulated);
  check_names(violations, "phase1_integrity_algorithms", options.phase1_integrity_algorithms, integrities,
              all_simulated);
  check_groups(violations, "phase1_dh_group_numbers", options.phase1_dh_group_numbers, phase1_groups);
  check_names(violations, "phase2_encryption_algorithms", options.phase2_encryption_algorithms, encryptions,
              encryptions_not_simulated);
  check_names(violations, "phase2_integrity_algorithms", options.phase2_integrity_algorithms, integrities,
              all_simulated);
  check_groups(violations, "phase2_dh_group_numbers", options.phase2_dh_group_numbers, phase2_groups);
  check_range(violations, "phase1_lifetime_seconds", options.phase1_lifetime_seconds, 900, 28'800, "seconds");
  check_range(violations, "phase2_lifetime_seconds", options.phase2_lifetime_seconds, 900, 3'600, "seconds");
  if (options.phase2_lifetime_seconds >= options.phase1_lifetime_seconds) {
    violations.push_back(
        {"phase2_lifetime_seconds", fmt::format("{} is not below the phase 1 lifetime, expected less than {} seconds",
                                                options.phase2_lifetime_seconds, options.phase1_lifetime_seconds)});
  }
  check_range(violations, "rekey_margin_time_seconds", options.rekey_margin_time_seconds, 60,
              options.phase2_lifetime_seconds / 2, "seconds (half of the phase 2 lifetime)");
  check_range(violations, "rekey_fuzz_percentage", options.rekey_fuzz_percentage, 0, 100, "percent");
  check_range(violations, "replay_window_size", options.replay_window_size, 64, 2'048, "packets");
  check_range(violations, "dpd_timeout_seconds", options.dpd_timeout_seconds, 30, 86'400, "seconds");
  check_ike_versions(violations, options);
  return violations;
}

}  // namespace sim
