#pragma once

#include <string>
#include <vector>

#include "engine/base/bytes.h"

/// One packet of a capture, from its IPv4 header on.
struct CapturedPacket {
  std::string file;       ///< Relative to the folder of captures.
  std::size_t frame = 0;  ///< As Wireshark counts: from 1.
  engine::Bytes ipv4;
};

/// The IPv4 packets of a classic pcap or a pcapng file over Ethernet, Linux cooked or raw IP. Other frames are left
/// out; a file that is cut off ends with its last whole frame.
std::vector<CapturedPacket> read_capture(const std::string& folder, const std::string& file);

/// The packets of all captures that the folder's index lists; empty where there is no such folder.
std::vector<CapturedPacket> read_all_captures();

/// Writes packets as a classic pcap of raw IP.
void write_capture(const std::string& path, const std::vector<CapturedPacket>& packets);
