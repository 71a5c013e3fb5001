#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "viz/gui/session.h"

namespace viz {

/// A scenario that can be opened.
struct LibraryEntry {
  std::string source;  ///< What open() takes.
  std::string id;
  sim::Text title;
  sim::Text summary;
};

/// Where documents come from. The window knows no files: it is given this.
struct Library {
  /// The scenarios, in the order in which they are shown.
  std::function<std::vector<LibraryEntry>()> list;
  /// Runs a scenario or loads a trace.
  std::function<engine::Result<std::unique_ptr<Document>>(const std::string& source)> open;
};

/// The library of scenario files in `directory`; a source may also be the path of a scenario or a trace. An empty
/// source is the article's scenario.
Library file_library(const std::string& directory);

}  // namespace viz
