#include "viz/gui/widgets.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "viz/gui/wrapping.h"

namespace viz {

namespace {

void tooltip(const Ui& ui, std::string_view text, std::string_view key) {
  if (text.empty() || !ImGui::IsItemHovered()) return;
  ImGui::BeginTooltip();
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  if (!key.empty()) {
    ImGui::SameLine();
    badge(ui, key, ui.colors.muted);
  }
  ImGui::EndTooltip();
}

float row_height(const Ui& ui) { return std::round(ui.em() * 1.75F); }

}  // namespace

void draw_text(ImDrawList& list, const ImFont& font, ImVec2 at, ImU32 color, std::string_view text) {
  list.AddText(&font, font.FontSize, {std::round(at.x), std::round(at.y)}, color, text.data(),
               text.data() + text.size());
}

ImVec2 button_size(const Ui& ui, const ButtonLook& look) {
  const float em = ui.em();
  if (look.width > 0) return {look.width, row_height(ui)};
  float width = look.label.empty() ? 0 : width_of(*ui.fonts.body, look.label) + em * 1.2F;
  if (look.icon != Icon::none) width += look.label.empty() ? row_height(ui) * 1.1F : em * 1.15F;
  return {std::round(width), row_height(ui)};
}

bool button(const Ui& ui, const char* id, const ButtonLook& look) {
  const float em = ui.em();
  const ImVec2 size = button_size(ui, look);
  ImGui::BeginDisabled(!look.enabled);
  const bool clicked = ImGui::InvisibleButton(id, size);
  ImGui::EndDisabled();
  const bool hovered = look.enabled && ImGui::IsItemHovered();
  const ImVec2 min = ImGui::GetItemRectMin();
  const ImVec2 max = ImGui::GetItemRectMax();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool filled = look.on || look.kind == ButtonKind::primary;
  ImU32 fill = filled ? ui.colors.accent : hovered ? ui.colors.hovered : ui.colors.raised;
  if (look.kind == ButtonKind::quiet && !filled && !hovered) fill = IM_COL32(0, 0, 0, 0);
  if (!look.enabled) fill = faded(fill, 0.5F);
  ImU32 ink = filled ? ui.colors.accent_text : ui.colors.text;
  if (!look.enabled) ink = ui.colors.faint;
  list.AddRectFilled(min, max, fill, em * 0.4F);
  if (filled && hovered) list.AddRect(min, max, ui.colors.text, em * 0.4F, 0, 1.5F);

  const float middle = (min.y + max.y) / 2;
  float x = min.x + em * 0.6F;
  if (look.icon != Icon::none) {
    const float side = em * 0.85F;
    const ImVec2 center{look.label.empty() ? (min.x + max.x) / 2 : x + side / 2, middle};
    draw_icon(list, look.icon, center, side, ink);
    x += em * 1.15F;
  }
  if (!look.label.empty()) {
    const std::string shown = fitted(*ui.fonts.body, look.label, max.x - x - em * 0.4F);
    const float label_width = width_of(*ui.fonts.body, shown);
    if (look.width > 0 && look.icon == Icon::none) x = std::round((min.x + max.x - label_width) / 2);
    draw_text(list, *ui.fonts.body, {x, middle - em * 0.5F}, ink, shown);
  }
  if (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible) {
    list.AddRect({min.x - 2, min.y - 2}, {max.x + 2, max.y + 2}, ui.colors.accent, em * 0.5F, 0, 2);
  }
  tooltip(ui, look.tooltip, look.key);
  return clicked;
}

void badge(const Ui& ui, std::string_view text, ImU32 color, Icon icon) {
  const float em = ui.em();
  const ImFont& font = *ui.fonts.small;
  const float icon_room = icon == Icon::none ? 0 : em * 0.95F;
  const ImVec2 size{std::round(width_of(font, text) + em * 0.8F + icon_room), std::round(font.FontSize + em * 0.35F)};
  const ImVec2 min = ImGui::GetCursorScreenPos();
  ImGui::Dummy(size);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 max{min.x + size.x, min.y + size.y};
  list.AddRectFilled(min, max, faded(color, 0.16F), em * 0.3F);
  list.AddRect(min, max, faded(color, 0.7F), em * 0.3F);
  if (icon != Icon::none) draw_icon(list, icon, {min.x + em * 0.75F, (min.y + max.y) / 2}, em * 0.62F, color);
  draw_text(list, font, {min.x + em * 0.4F + icon_room, min.y + em * 0.17F}, ui.colors.text, text);
}

void paragraph(const Ui& ui, const ImFont& font, std::string_view text, ImU32 color) {
  if (text.empty()) return;
  const float width = std::max(ImGui::GetContentRegionAvail().x, ui.em() * 4);
  const std::vector<std::string_view> lines = wrap_lines(font, text, width);
  const float step = std::round(font.FontSize * 1.38F);
  ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({width, step * static_cast<float>(lines.size())});
  if (!ImGui::IsItemVisible()) return;
  for (const std::string_view each : lines) {
    draw_text(*ImGui::GetWindowDrawList(), font, {at.x, at.y + (step - font.FontSize) / 2}, color, each);
    at.y += step;
  }
}

void paragraph(const Ui& ui, std::string_view text, ImU32 color) { paragraph(ui, *ui.fonts.body, text, color); }

void line(const Ui& ui, const ImFont& font, std::string_view text, ImU32 color, float width) {
  const float room = width > 0 ? width : std::max(ImGui::GetContentRegionAvail().x, ui.em() * 2);
  const std::string shown = fitted(font, text, room);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({width > 0 ? width : std::min(room, width_of(font, shown)), std::round(font.FontSize * 1.3F)});
  draw_text(*ImGui::GetWindowDrawList(), font, {at.x, at.y + font.FontSize * 0.15F}, color, shown);
  if (shown.size() != text.size() || shown != text) tooltip(ui, text, {});
}

void label(const Ui& ui, std::string_view text) { line(ui, *ui.fonts.small, text, ui.colors.muted); }

void empty_message(const Ui& ui, Icon icon, std::string_view text) {
  const float em = ui.em();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float width = std::min(room.x, em * 26);
  const std::vector<std::string_view> lines = wrap_lines(*ui.fonts.body, text, width);
  const float height = em * 2.6F + static_cast<float>(lines.size()) * em * 1.4F;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float y = start.y + std::max(0.0F, (room.y - height) * 0.4F);
  draw_icon(list, icon, {start.x + room.x / 2, y + em}, em * 1.6F, ui.colors.faint);
  y += em * 2.6F;
  for (const std::string_view each : lines) {
    const float x = start.x + (room.x - width_of(*ui.fonts.body, each)) / 2;
    draw_text(list, *ui.fonts.body, {x, y}, ui.colors.muted, each);
    y += em * 1.4F;
  }
  ImGui::Dummy({1, std::max(1.0F, std::min(room.y, height))});
}

void property(const Ui& ui, std::string_view name, std::string_view value, float column, const ImFont* font) {
  const ImVec2 start = ImGui::GetCursorScreenPos();
  line(ui, *ui.fonts.body, name, ui.colors.muted, column - ui.em() * 0.6F);
  ImGui::SetCursorScreenPos({start.x + column, start.y});
  paragraph(ui, font != nullptr ? *font : *ui.fonts.body, value, ui.colors.text);
}

Card::Card(const Ui& ui, ImU32 color)
    : ui_(ui), color_(color), start_(ImGui::GetCursorScreenPos()), width_(ImGui::GetContentRegionAvail().x) {
  const float em = ui_.em();
  ImGui::GetWindowDrawList()->ChannelsSplit(2);
  ImGui::GetWindowDrawList()->ChannelsSetCurrent(1);
  ImGui::Dummy({1, em * 0.15F});
  ImGui::Indent(em * 0.9F);
  ImGui::GetCurrentWindow()->ContentRegionRect.Max.x -= em * 0.7F;
  ImGui::BeginGroup();
}

Card::~Card() {
  const float em = ui_.em();
  ImGui::EndGroup();
  ImGui::GetCurrentWindow()->ContentRegionRect.Max.x += em * 0.7F;
  ImGui::Unindent(em * 0.9F);
  ImGui::Dummy({1, em * 0.15F});
  const ImVec2 end{start_.x + width_, ImGui::GetItemRectMax().y};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.ChannelsSetCurrent(0);
  list.AddRectFilled(start_, end, faded(ui_.colors.raised, 0.55F), em * 0.4F);
  list.AddRectFilled(start_, {start_.x + em * 0.25F, end.y}, color_, em * 0.4F, ImDrawFlags_RoundCornersLeft);
  list.ChannelsMerge();
  ImGui::Dummy({1, em * 0.1F});
}

}  // namespace viz
