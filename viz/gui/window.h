#pragma once

#include <memory>

#include "viz/gui/library.h"
#include "viz/gui/view.h"

namespace viz {

/// Shows a document until the window is closed, or writes the screenshot asked for. Returns the exit status.
int show(std::unique_ptr<Document> document, const Library& library, const ViewOptions& options);

}  // namespace viz
