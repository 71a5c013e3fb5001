#include "tests/unit/wire/capture_file.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>

namespace {

using engine::Bytes;
using engine::ByteView;

constexpr std::uint32_t link_null = 0;  ///< Four octets of address family.
constexpr std::uint32_t link_ethernet = 1;
constexpr std::uint32_t link_raw = 101;
constexpr std::uint32_t link_ipv4 = 228;
constexpr std::uint32_t link_cooked = 113;

Bytes contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

std::uint32_t word(ByteView octets, std::size_t offset, bool little) {
  const std::uint32_t value = engine::read_u32(octets, offset);
  if (!little) return value;
  return value >> 24 | (value >> 8 & 0xff00) | (value << 8 & 0xff0000) | value << 24;
}

/// The IPv4 packet in a frame, if there is one.
std::optional<Bytes> ipv4_of(ByteView frame, std::uint32_t link) {
  std::size_t type_offset = 0;
  std::size_t start = 0;
  if (link == link_ethernet) type_offset = 12;
  if (link == link_cooked) type_offset = 14;
  if (link == link_ethernet || link == link_cooked) {
    if (frame.size() < type_offset + 2) return std::nullopt;
    if (engine::read_u16(frame, type_offset) == 0x8100) type_offset += 4;
    start = type_offset + 2;
    if (frame.size() < start || engine::read_u16(frame, type_offset) != 0x0800) return std::nullopt;
  } else if (link == link_null) {
    start = 4;
    if (frame.size() < start) return std::nullopt;
  } else if (link != link_raw && link != link_ipv4) {
    return std::nullopt;
  }
  const ByteView packet = frame.subspan(start);
  if (packet.empty() || packet[0] >> 4 != 4) return std::nullopt;
  return Bytes(packet.begin(), packet.end());
}

void add(std::vector<CapturedPacket>& packets, const std::string& file, std::size_t frame, ByteView octets,
         std::uint32_t link) {
  if (std::optional<Bytes> packet = ipv4_of(octets, link)) packets.push_back({file, frame, std::move(*packet)});
}

std::vector<CapturedPacket> read_classic(ByteView data, const std::string& file, bool little) {
  std::vector<CapturedPacket> packets;
  const std::uint32_t link = word(data, 20, little) & 0xffff;
  std::size_t frame = 0;
  for (std::size_t at = 24; at + 16 <= data.size();) {
    const std::size_t size = word(data, at + 8, little);
    if (size > data.size() - at - 16) break;
    add(packets, file, ++frame, data.subspan(at + 16, size), link);
    at += 16 + size;
  }
  return packets;
}

std::vector<CapturedPacket> read_pcapng(ByteView data, const std::string& file) {
  std::vector<CapturedPacket> packets;
  const bool little = word(data, 8, true) == 0x1a2b3c4d;
  std::uint32_t link = link_ethernet;
  std::size_t frame = 0;
  for (std::size_t at = 0; at + 12 <= data.size();) {
    const std::uint32_t type = word(data, at, little);
    const std::size_t size = word(data, at + 4, little);
    if (size < 12 || size > data.size() - at) break;
    if (type == 1) link = word(data, at + 8, little) & 0xffff;
    if (type == 6 && size >= 32) {
      const std::size_t captured = word(data, at + 20, little);
      ++frame;
      if (captured <= size - 32) add(packets, file, frame, data.subspan(at + 28, captured), link);
    }
    at += size;
  }
  return packets;
}

std::string captures_folder() {
  const char* shared = std::getenv("TUNNELWALK_SHARED");
  return (shared ? std::string(shared) : TUNNELWALK_SOURCE_DIR "/../shared") + "/captures/";
}

void put_little(Bytes& bytes, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

}  // namespace

std::vector<CapturedPacket> read_capture(const std::string& folder, const std::string& file) {
  const Bytes data = contents(folder + file);
  if (data.size() < 24) return {};
  const std::uint32_t magic = engine::read_u32(data, 0);
  if (magic == 0x0a0d0d0a) return read_pcapng(data, file);
  if (magic == 0xd4c3b2a1 || magic == 0x4d3cb2a1) return read_classic(data, file, true);
  if (magic == 0xa1b2c3d4 || magic == 0xa1b23c4d) return read_classic(data, file, false);
  return {};
}

std::vector<CapturedPacket> read_all_captures() {
  const std::string folder = captures_folder();
  std::ifstream index(folder + "index.tsv");
  std::vector<CapturedPacket> all;
  std::string line;
  std::getline(index, line);
  while (std::getline(index, line)) {
    std::vector<CapturedPacket> packets = read_capture(folder, line.substr(0, line.find('\t')));
    std::move(packets.begin(), packets.end(), std::back_inserter(all));
  }
  return all;
}

void write_capture(const std::string& path, const std::vector<CapturedPacket>& packets) {
  Bytes data;
  for (const std::uint32_t value : {0xa1b2c3d4U, 0x00040002U, 0U, 0U, 0xffffU, link_raw}) put_little(data, value);
  std::uint32_t second = 0;
  for (const CapturedPacket& packet : packets) {
    const auto size = static_cast<std::uint32_t>(packet.ipv4.size());
    for (const std::uint32_t value : {second++, 0U, size, size}) put_little(data, value);
    engine::append(data, packet.ipv4);
  }
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(data.data()), static_cast<std::streamsize>(data.size()));
}
