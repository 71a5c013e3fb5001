#pragma once

#include <imgui.h>

#include "viz/gui/view.h"

namespace viz {

/// What a colour stands for. Each is used with a shape or a label beside it, so that nothing is told by colour alone;
/// the hues are those of Okabe and Ito, which people with colour vision deficiencies can tell apart.
struct Palette {
  ImU32 background;  ///< Behind the panels.
  ImU32 panel;
  ImU32 raised;  ///< Buttons, cards, table heads.
  ImU32 hovered;
  ImU32 border;
  ImU32 text;
  ImU32 muted;        ///< Labels and second lines; still 4.5:1 against `panel`.
  ImU32 faint;        ///< Lines and things that are not there yet.
  ImU32 accent;       ///< Selection, focus, the present step.
  ImU32 accent_text;  ///< On `accent`.
  ImU32 selection;    ///< Behind selected rows.
  ImU32 phase1;
  ImU32 phase2;
  ImU32 informational;
  ImU32 esp;
  ImU32 clear_traffic;  ///< Packets without protection.
  ImU32 good;
  ImU32 bad;
  ImU32 warning;
  ImU32 secret;  ///< Key material.
};

const Palette& palette_of(ThemeName theme);

/// `color` with its opacity times `factor` (0 to 1).
ImU32 faded(ImU32 color, float factor);

/// Sets Dear ImGui's style: colours, and sizes in units of the font size `em`.
void apply_theme(const Palette& palette, float em);

}  // namespace viz
