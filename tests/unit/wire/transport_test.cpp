#include "engine/wire/icmp.h"
#include "engine/wire/ipv4.h"
#include "engine/wire/tcp.h"
#include "engine/wire/udp.h"
#include "tests/catch.h"

using namespace engine;
using namespace engine::wire;

namespace {

constexpr Ipv4Address here{0x0a000001};
constexpr Ipv4Address there{0x0a000002};

Bytes syn(std::vector<TcpOption> options) {
  TcpHeader header;
  header.source_port = 40000;
  header.destination_port = 443;
  header.sequence = 0x01020304;
  header.flags = tcp_flag::syn;
  header.window = 64240;
  header.options = std::move(options);
  return write_tcp(here, there, header, Bytes{1, 2, 3});
}

}  // namespace

TEST_CASE("a UDP datagram is read as it was written") {
  const Bytes datagram = write_udp({here, 500}, {there, 4500}, Bytes{1, 2, 3});
  CHECK(to_hex(ByteView(datagram).first(6)) == "01f41194000b");
  const Result<UdpDatagram> read = read_udp(datagram, here, there);
  REQUIRE(read.ok());
  CHECK(read->header.source_port == 500);
  CHECK(read->header.destination_port == 4500);
  CHECK(to_hex(read->payload) == "010203");
}

TEST_CASE("a damaged UDP datagram is refused with its reason") {
  const Bytes good = write_udp({here, 500}, {there, 500}, Bytes{1, 2, 3});
  CHECK(read_udp(good, here, Ipv4Address{1}).error().reason == Reason::bad_checksum);
  CHECK(read_udp(ByteView(good).first(7), here, there).error().reason == Reason::truncated);
  CHECK(read_udp(ByteView(good).first(9), here, there).error().reason == Reason::bad_length);
  Bytes bad = good;
  bad[5] = 7;
  CHECK(read_udp(bad, here, there).error().reason == Reason::bad_length);
}

TEST_CASE("a UDP checksum of zero says that there is none (RFC 768)") {
  Bytes datagram = write_udp({here, 4500}, {there, 4500}, Bytes{0xff});
  set_u16(datagram, 6, 0);
  CHECK(read_udp(datagram, here, there).ok());
}

TEST_CASE("a computed UDP checksum of zero is sent as all ones (RFC 768)") {
  // The payload makes up for what is missing to a sum of all ones.
  const Bytes empty = write_udp({here, 1}, {there, 2}, Bytes{0, 0});
  const std::uint16_t missing = read_u16(empty, 6);
  Bytes payload;
  put_u16(payload, missing);
  const Bytes datagram = write_udp({here, 1}, {there, 2}, payload);
  CHECK(read_u16(datagram, 6) == 0xffff);
  CHECK(read_udp(datagram, here, there).ok());
}

TEST_CASE("an echo reply returns what the request held (RFC 792)") {
  const Bytes data{5, 6, 7};
  const Bytes request = write_icmp(echo_request(0x1234, 9, data));
  CHECK(internet_checksum(request) == 0);
  const Result<IcmpMessage> read = read_icmp(request);
  REQUIRE(read.ok());
  const Result<IcmpMessage> reply = read_icmp(write_icmp(echo_reply(*read)));
  REQUIRE(reply.ok());
  CHECK(reply->type == icmp_type::echo_reply);
  CHECK(reply->identifier == 0x1234);
  CHECK(reply->sequence == 9);
  CHECK(reply->body == data);
}

TEST_CASE("an ICMP error quotes the header and eight octets (RFC 792)") {
  Ipv4Header header;
  header.options = {1, 1, 1, 0};
  const Bytes original = write_ipv4(header, Bytes(100, 3));
  const Bytes message = write_icmp(destination_unreachable(unreachable_code::fragmentation_needed, original, 1438));
  CHECK(message.size() == 8 + 24 + 8);
  CHECK(read_u32(message, 4) == 1438);
  const Result<IcmpMessage> read = read_icmp(message);
  REQUIRE(read.ok());
  CHECK(read->next_hop_mtu == 1438);
  CHECK(read->body == Bytes(original.begin(), original.begin() + 32));

  const Result<IcmpMessage> exceeded = read_icmp(write_icmp(time_exceeded(0, Bytes{1, 2, 3})));
  REQUIRE(exceeded.ok());
  CHECK(exceeded->type == icmp_type::time_exceeded);
  CHECK(exceeded->is_error());
  CHECK(to_hex(exceeded->body) == "010203");
}

TEST_CASE("other ICMP types keep their octets") {
  IcmpMessage message;
  message.type = 13;
  message.rest_of_header = 0x01020304;
  message.body = {9, 8};
  const Bytes octets = write_icmp(message);
  const Result<IcmpMessage> read = read_icmp(octets);
  REQUIRE(read.ok());
  CHECK(read->rest_of_header == 0x01020304);
  CHECK(write_icmp(*read) == octets);
}

TEST_CASE("a damaged ICMP message is refused with its reason") {
  Bytes message = write_icmp(echo_request(1, 1, Bytes(4)));
  CHECK(read_icmp(ByteView(message).first(7)).error().reason == Reason::truncated);
  message[9] ^= 1;
  CHECK(read_icmp(message).error().reason == Reason::bad_checksum);
}

TEST_CASE("a TCP segment is read as it was written") {
  const Bytes segment = syn({TcpOption::maximum_segment_size(1460), TcpOption::sack_permitted(),
                             TcpOption::timestamps(1, 2), TcpOption::no_operation(), TcpOption::window_scale(7)});
  CHECK(segment.size() == 40 + 3);
  CHECK(to_hex(ByteView(segment).subspan(20, 20)) == "020405b40402080a000000010000000201030307");
  const Result<TcpSegment> read = read_tcp(segment, here, there);
  REQUIRE(read.ok());
  CHECK(read->header.has(tcp_flag::syn));
  CHECK_FALSE(read->header.has(tcp_flag::syn | tcp_flag::ack));
  CHECK(read->header.options.size() == 5);
  CHECK(to_hex(read->payload) == "010203");
  CHECK(write_tcp(here, there, read->header, read->payload) == segment);
}

TEST_CASE("a damaged TCP segment is refused with its reason") {
  const Bytes good = syn({TcpOption::maximum_segment_size(1460)});
  CHECK(read_tcp(good, here, Ipv4Address{1}).error().reason == Reason::bad_checksum);
  Bytes bad = good;
  bad[12] = 0x40;
  CHECK(read_tcp(bad, here, there).error().reason == Reason::bad_length);
  bad = good;
  bad[21] = 1;
  CHECK(read_tcp(bad, here, there).error().reason == Reason::bad_length);
  CHECK(read_tcp(ByteView(good).first(19), here, there).error().reason == Reason::truncated);
}

TEST_CASE("the maximum segment size of a SYN is lowered in place, with its checksum") {
  Bytes segment = syn({TcpOption::maximum_segment_size(1460), TcpOption::window_scale(7)});
  REQUIRE(clamp_tcp_mss(segment, 1379));
  const Result<TcpSegment> read = read_tcp(segment, here, there);
  REQUIRE(read.ok());
  CHECK(read_u16(read->header.find(tcp_option::maximum_segment_size)->data, 0) == 1379);
  CHECK(read->header.find(tcp_option::window_scale) != nullptr);
}

TEST_CASE("an option at an odd octet is clamped with a right checksum") {
  Bytes segment = syn({TcpOption::no_operation(), TcpOption::maximum_segment_size(1460)});
  REQUIRE(clamp_tcp_mss(segment, 1379));
  CHECK(read_tcp(segment, here, there).ok());
}

TEST_CASE("clamping leaves alone what it need not or cannot change") {
  const auto unchanged = [](Bytes segment) {
    const Bytes before = segment;
    return !clamp_tcp_mss(segment, 1379) && segment == before;
  };
  CHECK(unchanged(syn({TcpOption::maximum_segment_size(1379)})));
  CHECK(unchanged(syn({TcpOption::maximum_segment_size(536)})));
  CHECK(unchanged(syn({})));
  CHECK(unchanged({}));
  TcpHeader data;
  data.flags = tcp_flag::ack;
  data.options = {TcpOption::maximum_segment_size(1460)};
  CHECK(unchanged(write_tcp(here, there, data, {})));
  Bytes malformed = syn({TcpOption::maximum_segment_size(1460)});
  malformed[21] = 0;
  CHECK(unchanged(malformed));
}

TEST_CASE("clamping does not heal a damaged checksum") {
  Bytes segment = syn({TcpOption::maximum_segment_size(1460)});
  segment[16] ^= 1;
  REQUIRE(clamp_tcp_mss(segment, 1379));
  CHECK(read_tcp(segment, here, there).error().reason == Reason::bad_checksum);
}
