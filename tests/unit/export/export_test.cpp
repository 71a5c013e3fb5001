#include "viz/export/export.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sim/trace/storage.h"
#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"
#include "viz/export/staging.h"

using namespace viz;
namespace fs = std::filesystem;

namespace {

/// A directory of one test, removed at its end.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "tunnelwalk-export-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Scratch() { fs::remove_all(path_); }
  fs::path operator/(const std::string& name) const { return path_ / name; }
  std::size_t entries() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(path_)) ++count;
    return count;
  }

 private:
  fs::path path_;
};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void put(const fs::path& path, const std::string& content) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

}  // namespace

TEST_CASE("format names lead to their formats") {
  for (const ExportFormatInfo& format : all_export_formats()) {
    CHECK(export_format_from_name(format.name) == format.format);
  }
  CHECK_FALSE(export_format_from_name("pcap").has_value());
}

TEST_CASE("an export writes all formats, and nothing is left beside it") {
  const Scratch scratch;
  const sim::Trace trace = tests::synthetic_trace();
  const fs::path target = scratch / "a/b/export";
  const auto written = export_trace(trace, {target.string(), {}});
  REQUIRE(written.ok());
  for (const std::string& path : *written) CHECK(fs::is_regular_file(path));
  for (const char* name : {"trace.pcapng", "open.sh", "trace.json", "walk.txt", "walk.ja.txt", "ladder.svg",
                           "ladder.mmd", "wireshark-profile/preferences", "wireshark-profile/esp_sa"}) {
    INFO(name);
    CHECK(fs::file_size(target / name) > 0);
  }
  for (const sim::TraceLink& link : trace.links) CHECK(fs::exists(target / "links" / (link.id + ".pcapng")));
  CHECK((fs::status(target / "open.sh").permissions() & fs::perms::owner_exec) != fs::perms::none);
  CHECK(sim::trace_from_json(content_of(target / "trace.json")).ok());
  std::size_t beside = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(target.parent_path())) ++beside;
  CHECK(beside == 1);
}

TEST_CASE("only the wanted formats are written") {
  const Scratch scratch;
  const auto written = export_trace(tests::synthetic_trace(), {(scratch / "e").string(), {ExportFormat::svg}});
  REQUIRE(written.ok());
  REQUIRE(written->size() == 1);
  CHECK(fs::path(written->front()).filename() == "ladder.svg");
  CHECK_FALSE(fs::exists(scratch / "e" / "trace.json"));
}

TEST_CASE("an earlier export is replaced, links that are gone go, and foreign files are kept") {
  const Scratch scratch;
  const fs::path target = scratch / "e";
  sim::Trace trace = tests::synthetic_trace();
  const std::string first_link = trace.links[0].id;
  REQUIRE(export_trace(trace, {target.string(), {}}).ok());
  put(target / "notes.txt", "mine");
  put(target / "links/mine.pcapng", "also mine");
  put(target / "ladder.svg", "old");
  trace.links[0].id = "renamed";
  REQUIRE(export_trace(trace, {target.string(), {}}).ok());
  CHECK(content_of(target / "notes.txt") == "mine");
  CHECK(content_of(target / "links/mine.pcapng") == "also mine");
  CHECK(content_of(target / "ladder.svg") != "old");
  CHECK(fs::exists(target / "links/renamed.pcapng"));
  CHECK_FALSE(fs::exists(target / "links" / (first_link + ".pcapng")));
  CHECK(scratch.entries() == 1);
}

TEST_CASE("link ids of strangers cannot leave the directory") {
  const Scratch scratch;
  sim::Trace trace = tests::synthetic_trace();
  trace.links[0].id = "../../escaped";
  trace.links[1].id = "A/b";
  trace.links[2].id = "a/B";
  const auto written = export_trace(trace, {(scratch / "e").string(), {ExportFormat::pcapng}});
  REQUIRE(written.ok());
  CHECK(fs::exists(scratch / "e/links/_.._.._escaped.pcapng"));
  CHECK(fs::exists(scratch / "e/links/A_b.pcapng"));
  CHECK(fs::exists(scratch / "e/links/a_B~2.pcapng"));
  CHECK(scratch.entries() == 1);
}

TEST_CASE("where nothing can be written there is one clear error and nothing half-made") {
  const Scratch scratch;
  put(scratch / "file", "x");
  const auto onto_file = export_trace(tests::synthetic_trace(), {(scratch / "file").string(), {}});
  REQUIRE_FALSE(onto_file.ok());
  CHECK(onto_file.error().message.find("is not a directory") != std::string::npos);
  const auto below_file = export_trace(tests::synthetic_trace(), {(scratch / "file/below").string(), {}});
  CHECK_FALSE(below_file.ok());
  CHECK_FALSE(export_trace(tests::synthetic_trace(), {"", {}}).ok());
  CHECK(scratch.entries() == 1);
}

TEST_CASE("without publishing, nothing of a staging directory is left") {
  const Scratch scratch;
  {
    auto staging = StagingDirectory::create((scratch / "target").string()).value();
    REQUIRE(staging.write("folder/file", std::string_view("content")).ok());
    CHECK(scratch.entries() == 1);
    CHECK_FALSE(fs::exists(scratch / "target"));
  }
  CHECK(scratch.entries() == 0);
}
