#include "sim/scenario/profiles.h"

#include <algorithm>

namespace sim {
namespace {

using engine::crypto::CipherAlgorithm;
using engine::crypto::DhGroup;
using engine::crypto::HashAlgorithm;
using engine::crypto::IntegrityAlgorithm;

template <class Row>
std::vector<Row> rows_named(std::span<const Row> all, const std::vector<std::string>& wanted) {
  std::vector<Row> rows;
  for (const Row& row : all) {
    // The order of the table, not of the options: AWS evaluates "starting with the lowest configured value".
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), row.name) != wanted.end()) rows.push_back(row);
  }
  return rows;
}

std::vector<DhGroup> groups_of(std::span<const std::uint16_t> all, const std::vector<std::uint16_t>& wanted) {
  std::vector<DhGroup> groups;
  for (const std::uint16_t number : all) {
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), number) != wanted.end()) {
      groups.push_back(static_cast<DhGroup>(number));
    }
  }
  return groups;
}

void set_phase1(engine::ike::Connection& connection, const AwsTunnelOptions& options) {
  connection.phase1.clear();
  for (const AwsEncryption& encryption : rows_named(aws_encryptions(), options.phase1_encryption_algorithms)) {
    for (const AwsIntegrity& integrity : rows_named(aws_integrities(), options.phase1_integrity_algorithms)) {
      for (const DhGroup group : groups_of(aws_phase1_dh_groups(), options.phase1_dh_group_numbers)) {
        connection.phase1.push_back({encryption.cipher, encryption.key_bits, integrity.hash,
                                     engine::ike::AuthenticationMethod::pre_shared_key, group});
      }
    }
  }
}

void set_phase2(engine::ike::Connection& connection, const AwsTunnelOptions& options) {
  connection.phase2.clear();
  for (const AwsEncryption& encryption : rows_named(aws_encryptions(), options.phase2_encryption_algorithms)) {
    for (const AwsIntegrity& integrity : rows_named(aws_integrities(), options.phase2_integrity_algorithms)) {
      connection.phase2.push_back({encryption.cipher, encryption.key_bits, integrity.integrity});
    }
  }
  connection.pfs = groups_of(aws_phase2_dh_groups(), options.phase2_dh_group_numbers);
  // "Use Diffie-Hellman Perfect Forward Secrecy" is among AWS's requirements for the customer's device.
  connection.pfs_required = true;
}

engine::ike::SaLifetime lifetime_of(std::uint32_t seconds, const AwsTunnelOptions& options,
                                    const AwsAssumptions& assumptions) {
  engine::ike::SaLifetime lifetime;
  lifetime.time = std::chrono::seconds(seconds);
  lifetime.rekey_margin = std::chrono::seconds(options.rekey_margin_time_seconds);
  lifetime.rekey_fuzz_percent = options.rekey_fuzz_percentage;
  lifetime.rekey = assumptions.rekey == AwsRekeyReading::before_margin;
  return lifetime;
}

}  // namespace

engine::ike::Connection yamaha_rtx_defaults(const YamahaAssumptions& assumptions) {
  engine::ike::Connection connection;
  // "ipsec ike encryption 3des-cbc, group modp1024, hash sha" unless set otherwise.
  connection.phase1 = {{CipherAlgorithm::des3_cbc, 192, HashAlgorithm::sha1,
                        engine::ike::AuthenticationMethod::pre_shared_key, DhGroup::modp1024}};
  connection.phase2 = {{CipherAlgorithm::des3_cbc, 192, IntegrityAlgorithm::hmac_md5_96}};
  connection.send_client_ids = false;
  for (engine::ike::SaLifetime* lifetime : {&connection.phase1_lifetime, &connection.phase2_lifetime}) {
    lifetime->time = std::chrono::seconds(28'800);
    lifetime->rekey_at_percent = assumptions.rekey_at_percent;
  }
  connection.retransmission = {std::chrono::seconds(5), 1000, 10};
  // "restrict-dangling-sa auto": with IKEv1, phase 2 ends with phase 1.
  connection.dangling = engine::ike::DanglingSaPolicy::remove;
  connection.retry_after = assumptions.retry_after;
  connection.replay_window = 64;
  return connection;
}

engine::ike::Connection aws_connection(const AwsTunnelOptions& options, engine::Ipv4Address customer_gateway,
                                       const AwsAssumptions& assumptions) {
  engine::ike::Connection connection;
  connection.local_address = options.outside_ip_address;
  connection.remote_address = customer_gateway;
  connection.pre_shared_key = engine::SecretBytes(engine::view_of(options.pre_shared_key));
  set_phase1(connection, options);
  set_phase2(connection, options);
  connection.preference = engine::ike::Preference::own_order;
  connection.send_client_ids = true;
  // "Local" and "remote" in AWS's options are the customer's and AWS's side.
  connection.local_subnet = options.remote_ipv4_network_cidr;
  connection.remote_subnet = options.local_ipv4_network_cidr;
  connection.phase1_lifetime = lifetime_of(options.phase1_lifetime_seconds, options, assumptions);
  connection.phase2_lifetime = lifetime_of(options.phase2_lifetime_seconds, options, assumptions);
  connection.dpd.mode = engine::ike::DpdMode::on_demand;
  connection.dpd.interval = assumptions.dpd_interval;
  const auto probes = std::chrono::seconds(options.dpd_timeout_seconds) / assumptions.dpd_interval;
  connection.dpd.retries = static_cast<std::uint32_t>(std::max<std::int64_t>(probes - 1, 1));
  constexpr engine::ike::DpdAction actions[] = {engine::ike::DpdAction::clear, engine::ike::DpdAction::none,
                                                engine::ike::DpdAction::restart};
  connection.dpd.action = actions[static_cast<std::size_t>(options.dpd_timeout_action)];
  // AWS initiates "for IKEv2 only"; check_aws_rules refuses startup action "start".
  connection.initiate = false;
  connection.df = engine::esp::DfPolicy::clear;
  connection.replay_window = options.replay_window_size;
  return connection;
}

}  // namespace sim
