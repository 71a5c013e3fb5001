#include "engine/wire/isakmp.h"

#include "engine/wire/writer.h"
#include "tests/catch.h"
#include "tests/unit/wire/samples.h"

using namespace engine;
using namespace engine::wire;

namespace {

Bytes rewritten(const IsakmpMessage& message) {
  std::vector<Payload> payloads;
  for (const PlacedPayload& placed : message.payloads) payloads.push_back(placed.content);
  return write_isakmp(message.header, payloads);
}

Error error_of(const Bytes& message) {
  const Result<IsakmpMessage> read = read_isakmp(message);
  REQUIRE_FALSE(read.ok());
  return read.error();
}

/// A message of one payload whose body is given.
Bytes message_with(PayloadType type, const Bytes& body) {
  const Payload payload = UnknownPayload{static_cast<std::uint8_t>(type), body};
  IsakmpHeader header;
  header.exchange_type = ExchangeType::informational;
  return write_isakmp(header, {&payload, 1});
}

}  // namespace

TEST_CASE("the ISAKMP header stands as RFC 2408 3.1 draws it") {
  IsakmpHeader header;
  header.initiator_cookie = {0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18};
  header.responder_cookie = {0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28};
  header.exchange_type = ExchangeType::quick_mode;
  header.flags = flag::encryption | flag::commit;
  header.message_id = 0xcafebabe;
  const Payload hash = HashPayload{{0xab, 0xcd}};
  CHECK(to_hex(write_isakmp(header, {&hash, 1})) ==
        "1112131415161718"
        "2122232425262728"
        "08"
        "10"
        "20"
        "03"
        "cafebabe"
        "00000022"
        "00000006abcd");
}

TEST_CASE("a transform and its attributes stand as RFC 2408 3.3 to 3.6 draw them") {
  SecurityAssociationPayload sa;
  TransformPayload transform{1, transform_id::key_ike, {}};
  transform.attributes = {Attribute::basic_value(1, 7), Attribute::long_value(12, 28800)};
  sa.proposals = {ProposalPayload{1, protocol_id::isakmp, {}, {transform}}};
  CHECK(to_hex(payload_body(sa)) ==
        "00000001"
        "00000001"
        "0000001c"
        "01010001"
        "00000014"
        "01010000"
        "80010007"
        "000c000400007080");
}

TEST_CASE("a message is written again as it was read") {
  for (const Bytes& message : {main_mode_1(), message_of_everything()}) {
    const Result<IsakmpMessage> read = read_isakmp(message);
    REQUIRE(read.ok());
    CHECK(rewritten(*read) == message);
    CHECK(read->padding == 0);
  }
}

TEST_CASE("every payload is read as what it was written") {
  const std::vector<Payload> payloads = one_of_each_payload();
  const Bytes octets = message_of_everything();
  const Result<IsakmpMessage> read = read_isakmp(octets);
  REQUIRE(read.ok());
  REQUIRE(read->payloads.size() == payloads.size());
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    const PlacedPayload& placed = read->payloads[i];
    CHECK(placed.content.index() == payloads[i].index());
    CHECK(payload_body(placed.content) == payload_body(payloads[i]));
    const ByteView body = ByteView(octets).subspan(placed.offset + 4, placed.length - 4);
    CHECK(to_hex(body) == to_hex(payload_body(payloads[i])));
  }
}

TEST_CASE("members come back with their values") {
  const Result<IsakmpMessage> read = read_isakmp(message_of_everything());
  REQUIRE(read.ok());
  const auto* sa = read->find<SecurityAssociationPayload>();
  REQUIRE(sa);
  REQUIRE(sa->proposals.size() == 2);
  CHECK(sa->proposals[0].protocol == protocol_id::esp);
  CHECK(to_hex(sa->proposals[0].spi) == "01020304");
  REQUIRE(sa->proposals[0].transforms.size() == 1);
  CHECK(sa->proposals[0].transforms[0].attributes[1].number() == 3600);
  CHECK_FALSE(sa->proposals[0].transforms[0].attributes[5].basic);
  CHECK(sa->proposals[0].transforms[0].attributes[5].type == 32001);
  CHECK(read->find<NotificationPayload>()->type == notification::r_u_there);
  CHECK(read->find<DeletePayload>()->spis.size() == 2);
  CHECK(read->find<IdentificationPayload>()->port == 500);
  CHECK(read->find<UnknownPayload>()->type == 133);
  CHECK(read->find_all<VendorIdPayload>().size() == 1);
}

TEST_CASE("payloads have the RFC's short names") {
  std::string names;
  for (const Payload& payload : one_of_each_payload()) names += short_name(payload) + " ";
  CHECK(names == "SA KE ID CERT CERT_REQ HASH SIG NONCE N D VID NAT-D NAT-OA unknown (133) ");
  CHECK(type_of(NoncePayload{}) == 10);
}

TEST_CASE("octets behind the last payload are padding") {
  Bytes message = main_mode_1();
  message.insert(message.end(), 5, 0);
  set_u32(message, 24, static_cast<std::uint32_t>(message.size()));
  const Result<IsakmpMessage> read = read_isakmp(message);
  REQUIRE(read.ok());
  CHECK(read->padding == 5);
}

TEST_CASE("a message cut off anywhere is refused with the place") {
  for (const Bytes& message : {main_mode_1(), message_of_everything()}) {
    for (std::size_t size = 0; size < message.size(); ++size) {
      const Error error = error_of(Bytes(message.begin(), message.begin() + static_cast<std::ptrdiff_t>(size)));
      CHECK(error.reason == Reason::truncated);
      CHECK(error.offset <= size);
      CHECK_FALSE(error.message.empty());
    }
  }
}

TEST_CASE("a payload length that does not fit is told in words") {
  Bytes message = message_with(PayloadType::identification, {1, 0, 0, 0, 192, 0, 2, 1});
  set_u16(message, 30, 51773);
  const Error error = error_of(message);
  CHECK(error.reason == Reason::bad_length);
  CHECK(error.offset == 30);
  CHECK(error.message == "the Identification payload claims 51773 octets, 12 are left");
  set_u16(message, 30, 3);
  CHECK(error_of(message).reason == Reason::bad_length);
}

TEST_CASE("the header's length must be the message's") {
  Bytes message = main_mode_1();
  set_u32(message, 24, 27);
  CHECK(error_of(message).reason == Reason::bad_length);
  set_u32(message, 24, static_cast<std::uint32_t>(message.size() + 1));
  CHECK(error_of(message).reason == Reason::truncated);
}

TEST_CASE("a reserved octet must be zero (RFC 2408 5.3)") {
  Bytes message = main_mode_1();
  message[29] = 1;
  const Error error = error_of(message);
  CHECK(error.reason == Reason::malformed);
  CHECK(error.offset == 29);
}

TEST_CASE("a proposal must hold as many transforms as it says") {
  Bytes message = main_mode_1();
  REQUIRE(message[47] == 2);  // The octet "# of Transforms" of the first proposal.
  message[47] = 3;
  CHECK(error_of(message).reason == Reason::malformed);
}

TEST_CASE("a chain of transforms must not hold another payload") {
  Bytes message = main_mode_1();
  REQUIRE(message[48] == 3);  // Next Payload of the first transform.
  message[48] = 5;
  CHECK(error_of(message).reason == Reason::malformed);
}

TEST_CASE("a delete payload must have as many SPIs as it says") {
  CHECK(error_of(message_with(PayloadType::delete_payload, {0, 0, 0, 1, 3, 4, 0, 2, 1, 2, 3, 4})).reason ==
        Reason::truncated);
  CHECK(error_of(message_with(PayloadType::delete_payload, {0, 0, 0, 1, 3, 0, 0xff, 0xff})).reason ==
        Reason::bad_length);
  CHECK(error_of(message_with(PayloadType::delete_payload, {0, 0, 0, 1, 3, 4, 0, 1, 1, 2, 3, 4, 5})).reason ==
        Reason::bad_length);
}

TEST_CASE("more payloads or attributes than the limit are refused") {
  const std::vector<Payload> many(max_payloads + 1, Payload(NoncePayload{{1}}));
  CHECK(error_of(write_isakmp(IsakmpHeader{}, many)).reason == Reason::limit_exceeded);
  const std::vector<Payload> allowed(max_payloads, Payload(NoncePayload{{1}}));
  CHECK(read_isakmp(write_isakmp(IsakmpHeader{}, allowed)).ok());

  SecurityAssociationPayload sa;
  TransformPayload transform{1, 1, std::vector<Attribute>(max_attributes + 1, Attribute::basic_value(1, 1))};
  sa.proposals = {ProposalPayload{1, 1, {}, {transform}}};
  const Payload payload = sa;
  CHECK(error_of(write_isakmp(IsakmpHeader{}, {&payload, 1})).reason == Reason::limit_exceeded);
}

TEST_CASE("payloads of IKEv2 are kept as unknown ones, up to the encrypted payload") {
  IsakmpHeader header;
  header.version = 0x20;
  header.exchange_type = static_cast<ExchangeType>(35);
  const Payload payloads[] = {UnknownPayload{41, {0, 0, 0x40, 0x04}}, UnknownPayload{46, {1, 2, 3, 4}}};
  Bytes message = write_isakmp(header, payloads);
  message[isakmp_header_size + 8] = 35;  // The first payload inside the encrypted one: not another one behind it.
  const Result<IsakmpMessage> read = read_isakmp(message);
  REQUIRE(read.ok());
  CHECK(read->payloads.size() == 2);
  CHECK(read->find_all<UnknownPayload>().back()->type == 46);
}

TEST_CASE("attribute values are numbers of any length, saturating") {
  CHECK(Attribute::basic_value(1, 65535).number() == 65535);
  CHECK(Attribute::long_value(1, 4608000).number() == 4608000);
  CHECK(Attribute{1, false, {}}.number() == 0);
  CHECK(Attribute{1, false, Bytes(8, 0xff)}.number() == UINT64_MAX);
  CHECK(Attribute{1, false, {1, 0, 0, 0, 0, 0, 0, 0, 0}}.number() == UINT64_MAX);
  CHECK(Attribute{1, false, {0, 0, 0, 0, 0, 0, 0, 0, 7}}.number() == 7);
}

TEST_CASE("the payload chain alone is the message without its header") {
  const Bytes message = message_of_everything();
  const Bytes chain = write_payloads(one_of_each_payload());
  CHECK(Bytes(message.begin() + isakmp_header_size, message.end()) == chain);
}

TEST_CASE("a header alone can be read") {
  const Bytes message = main_mode_1();
  const Result<IsakmpHeader> header = read_isakmp_header(ByteView(message).first(isakmp_header_size));
  REQUIRE(header.ok());
  CHECK(header->exchange_type == ExchangeType::identity_protection);
  CHECK(header->length == message.size());
  CHECK(read_isakmp_header(ByteView(message).first(27)).error().reason == Reason::truncated);
}
