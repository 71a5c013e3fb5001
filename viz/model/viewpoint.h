#pragma once

#include <cstdint>

#include "sim/trace/trace.h"

namespace viz {

/// Whose eyes the model is seen through. An eavesdropper listens on the public links and knows nothing else: no
/// secrets, no cleartext of what was encrypted, no state of any node, no reasons.
enum class Viewpoint : std::uint8_t { omniscient, eavesdropper };

/// Whether a hop can be seen: an eavesdropper sees those over public links alone.
bool sees_hop(const sim::Trace& trace, const sim::TraceHop& hop, Viewpoint viewpoint);

}  // namespace viz
