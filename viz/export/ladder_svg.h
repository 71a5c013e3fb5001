#pragma once

#include <string>

#include "sim/trace/trace.h"

namespace viz {

/// The ladder as a self-contained SVG image: light, fonts by generic family, nothing fetched. Solid arrows are in the
/// clear, dashed ones encrypted, a cross marks what was lost or refused. Rows beyond the first 3,000 are left out, and
/// the drawing says so.
std::string ladder_svg(const sim::Trace& trace);

}  // namespace viz
