#include "viz/export/staging.h"

#include <fstream>
#include <system_error>

#include <fmt/format.h>

namespace viz {
namespace {

namespace fs = std::filesystem;
using engine::Error;
using engine::Result;

Error failure(const fs::path& path, std::string_view action, const std::error_code& code) {
  return Error{engine::Reason::malformed, fmt::format("{}: cannot {}: {}", path.string(), action, code.message())};
}

/// A directory that nobody else has: creation tells whether the name was free.
Result<fs::path> new_directory_beside(const fs::path& target) {
  constexpr int most_tries = 1'000;
  for (int number = 0; number < most_tries; ++number) {
    fs::path place = target;
    place += fmt::format(".partial-{}", number);
    std::error_code code;
    if (fs::create_directory(place, code)) return place;
    if (code) return failure(place, "make the directory", code);
  }
  return Error{engine::Reason::limit_exceeded,
               fmt::format("{}: too many interrupted exports (*.partial-*) beside it", target.string())};
}

}  // namespace

StagingDirectory::StagingDirectory(fs::path target, fs::path place)
    : target_(std::move(target)), place_(std::move(place)) {}

StagingDirectory::StagingDirectory(StagingDirectory&& other) noexcept
    : target_(std::move(other.target_)),
      place_(std::exchange(other.place_, fs::path())),
      files_(std::move(other.files_)) {}

StagingDirectory::~StagingDirectory() {
  std::error_code ignored;
  if (!place_.empty()) fs::remove_all(place_, ignored);
}

Result<StagingDirectory> StagingDirectory::create(const std::string& target) {
  std::error_code code;
  fs::path path = fs::absolute(target, code).lexically_normal();
  if (code || target.empty()) return failure(target, "use this as a directory", code);
  if (!path.has_filename()) path = path.parent_path();
  if (fs::exists(path, code) && !fs::is_directory(path, code)) {
    return Error{engine::Reason::malformed, fmt::format("{}: is not a directory", path.string())};
  }
  fs::create_directories(path.parent_path(), code);
  if (code) return failure(path.parent_path(), "make the directory", code);
  Result<fs::path> place = new_directory_beside(path);
  if (!place) return place.error();
  return StagingDirectory(std::move(path), std::move(*place));
}

Result<void> StagingDirectory::write(const std::string& path, engine::ByteView content) {
  const fs::path file = place_ / path;
  std::error_code code;
  fs::create_directories(file.parent_path(), code);
  if (code) return failure(file.parent_path(), "make the directory", code);
  std::ofstream stream(file, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
  stream.close();
  if (!stream) return failure(file, "write", std::make_error_code(std::errc::io_error));
  files_.emplace_back(path);
  return {};
}

Result<void> StagingDirectory::write(const std::string& path, std::string_view content) {
  return write(path, engine::view_of(content));
}

Result<void> StagingDirectory::make_executable(const std::string& path) {
  std::error_code code;
  const fs::perms everyone = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
  fs::permissions(place_ / path, everyone, fs::perm_options::add, code);
  if (code) return failure(place_ / path, "make executable", code);
  return {};
}

Result<void> StagingDirectory::move_into_target() {
  std::error_code code;
  if (!fs::exists(target_, code)) {
    fs::rename(place_, target_, code);
    if (code) return failure(target_, "write", code);
    place_.clear();
    return {};
  }
  for (const fs::path& file : files_) {
    fs::create_directories((target_ / file).parent_path(), code);
    if (code) return failure((target_ / file).parent_path(), "make the directory", code);
    fs::rename(place_ / file, target_ / file, code);
    if (code) return failure(target_ / file, "write", code);
  }
  return {};
}

Result<std::vector<std::string>> StagingDirectory::publish() {
  if (const auto moved = move_into_target(); !moved) return moved.error();
  std::vector<std::string> paths;
  for (const fs::path& file : files_) paths.push_back((target_ / file).string());
  return paths;
}

}  // namespace viz
