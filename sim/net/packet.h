#pragma once

#include "sim/trace/trace.h"

namespace sim {

/// An IPv4 packet on its way, with its row in the trace.
struct Packet {
  Bytes bytes;
  Index record = no_index;  ///< Row of Trace::packets.
};

}  // namespace sim
