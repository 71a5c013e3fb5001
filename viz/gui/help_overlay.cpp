#include <algorithm>
#include <array>
#include <cmath>

#include "viz/gui/dialog.h"
#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

namespace {

struct Group {
  ActionGroup group;
  std::string_view title;
  std::size_t column;  ///< In which column of the overlay.
};

constexpr std::array groups = {
    Group{ActionGroup::stepping, "interface.help.stepping", 0},
    Group{ActionGroup::program, "interface.help.program", 0},
    Group{ActionGroup::panels, "interface.help.panels", 1},
    Group{ActionGroup::inside, "interface.help.inside", 2},
    Group{ActionGroup::view, "interface.help.view", 2},
};

void draw_group(const Ui& ui, const Group& group) {
  const float em = ui.em();
  line(ui, *ui.fonts.strong, ui.tr(group.title), ui.colors.accent);
  for (const Binding& binding : all_bindings()) {
    if (binding.group != group.group || binding.shown.empty()) continue;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    badge(ui, binding.shown, ui.colors.muted);
    ImGui::SetCursorScreenPos({at.x + em * 5.6F, at.y});
    paragraph(ui, ui.tr(binding.text), ui.colors.text);
  }
  ImGui::Dummy({1, em * 0.6F});
}

}  // namespace

void draw_help(const Ui& ui, std::optional<Action> action, bool& close) {
  const float em = ui.em();
  if (begin_dialog(ui, ui.tr("interface.help.title"), {76, 46})) close = true;
  if (action == Action::item_down) ImGui::SetScrollY(ImGui::GetScrollY() + em * 3);
  if (action == Action::item_up) ImGui::SetScrollY(ImGui::GetScrollY() - em * 3);
  if (action == Action::page_down) ImGui::SetScrollY(ImGui::GetScrollY() + ImGui::GetWindowHeight() * 0.8F);
  if (action == Action::page_up) ImGui::SetScrollY(ImGui::GetScrollY() - ImGui::GetWindowHeight() * 0.8F);
  const int columns = std::clamp(static_cast<int>(ImGui::GetContentRegionAvail().x / (em * 21)), 1, 3);
  if (ImGui::BeginTable("keys", columns, ImGuiTableFlags_SizingStretchSame)) {
    for (int column = 0; column < columns; ++column) {
      ImGui::TableNextColumn();
      for (const Group& group : groups) {
        if (std::min(static_cast<int>(group.column), columns - 1) == column) draw_group(ui, group);
      }
    }
    ImGui::EndTable();
  }
  end_dialog();
}

}  // namespace viz
