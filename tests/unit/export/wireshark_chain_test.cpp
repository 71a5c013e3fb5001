#include "viz/export/wireshark_chain.h"

#include "engine/wire/isakmp.h"
#include "tests/catch.h"

using namespace viz;

namespace {

constexpr std::size_t block = 16;

/// A trace with encrypted messages whose IVs are chained as RFC 2409 appendix B lays down.
class Conversation {
 public:
  engine::ike::ValueId add_value(engine::Bytes bytes) {
    sim::TraceValue value;
    value.node = 0;
    value.derived.id = static_cast<engine::ike::ValueId>(trace.values.size() + 1);
    value.derived.bytes = std::move(bytes);
    trace.values.push_back(value);
    return value.derived.id;
  }
  /// The next message of an exchange; its last block is filled with `mark`.
  sim::Index add(std::uint32_t message_id, std::uint8_t number, std::uint8_t mark, engine::Bytes iv) {
    const engine::ike::ValueId iv_id = add_value(std::move(iv));
    sim::TraceMessage message;
    message.sender = 0;
    message.sent.encrypted = true;
    message.sent.name.number = number;
    message.sent.iv = iv_id;
    message.sent.encryption_key = key;
    engine::wire::IsakmpHeader header;
    header.initiator_cookie.fill(0x11);
    header.message_id = message_id;
    message.sent.wire = engine::wire::write_isakmp(header, {});
    message.sent.wire.resize(message.sent.wire.size() + 2 * block, mark);
    trace.messages.push_back(message);
    trace.index();
    return static_cast<sim::Index>(trace.messages.size() - 1);
  }
  bool next(sim::Index message) { return chain.next_is_readable(trace, trace.messages[message]); }

  sim::Trace trace;
  engine::ike::ValueId key = add_value({1, 2, 3});
  WiresharkIvChain chain;
};

engine::Bytes last_block(std::uint8_t mark) { return engine::Bytes(block, mark); }
const engine::Bytes fresh_iv(block, 0xee);

}  // namespace

TEST_CASE("messages in their order are readable in Wireshark") {
  Conversation talk;
  const sim::Index main5 = talk.add(0, 5, 5, fresh_iv);
  const sim::Index main6 = talk.add(0, 6, 6, last_block(5));
  const sim::Index quick1 = talk.add(77, 1, 1, fresh_iv);
  const sim::Index quick2 = talk.add(77, 2, 2, last_block(1));
  const sim::Index dpd = talk.add(99, 0, 9, fresh_iv);
  for (const sim::Index message : {main5, main6, quick1, quick2, dpd}) CHECK(talk.next(message));
}

TEST_CASE("a repeated message is not readable, the answer after it is") {
  Conversation talk;
  const sim::Index main5 = talk.add(0, 5, 5, fresh_iv);
  const sim::Index main6 = talk.add(0, 6, 6, last_block(5));
  CHECK(talk.next(main5));
  CHECK_FALSE(talk.next(main5));
  CHECK(talk.next(main6));
}

TEST_CASE("after a message of another exchange only the first message of an exchange is readable") {
  Conversation talk;
  const sim::Index main5 = talk.add(0, 5, 5, fresh_iv);
  const sim::Index quick1 = talk.add(77, 1, 1, fresh_iv);
  const sim::Index quick2 = talk.add(77, 2, 2, last_block(1));
  const sim::Index quick3 = talk.add(77, 3, 3, last_block(2));
  const sim::Index dpd = talk.add(99, 0, 9, fresh_iv);
  CHECK(talk.next(main5));
  CHECK(talk.next(quick1));
  CHECK(talk.next(dpd));
  CHECK(talk.next(quick1));
  CHECK(talk.next(dpd));
  CHECK_FALSE(talk.next(quick2));
  CHECK(talk.next(quick3));
}

TEST_CASE("messages in the clear and of other SAs do not disturb the chain") {
  Conversation talk;
  const sim::Index main5 = talk.add(0, 5, 5, fresh_iv);
  const sim::Index clear = talk.add(0, 1, 8, fresh_iv);
  talk.trace.messages[clear].sent.encrypted = false;
  const sim::Index other = talk.add(0, 5, 7, fresh_iv);
  talk.trace.messages[other].sent.wire[0] = 0x22;
  const sim::Index main6 = talk.add(0, 6, 6, last_block(5));
  for (const sim::Index message : {main5, clear, other, main6}) CHECK(talk.next(message));
}

TEST_CASE("where the keys of the two sides differ, the side that encrypted second is not readable") {
  Conversation talk;
  const sim::Index main5 = talk.add(0, 5, 5, fresh_iv);
  const sim::Index error = talk.add(99, 0, 9, fresh_iv);
  talk.trace.messages[error].sent.encryption_key = talk.add_value({4, 5, 6});
  talk.trace.index();
  CHECK(talk.next(main5));
  CHECK_FALSE(talk.next(error));
}
