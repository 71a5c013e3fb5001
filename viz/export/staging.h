#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace viz {

/// A temporary directory beside a target directory: files are written into it and moved into the target once all of
/// them are there. Without publish(), nothing of it is left.
class StagingDirectory {
 public:
  /// Makes it, and the target's parents where they are missing. Error: malformed with the system's message.
  static engine::Result<StagingDirectory> create(const std::string& target);

  StagingDirectory(StagingDirectory&& other) noexcept;
  StagingDirectory& operator=(StagingDirectory&&) = delete;
  ~StagingDirectory();

  /// Writes a file; `path` is relative, with "/" between folders, which are made.
  engine::Result<void> write(const std::string& path, engine::ByteView content);
  engine::Result<void> write(const std::string& path, std::string_view content);

  /// Lets people run a file that was written.
  engine::Result<void> make_executable(const std::string& path);

  /// Moves all files into the target: the whole directory at once where there is no target yet, else file by file, each
  /// replacing one of the same name. Returns the files' paths in the target, in the order in which they were written.
  engine::Result<std::vector<std::string>> publish();

 private:
  StagingDirectory(std::filesystem::path target, std::filesystem::path place);
  engine::Result<void> move_into_target();

  std::filesystem::path target_;
  std::filesystem::path place_;  ///< Empty once there is nothing to remove.
  std::vector<std::filesystem::path> files_;
};

}  // namespace viz
