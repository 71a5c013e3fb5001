#pragma once

#include "engine/base/bytes.h"
#include "sim/trace/trace.h"

namespace viz {

/// The whole run as one pcapng file that Wireshark can decrypt. Its IKEv1 dissector carries the IV from frame to frame,
/// so an IKE message must not appear once for each link that it crosses: IKE messages, ESP packets and fragments are
/// written once, on the first link they leave their maker on; all other packets on each link they cross. A
/// retransmission is a packet of its own and is written too.
engine::Bytes capture_of_run(const sim::Trace& trace);

/// Everything that crossed one link, and nothing else, as a capture there would have seen it.
engine::Bytes capture_of_link(const sim::Trace& trace, sim::Index link);

/// Whether a file that begins with these octets (a few hundred are enough) is a capture that this program wrote.
bool is_own_capture(engine::ByteView beginning);

}  // namespace viz
