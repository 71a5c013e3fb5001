#include "viz/gui/layout.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

namespace {

constexpr float nudge_share = 0.03F;
constexpr float smallest_share = 0.2F;
constexpr float largest_share = 0.8F;

float within(float share) { return std::clamp(share, smallest_share, largest_share); }

/// The gap between two panels: drag it to move `share` of `room` pixels.
void splitter(const Ui& ui, const char* id, Area gap, bool vertical, float room, float& share) {
  ImGui::SetCursorScreenPos(gap.at);
  ImGui::InvisibleButton(id, gap.size);
  const bool held = ImGui::IsItemActive();
  if (held) {
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    share = within(share + (vertical ? moved.x : moved.y) / std::max(room, 1.0F));
  }
  if (!held && !ImGui::IsItemHovered()) return;
  ImGui::SetMouseCursor(vertical ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  const float thickness = std::max(2.0F, ui.em() * 0.15F);
  const ImVec2 middle{gap.at.x + gap.size.x / 2, gap.at.y + gap.size.y / 2};
  const ImVec2 min = vertical ? ImVec2{middle.x - thickness / 2, gap.at.y} : ImVec2{gap.at.x, middle.y - thickness / 2};
  const ImVec2 max = vertical ? ImVec2{middle.x + thickness / 2, gap.at.y + gap.size.y}
                              : ImVec2{gap.at.x + gap.size.x, middle.y + thickness / 2};
  ImGui::GetWindowDrawList()->AddRectFilled(min, max, ui.colors.accent, thickness);
}

Action focus_action(PanelId panel) {
  constexpr std::array actions = {Action::focus_topology,  Action::focus_story,       Action::focus_ladder,
                                  Action::focus_inspector, Action::focus_negotiation, Action::focus_keys,
                                  Action::focus_state,     Action::focus_transport};
  return actions[static_cast<std::size_t>(panel)];
}

void draw_plate(const Ui& ui, const Area& area, bool focused) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 max{area.at.x + area.size.x, area.at.y + area.size.y};
  list.AddRectFilled(area.at, max, ui.colors.panel, ui.em() * 0.55F);
  const ImU32 edge = focused ? ui.colors.accent : ui.colors.border;
  list.AddRect(area.at, max, edge, ui.em() * 0.55F, 0, focused ? 2.0F : 1.0F);
}

float head_height(const Ui& ui) { return std::round(ui.em() * 2.1F); }

bool begin_inside(Ui& ui, PanelId panel, const Area& area) {
  const float head = head_height(ui);
  ImGui::SetCursorScreenPos({area.at.x, area.at.y + head});
  ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.em() * 0.9F, ui.em() * 0.25F});
  const std::string id = "inside-" + std::to_string(static_cast<int>(panel));
  const ImVec2 size{area.size.x, std::max(area.size.y - head - ui.em() * 0.4F, 1.0F)};
  const bool visible = ImGui::BeginChild(id.c_str(), size, false,
                                         ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NoNavInputs);
  ImGui::PopStyleVar(2);
  if (ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) && ImGui::IsMouseClicked(0)) ui.wanted_focus = panel;
  return visible;
}

}  // namespace

std::string_view title_id(PanelId panel) {
  constexpr std::array<std::string_view, 8> ids = {
      "interface.panel.topology",    "interface.panel.story", "interface.panel.ladder", "interface.panel.inspector",
      "interface.panel.negotiation", "interface.panel.keys",  "interface.panel.state",  "interface.panel.transport"};
  return ids[static_cast<std::size_t>(panel)];
}

Layout::Places Layout::arrange(const Ui& ui, Area whole, bool single) {
  const float em = ui.em();
  Places places;
  places.single = single || whole.size.x < least_width * em || whole.size.y < least_height * em;
  if (places.single) {
    places.topology = places.story = places.ladder = places.right = whole;
    return places;
  }
  const float gap = std::round(em * 0.5F);
  const float left = std::round((whole.size.x - gap) * left_);
  const float top = std::round((whole.size.y - gap) * top_);
  const float topology = std::round((left - gap) * topology_);
  const float bottom_y = whole.at.y + top + gap;
  places.topology = {whole.at, {topology, top}};
  places.story = {{whole.at.x + topology + gap, whole.at.y}, {left - topology - gap, top}};
  places.ladder = {{whole.at.x, bottom_y}, {left, whole.size.y - top - gap}};
  places.right = {{whole.at.x + left + gap, whole.at.y}, {whole.size.x - left - gap, whole.size.y}};
  splitter(ui, "gap-columns", {{whole.at.x + left, whole.at.y}, {gap, whole.size.y}}, true, whole.size.x - gap, left_);
  splitter(ui, "gap-rows", {{whole.at.x, whole.at.y + top}, {left, gap}}, false, whole.size.y - gap, top_);
  splitter(ui, "gap-top", {{whole.at.x + topology, whole.at.y}, {gap, top}}, true, left - gap, topology_);
  return places;
}

void Layout::nudge(PanelId focus, Action action) {
  const bool grow = action == Action::widen || action == Action::taller;
  const float by = grow ? nudge_share : -nudge_share;
  const bool across = action == Action::widen || action == Action::narrow;
  if (!across) {
    top_ = within(focus == PanelId::ladder ? top_ - by : top_ + by);
  } else if (focus == PanelId::topology) {
    topology_ = within(topology_ + by);
  } else if (focus == PanelId::story) {
    topology_ = within(topology_ - by);
  } else {
    left_ = within(focus == PanelId::ladder ? left_ + by : left_ - by);
  }
}

bool begin_panel(Ui& ui, PanelId panel, const Area& area, std::string_view title) {
  const bool focused = ui.focus == panel;
  draw_plate(ui, area, focused);
  const float em = ui.em();
  const float head = head_height(ui);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(list, *ui.fonts.strong, {area.at.x + em * 0.9F, area.at.y + (head - em) / 2},
            focused ? ui.colors.text : ui.colors.muted, title);
  const std::string_view key = shown_key(focus_action(panel));
  const float key_width = width_of(*ui.fonts.small, key);
  draw_text(list, *ui.fonts.small,
            {area.at.x + area.size.x - em * 0.9F - key_width, area.at.y + (head - em * 0.85F) / 2}, ui.colors.faint,
            key);
  return begin_inside(ui, panel, area);
}

std::optional<PanelId> begin_tabbed_panel(Ui& ui, std::span<const PanelId> panels, PanelId shown, const Area& area) {
  const float em = ui.em();
  draw_plate(ui, area, ui.focus == shown);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float head = head_height(ui);
  std::optional<PanelId> clicked;
  // Titles shrink to the room there is before they are cut.
  float wanted = 0;
  for (const PanelId panel : panels) wanted += width_of(*ui.fonts.strong, ui.tr(title_id(panel))) + em * 2.1F;
  const float factor = std::min(1.0F, (area.size.x - em) / wanted);
  float x = area.at.x + em * 0.5F;
  for (const PanelId panel : panels) {
    const std::string_view title = ui.tr(title_id(panel));
    const std::string_view key = shown_key(focus_action(panel));
    const float width = std::floor((width_of(*ui.fonts.strong, title) + em * 2.1F) * factor);
    ImGui::SetCursorScreenPos({x, area.at.y + em * 0.15F});
    ImGui::PushID(static_cast<int>(panel));
    if (ImGui::InvisibleButton("tab", {width, head - em * 0.15F})) clicked = panel;
    ImGui::PopID();
    const bool front = panel == shown;
    const bool hovered = ImGui::IsItemHovered();
    if (hovered && !front) {
      list.AddRectFilled(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), ui.colors.raised, em * 0.4F,
                         ImDrawFlags_RoundCornersTop);
    }
    const ImU32 ink = front ? ui.colors.text : ui.colors.muted;
    const bool show_key = factor > 0.95F;
    const std::string text = fitted(*ui.fonts.strong, title, width - em * (show_key ? 1.7F : 0.5F));
    draw_text(list, *ui.fonts.strong, {x + em * 0.4F, area.at.y + (head - em) / 2}, ink, text);
    if (show_key) {
      const float text_width = width_of(*ui.fonts.strong, text);
      draw_text(list, *ui.fonts.small, {x + em * 0.8F + text_width, area.at.y + (head - em * 0.75F) / 2},
                ui.colors.faint, key);
    }
    if (front) {
      list.AddRectFilled({x + em * 0.4F, area.at.y + head - em * 0.2F}, {x + width - em * 0.4F, area.at.y + head},
                         ui.colors.accent, em * 0.1F);
    }
    x += width;
  }
  begin_inside(ui, shown, area);
  return clicked;
}

void end_panel() { ImGui::EndChild(); }

}  // namespace viz
