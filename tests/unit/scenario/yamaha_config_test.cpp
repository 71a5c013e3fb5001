#include "sim/scenario/yamaha_config.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/catch.h"

namespace {

using engine::ike::Connection;

std::string read(const std::string& path) {
  std::ifstream in(std::string(TUNNELWALK_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

sim::YamahaConfiguration parse(const std::string& text) {
  engine::Result<sim::YamahaConfiguration> configuration = sim::parse_yamaha_configuration({{"router.conf", text}});
  INFO((configuration.ok() ? "" : configuration.error().message));
  REQUIRE(configuration.ok());
  return std::move(configuration).value();
}

std::string error_of(const std::string& text) {
  const engine::Result<sim::YamahaConfiguration> configuration =
      sim::parse_yamaha_configuration({{"router.conf", text}});
  REQUIRE_FALSE(configuration.ok());
  return configuration.error().message;
}

const Connection::SettingSource* source_of(const Connection& connection, const std::string& id) {
  for (const Connection::SettingSource& source : connection.setting_sources) {
    if (source.id == id) return &source;
  }
  return nullptr;
}

/// A tunnel with the least that makes one, and `extra` lines.
std::string tunnel_with(const std::string& extra) {
  return "tunnel select 1\nipsec tunnel 201\nipsec sa policy 201 1 esp aes-cbc sha-hmac\n"
         "ipsec ike pre-shared-key 1 text secret\nipsec ike remote address 1 198.51.100.1\n" +
         extra;
}

}  // namespace

TEST_CASE("Every line of the file that AWS hands out has its effect") {
  const sim::YamahaConfiguration configuration = parse(read("scenarios/aws-yamaha/tunnel1.conf"));
  CHECK(configuration.unknown_lines.empty());
  REQUIRE(configuration.tunnels.size() == 1);
  const sim::YamahaTunnel& tunnel = configuration.tunnels[0];
  const Connection& connection = tunnel.connection;

  CHECK(tunnel.number == 1);
  CHECK(tunnel.gateway == 1);
  CHECK(tunnel.enabled);
  CHECK(connection.name == "tunnel1");
  REQUIRE(connection.phase1.size() == 1);
  CHECK(connection.phase1[0].cipher == engine::crypto::CipherAlgorithm::aes_cbc);
  CHECK(connection.phase1[0].key_bits == 128);
  CHECK(connection.phase1[0].hash == engine::crypto::HashAlgorithm::sha1);
  CHECK(connection.phase1[0].group == engine::crypto::DhGroup::modp1024);
  CHECK(engine::equal_constant_time(connection.pre_shared_key, engine::view_of("lVjXXz5r0bZzhs3w7iHn2NXmYeBu7IYH")));
  REQUIRE(connection.phase2.size() == 1);
  CHECK(connection.phase2[0].cipher == engine::crypto::CipherAlgorithm::aes_cbc);
  CHECK(connection.phase2[0].integrity == engine::crypto::IntegrityAlgorithm::hmac_sha1_96);
  CHECK(connection.phase2_lifetime.time == std::chrono::seconds(3600));
  CHECK(connection.phase2_lifetime.rekey_at_percent == 75);
  CHECK(connection.phase1_lifetime.time == std::chrono::seconds(28800));
  CHECK(connection.pfs == std::vector{engine::crypto::DhGroup::modp1024});
  CHECK(connection.df == engine::esp::DfPolicy::clear);
  CHECK(connection.dpd.mode == engine::ike::DpdMode::periodic);
  CHECK(connection.dpd.interval == std::chrono::seconds(10));
  CHECK(connection.dpd.retries == 3);
  CHECK(engine::to_string(connection.local_address) == "198.16.0.32");
  CHECK(engine::to_string(connection.remote_address) == "3.114.184.122");
  CHECK(engine::to_string(tunnel.inside_address) == "169.254.97.130/30");
  REQUIRE(tunnel.inside_remote.has_value());
  CHECK(engine::to_string(*tunnel.inside_remote) == "169.254.97.129");
  CHECK(connection.send_client_ids);
  CHECK(engine::to_string(connection.local_subnet) == "0.0.0.0/0");
  CHECK(engine::to_string(connection.remote_subnet) == "0.0.0.0/0");
  CHECK(tunnel.mss.mode == sim::MssClamp::Mode::fixed);
  CHECK(tunnel.mss.limit == 1379);
  CHECK(connection.initiate);
  CHECK(connection.retransmission.tries == 10);
  CHECK(connection.retransmission.first == std::chrono::seconds(5));
  CHECK(connection.retransmission.factor_permille == 1000);
}

TEST_CASE("Each setting knows the line that made it") {
  const Connection connection = parse(read("scenarios/aws-yamaha/tunnel1.conf")).tunnels.at(0).connection;
  struct Expected {
    std::string id;
    std::uint32_t line;
    std::string text;
  };
  const std::vector<Expected> all = {
      {"tunnel", 1, "tunnel select 1"},
      {"phase1.encryption", 2, "ipsec ike encryption 1 aes-cbc"},
      {"phase1.group", 3, "ipsec ike group 1 modp1024"},
      {"phase1.hash", 4, "ipsec ike hash 1 sha"},
      {"pre_shared_key", 6, "ipsec ike pre-shared-key 1 text lVjXXz5r0bZzhs3w7iHn2NXmYeBu7IYH"},
      {"phase2.policy", 8, "ipsec tunnel 201"},
      {"phase2.transform", 9, "ipsec sa policy 201 1 esp aes-cbc  sha-hmac"},
      {"phase2.lifetime", 11, "ipsec ike duration ipsec-sa 1 3600"},
      {"phase2.pfs", 12, "ipsec ike pfs 1 on"},
      {"esp.df", 14, "ipsec tunnel outer df-bit clear"},
      {"dpd", 16, "ipsec ike keepalive use 1 on dpd 10 3"},
      {"local_address", 18, "ipsec ike local address 1 198.16.0.32"},
      {"remote_address", 20, "ipsec ike remote address 1 3.114.184.122"},
      {"inside_address", 21, "ip tunnel address 169.254.97.130/30"},
      {"inside_remote_address", 22, "ip tunnel remote address 169.254.97.129"},
      {"local_id", 24, "ipsec ike local id 1 0.0.0.0/0"},
      {"remote_id", 25, "ipsec ike remote id 1 0.0.0.0/0"},
      {"tcp_mss", 27, "ip tunnel tcp mss limit 1379"},
      {"enable", 28, "tunnel enable 1"},
      {"auto_refresh", 30, "ipsec auto refresh on"},
  };
  for (const Expected& expected : all) {
    CAPTURE(expected.id);
    const Connection::SettingSource* source = source_of(connection, expected.id);
    REQUIRE(source != nullptr);
    CHECK(source->line == expected.line);
    CHECK(source->text == expected.text);
  }
  CHECK(connection.setting_sources.size() == all.size());
}

TEST_CASE("Two files make two tunnels that share nothing but the router") {
  const engine::Result<sim::YamahaConfiguration> both =
      sim::parse_yamaha_configuration({{"tunnel1.conf", read("scenarios/aws-yamaha/tunnel1.conf")},
                                       {"tunnel2.conf", read("scenarios/aws-yamaha/tunnel2.conf")}});
  REQUIRE(both.ok());
  REQUIRE(both->tunnels.size() == 2);
  const sim::YamahaTunnel* second = both->find_tunnel(2);
  REQUIRE(second != nullptr);
  CHECK(second->gateway == 2);
  CHECK(engine::to_string(second->connection.remote_address) == "54.250.211.67");
  CHECK_FALSE(
      engine::equal_constant_time(second->connection.pre_shared_key, both->find_tunnel(1)->connection.pre_shared_key));
  CHECK(both->find_tunnel(3) == nullptr);
}

TEST_CASE("What is not said has the router's default") {
  const sim::YamahaTunnel tunnel = parse(tunnel_with("")).tunnels.at(0);
  CHECK(tunnel.connection.phase1.at(0).cipher == engine::crypto::CipherAlgorithm::des3_cbc);
  CHECK(tunnel.connection.phase1.at(0).group == engine::crypto::DhGroup::modp1024);
  CHECK(tunnel.connection.pfs.empty());
  CHECK(tunnel.connection.dpd.mode == engine::ike::DpdMode::off);
  CHECK_FALSE(tunnel.connection.initiate);
  CHECK_FALSE(tunnel.connection.send_client_ids);
  CHECK(tunnel.connection.df == engine::esp::DfPolicy::copy);
  CHECK(tunnel.connection.phase2_lifetime.time == std::chrono::seconds(28800));
  CHECK(tunnel.mtu == 1280);
  CHECK(tunnel.mss.mode == sim::MssClamp::Mode::off);
  CHECK_FALSE(tunnel.enabled);
}

TEST_CASE("Single lines of a full configuration have their effect") {
  const auto connection = [](const std::string& line) { return parse(tunnel_with(line)).tunnels.at(0).connection; };
  const auto tunnel = [](const std::string& line) { return parse(tunnel_with(line)).tunnels.at(0); };
  CHECK(connection("ipsec ike encryption 1 aes256-cbc").phase1[0].key_bits == 256);
  CHECK(connection("ipsec ike group 1 modp2048").phase1[0].group == engine::crypto::DhGroup::modp2048);
  CHECK(connection("ipsec ike group 1 modp1024 modp1536\nipsec ike pfs 1 on").pfs ==
        std::vector{engine::crypto::DhGroup::modp1536});
  CHECK(connection("ipsec ike hash 1 sha256").phase1[0].hash == engine::crypto::HashAlgorithm::sha2_256);
  CHECK(connection("ipsec ike duration isakmp-sa 1 1200").phase1_lifetime.time == std::chrono::seconds(1200));
  CHECK(connection("ipsec ike duration ipsec-sa 1 1200 5000 rekey 90").phase2_lifetime.kilobytes == 5000);
  CHECK(connection("ipsec ike duration ipsec-sa 1 1200 rekey 90").phase2_lifetime.rekey_at_percent == 90);
  CHECK_FALSE(connection("ipsec ike duration ipsec-sa 1 1200 rekey off").phase2_lifetime.rekey);
  CHECK(connection("ipsec ike keepalive use 1 off").dpd.mode == engine::ike::DpdMode::off);
  CHECK(connection("ipsec ike keepalive use 1 on dpd").dpd.retries == 6);
  CHECK(connection("ipsec ike retry 3 20").retransmission.tries == 3);
  CHECK(connection("ipsec auto refresh 1 on").initiate);
  CHECK_FALSE(connection("ipsec auto refresh on\nipsec auto refresh 1 off").initiate);
  CHECK(connection("ipsec ike pre-shared-key 1 0x00ff10").pre_shared_key.size() == 3);
  CHECK(connection("ipsec sa policy 201 1 esp aes-cbc sha-hmac anti-replay-check=off").replay_window == 0);
  CHECK(tunnel("ip tunnel mtu 1400\nip tunnel tcp mss limit auto").mss.limit == 1360);
  CHECK(tunnel("ip tunnel tcp mss limit off").mss.mode == sim::MssClamp::Mode::off);

  const sim::YamahaConfiguration full =
      parse("ip lan1 address 192.168.100.1/255.255.255.0\nip route default gateway 203.0.113.1\n" +
            tunnel_with("tunnel select none\nip route 10.0.0.0/16 gateway tunnel 1 hide gateway tunnel 2\n"));
  REQUIRE(full.interfaces.size() == 1);
  CHECK(engine::to_string(full.interfaces[0].address) == "192.168.100.1/24");
  REQUIRE(full.routes.size() == 3);
  CHECK(full.routes[0].via.has_value());
  CHECK(full.routes[2].tunnel == 2);
}

TEST_CASE("Comments, banners, blanks and line ends of every kind are tolerated") {
  const std::string text =
      "# Amazon Web Services\r\n# Virtual Private Cloud\r\n! ----------\r\n\r\n\t tunnel   select\t1 \r\n" +
      tunnel_with("#1: Internet Key Exchange\r\n") + "   tunnel enable 1\r\n";
  const sim::YamahaConfiguration configuration = parse(text);
  CHECK(configuration.unknown_lines.empty());
  REQUIRE(configuration.tunnels.size() == 1);
  CHECK(configuration.tunnels[0].enabled);
}

TEST_CASE("Lines that are not known are reported with their number, kept, and never fatal") {
  const sim::YamahaConfiguration configuration =
      parse("dhcp service server\nlogin password *\n" + tunnel_with(" ipsec ike always-on 1 on\n\x83\x65 x\x1b[31m\n"));
  REQUIRE(configuration.unknown_lines.size() == 4);
  CHECK(sim::to_string(configuration.unknown_lines[0]) == "router.conf:1: line not known, kept: dhcp service server");
  CHECK(configuration.unknown_lines[2].line == 8);
  CHECK(configuration.unknown_lines[2].text == "ipsec ike always-on 1 on");
  // Octets that a terminal would act upon, or that are not UTF-8, come out as text.
  CHECK(configuration.unknown_lines[3].text == "\\x83e x\\x1b[31m");
}

TEST_CASE("The mistake in AWS's published sample is named as such") {
  const sim::YamahaConfiguration configuration = parse(tunnel_with("ipsec ike local address id 1 0.0.0.0/0\n"));
  REQUIRE(configuration.unknown_lines.size() == 1);
  CHECK(sim::to_string(configuration.unknown_lines[0]) ==
        "router.conf:6: line not known, kept: ipsec ike local address id 1 0.0.0.0/0 (a known mistake in AWS's "
        "published sample; the router's command is \"ipsec ike local id 1 0.0.0.0/0\")");
}

TEST_CASE("Surplus words do not take a line's effect away") {
  const sim::YamahaConfiguration configuration = parse(tunnel_with("ip tunnel mtu 1400 please\n"));
  CHECK(configuration.tunnels.at(0).mtu == 1400);
  REQUIRE(configuration.unknown_lines.size() == 1);
  CHECK(configuration.unknown_lines[0].hint == "the line has its effect, but \"please\" at its end is not known");
}

TEST_CASE("A value that cannot be is one clear error with its place") {
  struct Case {
    std::string text;
    std::string error;
  };
  const std::vector<Case> cases = {
      {"tunnel select 0",
       "router.conf:1:15: 0 is out of range, expected \"none\" or the number of a tunnel from 1 to 6000"},
      {"tunnel select one",
       "router.conf:1:15: 'one' is not a number, expected \"none\" or the number of a tunnel from 1 to 6000"},
      {"\n  ipsec ike group 1 modp4096",
       "router.conf:2:21: 'modp4096' is not known here, expected modp768, modp1024, modp1536, modp2048"},
      {"ipsec ike encryption 1 aes128-gcm",
       "router.conf:1:24: 'aes128-gcm' is not known here, expected 3des-cbc, aes-cbc, aes256-cbc"},
      {"ipsec ike duration ipsec-sa 1 100",
       "router.conf:1:31: 100 is out of range, expected a number of seconds from 300 to 691200"},
      {"ipsec ike local address 1 198.16.0.332",
       "router.conf:1:27: '198.16.0.332' is not an IPv4 address, expected this router's own IPv4 address"},
      {"tunnel select 1\nip tunnel address 169.254.97.130/33",
       "router.conf:2:19: '33' is not a mask, expected 0 to 32, or a dotted mask of ones followed by zeros"},
      {"ip lan1 address 192.168.1.1/255.255.0.255",
       "router.conf:1:17: '255.255.0.255' is not a mask, expected 0 to 32, or a dotted mask of ones followed by zeros"},
      {"tunnel select 1\nip tunnel tcp mss limit 9000",
       "router.conf:2:25: 9000 is out of range, expected \"auto\", \"off\" or an MSS from 536 to 1460"},
      {"ip tunnel mtu 1400",
       "router.conf:1:11: this belongs to a tunnel, but none is selected, expected a line \"tunnel select N\" before "
       "it"},
      {"tunnel enable 7", "router.conf:1:15: tunnel 7 does not exist, expected a line \"tunnel select 7\" before it"},
      {"ipsec ike hash 1", "router.conf:1:17: the line ends too early, expected md5, sha, sha256, sha384, sha512"},
      {"ipsec ike version 1 2", "router.conf:1:21: IKEv2 is not simulated by this version, expected 1"},
      {"ipsec ike pre-shared-key 1 0xzz",
       "router.conf:1:28: this is no key, expected \"text KEY\", or 0x and up to 64 octets in hexadecimal"},
      {"tunnel select 1\nipsec tunnel 201",
       "router.conf:2:1: SA policy 201 does not exist, expected a line \"ipsec sa policy 201 ...\""},
      {"tunnel select 1\nipsec tunnel 201\nipsec sa policy 201 1 esp aes-cbc sha-hmac",
       "router.conf:3:1: security gateway 1 has no key, expected a line \"ipsec ike pre-shared-key 1 text KEY\""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    CHECK(error_of(one.text) == one.error);
  }
}
