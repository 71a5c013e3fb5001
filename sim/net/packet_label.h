#pragma once

#include <string>

#include "engine/wire/ipv4.h"
#include "sim/trace/trace.h"

namespace sim {

/// What a packet is, in a few words for the ladder: "ICMP echo request", "UDP 500 > 500", "ESP".
struct PacketLabel {
  PacketKind kind = PacketKind::other;
  std::string text;
};

PacketLabel label_of(const engine::wire::Ipv4Packet& packet);

}  // namespace sim
