#include "sim/trace/storage.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "sim/trace/reader.h"
#include "sim/trace/writer.h"

namespace sim {
namespace {

using engine::Error;
using engine::Result;

constexpr std::string_view version_member = "tunnelwalk_trace";
constexpr std::uint64_t version = 1;

/// Limits on hostile files.
constexpr std::size_t max_trace_size = std::size_t{1} << 29;
constexpr std::size_t max_unfolded_octets = std::size_t{1} << 30;

/// The whole file: the version, the table of octets, and the trace's own members.
struct TraceFile {
  std::uint64_t version = 0;
  std::vector<std::string> octets;
  Trace* trace = nullptr;
};

void describe(TraceReader& reader, TraceFile& file) {
  reader.field(version_member, file.version);
  reader.field("octets", file.octets);
  describe(reader, *file.trace);
}

/// A decimal number that ends at `end`; nothing for anything else.
std::optional<std::size_t> read_number(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  std::size_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::size_t>(c - '0');
  }
  return value;
}

/// Unfolds "#7@8:3f@10:a1b2" against the rows before it, or reads plain hexadecimal.
std::optional<Bytes> unfold(std::string_view text, const std::vector<Bytes>& before) {
  if (!text.starts_with('#')) {
    Result<Bytes> plain = engine::from_hex(text);
    return plain ? std::optional(std::move(plain).value()) : std::nullopt;
  }
  std::size_t end = std::min(text.find('@'), text.size());
  const std::optional<std::size_t> base = read_number(text.substr(1, end - 1));
  if (!base || *base >= before.size()) return std::nullopt;
  Bytes result = before[*base];
  while (end < text.size()) {
    const std::size_t start = end + 1;
    end = std::min(text.find('@', start), text.size());
    const std::string_view part = text.substr(start, end - start);
    const std::size_t colon = part.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::optional<std::size_t> at = read_number(part.substr(0, colon));
    const Result<Bytes> octets = engine::from_hex(part.substr(colon + 1));
    if (!at || !octets || *at > result.size() || octets->size() > result.size() - *at) return std::nullopt;
    std::copy(octets->begin(), octets->end(), result.begin() + static_cast<std::ptrdiff_t>(*at));
  }
  return result;
}

Result<std::vector<Bytes>> read_octets(const JsonValue& root) {
  std::vector<Bytes> rows;
  const JsonValue* table = root.find("octets");
  if (table == nullptr) return rows;
  std::size_t total = 0;
  for (const JsonValue& element : table->elements) {
    std::optional<Bytes> row = unfold(element.string, rows);
    if (element.kind != JsonValue::Kind::string || !row) {
      return Error{Reason::malformed, "expected octets in hexadecimal, or a row with changes such as \"#7@8:3f\"",
                   element.offset};
    }
    total += row->size();
    if (total > max_unfolded_octets) return Error{Reason::limit_exceeded, "too many octets", element.offset};
    rows.push_back(std::move(*row));
  }
  return rows;
}

/// What the tables' rows must keep besides pointing to each other.
void check_consistency(const Trace& trace, TraceReader& reader) {
  for (const Step& step : trace.steps) {
    if (step.hop == no_index) continue;
    if (step.packet >= trace.packets.size() || step.hop >= trace.packets[step.packet].hops.size()) {
      return reader.fail(0, fmt::format("step {} names hop {} of a packet that has no such hop",
                                        &step - trace.steps.data(), step.hop));
    }
  }
  for (const TraceNegotiation& negotiation : trace.negotiations) {
    const auto& compared = negotiation.compared;
    if (compared.chosen && *compared.chosen >= compared.comparisons.size()) {
      return reader.fail(
          0, fmt::format("negotiation {} chose comparison {}, but there are only {}",
                         &negotiation - trace.negotiations.data(), *compared.chosen, compared.comparisons.size()));
    }
  }
  for (const TraceBeat& beat : trace.beats) {
    if (beat.question && beat.question->correct >= beat.question->answers.size()) {
      return reader.fail(0, fmt::format("beat \"{}\" has no answer {}", beat.id, beat.question->correct));
    }
  }
}

Error in_file(const std::string& path, Reason reason, std::string_view message) {
  return {reason, fmt::format("{}: {}", path, message), 0};
}

}  // namespace

std::string to_json(const Trace& trace) {
  WriterOptions options;
  options.pool_octets = true;
  TraceWriter writer(options);
  writer.record(trace);
  std::string text = fmt::format("{{\"{}\":{},\n\"octets\":[", version_member, version);
  for (const std::string& row : writer.octets_table()) {
    text += text.back() == '[' ? "\n\"" : ",\n\"";
    text += row;
    text += '"';
  }
  text += "],\n";
  text += std::string_view(writer.text()).substr(1);
  text += '\n';
  return text;
}

Result<Trace> trace_from_json(std::string_view json) {
  if (json.size() > max_trace_size) return Error{Reason::limit_exceeded, "larger than any trace", max_trace_size};
  const Result<JsonValue> root = parse_json(json);
  if (!root) return root.error();
  const JsonValue* found = root->find(version_member);
  if (found == nullptr || found->kind != JsonValue::Kind::integer) {
    return Error{Reason::malformed,
                 fmt::format("not a trace: expected an object with \"{}\": {}", version_member, version), root->offset};
  }
  if (found->negative || found->magnitude != version) {
    return Error{Reason::unsupported_version,
                 fmt::format("{} is not a format that this version reads, expected {}", found->describe(), version),
                 found->offset};
  }
  Result<std::vector<Bytes>> octets = read_octets(*root);
  if (!octets) return octets.error();

  Trace trace;
  TraceFile file;
  file.trace = &trace;
  TraceReader reader(std::move(octets).value());
  reader.record(*root, file);
  reader.check_rows({trace.nodes.size(), trace.links.size(), trace.tunnels.size(), trace.steps.size(),
                     trace.packets.size(), trace.messages.size(), trace.esp.size(), trace.esp_sas.size(),
                     trace.values.size(), trace.negotiations.size(), trace.beats.size()});
  check_consistency(trace, reader);
  if (reader.failed()) return reader.error();
  trace.index();
  return trace;
}

Result<void> save_trace(const Trace& trace, const std::string& path) {
  const std::string temporary = path + ".partial";
  {
    std::ofstream out(temporary, std::ios::binary);
    const std::string text = to_json(trace);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.flush();
    if (!out) {
      std::remove(temporary.c_str());
      return in_file(path, Reason::none, "cannot be written");
    }
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) {
    std::remove(temporary.c_str());
    return in_file(path, Reason::none, "cannot be replaced");
  }
  return {};
}

Result<Trace> load_trace(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) return in_file(path, Reason::malformed, "cannot be read");
  Result<Trace> trace = trace_from_json(text);
  if (trace) return trace;
  const Error& error = trace.error();
  return Error{error.reason, fmt::format("{}: {}", place(path, text, error.offset), error.message), error.offset};
}

bool looks_like_trace(std::string_view json) {
  return json.substr(0, 256).find(fmt::format("\"{}\"", version_member)) != std::string_view::npos;
}

}  // namespace sim
