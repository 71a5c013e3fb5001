#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "sim/trace/trace.h"

namespace sim {

/// The whole trace as JSON (format version 1, docs/trace-format.md). Octets are hex, times integers of nanoseconds.
std::string to_json(const Trace& trace);

/// Reads what to_json wrote. Every index is checked against its table. Errors: malformed with offset,
/// unsupported_version.
engine::Result<Trace> trace_from_json(std::string_view json);

/// Writes to a temporary file beside `path`, then renames it.
engine::Result<void> save_trace(const Trace& trace, const std::string& path);
engine::Result<Trace> load_trace(const std::string& path);

/// Whether the text of a JSON file looks like a trace (and not like a scenario).
bool looks_like_trace(std::string_view json);

}  // namespace sim
