#include "engine/ike/names.h"
#include "tests/catch.h"
#include "tests/unit/ike/laboratory.h"

using namespace laboratory;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

using Names = std::vector<std::string>;

bool has_detail(const Recorder& recorder, Reason reason, const std::string& part) {
  for (const auto* refusal : recorder.of<ike::MessageRefused>()) {
    if (refusal->reason == reason && refusal->detail.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("phase 1 groups that do not match end with NO-PROPOSAL-CHOSEN in clear after message 1") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.phase1.front().group = crypto::DhGroup::modp2048;
  lab.connect(left_connection(), right);
  lab.start();
  lab.run_until(seconds(5));

  CHECK(lab.left.recorder.sent() == Names{"main-mode-1"});
  CHECK(lab.right.recorder.sent() == Names{"informational-no-proposal-chosen"});
  CHECK_FALSE(lab.right.recorder.of<ike::MessageSent>().back()->encrypted);
  CHECK(lab.left.recorder.failure("main-mode-initiator") == Reason::no_proposal_chosen);
  CHECK(lab.right.recorder.failure("main-mode-responder") == Reason::no_proposal_chosen);
  CHECK(lab.left.ike_sas().empty());
  CHECK(lab.right.ike_sas().empty());

  const auto comparisons = lab.right.recorder.of<ike::ProposalsCompared>();
  REQUIRE(comparisons.size() == 1);
  CHECK(comparisons.front()->reason == Reason::no_proposal_chosen);
  REQUIRE(comparisons.front()->comparisons.size() == 1);
  for (const auto& attribute : comparisons.front()->comparisons.front().attributes) {
    CHECK(attribute.matches == (attribute.name != "Group Description"));
    if (attribute.name != "Group Description") continue;
    CHECK(attribute.offered == "MODP-1024");
    CHECK(attribute.wanted == "MODP-2048");
  }
}

TEST_CASE("a pre-shared key that differs shows at message 5: it decrypts to garbage") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.pre_shared_key = SecretBytes(bytes_of("another secret"));
  lab.connect(left_connection(), right);
  lab.start();
  lab.run_until(seconds(2));

  CHECK(lab.left.recorder.sent() == Names{"main-mode-1", "main-mode-3", "main-mode-5"});
  CHECK(lab.right.recorder.sent() == Names{"main-mode-2", "main-mode-4", "informational-payload-malformed"});
  CHECK(lab.right.recorder.of<ike::MessageSent>().back()->encrypted);
  CHECK(lab.right.recorder.refused(Reason::decryption_failed));
  CHECK(has_detail(lab.right.recorder, Reason::decryption_failed, "what it decrypts to is no message"));
  // The peer's complaint is encrypted with the other key.
  CHECK(lab.left.recorder.refused(Reason::decryption_failed));
  CHECK(lab.left.recorder.of<ike::MessageReceived>().back()->name.id == "informational");

  // The initiator repeats message 5, gets the same answer each time, and gives up after 165 s.
  lab.run_until(minutes(2));
  CHECK(lab.right.recorder.failure("main-mode-responder") == Reason::decryption_failed);
  lab.run_until(seconds(170));
  CHECK(lab.left.recorder.failure("main-mode-initiator") == Reason::peer_not_responding);
  CHECK(lab.left.recorder.count_sent("main-mode-5") == 6);
  CHECK(lab.left.installed.empty());
  CHECK(lab.right.installed.empty());
}

TEST_CASE("an identity that is not the one configured is told with INVALID-ID-INFORMATION") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.remote_id = ike::Identity::fqdn("gateway.example.com");
  lab.connect(left_connection(), right);
  lab.start();
  lab.run_until(seconds(2));

  CHECK(lab.right.recorder.refused(Reason::invalid_identity));
  CHECK(has_detail(lab.right.recorder, Reason::invalid_identity,
                   "the peer is 192.0.2.1, wanted is fqdn:gateway.example.com"));
  CHECK(lab.right.recorder.sent().back() == "informational-invalid-id-information");
  // The keys agree, so the initiator can read it.
  CHECK(lab.left.recorder.failure("main-mode-initiator") == Reason::invalid_identity);
  CHECK(lab.left.recorder.count_sent("main-mode-5") == 1);
}

TEST_CASE("an identity by name is accepted where it is configured on both sides") {
  Laboratory lab;
  ike::Connection left = left_connection();
  ike::Connection right = right_connection();
  left.local_id = ike::Identity::fqdn("gateway.example.com");
  right.remote_id = left.local_id;
  lab.connect(left, right);
  lab.start();
  lab.run_until(seconds(2));
  CHECK(lab.left.installed.size() == 1);
}

TEST_CASE("phase 2 algorithms that do not match end with NO-PROPOSAL-CHOSEN, and the ISAKMP SA stays") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.phase2.front().integrity = crypto::IntegrityAlgorithm::hmac_sha2_256_128;
  lab.connect(left_connection(), right);
  lab.start();
  lab.run_until(seconds(5));

  CHECK(lab.right.recorder.sent().back() == "informational-no-proposal-chosen");
  CHECK(lab.right.recorder.of<ike::MessageSent>().back()->encrypted);
  CHECK(lab.left.recorder.failure("quick-mode-initiator") == Reason::no_proposal_chosen);
  CHECK(lab.right.recorder.failure("quick-mode-responder") == Reason::no_proposal_chosen);
  CHECK(lab.left.established() == 1);
  CHECK(lab.right.established() == 1);
  CHECK(lab.left.installed.empty());
  // It tries again on the same ISAKMP SA.
  lab.run_until(seconds(40));
  CHECK(lab.left.recorder.count_sent("quick-mode-1") == 2);
  CHECK(lab.left.recorder.count_sent("main-mode-1") == 1);
  CHECK(lab.left.recorder.remarked(ike::remark::initiate_scheduled));
}

TEST_CASE("PFS on one side alone is told apart from other mismatches") {
  Laboratory lab;
  ike::Connection left = left_connection();
  ike::Connection right = right_connection();
  SECTION("the responder demands it") { left.pfs.clear(); }
  SECTION("the responder does not want it") { right.pfs.clear(); }
  SECTION("the groups differ") { right.pfs = {crypto::DhGroup::modp1536}; }
  lab.connect(left, right);
  lab.start();
  lab.run_until(seconds(5));
  CHECK(lab.right.recorder.failure("quick-mode-responder") == Reason::pfs_mismatch);
  CHECK(lab.right.recorder.sent().back() == "informational-no-proposal-chosen");
  CHECK(lab.left.recorder.failure("quick-mode-initiator") == Reason::no_proposal_chosen);
  CHECK(lab.left.installed.empty());
}

TEST_CASE("client identities outside the policy are told with INVALID-ID-INFORMATION") {
  // "If the client identities are not acceptable to the Quick Mode responder [...], a Notify payload with Notify
  // Message Type INVALID-ID-INFORMATION (18) SHOULD be sent." (RFC 2409 5.5)
  Laboratory lab;
  ike::Connection left = left_connection();
  ike::Connection right = right_connection();
  left.local_subnet = {{0x0a000000}, 16};
  right.remote_subnet = {{0x0a000000}, 24};
  SECTION("another mask") {}
  SECTION("none, where the policy names networks") { left.send_client_ids = false; }
  lab.connect(left, right);
  lab.start();
  lab.run_until(seconds(5));
  CHECK(lab.right.recorder.failure("quick-mode-responder") == Reason::invalid_identity);
  CHECK(lab.right.recorder.sent().back() == "informational-invalid-id-information");
  CHECK(lab.left.recorder.failure("quick-mode-initiator") == Reason::invalid_identity);
}

TEST_CASE("a peer that is not configured, or not to be answered, gets no answer") {
  Laboratory lab;
  ike::Connection right = right_connection();
  Reason expected = Reason::unknown_peer;
  SECTION("unknown") { right.remote_address = Ipv4Address{0xcb007101}; }
  SECTION("not accepted") {
    right.accept = false;
    expected = Reason::administratively_prohibited;
  }
  lab.connect(left_connection(), right);
  lab.start();
  lab.run_until(seconds(20));
  CHECK(lab.right.recorder.of<ike::MessageSent>().empty());
  CHECK(lab.right.recorder.refused(expected));
  CHECK(lab.right.ike_sas().empty());
}

TEST_CASE("an unauthenticated notification is believed only while the SA is half open") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.phase1.front().group = crypto::DhGroup::modp2048;
  Bytes refusal;
  {
    Laboratory other;
    other.connect(left_connection(), right);
    other.start();
    other.run_until(seconds(1));
    refusal = other.captured.back();
  }
  // The same seed gives the same initiator cookie; the forger learns the responder's from the wire.
  lab.connect(left_connection(), right_connection());
  lab.start();
  lab.run_until(seconds(1));
  REQUIRE(lab.left.installed.size() == 1);
  std::copy_n(lab.captured.back().begin() + 8, 8, refusal.begin() + 8);
  lab.inject(false, refusal);
  CHECK(lab.left.recorder.refused(Reason::not_encrypted));
  CHECK(lab.left.established() == 1);
  CHECK(lab.left.installed.size() == 1);
}
