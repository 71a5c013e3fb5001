#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "sim/trace/trace.h"

namespace viz {

/// What can be written. Each is a file, or a few that belong together.
enum class ExportFormat : std::uint8_t {
  pcapng,   ///< trace.pcapng, links/LINK.pcapng, wireshark-profile/, open.sh
  json,     ///< trace.json: the whole trace, to be opened again.
  text,     ///< walk.txt, walk.ja.txt
  svg,      ///< ladder.svg
  mermaid,  ///< ladder.mmd
};

/// What is fixed about a format.
struct ExportFormatInfo {
  ExportFormat format;
  std::string_view name;   ///< On the command line: "pcapng".
  std::string_view files;  ///< For people: "trace.pcapng, links/, wireshark-profile/, open.sh".
};

/// All formats, in the enum's order.
std::span<const ExportFormatInfo> all_export_formats();

/// The format of this name.
std::optional<ExportFormat> export_format_from_name(std::string_view name);

struct ExportOptions {
  std::string directory;           ///< Made if it does not exist, with its parents.
  std::set<ExportFormat> formats;  ///< Empty: all.
};

/// Writes a trace's files into a directory. All is first written to a temporary directory beside it, then renamed file
/// by file: an interrupted export leaves nothing half-made. What an earlier export put there under the same names is
/// replaced, everything else in the directory is kept. Returns the paths written. Errors: malformed or limit_exceeded
/// with the path and the system's message.
engine::Result<std::vector<std::string>> export_trace(const sim::Trace& trace, const ExportOptions& options);

}  // namespace viz
