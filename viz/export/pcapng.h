#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/bytes.h"
#include "engine/base/time.h"

namespace viz {

/// One captured packet for a pcapng file.
struct PcapngPacket {
  std::uint32_t interface = 0;  ///< As add_interface numbered it.
  engine::Time time{};
  engine::ByteView bytes;             ///< From the IPv4 header on.
  std::uint64_t id = 0;               ///< The same on every interface that the packet crosses (epb_packetid).
  std::vector<std::string> comments;  ///< UTF-8, shown beside the packet.
};

/// Writes one section in the PCAP Next Generation format (draft-ietf-opsawg-pcapng), little-endian. Link type RAW:
/// packets begin with the IP header. Call in this order: interfaces, names, secrets, packets.
class PcapngWriter {
 public:
  /// `application` is what wrote the file, `comment` tells what it holds.
  PcapngWriter(std::string_view application, std::string_view comment);

  /// Returns the interface's number. Times have a resolution of nanoseconds.
  std::uint32_t add_interface(std::string_view name, std::string_view description);

  /// Names for addresses, shown in their place (Name Resolution Block).
  void add_names(const std::vector<std::pair<engine::Ipv4Address, std::string>>& names);

  /// Keys of a kind that the format numbers (Decryption Secrets Block).
  void add_secrets(std::uint32_t type, std::string_view secrets);

  void add_packet(const PcapngPacket& packet);

  const engine::Bytes& bytes() const { return bytes_; }

 private:
  void add_block(std::uint32_t type, const engine::Bytes& body);

  engine::Bytes bytes_;
  std::uint32_t interfaces_ = 0;
};

/// Secrets of ESP SAs: "ESPS".
constexpr std::uint32_t pcapng_esp_secrets = 0x45535053;

}  // namespace viz
