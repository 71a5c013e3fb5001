#include <random>

#include "engine/wire/annotate.h"
#include "engine/wire/esp.h"
#include "engine/wire/icmp.h"
#include "engine/wire/ipv4.h"
#include "engine/wire/isakmp.h"
#include "engine/wire/tcp.h"
#include "engine/wire/udp.h"
#include "tests/catch.h"
#include "tests/unit/wire/leaves.h"
#include "tests/unit/wire/samples.h"

using namespace engine;
using namespace engine::wire;

namespace {

constexpr Ipv4Address here{0x0a000001};
constexpr Ipv4Address there{0x0a000002};

std::vector<Bytes> sample_packets() {
  Ipv4Header header;
  header.source = here;
  header.destination = there;
  const auto packet = [&](std::uint8_t protocol, const Bytes& payload) {
    header.protocol = protocol;
    return write_ipv4(header, payload);
  };
  TcpHeader syn;
  syn.flags = tcp_flag::syn;
  syn.options = {TcpOption::maximum_segment_size(1460), TcpOption::timestamps(1, 2), TcpOption::window_scale(7)};
  std::vector<Bytes> packets;
  packets.push_back(packet(ip_protocol::udp, write_udp({here, 500}, {there, 500}, message_of_everything())));
  packets.push_back(
      packet(ip_protocol::udp, write_udp({here, 4500}, {there, 4500}, concat({Bytes(4), main_mode_1()}))));
  packets.push_back(packet(ip_protocol::tcp, write_tcp(here, there, syn, Bytes(9))));
  packets.push_back(packet(ip_protocol::esp, Bytes(60, 0x5a)));
  packets.push_back(packet(ip_protocol::icmp, write_icmp(echo_request(1, 2, Bytes(30)))));
  packets.push_back(packet(ip_protocol::icmp, write_icmp(time_exceeded(0, packets.front()))));
  return packets;
}

/// All readers over one buffer: none may crash or read out of bounds, and every octet is shown in one place.
void read_in_every_way(ByteView octets) {
  CHECK(covers_exactly(annotate_ipv4(octets), octets.size()));
  CHECK(covers_exactly(annotate_isakmp(octets, BodyState::as_sent), octets.size()));
  CHECK(covers_exactly(annotate_esp(octets, 16, 12), octets.size()));
  CHECK(covers_exactly(annotate_esp_plaintext(octets), octets.size()));
  const Field decrypted = annotate_isakmp(octets, BodyState::decrypted);
  CHECK(covers_exactly(decrypted, octets.size()));

  // What is understood and what is shown agree, and what is understood is written again as it was.
  const Result<IsakmpMessage> message = read_isakmp(octets);
  CHECK(message.ok() == !has_problem(decrypted));
  if (message.ok() && message->header.major_version() != 2) {
    std::vector<Payload> payloads;
    for (const PlacedPayload& placed : message->payloads) payloads.push_back(placed.content);
    const Bytes chain = write_payloads(payloads);
    const ByteView body = octets.subspan(isakmp_header_size, octets.size() - isakmp_header_size - message->padding);
    CHECK(to_hex(chain) == to_hex(body));
  }
  const auto within = [&](const auto& result) { return result.ok() || result.error().offset <= octets.size(); };
  CHECK(within(message));
  CHECK(within(read_ipv4(octets)));
  CHECK(within(read_udp(octets, here, there)));
  CHECK(within(read_tcp(octets, here, there)));
  CHECK(within(read_icmp(octets)));
  CHECK(within(read_esp_header(octets)));
  CHECK(within(read_esp_plaintext(octets)));
}

}  // namespace

TEST_CASE("packets and messages cut off at every octet are shown in full and never crash") {
  std::vector<Bytes> buffers = sample_packets();
  buffers.push_back(message_of_everything());
  buffers.push_back(main_mode_1());
  for (const Bytes& buffer : buffers) {
    for (std::size_t size = 0; size <= buffer.size(); ++size) {
      const Bytes cut(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
      read_in_every_way(cut);
    }
  }
}

TEST_CASE("packets and messages with changed octets are shown in full and never crash") {
  std::mt19937 random(20251123);
  std::vector<Bytes> buffers = sample_packets();
  buffers.push_back(message_of_everything());
  buffers.push_back(main_mode_1());
  for (const Bytes& buffer : buffers) {
    for (int round = 0; round < 300; ++round) {
      Bytes changed = buffer;
      for (std::uint32_t changes = 1 + random() % 4; changes > 0; --changes)
        changed[random() % changed.size()] = static_cast<std::uint8_t>(random());
      read_in_every_way(changed);
    }
  }
}

TEST_CASE("random octets are shown in full and never crash") {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    Bytes octets(random() % 200);
    for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(random());
    read_in_every_way(octets);
    // As the body of a message whose header is right, so that the payloads are reached.
    Bytes message = main_mode_1();
    message.resize(isakmp_header_size);
    message[16] = static_cast<std::uint8_t>(1 + random() % 24);
    append(message, octets);
    set_u32(message, 24, static_cast<std::uint32_t>(message.size()));
    read_in_every_way(message);
  }
}

TEST_CASE("a clamped segment is changed in its option and checksum alone") {
  std::mt19937 random(11);
  TcpHeader syn;
  syn.flags = tcp_flag::syn;
  syn.options = {TcpOption::no_operation(), TcpOption::maximum_segment_size(1460), TcpOption::window_scale(7)};
  const Bytes good = write_tcp(here, there, syn, Bytes(9));
  for (int round = 0; round < 2000; ++round) {
    Bytes segment = good;
    segment.resize(random() % (good.size() + 1));
    if (!segment.empty()) segment[random() % segment.size()] = static_cast<std::uint8_t>(random());
    const Bytes before = segment;
    clamp_tcp_mss(segment, 1379);
    std::size_t changed = 0;
    for (std::size_t i = 0; i < segment.size(); ++i) changed += segment[i] != before[i];
    CHECK(changed <= 4);
  }
}
