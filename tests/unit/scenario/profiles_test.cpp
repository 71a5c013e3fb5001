#include "sim/scenario/profiles.h"

#include "tests/catch.h"

namespace {

sim::AwsTunnelOptions options() {
  sim::AwsTunnelOptions options;
  options.outside_ip_address = {0xc6336402};
  options.tunnel_inside_cidr = {{0xa9fe0a00}, 30};
  options.pre_shared_key = "abcdefgh";
  return options;
}

engine::ike::Connection connection(const sim::AwsTunnelOptions& from, const sim::AwsAssumptions& assumptions = {}) {
  return sim::aws_connection(from, {0xc0000202}, assumptions);
}

}  // namespace

TEST_CASE("AWS's defaults fit AWS's rules") { CHECK(sim::check_aws_rules(options()).empty()); }

TEST_CASE("AWS accepts every combination, the lowest value first") {
  // "evaluate proposals from your customer gateway starting with the lowest configured value"
  const engine::ike::Connection aws = connection(options());
  CHECK(aws.preference == engine::ike::Preference::own_order);
  REQUIRE(aws.phase1.size() == 2 * 4 * 7);
  CHECK(aws.phase1.front().key_bits == 128);
  CHECK(aws.phase1.front().hash == engine::crypto::HashAlgorithm::sha1);
  CHECK(aws.phase1.front().group == engine::crypto::DhGroup::modp1024);
  CHECK(aws.phase1.back().key_bits == 256);
  CHECK(aws.phase1.back().group == engine::crypto::DhGroup::ecp521);
  CHECK(aws.phase2.size() == 2 * 4);
  CHECK(aws.pfs.size() == 8);
  CHECK(aws.pfs_required);
}

TEST_CASE("The order in which options are written does not matter to AWS") {
  sim::AwsTunnelOptions chosen = options();
  chosen.phase1_encryption_algorithms = {"AES256", "AES128"};
  chosen.phase1_integrity_algorithms = {"SHA2-256"};
  chosen.phase1_dh_group_numbers = {20, 14};
  const engine::ike::Connection aws = connection(chosen);
  REQUIRE(aws.phase1.size() == 4);
  CHECK(aws.phase1[0].key_bits == 128);
  CHECK(aws.phase1[0].group == engine::crypto::DhGroup::modp2048);
  CHECK(aws.phase1[3].key_bits == 256);
  CHECK(aws.phase1[3].group == engine::crypto::DhGroup::ecp384);
}

TEST_CASE("AWS's numbers reach the connection") {
  const engine::ike::Connection aws = connection(options());
  CHECK(aws.phase1_lifetime.time == std::chrono::seconds(28'800));
  CHECK(aws.phase2_lifetime.time == std::chrono::seconds(3'600));
  CHECK(aws.phase2_lifetime.rekey_margin == std::chrono::seconds(270));
  CHECK(aws.phase2_lifetime.rekey_fuzz_percent == 100);
  CHECK(aws.replay_window == 1'024);
  CHECK(aws.dpd.mode == engine::ike::DpdMode::on_demand);
  CHECK(aws.dpd.interval == std::chrono::seconds(10));
  CHECK(aws.dpd.retries == 3);
  CHECK(aws.dpd.action == engine::ike::DpdAction::clear);
  // AWS initiates "for IKEv2 only".
  CHECK_FALSE(aws.initiate);
  CHECK(engine::to_string(aws.local_address) == "198.51.100.2");
  CHECK(engine::to_string(aws.remote_address) == "192.0.2.2");
}

TEST_CASE("The older DPD timeout of 30 seconds means two probes") {
  sim::AwsTunnelOptions older = options();
  older.dpd_timeout_seconds = 30;
  older.dpd_timeout_action = sim::AwsDpdTimeoutAction::restart;
  CHECK(connection(older).dpd.retries == 2);
  CHECK(connection(older).dpd.action == engine::ike::DpdAction::restart);
}

TEST_CASE("Local and remote network are named from the customer's side") {
  sim::AwsTunnelOptions policy = options();
  policy.local_ipv4_network_cidr = {{0xc0a80100}, 24};
  policy.remote_ipv4_network_cidr = {{0x0a000000}, 16};
  CHECK(engine::to_string(connection(policy).local_subnet) == "10.0.0.0/16");
  CHECK(engine::to_string(connection(policy).remote_subnet) == "192.168.1.0/24");
}

TEST_CASE("Whether AWS begins rekeys is an assumption that can be switched") {
  sim::AwsAssumptions assumptions;
  CHECK(connection(options(), assumptions).phase2_lifetime.rekey);
  assumptions.rekey = sim::AwsRekeyReading::customer_only;
  CHECK_FALSE(connection(options(), assumptions).phase2_lifetime.rekey);
}
