#include <algorithm>
#include <cmath>

#include "viz/gui/dialog.h"
#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

std::optional<std::string> ScenarioPicker::draw(const Ui& ui, std::optional<Action> action, bool& close) {
  const float em = ui.em();
  std::optional<std::string> chosen;
  if (begin_dialog(ui, ui.tr("interface.picker.title"), {44, 34})) close = true;
  if (!message_.empty()) {
    const Card card(ui, ui.colors.bad);
    paragraph(ui, message_, ui.colors.text);
  }
  if (entries_.empty()) empty_message(ui, Icon::open, ui.tr("interface.picker.empty"));
  if (!entries_.empty()) {
    if (action == Action::item_down) row_ = (row_ + 1) % entries_.size();
    if (action == Action::item_up) row_ = (row_ + entries_.size() - 1) % entries_.size();
    row_ = std::min(row_, entries_.size() - 1);
    if (action == Action::activate) chosen = entries_[row_].source;
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const LibraryEntry& entry = entries_[i];
    const float width = ImGui::GetContentRegionAvail().x;
    const std::vector<std::string_view> lines = wrap_lines(*ui.fonts.body, ui.tr(entry.summary), width - em * 2);
    const float height = std::round(em * (2.3F + 1.38F * static_cast<float>(lines.size()) + 1.2F));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::InvisibleButton("entry", {width, height})) chosen = entry.source;
    ImGui::PopID();
    if (ImGui::IsItemHovered() && ImGui::GetIO().MouseDelta.x != 0) row_ = i;
    if (i == row_ && action) ImGui::SetScrollHereY(0.5F);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 end{at.x + width, at.y + height};
    list.AddRectFilled(at, end, i == row_ ? ui.colors.selection : ui.colors.raised, em * 0.5F);
    if (i == row_) list.AddRect(at, end, ui.colors.accent, em * 0.5F, 0, 2);
    draw_text(list, *ui.fonts.strong, {at.x + em, at.y + em * 0.6F}, ui.colors.text,
              fitted(*ui.fonts.strong, ui.tr(entry.title), width - em * 2));
    float y = at.y + em * 2.0F;
    for (const std::string_view each : lines) {
      draw_text(list, *ui.fonts.body, {at.x + em, y}, ui.colors.text, each);
      y += em * 1.38F;
    }
    draw_text(list, *ui.fonts.mono, {at.x + em, y + em * 0.1F}, ui.colors.muted, entry.id);
  }
  end_dialog();
  return chosen;
}

}  // namespace viz
