#include "engine/esp/sa.h"

#include "engine/wire/esp.h"
#include "tests/catch.h"
#include "tests/unit/esp/sa_fixture.h"
#include "tests/vectors/vectors.h"

using namespace engine;
using namespace engine::esp;
using crypto::CipherAlgorithm;
using crypto::IntegrityAlgorithm;
using tests::CountingSource;
using tests::packet;
using tests::parameters;

namespace {

Bytes send(OutboundSa& sa, const Bytes& inner, PacketDetails* details = nullptr) {
  CountingSource random;
  return sa.encapsulate(time_at(0), inner, 7, random, details).value();
}

Reason refusal(InboundSa& sa, const Bytes& outer, PacketDetails* details = nullptr, Time now = time_at(0)) {
  const auto inner = sa.decapsulate(now, outer, details);
  return inner ? Reason::none : inner.error().reason;
}

OutboundSa outbound(const SaParameters& sa) { return OutboundSa::create(sa, time_at(0)).value(); }
InboundSa inbound(const SaParameters& sa) { return InboundSa::create(sa, time_at(0)).value(); }

/// An ESP packet around any plaintext, made without OutboundSa.
Bytes forged(const SaParameters& sa, std::uint32_t sequence, const Bytes& plaintext) {
  const Bytes iv(crypto::info(sa.cipher).iv, 0x77);
  Bytes ciphertext(plaintext.size());
  auto cipher = crypto::CipherContext::create(sa.cipher, sa.cipher_key).value();
  REQUIRE(cipher.encrypt(iv, plaintext, ciphertext).ok());
  Bytes body = concat({wire::write_esp_header({sa.spi, sequence}), iv, ciphertext});
  Bytes icv(crypto::info(sa.integrity).icv);
  crypto::IntegrityContext::create(sa.integrity, sa.integrity_key).value().compute(body, icv);
  append(body, icv);
  wire::Ipv4Header header;
  header.protocol = wire::ip_protocol::esp;
  header.source = sa.outer_source;
  header.destination = sa.outer_destination;
  return wire::write_ipv4(header, body);
}

}  // namespace

TEST_CASE("the whole ESP packets of RFC 3602 section 4 open to their original packets") {
  for (const auto& vector : tests::load_vectors("esp_packets.json")) {
    INFO(vector.at("case"));
    SaParameters sa;
    sa.spi = read_u32(tests::octets(vector, "spi"), 0);
    sa.cipher_key = SecretBytes(tests::octets(vector, "key"));
    sa.integrity = IntegrityAlgorithm::none;
    InboundSa in = inbound(sa);
    PacketDetails details;
    const Bytes outer = tests::octets(vector, "esp_packet");
    const auto inner = in.decapsulate(time_at(0), outer, &details);
    REQUIRE(inner.ok());
    CHECK(to_hex(*inner) == vector.at("original_packet"));
    CHECK(to_hex(details.plaintext) == vector.at("pre_encryption"));
    CHECK(to_hex(details.iv) == vector.at("iv"));
    CHECK(details.sequence == vector.at("seq"));
  }
}

TEST_CASE("every cipher with every MAC carries every packet size there and back") {
  for (const crypto::CipherInfo& cipher : crypto::all_ciphers()) {
    for (const crypto::IntegrityInfo& integrity : crypto::all_integrity_algorithms()) {
      for (std::size_t key = 0; key < cipher.key_bits.size(); ++key) {
        const SaParameters sa = parameters(cipher.algorithm, integrity.algorithm, key);
        OutboundSa out = outbound(sa);
        InboundSa in = inbound(sa);
        for (std::size_t size = 20; size < 60; ++size) {
          INFO(cipher.name << " " << integrity.name << " " << size);
          const Bytes inner = packet(size);
          const Bytes outer = send(out, inner);
          CHECK(outer.size() == encapsulated_size(sa, size));
          CHECK(in.decapsulate(time_at(0), outer, nullptr).value() == inner);
        }
        CHECK(out.counters().packets == 40);
        CHECK(in.counters().bytes == out.counters().bytes);
      }
    }
  }
}

TEST_CASE(
    "RFC 4303 2: SPI, sequence number from 1, IV, ciphertext, padding 1, 2, 3, ..., and the ICV over all of them") {
  const SaParameters sa = parameters();
  OutboundSa out = outbound(sa);
  CountingSource random;
  PacketDetails details;
  const Bytes inner = packet(84);
  const Bytes outer = out.encapsulate(time_at(0), inner, 0x1234, random, &details).value();
  CHECK(random.last_purpose == RandomPurpose::iv);
  CHECK(read_u32(outer, 20) == sa.spi);
  CHECK(read_u32(outer, 24) == 1);
  CHECK(to_hex(details.iv) == "000102030405060708090a0b0c0d0e0f");
  CHECK(details.iv.data() == outer.data() + 28);
  CHECK(details.ciphertext.data() == outer.data() + 44);
  CHECK(details.icv.data() == outer.data() + outer.size() - 12);
  CHECK(to_hex(ByteView(details.plaintext).subspan(84)) ==
        "0102030405060708090a"
        "0a04");
  const ByteView covered = ByteView(outer).subspan(20, outer.size() - 32);
  Bytes icv(12);
  crypto::IntegrityContext::create(sa.integrity, sa.integrity_key).value().compute(covered, icv);
  CHECK(to_hex(details.icv) == to_hex(icv));
  CHECK(read_u32(send(out, inner), 24) == 2);
  CHECK(out.sequence() == 2);
}

TEST_CASE("RFC 4301 5.1.2.1: the outer header is built from the SA and the inner header") {
  SaParameters sa = parameters();
  wire::Ipv4Header inner;
  inner.dscp = 46;
  inner.ecn = 2;
  inner.time_to_live = 3;
  const auto outer_of = [&](bool df) {
    inner.dont_fragment = df;
    OutboundSa out = outbound(sa);
    return wire::read_ipv4(send(out, packet(60, inner))).value().header;
  };
  const wire::Ipv4Header outer = outer_of(true);
  CHECK(outer.protocol == 50);
  CHECK(outer.source == sa.outer_source);
  CHECK(outer.destination == sa.outer_destination);
  CHECK(outer.identification == 7);
  CHECK(outer.time_to_live == 64);
  CHECK(outer.dscp == 46);
  CHECK(outer.ecn == 2);
  CHECK(outer.dont_fragment);
  CHECK_FALSE(outer_of(false).dont_fragment);
  sa.df = DfPolicy::set;
  CHECK(outer_of(false).dont_fragment);
  sa.df = DfPolicy::clear;
  sa.dscp = DscpPolicy::zero;
  sa.outer_ttl = 255;
  CHECK_FALSE(outer_of(true).dont_fragment);
  CHECK(outer_of(true).dscp == 0);
  CHECK(outer_of(true).time_to_live == 255);
}

TEST_CASE("congestion marked on the way reaches an inner packet that understands it, and no other") {
  const SaParameters sa = parameters();
  for (const std::uint8_t inner_ecn : {0, 1, 2, 3}) {
    INFO(int{inner_ecn});
    wire::Ipv4Header header;
    header.ecn = inner_ecn;
    OutboundSa out = outbound(sa);
    Bytes outer = send(out, packet(60, header));
    wire::Ipv4Packet marked = wire::read_ipv4(outer).value();
    marked.header.ecn = 3;
    InboundSa in = inbound(sa);
    const Bytes inner = in.decapsulate(time_at(0), wire::write_ipv4(marked.header, marked.payload), nullptr).value();
    const auto read = wire::read_ipv4(inner);
    REQUIRE(read.ok());
    CHECK(read->header.ecn == (inner_ecn == 0 ? 0 : 3));
  }
}

TEST_CASE("a packet that was received before is refused, and counted") {
  const SaParameters sa = parameters();
  OutboundSa out = outbound(sa);
  InboundSa in = inbound(sa);
  const Bytes outer = send(out, packet(60));
  CHECK(refusal(in, outer) == Reason::none);
  CHECK(refusal(in, outer) == Reason::replayed);
  CHECK(in.counters().packets == 1);
  CHECK(in.counters().refused == 1);
  CHECK(in.replay_window().highest() == 1);
}

TEST_CASE("RFC 4303 3.4.3: a changed packet fails the ICV and leaves the window as it was") {
  const SaParameters sa = parameters();
  OutboundSa out = outbound(sa);
  const Bytes outer = send(out, packet(60));
  for (std::size_t at = 24; at < outer.size(); ++at) {
    INFO(at);
    InboundSa in = inbound(sa);
    Bytes changed = outer;
    changed[at] ^= 0x02;
    PacketDetails details;
    CHECK(refusal(in, changed, &details) == Reason::icv_mismatch);
    CHECK(in.replay_window().highest() == 0);
    CHECK(details.plaintext.empty());
    CHECK(to_hex(details.expected_icv) != to_hex(details.icv));
    CHECK(refusal(in, outer) == Reason::none);
  }
}

TEST_CASE("another SA's key or SPI is refused") {
  const SaParameters sa = parameters();
  OutboundSa out = outbound(sa);
  const Bytes outer = send(out, packet(60));
  SaParameters other = sa;
  other.spi = 5;
  InboundSa other_spi = inbound(other);
  CHECK(refusal(other_spi, outer) == Reason::unknown_spi);
  other = sa;
  other.integrity_key = SecretBytes(Bytes(20, 9));
  InboundSa other_key = inbound(other);
  CHECK(refusal(other_key, outer) == Reason::icv_mismatch);
}

TEST_CASE("RFC 4303 2.4: padding that is not 1, 2, 3, ... is refused") {
  const SaParameters sa = parameters();
  InboundSa in = inbound(sa);
  Bytes plaintext = wire::write_esp_plaintext(packet(84), 4, 16);
  CHECK(refusal(in, forged(sa, 1, plaintext)) == Reason::none);
  plaintext[90] ^= 1;
  PacketDetails details;
  CHECK(refusal(in, forged(sa, 2, plaintext), &details) == Reason::bad_padding);
  CHECK(details.plaintext == plaintext);
}

TEST_CASE("RFC 4303 2.6: dummy packets and other next headers are discarded") {
  const SaParameters sa = parameters();
  InboundSa in = inbound(sa);
  CHECK(refusal(in, forged(sa, 1, wire::write_esp_plaintext(Bytes(40), 59, 16))) == Reason::protocol_unreachable);
  CHECK(refusal(in, forged(sa, 2, wire::write_esp_plaintext(packet(40), 41, 16))) == Reason::protocol_unreachable);
}

TEST_CASE("RFC 4303 2.7: traffic flow confidentiality padding after the inner packet is discarded") {
  const SaParameters sa = parameters();
  InboundSa in = inbound(sa);
  const Bytes inner = packet(60);
  const Bytes padded = concat({inner, Bytes(100)});
  CHECK(in.decapsulate(time_at(0), forged(sa, 1, wire::write_esp_plaintext(padded, 4, 16)), nullptr).value() == inner);
}

TEST_CASE("what is inside must be an IPv4 packet within the selectors") {
  SaParameters sa = parameters();
  sa.source_selector = parse_ipv4_network("192.168.10.0/24").value();
  sa.destination_selector = parse_ipv4_network("10.0.0.0/16").value();
  OutboundSa out = outbound(sa);
  InboundSa in = inbound(sa);
  CountingSource random;
  CHECK(refusal(in, send(out, packet(60))) == Reason::none);
  wire::Ipv4Header stranger;
  stranger.source = {0x01020304};
  stranger.destination = tests::instance;
  const Bytes foreign = wire::write_ipv4(stranger, Bytes(20));
  CHECK(out.encapsulate(time_at(0), foreign, 0, random, nullptr).error().reason == Reason::selector_mismatch);
  CHECK(refusal(in, forged(sa, 9, wire::write_esp_plaintext(foreign, 4, 16))) == Reason::selector_mismatch);
  CHECK_FALSE(out.encapsulate(time_at(0), bytes_of("no packet"), 0, random, nullptr).ok());
  CHECK_FALSE(in.decapsulate(time_at(0), forged(sa, 10, wire::write_esp_plaintext(Bytes(40), 4, 16)), nullptr).ok());
}

TEST_CASE("truncated packets, parts of blocks and fragments are refused at every length") {
  const SaParameters sa = parameters();
  OutboundSa out = outbound(sa);
  const Bytes outer = send(out, packet(60));
  for (std::size_t size = 0; size < outer.size(); ++size) {
    InboundSa in = inbound(sa);
    CHECK_FALSE(in.decapsulate(time_at(0), ByteView(outer).first(size), nullptr).ok());
  }
  const wire::Ipv4Packet whole = wire::read_ipv4(outer).value();
  for (std::size_t size = 0; size < whole.payload.size(); ++size) {
    InboundSa in = inbound(sa);
    CHECK_FALSE(in.decapsulate(time_at(0), wire::write_ipv4(whole.header, whole.payload.first(size)), nullptr).ok());
  }
  wire::Ipv4Header fragment = whole.header;
  fragment.more_fragments = true;
  InboundSa in = inbound(sa);
  CHECK(refusal(in, wire::write_ipv4(fragment, whole.payload)) == Reason::malformed);
}

TEST_CASE("an SA is soft, then hard, by time and by octets") {
  SaParameters sa = parameters();
  sa.lifetime.soft_time = std::chrono::seconds(50);
  sa.lifetime.hard_time = std::chrono::seconds(60);
  OutboundSa out = OutboundSa::create(sa, time_at(1'000)).value();
  InboundSa in = InboundSa::create(sa, time_at(1'000)).value();
  const Time soft = out.installed() + sa.lifetime.soft_time;
  const Time hard = in.installed() + sa.lifetime.hard_time;
  CHECK(out.lifetime_state(soft - Duration(1)) == LifetimeState::fresh);
  CHECK(out.lifetime_state(soft) == LifetimeState::soft_expired);
  CHECK(in.lifetime_state(hard) == LifetimeState::hard_expired);
  CountingSource random;
  const Bytes outer = out.encapsulate(hard - Duration(1), packet(60), 0, random, nullptr).value();
  CHECK(out.encapsulate(hard, packet(60), 0, random, nullptr).error().reason == Reason::lifetime_expired);
  CHECK(refusal(in, outer, nullptr, hard) == Reason::lifetime_expired);

  sa.lifetime = {};
  sa.lifetime.soft_bytes = 100;
  sa.lifetime.hard_bytes = 180;
  OutboundSa counted = outbound(sa);
  const Time much_later = time_at(0) + std::chrono::hours(100);
  send(counted, packet(60));
  CHECK(counted.lifetime_state(much_later) == LifetimeState::fresh);
  send(counted, packet(60));
  CHECK(counted.lifetime_state(much_later) == LifetimeState::soft_expired);
  send(counted, packet(60));
  CHECK(counted.encapsulate(much_later, packet(60), 0, random, nullptr).error().reason == Reason::lifetime_expired);
}

TEST_CASE("RFC 4303 3.4.3: without integrity there is no anti-replay service") {
  const SaParameters sa = parameters(CipherAlgorithm::aes_cbc, IntegrityAlgorithm::none);
  OutboundSa out = outbound(sa);
  InboundSa in = inbound(sa);
  const Bytes outer = send(out, packet(60));
  CHECK(refusal(in, outer) == Reason::none);
  CHECK(refusal(in, outer) == Reason::none);
}

TEST_CASE("keys that do not fit their algorithm are refused") {
  SaParameters sa = parameters();
  sa.cipher_key = SecretBytes(Bytes(17));
  CHECK(OutboundSa::create(sa, time_at(0)).error().reason == Reason::bad_length);
  sa = parameters();
  sa.integrity_key = SecretBytes(Bytes(16));
  CHECK(InboundSa::create(sa, time_at(0)).error().reason == Reason::bad_length);
}

TEST_CASE("a packet too long for IPv4 once it is wrapped is refused") {
  OutboundSa out = outbound(parameters());
  CountingSource random;
  CHECK(out.encapsulate(time_at(0), packet(65'500), 0, random, nullptr).error().reason == Reason::limit_exceeded);
  CHECK(out.sequence() == 0);
}

TEST_CASE("an SA is replaced before its sequence numbers are used up") {
  CHECK(sequence_state(0) == LifetimeState::fresh);
  CHECK(sequence_state(0xefffffff) == LifetimeState::fresh);
  CHECK(sequence_state(0xf0000000) == LifetimeState::soft_expired);
  CHECK(sequence_state(0xfffffffe) == LifetimeState::soft_expired);
  CHECK(sequence_state(0xffffffff) == LifetimeState::hard_expired);
}
