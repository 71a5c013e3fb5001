#pragma once

#include <string>

#include "sim/trace/trace.h"

namespace viz {

/// The ladder as a Mermaid sequence diagram. Mermaid refuses texts of more than 50,000 characters; a longer run is cut
/// with a note that says so.
std::string ladder_mermaid(const sim::Trace& trace);

}  // namespace viz
