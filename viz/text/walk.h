#pragma once

#include <string>
#include <vector>

#include "sim/trace/trace.h"
#include "viz/text/catalogue.h"

namespace viz {

struct WalkOptions {
  std::size_t width = 96;  ///< Columns; East Asian wide characters count two. 60 to 200.
  bool explain = true;     ///< With the what, why and next of each step; else the arrows and failures alone.
  bool fold = true;        ///< Runs of alike messages become one line.
  bool beats = true;       ///< With the lesson's beats and questions.
};

/// The whole run as text for a terminal or a file: heading, each notable step, outcome. Lines end in "\n"; no control
/// codes.
std::string walk(const sim::Trace& trace, Language language, const WalkOptions& options = {});

/// The lines of one step (without line ends), as in walk(); empty where the step has nothing to tell.
std::vector<std::string> walk_step(const sim::Trace& trace, sim::Index step, Language language,
                                   const WalkOptions& options = {});

/// One step as a JSON object on one line (no line end): index, time in nanoseconds, kind, node, tunnel, packet, reason,
/// story.
std::string step_json(const sim::Trace& trace, sim::Index step, Language language);

/// The outcome as a JSON object on one line: title, steps, end, tunnels, expectations, "ok".
std::string outcome_json(const sim::Trace& trace, Language language);

}  // namespace viz
