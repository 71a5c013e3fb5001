#include "engine/ike/names.h"
#include "engine/wire/names.h"
#include "tests/catch.h"
#include "tests/unit/ike/laboratory.h"

using namespace laboratory;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

ike::Connection with_dpd(ike::Connection connection, ike::DpdMode mode, ike::DpdAction action = ike::DpdAction::clear) {
  connection.dpd = {mode, seconds(10), 3, action};
  return connection;
}

}  // namespace

TEST_CASE("periodic DPD asks an idle peer every interval and is answered") {
  Laboratory lab;
  lab.connect(with_dpd(left_connection(), ike::DpdMode::periodic), right_connection());
  lab.start();
  lab.run_until(seconds(35));
  CHECK(lab.left.recorder.count_sent("informational-dpd-request") == 3);
  CHECK(lab.right.recorder.count_sent("informational-dpd-ack") == 3);
  CHECK(lab.left.recorder.count_remarks(ike::remark::dpd_alive) == 3);
  CHECK(lab.left.ike_sas().front().dpd_unanswered == 0);

  // "Subsequent R-U-THERE messages MUST increment the sequence number by one." (RFC 3706 6.2)
  std::vector<std::uint32_t> sequences;
  for (const auto* sent : lab.left.recorder.of<ike::MessageSent>()) {
    if (sent->name.id != "informational-dpd-request") continue;
    const auto message = wire::read_isakmp(sent->cleartext);
    REQUIRE(message);
    const auto* notify = message->find<wire::NotificationPayload>();
    REQUIRE(notify != nullptr);
    CHECK(notify->protocol == wire::protocol_id::isakmp);
    CHECK(notify->spi.size() == 16);
    sequences.push_back(read_u32(notify->data, 0));
  }
  REQUIRE(sequences.size() == 3);
  CHECK(sequences[0] < 0x80000001);
  CHECK(sequences[1] == sequences[0] + 1);
  CHECK(sequences[2] == sequences[0] + 2);
}

TEST_CASE("traffic from the peer is proof enough: no DPD") {
  // "if traffic is regularly exchanged between two peers, [...] both peers SHOULD NOT initiate a DPD exchange" (RFC
  // 3706 5.4)
  Laboratory lab;
  lab.connect(with_dpd(left_connection(), ike::DpdMode::periodic), right_connection());
  lab.start();
  for (int i = 0; i < 20; ++i) {
    lab.run_for(seconds(3));
    lab.traffic(false);
  }
  CHECK(lab.left.recorder.count_sent("informational-dpd-request") == 0);
  lab.run_for(seconds(11));
  CHECK(lab.left.recorder.count_sent("informational-dpd-request") == 1);
}

TEST_CASE("on-demand DPD asks only when something was sent and nothing comes back") {
  Laboratory lab;
  lab.connect(left_connection(), with_dpd(right_connection(), ike::DpdMode::on_demand));
  lab.start();
  lab.run_until(minutes(5));
  CHECK(lab.right.recorder.count_sent("informational-dpd-request") == 0);
  lab.traffic(false);
  lab.run_for(seconds(9));
  CHECK(lab.right.recorder.count_sent("informational-dpd-request") == 0);
  lab.run_for(seconds(2));
  CHECK(lab.right.recorder.count_sent("informational-dpd-request") == 1);
  lab.run_for(minutes(5));
  CHECK(lab.right.recorder.count_sent("informational-dpd-request") == 1);
  // An answer within the interval: no question.
  lab.traffic(false);
  lab.run_for(seconds(1));
  lab.traffic(true);
  lab.run_for(minutes(5));
  CHECK(lab.right.recorder.count_sent("informational-dpd-request") == 1);
}

TEST_CASE("after three unanswered questions the peer is dead") {
  const auto action = GENERATE(ike::DpdAction::clear, ike::DpdAction::none, ike::DpdAction::restart);
  Laboratory lab;
  ike::Connection left = with_dpd(left_connection(), ike::DpdMode::periodic, action);
  left.initiate = false;
  lab.connect(left, right_connection());
  lab.start();
  lab.left.daemon->initiate(lab.now, "tunnel");
  lab.collect();
  lab.run_until(seconds(1));
  REQUIRE(lab.left.installed.size() == 1);
  lab.fault = [](Flight&) { return 0U; };
  lab.run_until(seconds(39));
  CHECK(lab.left.recorder.count_sent("informational-dpd-request") == 3);
  CHECK(lab.left.installed.size() == 1);
  lab.fault = nullptr;
  lab.run_until(seconds(42));
  CHECK(lab.left.recorder.count_remarks(ike::remark::dpd_dead) == 1);
  if (action == ike::DpdAction::none) {
    CHECK(lab.left.removed.empty());
    CHECK(lab.left.established() == 1);
    return;
  }
  REQUIRE_FALSE(lab.left.removed.empty());
  CHECK(lab.left.removed.front().reason == Reason::peer_dead);
  CHECK(lab.left.installed.size() == (action == ike::DpdAction::restart ? 1 : 0));
  lab.run_until(minutes(3));
  CHECK(lab.left.installed.size() == (action == ike::DpdAction::restart ? 1 : 0));
}

TEST_CASE("a tunnel that shall be up is brought up again after its peer died") {
  Laboratory lab;
  lab.connect(with_dpd(left_connection(), ike::DpdMode::periodic), right_connection());
  lab.start();
  lab.run_until(seconds(1));
  lab.fault = [](Flight&) { return 0U; };
  lab.run_until(seconds(45));
  CHECK(lab.left.installed.empty());
  lab.fault = nullptr;
  lab.run_until(seconds(120));
  CHECK(lab.left.installed.size() == 1);
  // The responder dropped what it had, on INITIAL-CONTACT.
  CHECK(lab.right.installed.size() == 1);
  CHECK(lab.right.ike_sas().size() == 1);
}

TEST_CASE("a lost question is asked again under the next number") {
  Laboratory lab;
  lab.connect(with_dpd(left_connection(), ike::DpdMode::periodic), right_connection());
  lab.start();
  lab.run_until(seconds(9));
  std::size_t lost = 0;
  lab.fault = [&](Flight&) { return lost++ == 0 ? 0U : 1U; };
  lab.run_until(seconds(25));
  CHECK(lab.left.recorder.count_sent("informational-dpd-request") == 2);
  CHECK(lab.left.recorder.count_remarks(ike::remark::dpd_alive) == 1);
  CHECK(lab.left.ike_sas().front().dpd_unanswered == 0);
}

TEST_CASE("DPD is not used with a peer that did not announce it") {
  // "Both peers of an IKE session MUST send the DPD vendor ID before DPD exchanges can begin." (RFC 3706 5.1)
  Laboratory lab;
  lab.connect(with_dpd(left_connection(), ike::DpdMode::periodic), right_connection());
  std::size_t count = 0;
  lab.fault = [&](Flight& flight) {
    // Another vendor ID takes the place of DPD's in message 2.
    if (++count == 2) flight.payload[flight.payload.size() - 16] ^= 0xff;
    return 1U;
  };
  lab.start();
  lab.run_until(minutes(1));
  CHECK(lab.left.installed.size() == 1);
  CHECK(lab.left.recorder.remarked(ike::remark::dpd_unsupported));
  CHECK(lab.left.recorder.remarked(ike::remark::vendor_id_unknown));
  CHECK(lab.left.recorder.count_sent("informational-dpd-request") == 0);
}

TEST_CASE("a question that is played again is not answered") {
  Laboratory lab;
  lab.connect(with_dpd(left_connection(), ike::DpdMode::periodic), right_connection());
  lab.start();
  lab.run_until(seconds(11));
  Bytes question;
  for (const auto* sent : lab.left.recorder.of<ike::MessageSent>()) {
    if (sent->name.id == "informational-dpd-request") question = sent->wire;
  }
  REQUIRE_FALSE(question.empty());
  lab.inject(true, question);
  CHECK(lab.right.recorder.refused(Reason::duplicate_message));
  CHECK(lab.right.recorder.count_sent("informational-dpd-ack") == 1);
}
