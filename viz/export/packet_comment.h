#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/trace/trace.h"

namespace viz {

/// What a packet is, in English, for the comments of a capture: first what it is and does, then, where something went
/// wrong, what and why. The capture shows the packet on one hop; `whole_way` tells also what became of it on later
/// hops, for captures that show it once.
std::vector<std::string> packet_comments(const sim::Trace& trace, sim::Index packet, sim::Index hop, bool whole_way);

/// For an encrypted IKE message that Wireshark cannot decrypt (see WiresharkIvChain).
constexpr std::string_view unreadable_comment =
    "UNREADABLE in Wireshark, which shows it as malformed: it keeps one key for both sides and takes the IV from the "
    "frame before, which is wrong for repeated and interleaved messages. Tunnelwalk shows it decrypted.";

}  // namespace viz
