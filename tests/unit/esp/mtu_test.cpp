#include <algorithm>

#include "tests/catch.h"
#include "tests/unit/esp/sa_fixture.h"
#include "tests/vectors/vectors.h"

using namespace engine;
using namespace engine::esp;
using crypto::CipherAlgorithm;
using crypto::IntegrityAlgorithm;

namespace {

constexpr std::size_t ip_and_tcp_headers = 40;
/// AES-GCM with a 16-octet ICV (RFC 4106): an explicit IV of eight octets and no block to fill.
constexpr Overhead aes_gcm_16{8, 16, 4};

Overhead overhead_of(const nlohmann::json& row) {
  if (row.at("encryption") == "AES-GCM-16") return aes_gcm_16;
  for (const crypto::IntegrityInfo& integrity : crypto::all_integrity_algorithms()) {
    if (integrity.name == row.at("integrity")) return overhead(CipherAlgorithm::aes_cbc, integrity.algorithm);
  }
  FAIL("unknown integrity algorithm");
  return {};
}

}  // namespace

TEST_CASE("the MTU arithmetic gives the ten rows of AWS's table") {
  const nlohmann::json rows = tests::load_vectors("aws_mtu.json");
  CHECK(rows.size() == 10);
  for (const auto& row : rows) {
    INFO(row);
    const std::size_t mtu = inner_mtu(overhead_of(row), 1500, row.at("nat_traversal").get<bool>());
    CHECK(mtu == row.at("mtu"));
    CHECK(mtu - ip_and_tcp_headers == row.at("mss"));
  }
}

TEST_CASE("a packet of the inner MTU fits the outer MTU, and one octet more does not") {
  for (const crypto::CipherInfo& cipher : crypto::all_ciphers()) {
    for (const crypto::IntegrityInfo& integrity : crypto::all_integrity_algorithms()) {
      const SaParameters sa = tests::parameters(cipher.algorithm, integrity.algorithm);
      OutboundSa out = OutboundSa::create(sa, time_at(0)).value();
      tests::CountingSource random;
      for (const std::size_t outer_mtu : {1500U, 1454U, 1400U, 576U}) {
        INFO(cipher.name << " " << integrity.name << " " << outer_mtu);
        const std::size_t largest = inner_mtu(cipher.algorithm, integrity.algorithm, outer_mtu, false);
        const auto wrapped = [&](std::size_t size) {
          return out.encapsulate(time_at(0), tests::packet(size), 0, random, nullptr).value().size();
        };
        CHECK(wrapped(largest) <= outer_mtu);
        CHECK(wrapped(largest + 1) > outer_mtu);
      }
    }
  }
}

TEST_CASE("an outer MTU that leaves no room gives an inner MTU of 0") {
  CHECK(inner_mtu(CipherAlgorithm::aes_cbc, IntegrityAlgorithm::hmac_sha1_96, 0, false) == 0);
  CHECK(inner_mtu(CipherAlgorithm::aes_cbc, IntegrityAlgorithm::hmac_sha1_96, 71, false) == 0);
  CHECK(inner_mtu(CipherAlgorithm::aes_cbc, IntegrityAlgorithm::hmac_sha1_96, 72, false) == 14);
}
