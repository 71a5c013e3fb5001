#include "viz/export/export.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "sim/trace/storage.h"
#include "viz/export/capture.h"
#include "viz/export/ladder_mermaid.h"
#include "viz/export/ladder_svg.h"
#include "viz/export/staging.h"
#include "viz/export/wireshark_profile.h"
#include "viz/text/walk.h"

namespace viz {
namespace {

namespace fs = std::filesystem;
using engine::Result;

constexpr std::array formats = {
    ExportFormatInfo{ExportFormat::pcapng, "pcapng", "trace.pcapng, links/, wireshark-profile/, open.sh"},
    ExportFormatInfo{ExportFormat::json, "json", "trace.json"},
    ExportFormatInfo{ExportFormat::text, "text", "walk.txt, walk.ja.txt"},
    ExportFormatInfo{ExportFormat::svg, "svg", "ladder.svg"},
    ExportFormatInfo{ExportFormat::mermaid, "mermaid", "ladder.mmd"},
};

constexpr std::string_view open_script =
    R"script(#!/bin/sh
# Opens the capture decrypted: ./open.sh, or ./open.sh links/LINK.pcapng for one link alone.
cd "$(dirname "$0")" || exit 1
WIRESHARK_CONFIG_DIR="$PWD/wireshark-profile" exec wireshark "${1:-trace.pcapng}"
)script";

/// A link's id as a file name: letters, digits and "-", "_", "." (not in front); ids come from files of strangers.
std::string file_name_of(const sim::Trace& trace, sim::Index link) {
  constexpr std::size_t longest = 64;
  std::string name = trace.links[link].id.substr(0, longest);
  for (char& c : name) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (!plain) c = '_';
  }
  if (name.empty() || name.front() == '.') name = "_" + name;
  return name;
}

/// Different links get different names, also where that is so in capitals alone or after the cleaning.
std::vector<std::string> link_file_names(const sim::Trace& trace) {
  std::set<std::string> used;
  std::vector<std::string> names;
  for (sim::Index link = 0; link < trace.links.size(); ++link) {
    std::string name = file_name_of(trace, link);
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (!used.insert(lower).second) {
      const std::string number = fmt::format("~{}", link);
      used.insert(lower + number);
      name += number;
    }
    names.push_back(std::move(name));
  }
  return names;
}

bool is_own_capture_file(const fs::path& path) {
  engine::Bytes beginning(8192);
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(beginning.data()), static_cast<std::streamsize>(beginning.size()));
  beginning.resize(static_cast<std::size_t>(file.gcount()));
  return is_own_capture(beginning);
}

Result<void> write_captures(const sim::Trace& trace, StagingDirectory& staging) {
  if (auto written = staging.write("trace.pcapng", capture_of_run(trace)); !written) return written;
  const std::vector<std::string> names = link_file_names(trace);
  for (sim::Index link = 0; link < trace.links.size(); ++link) {
    const std::string path = fmt::format("links/{}.pcapng", names[link]);
    if (auto written = staging.write(path, capture_of_link(trace, link)); !written) return written;
  }
  for (const auto& [name, content] : wireshark_profile(trace)) {
    if (auto written = staging.write("wireshark-profile/" + name, content); !written) return written;
  }
  if (auto written = staging.write("open.sh", open_script); !written) return written;
  return staging.make_executable("open.sh");
}

/// Captures in links/ that an earlier export wrote and this one did not: of links that are no more.
void remove_earlier_links(const std::vector<std::string>& written) {
  const std::set<fs::path> kept(written.begin(), written.end());
  std::set<fs::path> folders;
  for (const fs::path& path : kept) {
    if (path.parent_path().filename() == "links") folders.insert(path.parent_path());
  }
  std::error_code ignored;
  for (const fs::path& folder : folders) {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
      if (kept.count(entry.path()) == 0 && is_own_capture_file(entry.path())) fs::remove(entry.path(), ignored);
    }
  }
}

Result<void> write_walks(const sim::Trace& trace, StagingDirectory& staging) {
  if (auto written = staging.write("walk.txt", walk(trace, Language::en)); !written) return written;
  return staging.write("walk.ja.txt", walk(trace, Language::ja));
}

Result<void> write_format(const sim::Trace& trace, ExportFormat format, StagingDirectory& staging) {
  switch (format) {
    case ExportFormat::pcapng:
      return write_captures(trace, staging);
    case ExportFormat::json:
      return staging.write("trace.json", sim::to_json(trace));
    case ExportFormat::text:
      return write_walks(trace, staging);
    case ExportFormat::svg:
      return staging.write("ladder.svg", ladder_svg(trace));
    case ExportFormat::mermaid:
      return staging.write("ladder.mmd", ladder_mermaid(trace));
  }
  return {};
}

}  // namespace

std::span<const ExportFormatInfo> all_export_formats() { return formats; }

std::optional<ExportFormat> export_format_from_name(std::string_view name) {
  for (const ExportFormatInfo& info : formats) {
    if (info.name == name) return info.format;
  }
  return std::nullopt;
}

Result<std::vector<std::string>> export_trace(const sim::Trace& trace, const ExportOptions& options) {
  Result<StagingDirectory> staging = StagingDirectory::create(options.directory);
  if (!staging) return staging.error();
  for (const ExportFormatInfo& info : formats) {
    if (!options.formats.empty() && options.formats.count(info.format) == 0) continue;
    if (const auto written = write_format(trace, info.format, *staging); !written) return written.error();
  }
  Result<std::vector<std::string>> written = staging->publish();
  if (written) remove_earlier_links(*written);
  return written;
}

}  // namespace viz
