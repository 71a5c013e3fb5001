#include "viz/gui/view.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>

#include "viz/gui/library.h"
#include "viz/gui/window.h"

namespace viz {

int view(const ViewOptions& options) {
  const Library library = file_library(options.scenario_directory);
  engine::Result<std::unique_ptr<Document>> document = library.open(options.source);
  if (!document) {
    fmt::print(stderr, "{}\n", document.error().message);
    return 2;
  }
  return show(std::move(*document), library, options);
}

std::optional<PanelId> panel_from_id(const std::string& id) {
  constexpr std::array ids = {"topology", "story", "ladder", "inspector", "negotiation", "keys", "state", "transport"};
  for (std::size_t panel = 0; panel < ids.size(); ++panel) {
    if (id == ids[panel]) return static_cast<PanelId>(panel);
  }
  return std::nullopt;
}

}  // namespace viz
