#pragma once

#include <imgui.h>

#include "sim/trace/trace.h"

namespace viz {

/// Small pictures drawn as shapes, so that they do not depend on a font and grow with the text.
enum class Icon : unsigned char {
  none,
  play,
  pause,
  first,
  last,
  next,
  previous,
  next_phase,
  previous_phase,
  lock,
  unlocked,
  check,
  cross,
  warning,
  eye,
  key,
  globe,
  sun,
  moon,
  gear,
  open,
  save,
  question,
  copy,
  enlarge,
  pin,
};

/// Draws an icon into the square of side `size` around `center`.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 center, float size, ImU32 color);

/// Draws what stands for a node of this type, into the square of side `size` around `center`: a computer, a router, a
/// gateway with its lock, the cloud side's gateway.
void draw_node(ImDrawList& list, sim::NodeType type, ImVec2 center, float size, ImU32 color, ImU32 fill);

/// A line of dashes; `phase` pixels shift the pattern along it.
void draw_dashed_line(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 color, float thickness, float dash, float gap,
                      float phase = 0);

}  // namespace viz
