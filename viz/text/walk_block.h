#pragma once

#include <set>
#include <string>
#include <vector>

#include "sim/trace/trace.h"
#include "viz/text/story.h"
#include "viz/text/walk.h"

namespace viz {

/// Builds the lines of single steps. What was explained once in the same words is not explained again.
class WalkBlocks {
 public:
  WalkBlocks(const sim::Trace& trace, Language language, const WalkOptions& options);

  /// The lines of a step; empty where it has nothing to tell.
  std::vector<std::string> block(sim::Index step);

 private:
  void add(std::string_view first, std::string_view text);
  void add_heading(const sim::Step& step, sim::Index number, const Story& story);
  void add_payloads(const sim::Step& step);
  void add_explanation(const Story& story);
  void add_detail(const StoryDetail& detail);
  void add_lesson(const StoryDetail& detail);
  void add_question(const StoryDetail& detail);
  bool is_new(const std::string& text) { return told_.insert(text).second; }

  const sim::Trace& trace_;
  Language language_;
  WalkOptions options_;
  std::set<std::string> told_;
  std::vector<std::string> lines_;
};

/// Whether a link lost the packet.
bool is_lost(const sim::TracePacket& packet);

/// How a tunnel stands at the end of the run; down if nothing was ever told of it.
sim::TunnelState last_state_of(const sim::Trace& trace, sim::Index tunnel);

/// Whether a step has anything to tell in a walk: passing a packet on has not, unless it was changed.
bool is_notable(const sim::Trace& trace, sim::Index step);

}  // namespace viz
