#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/time.h"
#include "engine/crypto/algorithms.h"
#include "engine/ike/connection.h"

namespace sim {

/// AWS's encryption and integrity values by their names in the console and the API ("AES128", "SHA2-256").
struct AwsEncryption {
  std::string_view name;
  engine::crypto::CipherAlgorithm cipher;
  std::uint16_t key_bits;
};
struct AwsIntegrity {
  std::string_view name;
  engine::crypto::HashAlgorithm hash;            ///< Phase 1.
  engine::crypto::IntegrityAlgorithm integrity;  ///< Phase 2.
};

/// The values that this version simulates, AWS's "lowest" first.
std::span<const AwsEncryption> aws_encryptions();
std::span<const AwsIntegrity> aws_integrities();
std::span<const std::uint16_t> aws_phase1_dh_groups();
std::span<const std::uint16_t> aws_phase2_dh_groups();

enum class AwsDpdTimeoutAction : std::uint8_t { clear, none, restart };
enum class AwsStartupAction : std::uint8_t { add, start };

/// The options of one tunnel, with AWS's names and defaults (EC2 API VpnTunnelOptionsSpecification; AWS Site-to-Site
/// VPN user guide, "Tunnel options"). Lists empty: all values.
struct AwsTunnelOptions {
  engine::Ipv4Address outside_ip_address;  ///< AWS's end.
  engine::Ipv4Network tunnel_inside_cidr;  ///< A /30; the first host is AWS's, the second the customer's.
  std::string pre_shared_key;
  std::vector<std::string> phase1_encryption_algorithms;
  std::vector<std::string> phase1_integrity_algorithms;
  std::vector<std::uint16_t> phase1_dh_group_numbers;
  std::vector<std::string> phase2_encryption_algorithms;
  std::vector<std::string> phase2_integrity_algorithms;
  std::vector<std::uint16_t> phase2_dh_group_numbers;
  std::uint32_t phase1_lifetime_seconds = 28'800;
  std::uint32_t phase2_lifetime_seconds = 3'600;
  std::uint32_t rekey_margin_time_seconds = 270;
  std::uint32_t rekey_fuzz_percentage = 100;
  std::uint32_t replay_window_size = 1'024;
  std::uint32_t dpd_timeout_seconds = 40;
  AwsDpdTimeoutAction dpd_timeout_action = AwsDpdTimeoutAction::clear;
  AwsStartupAction startup_action = AwsStartupAction::add;
  std::vector<std::string> ike_versions;         ///< "ikev1"; "ikev2" is accepted and not used yet.
  engine::Ipv4Network local_ipv4_network_cidr;   ///< The customer's side.
  engine::Ipv4Network remote_ipv4_network_cidr;  ///< The AWS side.
};

/// How AWS's sentence "rekey margin time: the period before the phase 2 lifetime expires, during which AWS performs an
/// IKE rekey; rekey fuzz: the percentage of the rekey window within which the rekey time is randomly selected" is read.
enum class AwsRekeyReading : std::uint8_t {
  /// lifetime - margin x (1 + U(0, fuzz)): before the margin begins. AWS's log strings point to this formula's origin.
  before_margin,
  /// AWS does not begin a rekey by itself; the customer's device must.
  customer_only,
};

/// Assumptions about AWS's tunnel endpoints.
struct AwsAssumptions {
  AwsRekeyReading rekey = AwsRekeyReading::before_margin;
  /// "If AWS receives no traffic from a VPN peer for 10 seconds, AWS sends a DPD R-U-THERE message". The timeout's
  /// remaining time is spent on probes at the same interval: 40 s make three of them.
  engine::Duration dpd_interval{std::chrono::seconds(10)};
  /// "Logical interface MTU" of AWS's table of requirements: fits every combination of algorithms.
  std::uint32_t tunnel_mtu = 1399;
};

/// An option that AWS would refuse (or that this version cannot simulate).
struct AwsRuleViolation {
  std::string_view option;  ///< Its name in the file: "pre_shared_key".
  std::string message;      ///< What is wrong and AWS's rule: "'0abc' ..., expected ...".
};

/// Holds the options against AWS's rules, in the order of the structure. Empty: all is well.
std::vector<AwsRuleViolation> check_aws_rules(const AwsTunnelOptions& options);

}  // namespace sim
