#include "engine/ike/lifetime.h"
#include "engine/ike/names.h"
#include "engine/wire/names.h"
#include "tests/catch.h"
#include "tests/unit/ike/laboratory.h"

/// What an attacker or bad luck might exploit, one case each.
using namespace laboratory;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

Bytes last_sent(const Recorder& recorder, const std::string& id) {
  Bytes wire;
  for (const auto* sent : recorder.of<ike::MessageSent>()) {
    if (sent->name.id == id) wire = sent->wire;
  }
  return wire;
}

wire::ExchangeType exchange_of(const Flight& flight) { return static_cast<wire::ExchangeType>(flight.payload.at(18)); }

}  // namespace

TEST_CASE("own messages that are reflected prove nothing and are not answered") {
  Laboratory lab;
  ike::Connection left = left_connection();
  left.initiate = false;
  left.dpd = {ike::DpdMode::periodic, seconds(10), 3, ike::DpdAction::clear};
  lab.connect(left, right_connection());
  lab.start();
  lab.left.daemon->initiate(lab.now, "tunnel");
  lab.collect();
  lab.run_until(seconds(5));
  lab.fault = [](Flight&) { return 0U; };
  for (int i = 0; i < 60; ++i) {
    lab.run_for(seconds(1));
    const Bytes question = last_sent(lab.left.recorder, "informational-dpd-request");
    if (!question.empty()) lab.inject(false, question);
  }
  CHECK(lab.left.recorder.refused(Reason::duplicate_message));
  CHECK(lab.left.recorder.count_sent("informational-dpd-ack") == 0);
  CHECK(lab.left.recorder.count_remarks(ike::remark::dpd_dead) == 1);
  CHECK(lab.left.ike_sas().empty());
}

TEST_CASE("when both sides begin at once, neither is ever without SAs afterwards") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.initiate = true;
  lab.connect(left_connection(), right);
  lab.start();
  lab.run_until(seconds(2));
  for (int i = 0; i < 300; ++i) {
    lab.run_for(seconds(1));
    REQUIRE_FALSE(lab.left.installed.empty());
    REQUIRE_FALSE(lab.right.installed.empty());
    // Each side can receive what the other sends.
    bool left_hears = false;
    for (const auto& pair : lab.left.installed) {
      left_hears = left_hears || pair.inbound.spi == lab.right.installed.back().outbound.spi;
    }
    CHECK(left_hears);
  }
  CHECK(lab.left.installed.size() == 1);
  CHECK(lab.right.installed.size() == 1);
}

TEST_CASE("what the node tells of a pair concerns that pair alone") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.start();
  lab.run_until(seconds(1));
  const auto id = lab.left.installed.front().id;
  lab.left.daemon->note_hard_expiry(lab.now, id + 1000);
  lab.left.daemon->note_soft_expiry(lab.now, id + 1000);
  lab.left.daemon->note_inbound_traffic(lab.now, id + 1000);
  lab.left.daemon->note_outbound_traffic(lab.now, id + 1000);
  lab.collect();
  CHECK(lab.left.installed.size() == 1);
  CHECK_FALSE(lab.left.recorder.remarked(ike::remark::rekey_due));
}

TEST_CASE("the peer's repetitions do not use up the own ones") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.retransmission = {seconds(2), 1000, 3};
  lab.connect(left_connection(), right);
  std::size_t from_left = 0;
  lab.fault = [&](Flight& flight) { return flight.to_right && ++from_left > 4 ? 0U : 1U; };
  lab.start();
  lab.run_until(milliseconds(100));
  const Bytes offer = last_sent(lab.left.recorder, "quick-mode-1");
  for (int i = 0; i < 10; ++i) lab.inject(true, offer);
  lab.run_until(seconds(7));
  CHECK(lab.right.recorder.failure("quick-mode-responder") == Reason::none);
  CHECK(lab.right.recorder.count_remarks(ike::remark::retransmission) == 3);
  lab.run_until(seconds(9));
  CHECK(lab.right.recorder.failure("quick-mode-responder") == Reason::peer_not_responding);
}

TEST_CASE("a profile with many tries ends all the same") {
  Laboratory lab;
  ike::Connection left = left_connection();
  left.retransmission = {seconds(1), 1000, 100};
  left.retry_after = hours(1);
  lab.connect(left, right_connection());
  lab.fault = [](Flight&) { return 0U; };
  lab.start();
  lab.run_until(minutes(5));
  CHECK(lab.left.recorder.failure("main-mode-initiator") == Reason::peer_not_responding);
  CHECK(lab.left.recorder.count_sent("main-mode-1") == 101);
}

TEST_CASE("an old quick mode message cannot be played again as long as the ISAKMP SA lives") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.dpd = {ike::DpdMode::periodic, seconds(10), 3, ike::DpdAction::clear};
  lab.connect(left_connection(), right);
  lab.start();
  lab.run_until(minutes(10));
  const Bytes offer = last_sent(lab.left.recorder, "quick-mode-1");
  const std::size_t answers = lab.right.recorder.count_sent("quick-mode-2");
  lab.fault = [](Flight&) { return 0U; };
  for (int i = 0; i < 60; ++i) {
    lab.run_for(seconds(1));
    lab.inject(true, offer);
  }
  CHECK(lab.right.recorder.refused(Reason::duplicate_message));
  CHECK(lab.right.recorder.count_sent("quick-mode-2") == answers);
  CHECK(lab.right.recorder.count_remarks(ike::remark::dpd_dead) == 1);
}

TEST_CASE("an unanswered quick mode does not cost the ISAKMP SA of a peer that lives") {
  Laboratory lab;
  ike::Connection left = left_connection();
  left.retransmission = {seconds(5), 1000, 3};
  left.dpd = {ike::DpdMode::periodic, seconds(2), 3, ike::DpdAction::clear};
  lab.connect(left, right_connection());
  lab.fault = [](Flight& flight) { return exchange_of(flight) == wire::ExchangeType::quick_mode ? 0U : 1U; };
  lab.start();
  lab.run_until(seconds(25));
  CHECK(lab.left.recorder.failure("quick-mode-initiator") == Reason::peer_not_responding);
  CHECK(lab.left.established() == 1);
  CHECK(lab.left.recorder.count_sent("main-mode-1") == 1);
  lab.fault = nullptr;
  lab.run_until(seconds(60));
  CHECK(lab.left.installed.size() == 1);
}

TEST_CASE("a rekey that finds another negotiation running is done later") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.initiate = true;
  lab.connect(left_connection(), right);
  // The left side's quick mode gets no answer for a while; the right one's does.
  lab.fault = [](Flight& flight) {
    const bool initiators_own = flight.to_right && exchange_of(flight) == wire::ExchangeType::quick_mode;
    return initiators_own && flight.payload.size() > 100 && flight.arrival < Time(milliseconds(200)) ? 0U : 1U;
  };
  lab.start();
  lab.run_until(seconds(1));
  lab.left.daemon->rekey_phase2(lab.now, "tunnel");
  lab.collect();
  lab.run_until(minutes(2));
  const std::size_t installs = lab.left.installs;
  CHECK(lab.left.installed.size() == 1);
  lab.left.daemon->rekey_phase2(lab.now, "tunnel");
  lab.collect();
  lab.run_for(seconds(1));
  CHECK(lab.left.installs == installs + 1);
}

TEST_CASE("a responder learns that its message 6 was not accepted") {
  Laboratory lab;
  ike::Connection left = left_connection();
  left.remote_id = ike::Identity::fqdn("other.example.com");
  lab.connect(left, right_connection());
  lab.start();
  lab.run_until(seconds(2));
  CHECK(lab.left.recorder.failure("main-mode-initiator") == Reason::invalid_identity);
  CHECK(lab.left.recorder.sent().back() == "informational-invalid-id-information");
  CHECK(lab.right.ike_sas().empty());
  CHECK(lab.right.recorder.of<ike::IkeSaState>().back()->reason == Reason::invalid_identity);
}

TEST_CASE("a forged message 6 does not end the negotiation") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  std::size_t count = 0;
  lab.fault = [&](Flight& flight) {
    // The second block of message 6 lies inside the HASH: it still reads, but proves nothing.
    if (++count == 6) flight.payload[28 + 20] ^= 1;
    return 1U;
  };
  lab.start();
  lab.run_until(seconds(2));
  CHECK(lab.left.recorder.refused(Reason::authentication_failed));
  CHECK(lab.left.ike_sas().size() == 1);
  lab.run_until(seconds(10));
  CHECK(lab.left.installed.size() == 1);
  CHECK(lab.left.recorder.count_sent("main-mode-1") == 1);
}

TEST_CASE("many renegotiations in a row do not heap up ISAKMP SAs") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.start();
  lab.run_until(seconds(1));
  for (int i = 0; i < 20; ++i) {
    (i % 2 == 0 ? lab.left : lab.right).daemon->rekey_phase1(lab.now, "tunnel");
    lab.collect();
    lab.run_for(seconds(1));
    CHECK(lab.left.ike_sas().size() <= 3);
    CHECK(lab.right.ike_sas().size() <= 3);
  }
  for (int i = 0; i < 50; ++i) {
    lab.left.daemon->rekey_phase2(lab.now, "tunnel");
    lab.collect();
    lab.run_for(milliseconds(200));
    CHECK(lab.left.installed.size() <= 33);
    CHECK_FALSE(lab.right.installed.empty());
  }
  lab.run_for(minutes(2));
  CHECK(lab.left.ike_sas().size() == 1);
  CHECK(lab.left.installed.size() == 1);
}

TEST_CASE("offers of another DOI or situation are refused by name") {
  const bool doi = GENERATE(false, true);
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  std::size_t count = 0;
  lab.fault = [&](Flight& flight) {
    // DOI and situation stand behind the ISAKMP header and the generic header.
    if (++count == 1) flight.payload[doi ? 35 : 39] = doi ? 5 : 2;
    return 1U;
  };
  lab.start();
  lab.run_until(seconds(2));
  CHECK(lab.right.recorder.sent().back() ==
        (doi ? "informational-doi-not-supported" : "informational-situation-not-supported"));
  CHECK(lab.left.recorder.failure("main-mode-initiator") == Reason::no_proposal_chosen);
}

TEST_CASE("an ISAKMP SA is renegotiated when it encrypted as much as it may") {
  Laboratory lab;
  ike::Connection left = left_connection();
  ike::Connection right = right_connection();
  left.dpd = {ike::DpdMode::periodic, seconds(1), 3, ike::DpdAction::clear};
  SECTION("offered by the initiator") { left.phase1_lifetime.kilobytes = 20; }
  SECTION("told by the responder") {
    right.phase1_lifetime.kilobytes = 20;
    lab.connect(left, right);
    lab.start();
    lab.run_until(seconds(2));
    CHECK(lab.left.recorder.remarked(ike::remark::responder_lifetime_received));
    lab.run_until(minutes(10));
    CHECK(lab.left.recorder.count_sent("main-mode-1") >= 2);
    return;
  }
  lab.connect(left, right);
  lab.start();
  lab.run_until(minutes(10));
  CHECK(lab.left.recorder.count_sent("main-mode-1") >= 2);
  CHECK(lab.left.installed.size() == 1);
  CHECK(lab.left.established() == 1);
  lab.run_until(minutes(30));
  CHECK(lab.left.ike_sas().size() <= 2);
  CHECK(lab.left.installed.size() == 1);
}

TEST_CASE("a refused first message is judged once, and its repetitions get the same refusal") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.phase1.front().group = crypto::DhGroup::modp2048;
  lab.connect(left_connection(), right);
  lab.fault = [](Flight& flight) { return flight.to_right ? 1U : 0U; };
  lab.start();
  lab.run_until(seconds(20));
  CHECK(lab.left.recorder.count_sent("main-mode-1") == 3);
  CHECK(lab.right.recorder.of<ike::ProposalsCompared>().size() == 1);
  CHECK(lab.right.recorder.sent() == std::vector<std::string>{"informational-no-proposal-chosen",
                                                              "informational-no-proposal-chosen (again)",
                                                              "informational-no-proposal-chosen (again)"});
  CHECK(lab.right.ike_sas().empty());
}

TEST_CASE("the longest life that can be offered is handled") {
  SeededRandom random(3);
  ike::SaLifetime life;
  const Duration longest = seconds(0xffffffff);
  life.rekey_margin = longest;
  life.rekey_fuzz_percent = 100;
  const Duration after = ike::rekey_after(life, longest, ike::Role::responder, random);
  CHECK(after > Duration(0));
  CHECK(after < longest);
}

TEST_CASE("the outer header's policies come from the connection") {
  Laboratory lab;
  ike::Connection left = left_connection();
  left.dscp = esp::DscpPolicy::zero;
  left.outer_ttl = 200;
  left.df = esp::DfPolicy::clear;
  lab.connect(left, right_connection());
  lab.start();
  lab.run_until(seconds(1));
  const esp::SaParameters& outbound = lab.left.installed.front().outbound;
  CHECK(outbound.dscp == esp::DscpPolicy::zero);
  CHECK(outbound.outer_ttl == 200);
  CHECK(outbound.df == esp::DfPolicy::clear);
}
