#include "viz/export/capture.h"

#include <set>

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"
#include "tests/unit/export/pcapng_reader.h"
#include "viz/export/pcapng.h"

using namespace viz;
using tests::blocks_of_type;
using tests::PcapngBlock;
using tests::read_pcapng;

namespace {

constexpr std::uint32_t packet_block = 6;

std::size_t hops_over(const sim::Trace& trace, sim::Index link) {
  std::size_t count = 0;
  for (const sim::TracePacket& packet : trace.packets) {
    for (const sim::TraceHop& hop : packet.hops) count += hop.link == link;
  }
  return count;
}

std::uint64_t time_of(const PcapngBlock& block) { return std::uint64_t{block.u32(4)} << 32 | block.u32(8); }

std::uint64_t packet_of(const PcapngBlock& block) {
  const auto found = block.options.find(5);
  REQUIRE(found != block.options.end());
  return static_cast<std::uint8_t>(found->second[0]) |
         static_cast<std::uint64_t>(static_cast<std::uint8_t>(found->second[1])) << 8;
}

}  // namespace

TEST_CASE("a pcapng section names its program, its interfaces with nanosecond times, and addresses") {
  PcapngWriter writer("tunnelwalk", "a comment");
  CHECK(writer.add_interface("link-1", "between two") == 0);
  CHECK(writer.add_interface("link-2", "") == 1);
  writer.add_names({{engine::Ipv4Address{0x0a000001}, "gateway"}});
  writer.add_secrets(pcapng_esp_secrets, "keys");
  const engine::Bytes octets = {0x45, 1, 2};
  writer.add_packet({1, engine::time_at(0x1'2345'6789), octets, 77, {"first", "second"}});
  const std::vector<PcapngBlock> blocks = read_pcapng(writer.bytes());
  REQUIRE(blocks.size() == 6);
  CHECK(blocks[0].u32(0) == 0x1a2b3c4d);
  CHECK(blocks[0].options.find(4)->second == "tunnelwalk");
  CHECK(blocks[0].comments() == std::vector<std::string>{"a comment"});
  CHECK((blocks[1].u32(0) & 0xffff) == 101);
  CHECK(blocks[1].options.find(2)->second == "link-1");
  CHECK(blocks[1].options.find(3)->second == "between two");
  CHECK(blocks[1].options.find(9)->second == std::string(1, 9));
  CHECK(blocks[2].options.count(3) == 0);
  CHECK(engine::to_hex(blocks[3].body) ==
        "01000c00"
        "0a000001" +
            engine::to_hex(engine::view_of("gateway")) +
            "00"
            "00000000");
  CHECK(blocks[4].u32(0) == 0x45535053);
  CHECK(blocks[4].u32(4) == 4);
  CHECK(blocks[5].u32(0) == 1);
  CHECK(time_of(blocks[5]) == 0x1'2345'6789);
  CHECK(blocks[5].u32(12) == 3);
  CHECK(blocks[5].comments() == std::vector<std::string>{"first", "second"});
  CHECK(packet_of(blocks[5]) == 77);
}

TEST_CASE("a comment too long for an option is cut between two characters") {
  PcapngWriter writer("x", "");
  writer.add_interface("l", "");
  std::string japanese;
  while (japanese.size() < 100'000) japanese += "日";
  writer.add_packet({0, engine::time_at(0), engine::Bytes(20), 0, {japanese}});
  const std::string comment = read_pcapng(writer.bytes())[2].comments().at(0);
  CHECK(comment.size() <= 4096);
  CHECK(comment.size() % 3 == 0);
}

TEST_CASE("the capture of a run has IKE and ESP once, and other packets on each link") {
  const sim::Trace trace = tests::synthetic_trace();
  const auto blocks = read_pcapng(capture_of_run(trace));
  CHECK(blocks_of_type(blocks, 1).size() == trace.links.size());
  std::size_t expected = 0;
  for (const sim::TracePacket& packet : trace.packets) {
    const bool once = packet.kind == sim::PacketKind::ike || packet.kind == sim::PacketKind::esp;
    expected += once ? 1 : packet.hops.size();
  }
  const auto packets = blocks_of_type(blocks, packet_block);
  CHECK(packets.size() == expected);
  std::uint64_t before = 0;
  for (const PcapngBlock& block : packets) {
    CHECK(time_of(block) >= before);
    before = time_of(block);
    CHECK_FALSE(block.comments().empty());
  }
}

TEST_CASE("the capture of a link has all that crossed it, octet for octet") {
  const sim::Trace trace = tests::synthetic_trace();
  for (sim::Index link = 0; link < trace.links.size(); ++link) {
    INFO(trace.links[link].id);
    const auto blocks = read_pcapng(capture_of_link(trace, link));
    CHECK(blocks_of_type(blocks, 1).size() == 1);
    const auto packets = blocks_of_type(blocks, packet_block);
    CHECK(packets.size() == hops_over(trace, link));
    for (const PcapngBlock& block : packets) {
      const sim::TracePacket& packet = trace.packets.at(packet_of(block));
      bool found = false;
      for (const sim::TraceHop& hop : packet.hops) {
        found = found || (hop.link == link && hop.bytes.size() == block.u32(12) &&
                          std::equal(hop.bytes.begin(), hop.bytes.end(), block.body.begin() + 20) &&
                          static_cast<std::uint64_t>(nanoseconds(hop.departed)) == time_of(block));
      }
      CHECK(found);
    }
  }
}

TEST_CASE("comments name the message, what was lost and why, and what is sent again") {
  const sim::Trace trace = tests::synthetic_trace();
  std::string all;
  for (const PcapngBlock& block : blocks_of_type(read_pcapng(capture_of_run(trace)), packet_block)) {
    for (const std::string& comment : block.comments()) all += comment + "\n";
  }
  CHECK(all.find("Main Mode 1") != std::string::npos);
  CHECK(all.find("ESP, ") != std::string::npos);
  CHECK(all.find("LOST between ") != std::string::npos);
  CHECK(all.find("REPEATED: retransmission 1") != std::string::npos);
}

TEST_CASE("a capture knows its own kind") {
  const engine::Bytes own = capture_of_run(tests::synthetic_trace());
  CHECK(is_own_capture(own));
  CHECK(is_own_capture(engine::ByteView(own).first(200)));
  CHECK_FALSE(is_own_capture({}));
  CHECK_FALSE(is_own_capture(engine::view_of("tunnelwalk wrote no capture here, this is a letter")));
  CHECK_FALSE(is_own_capture(PcapngWriter("dumpcap", "").bytes()));
}

TEST_CASE("an empty trace gives a capture without packets") {
  const auto blocks = read_pcapng(capture_of_run(sim::Trace{}));
  CHECK(blocks.size() == 1);
}
