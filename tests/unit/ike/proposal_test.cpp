#include "engine/ikev1/proposals.h"

#include <algorithm>

#include "engine/wire/names.h"
#include "tests/catch.h"
#include "tests/unit/ike/laboratory.h"

using namespace laboratory;
using namespace engine::ikev1;
using crypto::DhGroup;
using crypto::HashAlgorithm;
using std::chrono::hours;
using std::chrono::seconds;

namespace {

ike::Phase1Transform phase1(std::uint16_t bits, HashAlgorithm hash, DhGroup group) {
  return {crypto::CipherAlgorithm::aes_cbc, bits, hash, ike::AuthenticationMethod::pre_shared_key, group};
}

ike::Connection offering(std::vector<ike::Phase1Transform> transforms) {
  ike::Connection connection = left_connection();
  connection.phase1 = std::move(transforms);
  return connection;
}

}  // namespace

TEST_CASE("an offer has one proposal with a transform for each entry of the policy") {
  const auto sa = offer_phase1(offering(
      {phase1(256, HashAlgorithm::sha2_256, DhGroup::modp2048), phase1(128, HashAlgorithm::sha1, DhGroup::modp1024)}));
  REQUIRE(sa.proposals.size() == 1);
  REQUIRE(sa.proposals.front().transforms.size() == 2);
  CHECK(sa.proposals.front().transforms[0].number == 1);
  CHECK(sa.proposals.front().transforms[1].number == 2);
  CHECK(to_string(phase1(256, HashAlgorithm::sha2_256, DhGroup::modp2048)) == "AES-CBC-256, SHA2-256, PSK, MODP-2048");
  const Life life = read_life(sa.proposals.front().transforms[0].attributes, wire::protocol_id::isakmp);
  CHECK(life.seconds == 28800U);
  CHECK_FALSE(life.kilobytes.has_value());
}

TEST_CASE("preference: the first acceptable offer, or the lowest configured value") {
  const auto strong = phase1(256, HashAlgorithm::sha2_256, DhGroup::modp2048);
  const auto weak = phase1(128, HashAlgorithm::sha1, DhGroup::modp1024);
  const auto offer = offer_phase1(offering({strong, weak}));
  ike::Connection responder = offering({weak, strong});
  ike::ProposalsCompared report;
  responder.preference = ike::Preference::initiator_order;
  auto choice = choose_phase1(responder, offer, report);
  REQUIRE(choice);
  CHECK(choice->transform.key_bits == 256);
  CHECK(report.rule == "first acceptable offer");
  REQUIRE(report.chosen.has_value());
  CHECK(report.comparisons.size() == 2);
  CHECK(report.comparisons[*report.chosen].policy_entry == 1);

  report = {};
  responder.preference = ike::Preference::own_order;
  choice = choose_phase1(responder, offer, report);
  REQUIRE(choice);
  // "starting with the lowest configured value" (AWS): AES128, SHA1, group 2 wins though the initiator prefers better.
  CHECK(choice->transform.key_bits == 128);
  CHECK(report.rule == "lowest configured value");
  CHECK(report.comparisons[*report.chosen].transform == 2);
}

TEST_CASE("a responder returns the chosen transform as it was offered") {
  // "Responders MUST NOT modify attributes of any offer, attribute encoding excepted." (RFC 2409 5)
  auto offer = offer_phase1(offering(
      {phase1(192, HashAlgorithm::sha1, DhGroup::modp1024), phase1(128, HashAlgorithm::sha1, DhGroup::modp1024)}));
  offer.proposals.front().transforms[1].number = 77;
  ike::ProposalsCompared report;
  const auto choice = choose_phase1(offering({phase1(128, HashAlgorithm::sha1, DhGroup::modp1024)}), offer, report);
  REQUIRE(choice);
  REQUIRE(choice->answer.proposals.front().transforms.size() == 1);
  const auto& answered = choice->answer.proposals.front().transforms.front();
  const auto& offered = offer.proposals.front().transforms[1];
  CHECK(answered.number == 77);
  REQUIRE(answered.attributes.size() == offered.attributes.size());
  for (std::size_t i = 0; i < offered.attributes.size(); ++i) {
    CHECK(answered.attributes[i].type == offered.attributes[i].type);
    CHECK(answered.attributes[i].basic == offered.attributes[i].basic);
    CHECK(answered.attributes[i].value == offered.attributes[i].value);
  }
}

TEST_CASE("an initiator takes one of its own offers and nothing else") {
  // "If the initiator of an exchange notices that attribute values have changed or attributes have been added or
  // deleted from an offer made, that response MUST be rejected." (RFC 2409 5)
  const ike::Connection initiator = offering(
      {phase1(256, HashAlgorithm::sha1, DhGroup::modp1024), phase1(128, HashAlgorithm::sha1, DhGroup::modp1024)});
  const auto offer = offer_phase1(initiator);
  auto answer = offer;
  auto& transforms = answer.proposals.front().transforms;
  transforms.erase(transforms.begin());
  auto& attributes = transforms.front().attributes;
  ike::ProposalsCompared report;
  SECTION("as it was offered") {
    const auto choice = check_phase1(initiator, offer, answer, report);
    REQUIRE(choice);
    CHECK(choice->transform.key_bits == 128);
    CHECK(report.rule == "one of the own offers");
    return;
  }
  SECTION("in another encoding") {
    attributes.back() = wire::Attribute::basic_value(attributes.back().type, 28800);
    CHECK(check_phase1(initiator, offer, answer, report));
    return;
  }
  SECTION("in another order, with the responder's own lifetime") {
    std::rotate(attributes.begin(), attributes.begin() + 2, attributes.begin() + 5);
    attributes.back() = wire::Attribute::basic_value(attributes.back().type, 3960);
    const auto choice = check_phase1(initiator, offer, answer, report);
    REQUIRE(choice);
    CHECK(agree(initiator.phase1_lifetime, choice->life).time == seconds(3960));
    return;
  }
  SECTION("a weaker group") { attributes[3] = wire::Attribute::basic_value(4, 1); }
  SECTION("an attribute more") { attributes.push_back(wire::Attribute::basic_value(13, 1)); }
  SECTION("an attribute less") { attributes.pop_back(); }
  SECTION("another number") { transforms.front().number = 9; }
  SECTION("two transforms") { transforms.push_back(transforms.front()); }
  SECTION("no proposal") { answer.proposals.clear(); }
  const auto choice = check_phase1(initiator, offer, answer, report);
  REQUIRE_FALSE(choice);
  CHECK(choice.error().reason == Reason::no_proposal_chosen);
  CHECK(report.reason == Reason::no_proposal_chosen);
  CHECK_FALSE(report.chosen.has_value());
}

TEST_CASE("offers that a responder must not take") {
  const ike::Connection responder = offering({phase1(128, HashAlgorithm::sha1, DhGroup::modp1024)});
  auto offer = offer_phase1(responder);
  ike::ProposalsCompared report;
  REQUIRE(choose_phase1(responder, offer, report));
  SECTION("several proposals in phase 1") { offer.proposals.push_back(offer.proposals.front()); }
  SECTION("no proposal") { offer.proposals.clear(); }
  SECTION("a group given by its parts") {
    offer.proposals.front().transforms.front().attributes.push_back(wire::Attribute::basic_value(5, 1));
  }
  SECTION("another transform id") { offer.proposals.front().transforms.front().id = 2; }
  report = {};
  CHECK_FALSE(choose_phase1(responder, offer, report));
}

TEST_CASE("AES without a key length is AES-128") {
  const ike::Connection responder = offering({phase1(128, HashAlgorithm::sha1, DhGroup::modp1024)});
  const ike::Connection stronger = offering({phase1(256, HashAlgorithm::sha1, DhGroup::modp1024)});
  auto offer = offer_phase1(responder);
  auto& attributes = offer.proposals.front().transforms.front().attributes;
  attributes.erase(attributes.begin() + 1);
  ike::ProposalsCompared report;
  CHECK(choose_phase1(responder, offer, report));
  CHECK_FALSE(choose_phase1(stronger, offer, report));
}

TEST_CASE("phase 2: only ESP in tunnel mode with a usable SPI") {
  const ike::Connection connection = left_connection();
  auto offer = offer_phase2(connection, DhGroup::modp1024, 0x11223344);
  ike::ProposalsCompared report;
  const auto choice = choose_phase2(connection, offer, true, report);
  REQUIRE(choice);
  CHECK(choice->peer_spi == 0x11223344);
  CHECK(choice->pfs == DhGroup::modp1024);
  auto& proposal = offer.proposals.front();
  SECTION("AH") { proposal.protocol = wire::protocol_id::ah; }
  SECTION("ESP and AH together") {
    offer.proposals.push_back(proposal);
    offer.proposals.back().protocol = wire::protocol_id::ah;
  }
  SECTION("a reserved SPI") { proposal.spi = {0, 0, 0, 255}; }
  SECTION("a short SPI") { proposal.spi = {1, 2}; }
  SECTION("transport mode") {
    for (auto& attribute : proposal.transforms.front().attributes) {
      if (attribute.type == wire::phase2_attribute::encapsulation_mode) attribute.value = {0, 2};
    }
  }
  report = {};
  const auto refused = choose_phase2(connection, offer, true, report);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == Reason::no_proposal_chosen);
}

TEST_CASE("phase 2: an answer with a lifetime of its own is taken, with other algorithms it is not") {
  const ike::Connection initiator = left_connection();
  const auto offer = offer_phase2(initiator, DhGroup::modp1024, 0x11223344);
  auto answer = offer;
  auto& attributes = answer.proposals.front().transforms.front().attributes;
  ike::ProposalsCompared report;
  attributes.back() = wire::Attribute::long_value(attributes.back().type, 1800);
  const auto choice = check_phase2(initiator, offer, answer, DhGroup::modp1024, report);
  REQUIRE(choice);
  CHECK(agree(initiator.phase2_lifetime, choice->life).time == seconds(1800));
  for (auto& attribute : attributes) {
    if (attribute.type == wire::phase2_attribute::authentication_algorithm) attribute.value = {0, 1};
  }
  CHECK_FALSE(check_phase2(initiator, offer, answer, DhGroup::modp1024, report));
}

TEST_CASE("PFS that is not required may be left out") {
  ike::Connection connection = left_connection();
  const auto offer = offer_phase2(connection, DhGroup::none, 0x11223344);
  ike::ProposalsCompared report;
  CHECK_FALSE(choose_phase2(connection, offer, false, report));
  CHECK(report.reason == Reason::pfs_mismatch);
  connection.pfs_required = false;
  report = {};
  CHECK(choose_phase2(connection, offer, false, report));
}

TEST_CASE("no more offers are looked at than the limit") {
  ike::Connection initiator = left_connection();
  initiator.phase1.assign(250, phase1(256, HashAlgorithm::sha2_512, DhGroup::modp4096));
  ike::ProposalsCompared report;
  CHECK_FALSE(choose_phase1(left_connection(), offer_phase1(initiator), report));
  CHECK(report.comparisons.size() == most_inspected_transforms);
}

TEST_CASE("the shorter of two lifetimes holds, within reason") {
  const ike::SaLifetime own{hours(1), 1000, {}, 0, 0, true};
  CHECK(agree(own, {}).time == hours(1));
  CHECK(agree(own, {7200, {}}).time == hours(1));
  CHECK(agree(own, {1800, {}}).time == seconds(1800));
  CHECK(agree(own, {1, {}}).time == seconds(60));
  CHECK(agree(own, {0xffffffffffffffff, {}}).time == hours(1));
  CHECK(agree(own, {{}, 500}).kilobytes == 500);
  CHECK(agree(own, {{}, 5000}).kilobytes == 1000);
  CHECK(agree({hours(1), 0, {}, 0, 0, true}, {{}, 5000}).kilobytes == 5000);
}
