#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>

#include "viz/gui/dialog.h"
#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

void ExportDialog::open(const sim::Trace& trace) {
  if (directory_.empty()) directory_ = "tunnelwalk-" + trace.scenario_id;
  if (formats_.empty()) {
    for (const ExportFormatInfo& format : all_export_formats()) formats_.insert(format.format);
  }
  row_ = all_export_formats().size() + 1;
  written_.clear();
  message_.clear();
}

void ExportDialog::draw(const Ui& ui, std::optional<Action> action, bool& close) {
  const float em = ui.em();
  if (begin_dialog(ui, ui.tr("interface.export.title"), {46, 36})) close = true;
  const std::span<const ExportFormatInfo> formats = all_export_formats();
  const std::size_t rows = formats.size() + 2;
  if (action == Action::item_down) row_ = (row_ + 1) % rows;
  if (action == Action::item_up) row_ = (row_ + rows - 1) % rows;
  const bool pressed = action == Action::activate;

  label(ui, ui.tr("interface.export.directory"));
  ImGui::PushItemWidth(ImGui::GetContentRegionAvail().x - em * 0.4F);
  if (focus_directory_ || (pressed && row_ == 0)) ImGui::SetKeyboardFocusHere();
  focus_directory_ = false;
  ImGui::PushFont(ui.fonts.mono);
  ImGui::InputText("##directory", &directory_);
  ImGui::PopFont();
  if (ImGui::IsItemClicked()) row_ = 0;
  if (row_ == 0) {
    ImGui::GetWindowDrawList()->AddRect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), ui.colors.accent, em * 0.35F,
                                        0, 2);
  }
  ImGui::PopItemWidth();
  ImGui::Dummy({1, em * 0.3F});
  label(ui, ui.tr("interface.export.formats"));
  for (std::size_t i = 0; i < formats.size(); ++i) {
    const ExportFormatInfo& format = formats[i];
    const bool on = formats_.count(format.format) != 0;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float height = std::round(em * 2.0F);
    ImGui::PushID(static_cast<int>(i));
    const bool clicked = ImGui::InvisibleButton("format", {width, height});
    ImGui::PopID();
    ImGui::SetCursorScreenPos({at.x, at.y + height});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const bool selected = row_ == i + 1;
    if (selected || ImGui::IsItemHovered()) {
      list.AddRectFilled(at, {at.x + width, at.y + height}, selected ? ui.colors.selection : ui.colors.hovered,
                         em * 0.3F);
    }
    const ImVec2 box{at.x + em * 0.5F, at.y + em * 0.5F};
    list.AddRectFilled(box, {box.x + em, box.y + em}, on ? ui.colors.accent : ui.colors.raised, em * 0.2F);
    list.AddRect(box, {box.x + em, box.y + em}, ui.colors.muted, em * 0.2F);
    if (on) draw_icon(list, Icon::check, {box.x + em * 0.5F, box.y + em * 0.5F}, em * 0.7F, ui.colors.accent_text);
    draw_text(list, *ui.fonts.strong, {at.x + em * 2.1F, at.y + em * 0.5F}, ui.colors.text, format.name);
    draw_text(list, *ui.fonts.body, {at.x + em * 8.0F, at.y + em * 0.5F}, ui.colors.muted,
              fitted(*ui.fonts.body, format.files, width - em * 8.4F));
    if (clicked || (pressed && selected)) {
      row_ = i + 1;
      if (on)
        formats_.erase(format.format);
      else
        formats_.insert(format.format);
    }
  }
  ImGui::Dummy({1, em * 0.4F});
  const bool go = button(ui, "write",
                         {.label = ui.tr("interface.export.write"),
                          .icon = Icon::save,
                          .kind = ButtonKind::primary,
                          .enabled = !formats_.empty() && !directory_.empty(),
                          .key = "Enter"});
  if (row_ == rows - 1) {
    const ImVec2 min = ImGui::GetItemRectMin();
    const ImVec2 max = ImGui::GetItemRectMax();
    ImGui::GetWindowDrawList()->AddRect({min.x - 3, min.y - 3}, {max.x + 3, max.y + 3}, ui.colors.accent, em * 0.5F, 0,
                                        2);
  }
  if ((go || (pressed && row_ == rows - 1)) && !formats_.empty() && !directory_.empty()) write(ui);
  ImGui::Dummy({1, em * 0.2F});
  if (!message_.empty()) {
    const Card card(ui, written_.empty() ? ui.colors.bad : ui.colors.good);
    paragraph(ui, *ui.fonts.strong, message_, ui.colors.text);
    for (const std::string& path : written_) paragraph(ui, *ui.fonts.mono, path, ui.colors.muted);
  }
  end_dialog();
}

void ExportDialog::write(const Ui& ui) {
  const engine::Result<std::vector<std::string>> result = export_trace(ui.session.trace(), {directory_, formats_});
  if (result) {
    written_ = *result;
    message_ = ui.tr("interface.export.done", {{"count", std::to_string(written_.size())}, {"directory", directory_}});
  } else {
    written_.clear();
    message_ = result.error().message;
  }
}

}  // namespace viz
