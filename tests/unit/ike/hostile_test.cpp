#include "engine/ike/names.h"
#include "tests/catch.h"
#include "tests/unit/ike/laboratory.h"

using namespace laboratory;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

Bytes header_for(ByteView like, wire::ExchangeType exchange, std::uint8_t flags, std::uint32_t message_id,
                 std::size_t body) {
  Bytes bytes(like.begin(), like.begin() + 16);
  bytes.push_back(8);
  bytes.push_back(0x10);
  bytes.push_back(static_cast<std::uint8_t>(exchange));
  bytes.push_back(flags);
  put_u32(bytes, message_id);
  put_u32(bytes, static_cast<std::uint32_t>(28 + body));
  return bytes;
}

/// Messages of every exchange type with the SA's cookies and random bodies, encrypted and not.
void spray(Laboratory& lab, bool to_right, SeededRandom& random) {
  if (lab.captured.empty()) return;
  const Bytes like = lab.captured.back();
  for (const auto exchange :
       {wire::ExchangeType::identity_protection, wire::ExchangeType::aggressive, wire::ExchangeType::informational,
        wire::ExchangeType::quick_mode, wire::ExchangeType::new_group_mode}) {
    for (const std::uint8_t flags : {0, 1, 2, 7}) {
      for (const std::size_t size : {0U, 4U, 16U, 64U, 100U, 1024U}) {
        Bytes message =
            header_for(like, exchange, flags, static_cast<std::uint32_t>(random.below(RandomPurpose::nonce, 3)), size);
        append(message, random.bytes(RandomPurpose::nonce, size));
        lab.inject(to_right, message);
      }
    }
  }
}

}  // namespace

TEST_CASE("garbage in every state changes nothing") {
  const int step = GENERATE(range(0, 12));
  const bool to_right = GENERATE(false, true);
  Laboratory lab;
  SeededRandom noise(99);
  lab.connect(left_connection(), right_connection());
  lab.start();
  lab.run_until(milliseconds(5 + 10 * step));
  spray(lab, to_right, noise);
  lab.run_until(seconds(30));
  INFO("step " << step << (to_right ? " to the responder" : " to the initiator"));
  REQUIRE(lab.left.installed.size() == 1);
  REQUIRE(lab.right.installed.size() == 1);
  CHECK(lab.left.installed.front().inbound.spi == lab.right.installed.front().outbound.spi);
  lab.run_until(minutes(5));
  CHECK(lab.left.ike_sas().size() == 1);
  CHECK(lab.right.ike_sas().size() == 1);
}

TEST_CASE("a message with one octet changed on the way never brings up differing SAs") {
  SeededRandom noise(7);
  for (int round = 0; round < 60; ++round) {
    Laboratory lab(false);
    lab.connect(left_connection(), right_connection());
    const auto victim = noise.below(RandomPurpose::nonce, 9);
    std::uint64_t count = 0;
    lab.fault = [&](Flight& flight) {
      if (count++ == victim) {
        flight.payload[noise.below(RandomPurpose::nonce, flight.payload.size())] ^=
            static_cast<std::uint8_t>(1U << noise.below(RandomPurpose::nonce, 8));
      }
      return 1U;
    };
    lab.start();
    lab.run_until(minutes(8));
    INFO("round " << round << " message " << victim);
    REQUIRE(lab.left.installed.size() <= 1);
    REQUIRE_FALSE(lab.left.installed.empty());
    REQUIRE_FALSE(lab.right.installed.empty());
    const auto& left = lab.left.installed.back();
    bool found = false;
    for (const auto& right : lab.right.installed) {
      found = found || (right.inbound.spi == left.outbound.spi &&
                        equal_constant_time(left.outbound.cipher_key, right.inbound.cipher_key));
    }
    CHECK(found);
  }
}

TEST_CASE("every cut of every message is refused without harm") {
  Laboratory recorded;
  recorded.connect(left_connection(), right_connection());
  recorded.start();
  recorded.run_until(seconds(5));
  for (std::size_t which = 0; which < recorded.captured.size(); ++which) {
    Laboratory lab(false);
    lab.connect(left_connection(), right_connection());
    std::size_t count = 0;
    lab.fault = [&](Flight& flight) {
      if (count++ != which) return 1U;
      const Bytes whole = flight.payload;
      for (std::size_t size = 0; size < whole.size(); ++size) {
        Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        Side& side = flight.to_right ? lab.right : lab.left;
        side.daemon->receive(lab.now, flight.source, flight.destination, cut);
        if (size < 28) continue;
        set_u32(cut, 24, static_cast<std::uint32_t>(size));  // The header admits to it.
        side.daemon->receive(lab.now, flight.source, flight.destination, cut);
      }
      return 1U;
    };
    lab.start();
    lab.run_until(minutes(2));
    INFO("message " << which);
    CHECK(lab.left.installed.size() == 1);
    CHECK(lab.right.installed.size() == 1);
  }
}

TEST_CASE("half-open negotiations are limited, and the true peer still gets through") {
  Laboratory lab;
  ike::Connection left = left_connection();
  left.initiate = false;
  lab.connect(left, right_connection());
  lab.start();
  Bytes first;
  {
    Laboratory other;
    other.connect(left_connection(), right_connection());
    other.start();
    first = other.captured.front();
  }
  lab.fault = [](Flight&) { return 0U; };
  for (std::uint8_t i = 0; i < 100; ++i) {
    first[0] = i;
    lab.inject(true, first);
  }
  CHECK(lab.right.ike_sas().size() == 64);
  CHECK(lab.right.recorder.remarked(ike::remark::half_open_limit));
  CHECK(lab.right.recorder.failure("main-mode-responder") == Reason::limit_exceeded);
  // The forger goes on while the peer negotiates: what has come to message 3 does not make room.
  lab.fault = nullptr;
  lab.left.daemon->initiate(lab.now, "tunnel");
  lab.collect();
  for (std::uint8_t i = 100; i < 112; ++i) {
    lab.run_for(milliseconds(10));
    first[0] = i;
    lab.inject(true, first);
  }
  lab.run_for(seconds(1));
  CHECK(lab.right.installed.size() == 1);
  lab.run_for(seconds(31));
  CHECK(lab.right.ike_sas().size() == 1);
}

TEST_CASE("a repeated message gets answers, but not without end") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.start();
  const Bytes first = lab.captured.front();
  lab.fault = [](Flight& flight) { return flight.to_right ? 0U : 1U; };
  for (int i = 0; i < 500; ++i) lab.inject(true, first);
  CHECK(lab.right.recorder.count_sent("main-mode-2") <= 65);
  CHECK(lab.right.ike_sas().size() == 1);
}

TEST_CASE("other versions and lengths that lie are refused") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.start();
  Bytes message = lab.captured.front();
  message[17] = 0x20;
  lab.inject(true, message);
  CHECK(lab.right.recorder.refused(Reason::unsupported_version));
  message = lab.captured.front();
  message.push_back(0);
  lab.inject(true, message);
  CHECK(lab.right.recorder.refused(Reason::bad_length));
  lab.inject(true, Bytes{1, 2, 3});
  CHECK(lab.right.recorder.of<ike::MessageSent>().empty());
}

TEST_CASE("shutdown leaves nothing behind, and nothing is taken after it") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.start();
  lab.run_until(seconds(1));
  lab.right.daemon->shutdown(lab.now);
  lab.collect();
  lab.run_until(minutes(2));
  CHECK(lab.right.ike_sas().empty());
  CHECK(lab.right.recorder.refused(Reason::administratively_prohibited));
}
