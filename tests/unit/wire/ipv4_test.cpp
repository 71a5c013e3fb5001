#include "engine/wire/ipv4.h"

#include "tests/catch.h"
#include "tests/vectors/vectors.h"

using namespace engine;
using namespace engine::wire;

namespace {

Ipv4Header header() {
  Ipv4Header result;
  result.dscp = 46;
  result.ecn = 1;
  result.identification = 0xbeef;
  result.dont_fragment = true;
  result.time_to_live = 63;
  result.protocol = ip_protocol::udp;
  result.source = {0xc0000201};
  result.destination = {0xc6336407};
  return result;
}

std::uint16_t number(const nlohmann::json& vector, const char* member) {
  return read_u16(tests::octets(vector, member), 0);
}

}  // namespace

TEST_CASE("the Internet checksum gives the RFC's examples") {
  const auto vectors = tests::load_vectors("checksum.json");
  for (const auto& vector : vectors.at("sums"))
    CHECK(internet_checksum(tests::octets(vector, "octets")) == number(vector, "checksum"));
  for (const auto& vector : vectors.at("updates")) {
    CHECK(updated_checksum(number(vector, "checksum"), number(vector, "old_word"), number(vector, "new_word")) ==
          number(vector, "result"));
  }
}

TEST_CASE("an odd last octet counts as if a zero followed (RFC 1071 1)") {
  CHECK(internet_checksum(Bytes{0x12, 0x34, 0x56}) == internet_checksum(Bytes{0x12, 0x34, 0x56, 0x00}));
  CHECK(internet_checksum({}) == 0xffff);
}

TEST_CASE("an IPv4 header stands as RFC 791 3.1 draws it") {
  const Bytes packet = write_ipv4(header(), Bytes{0xaa, 0xbb});
  Bytes expected = from_hex("45b90016beef40003f110000c0000201c6336407aabb").value();
  set_u16(expected, 10, internet_checksum(ByteView(expected).first(20)));
  CHECK(to_hex(packet) == to_hex(expected));
}

TEST_CASE("an IPv4 packet is read as it was written") {
  Ipv4Header written = header();
  written.options = {0x94, 0x04, 0, 0, 1};
  written.dont_fragment = false;
  written.more_fragments = true;
  written.fragment_offset = 8191;
  const Bytes payload(100, 7);
  Bytes packet = write_ipv4(written, payload);
  packet.push_back(0);  // Ethernet pads short frames.
  const Result<Ipv4Packet> read = read_ipv4(packet);
  REQUIRE(read.ok());
  CHECK(read->header.dscp == 46);
  CHECK(read->header.ecn == 1);
  CHECK(read->header.total_length == 128);
  CHECK(read->header.identification == 0xbeef);
  CHECK_FALSE(read->header.dont_fragment);
  CHECK(read->header.more_fragments);
  CHECK(read->header.is_fragment());
  CHECK(read->header.fragment_offset == 8191);
  CHECK(read->header.time_to_live == 63);
  CHECK(read->header.protocol == ip_protocol::udp);
  CHECK(read->header.source == Ipv4Address{0xc0000201});
  CHECK(read->header.destination == Ipv4Address{0xc6336407});
  CHECK(to_hex(read->header.options) == "9404000001000000");
  CHECK(Bytes(read->payload.begin(), read->payload.end()) == payload);
}

TEST_CASE("a damaged IPv4 packet is refused with its reason") {
  const Bytes good = write_ipv4(header(), Bytes(8));
  REQUIRE(read_ipv4(good).ok());
  const auto reason_with = [&](std::size_t offset, std::uint8_t value) {
    Bytes packet = good;
    packet[offset] = value;
    return read_ipv4(packet).error().reason;
  };
  CHECK(reason_with(0, 0x65) == Reason::unsupported_version);
  CHECK(reason_with(0, 0x44) == Reason::bad_length);
  CHECK(reason_with(3, 19) == Reason::bad_length);
  CHECK(reason_with(3, 29) == Reason::truncated);
  CHECK(reason_with(8, 64) == Reason::bad_checksum);
  for (std::size_t size = 0; size < good.size(); ++size)
    CHECK(read_ipv4(ByteView(good).first(size)).error().reason == Reason::truncated);
}
