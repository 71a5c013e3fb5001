#include "engine/ike/lifetime.h"
#include "engine/ike/names.h"
#include "tests/catch.h"
#include "tests/unit/ike/laboratory.h"

using namespace laboratory;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

std::size_t count_state(const Side& side, const std::string& state) {
  std::size_t count = 0;
  for (const auto& pair : side.daemon->ipsec_sas()) count += pair.state == state ? 1 : 0;
  return count;
}

/// Both sides have the same pairs, one of them for sending.
void check_same_pairs(const Laboratory& lab, std::size_t expected) {
  REQUIRE(lab.left.installed.size() == expected);
  REQUIRE(lab.right.installed.size() == expected);
  for (const auto& pair : lab.left.installed) {
    bool found = false;
    for (const auto& other : lab.right.installed) found = found || other.inbound.spi == pair.outbound.spi;
    CHECK(found);
  }
}

}  // namespace

TEST_CASE("the side that initiated replaces the IPsec SAs before they end") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.start();
  lab.run_until(minutes(50));
  CHECK(lab.left.installs == 1);
  const std::uint32_t old_spi = lab.left.installed.front().inbound.spi;
  lab.run_until(minutes(51) + seconds(5));
  CHECK(lab.left.installs == 2);
  CHECK(lab.right.installs == 2);
  CHECK(lab.left.recorder.count_sent("quick-mode-1") == 2);
  CHECK(lab.right.recorder.count_sent("quick-mode-1") == 0);
  // The old pair goes on receiving for its grace, then it is deleted.
  CHECK(lab.left.installed.size() == 2);
  CHECK(count_state(lab.left, "rekeyed") == 1);
  CHECK(lab.left.installed.front().inbound.spi == old_spi);
  lab.run_until(minutes(52));
  check_same_pairs(lab, 1);
  CHECK(lab.left.installed.front().inbound.spi != old_spi);
  CHECK(lab.left.recorder.count_sent("informational-delete") == 1);
  CHECK(lab.right.recorder.count_sent("informational-delete") == 0);
  CHECK(lab.left.removed.front().reason == Reason::replaced);
  CHECK(lab.right.removed.front().reason == Reason::peer_deleted);
}

TEST_CASE("the old pair goes at once when the new one is seen in use") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.start();
  lab.run_until(seconds(1));
  lab.left.daemon->rekey_phase2(lab.now, "tunnel");
  lab.collect();
  lab.run_for(seconds(1));
  CHECK(lab.left.installed.size() == 2);
  lab.traffic(false);
  CHECK(lab.left.installed.size() == 1);
  lab.run_for(seconds(1));
  check_same_pairs(lab, 1);
}

TEST_CASE("a responder with an earlier margin replaces the SAs itself") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.phase2_lifetime.rekey_margin = minutes(20);
  lab.connect(left_connection(), right);
  lab.start();
  lab.run_until(minutes(45));
  CHECK(lab.right.recorder.count_sent("quick-mode-1") == 1);
  CHECK(lab.left.recorder.count_sent("quick-mode-1") == 1);
  check_same_pairs(lab, 1);
}

TEST_CASE("crossing quick modes both end well and leave one pair") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.start();
  lab.run_until(seconds(1));
  const unsigned lost = GENERATE(0U, 1U, 2U, 3U, 4U, 5U, 6U);
  unsigned count = 0;
  lab.fault = [&](Flight&) { return ++count == lost ? 0U : 1U; };
  lab.left.daemon->rekey_phase2(lab.now, "tunnel");
  lab.right.daemon->rekey_phase2(lab.now, "tunnel");
  lab.collect();
  lab.run_for(seconds(20));
  CHECK(lab.left.installs == 3);
  CHECK(lab.right.installs == 3);
  CHECK((lab.left.recorder.remarked(ike::remark::rekey_crossing) ||
         lab.right.recorder.remarked(ike::remark::rekey_crossing)));
  // Each side sends on the pair that it takes for the newest; both sides receive on all.
  lab.traffic(true);
  lab.traffic(false);
  lab.run_for(minutes(2));
  check_same_pairs(lab, 1);
  CHECK(count_state(lab.left, "installed") == 1);
  CHECK(count_state(lab.right, "installed") == 1);
  CHECK(lab.left.daemon->ipsec_sas().size() == 1);
}

TEST_CASE("phase 1 is negotiated anew before it ends, and the IPsec SAs stay") {
  Laboratory lab;
  ike::Connection left = left_connection();
  ike::Connection right = right_connection();
  left.phase1_lifetime.time = right.phase1_lifetime.time = hours(2);
  left.dangling = right.dangling = ike::DanglingSaPolicy::remove;
  lab.connect(left, right);
  lab.start();
  lab.run_until(seconds(10));
  const std::uint32_t spi = lab.left.installed.front().inbound.spi;
  left.phase2_lifetime.time = hours(4);
  lab.run_until(minutes(50));
  CHECK(lab.left.installed.front().inbound.spi == spi);
  lab.left.daemon->rekey_phase1(lab.now, "tunnel");
  lab.collect();
  lab.run_for(seconds(5));
  CHECK(lab.left.ike_sas().size() == 2);
  CHECK(lab.left.established() == 1);
  CHECK(lab.right.established() == 1);
  CHECK(lab.left.installed.front().inbound.spi == spi);
  lab.run_for(minutes(2));
  CHECK(lab.left.ike_sas().size() == 1);
  CHECK(lab.right.ike_sas().size() == 1);
  CHECK(lab.left.ike_sas().front().initiator_cookie == lab.right.ike_sas().front().initiator_cookie);
  // Rekeying of phase 2 goes on under the new ISAKMP SA; so does that of phase 1, by its margin.
  lab.run_until(hours(9));
  check_same_pairs(lab, 1);
  CHECK(lab.left.recorder.count_sent("main-mode-1") >= 5);
  CHECK(lab.left.recorder.count_sent("main-mode-1") <= 7);
  CHECK(lab.right.recorder.count_sent("main-mode-1") == 0);
  CHECK(lab.left.ike_sas().size() == 1);
}

TEST_CASE("crossing main modes leave one ISAKMP SA and one pair") {
  Laboratory lab;
  ike::Connection right = right_connection();
  SECTION("at the start") {
    right.initiate = true;
    lab.connect(left_connection(), right);
    lab.start();
  }
  SECTION("when renegotiating") {
    lab.connect(left_connection(), right);
    lab.start();
    lab.run_until(seconds(1));
    lab.left.daemon->rekey_phase1(lab.now, "tunnel");
    lab.right.daemon->rekey_phase1(lab.now, "tunnel");
    lab.collect();
  }
  lab.run_for(minutes(3));
  CHECK(lab.left.ike_sas().size() == 1);
  CHECK(lab.right.ike_sas().size() == 1);
  CHECK(lab.left.ike_sas().front().initiator_cookie == lab.right.ike_sas().front().initiator_cookie);
  check_same_pairs(lab, 1);
}

TEST_CASE("SAs that nobody replaces expire") {
  Laboratory lab;
  ike::Connection left = left_connection();
  ike::Connection right = right_connection();
  left.initiate = false;
  left.phase2_lifetime.rekey = right.phase2_lifetime.rekey = false;
  lab.connect(left, right);
  lab.start();
  lab.left.daemon->initiate(lab.now, "tunnel");
  lab.collect();
  lab.run_until(minutes(59));
  CHECK(lab.left.installed.size() == 1);
  lab.run_until(minutes(61));
  CHECK(lab.left.installed.empty());
  CHECK(lab.right.installed.empty());
  CHECK(lab.left.removed.front().reason == Reason::lifetime_expired);
  CHECK(lab.left.recorder.remarked(ike::remark::lifetime_expired));
}

TEST_CASE("the end of an ISAKMP SA takes the IPsec SAs along, or not, by policy") {
  const bool remove = GENERATE(false, true);
  Laboratory lab;
  ike::Connection left = left_connection();
  ike::Connection right = right_connection();
  left.initiate = false;
  left.dangling = right.dangling = remove ? ike::DanglingSaPolicy::remove : ike::DanglingSaPolicy::keep;
  left.phase1_lifetime = right.phase1_lifetime = {minutes(30), 0, minutes(5), 0, 0, false};
  lab.connect(left, right);
  lab.start();
  lab.left.daemon->initiate(lab.now, "tunnel");
  lab.collect();
  lab.run_until(minutes(31));
  CHECK(lab.left.ike_sas().empty());
  CHECK(lab.right.ike_sas().empty());
  CHECK(lab.left.installed.size() == (remove ? 0 : 1));
  CHECK(lab.right.installed.size() == (remove ? 0 : 1));
  // Kept ones are replaced in time: phase 1 is made anew for that.
  if (remove) return;
  lab.run_until(minutes(52));
  check_same_pairs(lab, 1);
  CHECK(lab.left.recorder.count_sent("main-mode-1") == 2);
}

TEST_CASE("volume limits are told by the node") {
  Laboratory lab;
  ike::Connection left = left_connection();
  ike::Connection right = right_connection();
  left.phase2_lifetime.kilobytes = 100000;
  right.phase2_lifetime.kilobytes = 50000;
  lab.connect(left, right);
  lab.start();
  lab.run_until(seconds(1));
  // The responder told that it holds for less than was offered.
  CHECK(lab.left.installed.front().outbound.lifetime.hard_bytes == 50000ULL * 1024);
  CHECK(lab.right.installed.front().outbound.lifetime.hard_bytes == 50000ULL * 1024);
  CHECK(lab.right.installed.front().outbound.lifetime.soft_bytes < 50000ULL * 1024);
  lab.right.daemon->note_soft_expiry(lab.now, lab.right.installed.front().id);
  lab.collect();
  lab.run_for(seconds(1));
  CHECK(lab.right.installs == 2);
  const std::uint32_t newest = lab.left.installed.back().outbound.spi;
  lab.left.daemon->note_hard_expiry(lab.now, lab.left.installed.back().id);
  lab.collect();
  lab.run_for(seconds(1));
  for (const auto& pair : lab.left.installed) CHECK(pair.outbound.spi != newest);
  // The older pair is in use again.
  CHECK(count_state(lab.left, "installed") == 1);
  CHECK(count_state(lab.right, "installed") == 1);
}

TEST_CASE("both sides use the shorter lifetime") {
  Laboratory lab;
  ike::Connection right = right_connection();
  SECTION("the responder's, which it tells with RESPONDER-LIFETIME") {
    right.phase1_lifetime.time = hours(1);
    right.phase2_lifetime.time = minutes(30);
    lab.connect(left_connection(), right);
    lab.start();
    lab.run_until(seconds(1));
    CHECK(lab.right.recorder.remarked(ike::remark::responder_lifetime_sent));
    CHECK(lab.left.recorder.count_remarks(ike::remark::responder_lifetime_received) == 2);
    CHECK(lab.left.ike_sas().front().expires_at < time_at(0) + hours(1) + seconds(1));
    CHECK(lab.left.daemon->ipsec_sas().front().expires_at < time_at(0) + minutes(30) + seconds(1));
  }
  SECTION("the initiator's, which it offers") {
    ike::Connection left = left_connection();
    left.phase1_lifetime.time = hours(1);
    left.phase2_lifetime.time = minutes(30);
    lab.connect(left, right);
    lab.start();
    lab.run_until(seconds(1));
  }
  CHECK(lab.right.ike_sas().front().expires_at < time_at(0) + hours(1) + seconds(1));
  CHECK(lab.right.daemon->ipsec_sas().front().expires_at < time_at(0) + minutes(30) + seconds(1));
}

TEST_CASE("terminate and shutdown delete everything at both ends") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.start();
  lab.run_until(seconds(1));
  Side& side = GENERATE(true, false) ? lab.left : lab.right;
  SECTION("terminate") { side.daemon->terminate(lab.now, "tunnel"); }
  SECTION("shutdown") {
    side.daemon->shutdown(lab.now);
    CHECK_FALSE(side.daemon->next_deadline().has_value());
  }
  lab.collect();
  CHECK(side.recorder.count_sent("informational-delete") == 2);
  CHECK(side.removed.front().reason == Reason::local_shutdown);
  lab.run_for(seconds(1));
  CHECK(lab.left.installed.empty());
  CHECK(lab.right.installed.empty());
  CHECK(lab.left.ike_sas().empty());
  CHECK(lab.right.ike_sas().empty());
  // The left side wants the tunnel up unless it was told to take it down.
  lab.run_for(minutes(2));
  CHECK(lab.left.recorder.count_sent("main-mode-1") >= (&side == &lab.left ? 1U : 2U));
}

TEST_CASE("terminate in the middle of a negotiation ends it") {
  Laboratory lab;
  ike::Connection right = right_connection();
  // Where message 5 was on its way, the responder has an ISAKMP SA that nobody can delete: DPD clears it.
  right.dpd.mode = ike::DpdMode::periodic;
  lab.connect(left_connection(), right);
  lab.start();
  lab.run_until(std::chrono::milliseconds(GENERATE(5, 25, 45, 65)));
  lab.left.daemon->terminate(lab.now, "tunnel");
  lab.collect();
  CHECK(lab.left.ike_sas().empty());
  lab.run_for(minutes(5));
  CHECK(lab.left.installed.empty());
  CHECK(lab.right.installed.empty());
  CHECK(lab.right.ike_sas().empty());
}

TEST_CASE("a failed rekey is tried again while there is time") {
  Laboratory lab;
  ike::Connection left = left_connection();
  left.retransmission = {seconds(1), 1000, 2};
  lab.connect(left, right_connection());
  lab.start();
  lab.run_until(minutes(50));
  lab.fault = [](Flight&) { return 0U; };
  lab.run_until(minutes(51) + seconds(10));
  CHECK(lab.left.recorder.remarked(ike::remark::rekey_retry));
  CHECK(lab.left.installed.size() == 1);
  lab.fault = nullptr;
  lab.run_until(minutes(53));
  CHECK(lab.left.installs == 2);
  check_same_pairs(lab, 1);
}

TEST_CASE("when an SA is replaced: margin, fuzz, percent") {
  SeededRandom random(7);
  ike::SaLifetime life;
  life.rekey_margin = minutes(9);
  CHECK(ike::rekey_after(life, hours(1), ike::Role::initiator, random) == minutes(51));
  CHECK(ike::rekey_after(life, hours(1), ike::Role::responder, random) == minutes(51) + seconds(10));
  life.rekey_fuzz_percent = 100;
  for (int i = 0; i < 50; ++i) {
    const Duration after = ike::rekey_after(life, hours(1), ike::Role::initiator, random);
    CHECK(after <= minutes(51));
    CHECK(after >= minutes(42));
  }
  life.rekey_at_percent = 75;
  CHECK(ike::rekey_after(life, hours(1), ike::Role::initiator, random) == minutes(45));
  life.rekey = false;
  CHECK(ike::rekey_after(life, hours(1), ike::Role::initiator, random) == Duration(0));
}

TEST_CASE("a peer that never answers negotiations does not make the other one try again and again") {
  // Both begin; the right one answers nothing (a router told not to receive negotiations), but its own attempt
  // succeeds.
  Laboratory lab;
  ike::Connection right = right_connection();
  right.initiate = true;
  right.accept = false;
  lab.connect(left_connection(), right);
  lab.start();
  lab.run_until(minutes(30));
  check_same_pairs(lab, 1);
  CHECK(lab.left.ike_sas().size() == 1);
  CHECK(lab.left.recorder.count_sent("main-mode-1") == 1);
}
