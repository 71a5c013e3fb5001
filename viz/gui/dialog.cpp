#include "viz/gui/dialog.h"

#include <algorithm>
#include <cmath>

#include "viz/gui/widgets.h"

namespace viz {

bool begin_dialog(const Ui& ui, std::string_view title, ImVec2 size) {
  const float em = ui.em();
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const ImVec2 wanted{std::min(size.x * em, display.x - em * 2), std::min(size.y * em, display.y - em * 2)};
  const ImVec2 at{std::round((display.x - wanted.x) / 2), std::round((display.y - wanted.y) / 2)};
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(display);
  ImGui::SetNextWindowFocus();
  ImGui::PushStyleColor(ImGuiCol_WindowBg, IM_COL32(0, 0, 0, 165));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("dialog", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
  const ImVec2 end{at.x + wanted.x, at.y + wanted.y};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, end, ui.colors.panel, em * 0.7F);
  list.AddRect(at, end, ui.colors.border, em * 0.7F);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool outside = ImGui::IsMouseClicked(0) && !ImGui::IsWindowAppearing() &&
                       (mouse.x < at.x || mouse.y < at.y || mouse.x > end.x || mouse.y > end.y);
  ImGui::SetCursorScreenPos({at.x + em * 1.4F, at.y + em * 1.1F});
  line(ui, *ui.fonts.title, title, ui.colors.text, wanted.x - em * 6);
  ImGui::SetCursorScreenPos({end.x - em * 3.1F, at.y + em * 0.9F});
  const bool crossed = button(ui, "close",
                              {.icon = Icon::cross,
                               .kind = ButtonKind::quiet,
                               .tooltip = ui.tr("interface.action.close"),
                               .key = shown_key(Action::close)});
  ImGui::SetCursorScreenPos({at.x + em * 1.4F, at.y + em * 3.4F});
  ImGui::BeginChild("dialog-inside", {wanted.x - em * 2.8F, wanted.y - em * 4.4F}, false, ImGuiWindowFlags_NoNav);
  return outside || crossed;
}

void end_dialog() {
  ImGui::EndChild();
  ImGui::End();
}

}  // namespace viz
