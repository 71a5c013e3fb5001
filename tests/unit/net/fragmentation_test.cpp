#include "sim/net/fragmentation.h"

#include <algorithm>

#include "tests/catch.h"

using engine::Bytes;
using engine::Reason;
using engine::wire::Ipv4Header;
using engine::wire::read_ipv4;
using sim::Reassembler;
using What = sim::Reassembler::Outcome::What;

namespace {

Bytes packet_of(std::size_t payload_size, Bytes options = {}) {
  Ipv4Header header;
  header.source = {0x0a000001};
  header.destination = {0x0a000002};
  header.identification = 77;
  header.protocol = 17;
  header.options = std::move(options);
  Bytes payload(payload_size);
  for (std::size_t i = 0; i < payload_size; ++i) payload[i] = static_cast<std::uint8_t>(i * 13);
  return engine::wire::write_ipv4(header, payload);
}

Reassembler::Outcome add(Reassembler& reassembler, const Bytes& bytes) {
  return reassembler.add(*read_ipv4(bytes), {bytes, 0});
}

/// A hand-made fragment: `offset` in octets.
Bytes piece(std::size_t offset, std::size_t size, bool more, std::uint16_t identification = 9) {
  Ipv4Header header;
  header.source = {1};
  header.destination = {2};
  header.identification = identification;
  header.fragment_offset = static_cast<std::uint16_t>(offset / 8);
  header.more_fragments = more;
  return engine::wire::write_ipv4(header, Bytes(size, 0x55));
}

}  // namespace

// RFC 791 3.2: "the data of the long datagram is divided into two portions on a 8 octet (64 bit) boundary".
TEST_CASE("fragments fit the MTU, lie on eight-octet boundaries and cover the packet") {
  const Bytes whole = packet_of(3000);
  const auto fragments = sim::fragment(whole, 1499);
  REQUIRE(fragments.size() == 3);
  std::size_t covered = 0;
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    const auto parsed = read_ipv4(fragments[i]);
    REQUIRE(parsed);
    CHECK(fragments[i].size() <= 1499);
    CHECK(std::size_t{parsed->header.fragment_offset} * 8 == covered);
    CHECK(parsed->header.more_fragments == (i + 1 < fragments.size()));
    CHECK(parsed->header.identification == 77);
    covered += parsed->payload.size();
  }
  CHECK(covered == 3000);
}

TEST_CASE("a fragment of a fragment keeps its place in the datagram") {
  const auto first = sim::fragment(packet_of(3000), 1500);
  Reassembler reassembler;
  Bytes whole;
  for (const Bytes& part : first) {
    for (const Bytes& smaller : sim::fragment(part, 300)) {
      auto outcome = add(reassembler, smaller);
      if (outcome.what == What::complete) whole = outcome.whole;
    }
  }
  CHECK(whole == packet_of(3000));
}

TEST_CASE("a datagram comes together in any order of its fragments") {
  const Bytes whole = packet_of(2000);
  auto fragments = sim::fragment(whole, 576);
  REQUIRE(fragments.size() == 4);
  std::sort(fragments.begin(), fragments.end());
  do {
    Reassembler reassembler;
    CHECK(add(reassembler, fragments[0]).what == What::first);
    CHECK(add(reassembler, fragments[1]).what == What::waiting);
    CHECK(add(reassembler, fragments[1]).what == What::waiting);  // Repetitions do no harm.
    CHECK(add(reassembler, fragments[2]).what == What::waiting);
    const auto outcome = add(reassembler, fragments[3]);
    REQUIRE(outcome.what == What::complete);
    CHECK(outcome.whole == whole);
  } while (std::next_permutation(fragments.begin(), fragments.end()));
}

// RFC 791 3.1: "Copied flag: 1 = copied" options stand in all fragments, others in the first alone.
TEST_CASE("only options with the copied flag are repeated in later fragments") {
  const Bytes loose_source_route = {0x83, 7, 4, 10, 0, 0, 9, 0};
  const Bytes record_route = {0x07, 7, 4, 0, 0, 0, 0, 0};
  const auto with_copied = sim::fragment(packet_of(1000, loose_source_route), 576);
  const auto without = sim::fragment(packet_of(1000, record_route), 576);
  CHECK(read_ipv4(with_copied[1])->header.options == loose_source_route);
  CHECK(read_ipv4(without[0])->header.options == record_route);
  CHECK(read_ipv4(without[1])->header.options.empty());
}

TEST_CASE("overlapping fragments give up the datagram") {
  Reassembler reassembler;
  CHECK(add(reassembler, piece(0, 64, true)).what == What::first);
  const auto outcome = add(reassembler, piece(56, 64, false));
  CHECK(outcome.what == What::refused);
  CHECK(outcome.reason == Reason::malformed);
  CHECK(outcome.given_up.size() == 1);
  // Nothing is left of it.
  CHECK(add(reassembler, piece(64, 8, false)).what == What::first);
}

TEST_CASE("fragments that would make more than 65535 octets are refused") {
  Reassembler reassembler;
  const auto outcome = add(reassembler, piece(65528, 64, false));
  CHECK(outcome.what == What::refused);
  CHECK(outcome.reason == Reason::limit_exceeded);
}

TEST_CASE("a fragment that is not the last must have a multiple of eight octets") {
  Reassembler reassembler;
  CHECK(add(reassembler, piece(0, 63, true)).reason == Reason::malformed);
}

TEST_CASE("no sender can make a node hold fragments without end") {
  Reassembler reassembler;
  for (std::uint16_t i = 0; i < Reassembler::max_datagrams; ++i) {
    REQUIRE(add(reassembler, piece(0, 8, true, i)).what == What::first);
  }
  CHECK(add(reassembler, piece(0, 8, true, 5000)).reason == Reason::limit_exceeded);
  // One that is known still gets its rest.
  CHECK(add(reassembler, piece(8, 8, false, 3)).what == What::complete);

  Reassembler small_pieces;
  for (std::size_t i = 0; i < Reassembler::max_fragments; ++i) {
    REQUIRE(add(small_pieces, piece(i * 8, 8, true)).what != What::refused);
  }
  CHECK(add(small_pieces, piece(Reassembler::max_fragments * 8, 8, true)).reason == Reason::limit_exceeded);
}

TEST_CASE("what expires gives its fragments back once") {
  Reassembler reassembler;
  const Bytes first = piece(0, 8, true);
  add(reassembler, first);
  const auto key = Reassembler::key_of(read_ipv4(first)->header);
  CHECK(reassembler.expire(key).size() == 1);
  CHECK(reassembler.expire(key).empty());
}
