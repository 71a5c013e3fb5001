#include "engine/ike/retransmission.h"

#include "engine/ike/names.h"
#include "tests/catch.h"
#include "tests/unit/ike/laboratory.h"

using namespace laboratory;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("waits grow by the profile's factor") {
  const ike::Retransmission strongswan;  // 4 s x 1.8^n, 5 tries
  CHECK(ike::retransmission_wait(strongswan, 0) == milliseconds(4000));
  CHECK(ike::retransmission_wait(strongswan, 1) == milliseconds(7200));
  CHECK(ike::retransmission_wait(strongswan, 2) == milliseconds(12960));
  CHECK(ike::retransmission_wait(strongswan, 5) > milliseconds(75580));
  CHECK(ike::retransmission_wait(strongswan, 5) < milliseconds(75590));
  // "give up at 165.1 s" (strongswan.conf).
  CHECK(std::chrono::duration_cast<seconds>(ike::retransmission_total(strongswan)) == seconds(165));

  const ike::Retransmission yamaha{seconds(5), 1000, 10};
  CHECK(ike::retransmission_wait(yamaha, 9) == seconds(5));
  CHECK(ike::retransmission_total(yamaha) == seconds(55));
}

TEST_CASE("no profile makes a wait endless or none at all") {
  CHECK(ike::retransmission_wait({Duration(0), 0, 5}, 3) >= milliseconds(1));
  CHECK(ike::retransmission_wait({std::chrono::hours(100), 0xffffffff, 5}, 1000) <= std::chrono::hours(1));
}

TEST_CASE("without an answer the initiator repeats, gives up, and begins again") {
  Laboratory lab;
  ike::Connection left = left_connection();
  left.retransmission = {seconds(5), 1000, 10};
  lab.connect(left, right_connection());
  lab.fault = [](Flight&) { return 0U; };
  lab.start();
  lab.run_until(seconds(54));
  CHECK(lab.left.recorder.count_sent("main-mode-1") == 11);
  CHECK(lab.left.recorder.failure("main-mode-initiator") == Reason::none);
  lab.run_until(seconds(56));
  CHECK(lab.left.recorder.failure("main-mode-initiator") == Reason::peer_not_responding);
  CHECK(lab.left.recorder.remarked(ike::remark::give_up));
  CHECK(lab.left.ike_sas().empty());
  // A repetition is the same octets under the same number.
  const auto sent = lab.left.recorder.of<ike::MessageSent>();
  CHECK(sent[0]->wire == sent[10]->wire);
  CHECK(sent[0]->message == sent[10]->message);
  CHECK(sent[10]->retransmission == 10);
  // retry_after later it tries with a new cookie.
  lab.fault = nullptr;
  lab.run_until(seconds(90));
  CHECK(lab.left.installed.size() == 1);
}

TEST_CASE("the loss of any one message is made good") {
  const unsigned lost = GENERATE(range(0U, 9U));
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  unsigned count = 0;
  lab.fault = [&](Flight&) { return count++ == lost ? 0U : 1U; };
  lab.start();
  lab.run_until(seconds(12));
  INFO("lost message " << lost);
  CHECK(lab.left.installed.size() == 1);
  CHECK(lab.right.installed.size() == 1);
  CHECK(lab.left.established() == 1);
  CHECK(lab.right.established() == 1);
  // Repetitions that cross may come when they need no answer any more; nothing else is refused.
  for (const auto* refusal : lab.left.recorder.of<ike::MessageRefused>()) {
    CHECK(refusal->reason == Reason::duplicate_message);
  }
  for (const auto* refusal : lab.right.recorder.of<ike::MessageRefused>()) {
    CHECK(refusal->reason == Reason::duplicate_message);
  }
  CHECK(lab.left.installs == 1);
  CHECK(lab.right.installs == 1);
}

TEST_CASE("a message that comes several times is run once and answered from the cache") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.fault = [](Flight&) { return 2U; };
  lab.start();
  lab.run_until(seconds(60));
  CHECK(lab.left.installs == 1);
  CHECK(lab.right.installs == 1);
  std::size_t duplicates = 0;
  for (const auto* received : lab.right.recorder.of<ike::MessageReceived>()) {
    if (!received->duplicate) continue;
    ++duplicates;
    CHECK(received->message != 0);
  }
  CHECK(duplicates > 0);
  // SKEYID was derived once.
  std::size_t skeyids = 0;
  for (const auto* value : lab.right.recorder.of<ike::ValueDerived>()) skeyids += value->name == "SKEYID" ? 1 : 0;
  CHECK(skeyids == 1);
}

TEST_CASE("a half-open negotiation is forgotten by the responder") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.fault = [](Flight& flight) { return flight.to_right ? 1U : 0U; };
  lab.start();
  lab.run_until(seconds(3));
  CHECK(lab.right.ike_sas().size() == 1);
  lab.left.daemon->terminate(lab.now, "tunnel");
  lab.collect();
  lab.run_until(seconds(31));
  CHECK(lab.right.ike_sas().empty());
  CHECK(lab.right.recorder.failure("main-mode-responder") == Reason::peer_not_responding);
}

TEST_CASE("the responder repeats quick mode message 2, and gives up") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.retransmission = {seconds(2), 1000, 3};
  lab.connect(left_connection(), right);
  std::size_t from_left = 0;
  lab.fault = [&](Flight& flight) { return flight.to_right && ++from_left > 4 ? 0U : 1U; };
  lab.start();
  lab.run_until(seconds(7));
  CHECK(lab.right.recorder.count_sent("quick-mode-2") == 4);
  lab.run_until(seconds(9));
  CHECK(lab.right.recorder.failure("quick-mode-responder") == Reason::peer_not_responding);
  CHECK(lab.right.installed.empty());
  // The initiator has its SAs: it sent message 3, which is what was lost.
  CHECK(lab.left.installed.size() == 1);
}

TEST_CASE("a peer that answers quick mode no more has lost the ISAKMP SA") {
  Laboratory lab;
  ike::Connection left = left_connection();
  left.retransmission = {seconds(1), 1000, 2};
  left.retry_after = seconds(10);
  lab.connect(left, right_connection());
  std::size_t from_left = 0;
  lab.fault = [&](Flight& flight) { return flight.to_right && ++from_left > 3 && from_left < 7 ? 0U : 1U; };
  lab.start();
  lab.run_until(seconds(5));
  CHECK(lab.left.recorder.failure("quick-mode-initiator") == Reason::peer_not_responding);
  CHECK(lab.left.ike_sas().empty());
  // The next phase 1 says INITIAL-CONTACT, so that the peer forgets the old SA.
  lab.run_until(seconds(20));
  CHECK(lab.left.installed.size() == 1);
  CHECK(lab.right.ike_sas().size() == 1);
  CHECK(lab.right.recorder.remarked(ike::remark::initial_contact_received));
}
