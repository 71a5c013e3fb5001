#pragma once

#include "sim/trace/trace.h"

namespace viz {

/// The value of the same name that the other end of the step's tunnel derived before, in the same phase 1: what both
/// ends must have in common. Null for values that are not shared, and where there is none yet.
const sim::TraceValue* same_value_of_peer(const sim::Trace& trace, const sim::Step& step,
                                          const engine::ike::ValueDerived& value);

}  // namespace viz
