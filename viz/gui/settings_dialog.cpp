#include <algorithm>
#include <array>
#include <string>

#include "viz/gui/dialog.h"
#include "viz/gui/widgets.h"

namespace viz {

namespace {

/// One row: a label and its choices side by side; returns the choice clicked, or reached with an arrow key.
std::optional<std::size_t> choice_row(const Ui& ui, const char* id, std::string_view name,
                                      std::span<const std::string_view> choices, std::size_t current, bool selected,
                                      std::optional<Action> action) {
  const float em = ui.em();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (selected) {
    list.AddRectFilled(at, {at.x + width, at.y + em * 2.5F}, faded(ui.colors.selection, 0.6F), em * 0.4F);
    list.AddRectFilled(at, {at.x + em * 0.2F, at.y + em * 2.5F}, ui.colors.accent, em * 0.1F);
  }
  draw_text(list, *ui.fonts.body, {at.x + em * 0.8F, at.y + em * 0.75F}, ui.colors.text, name);
  ImGui::SetCursorScreenPos({at.x + em * 13, at.y + em * 0.37F});
  std::optional<std::size_t> chosen;
  ImGui::PushID(id);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, em * 0.3F);
    ImGui::PushID(static_cast<int>(i));
    if (button(ui, "choice",
               {.label = choices[i], .icon = i == current ? Icon::check : Icon::none, .on = i == current})) {
      chosen = i;
    }
    ImGui::PopID();
  }
  ImGui::PopID();
  ImGui::SetCursorScreenPos({at.x, at.y + em * 2.7F});
  if (!selected || choices.empty()) return chosen;
  if (action == Action::next_message && current + 1 < choices.size()) chosen = current + 1;
  if (action == Action::previous_message && current > 0) chosen = current - 1;
  if (action == Action::activate) chosen = (current + 1) % choices.size();
  return chosen;
}

}  // namespace

void SettingsDialog::draw(const Ui& ui, std::optional<Action> action, Settings& settings, bool& close) {
  constexpr std::size_t rows = 4;
  if (begin_dialog(ui, ui.tr("interface.settings.title"), {46, 22})) close = true;
  if (action == Action::item_down) row_ = (row_ + 1) % rows;
  if (action == Action::item_up) row_ = (row_ + rows - 1) % rows;
  const std::array<std::string_view, 2> languages = {"English", "日本語"};
  const std::array<std::string_view, 2> themes = {ui.tr("interface.settings.dark"), ui.tr("interface.settings.light")};
  const std::array<std::string_view, 5> scales = {"100 %", "125 %", "150 %", "200 %", "300 %"};
  constexpr std::array<int, 5> scale_values = {100, 125, 150, 200, 300};
  const std::array<std::string_view, 2> yes_no = {ui.tr("interface.settings.full-motion"),
                                                  ui.tr("interface.settings.less-motion")};
  const auto language = choice_row(ui, "language", ui.tr("interface.settings.language"), languages,
                                   static_cast<std::size_t>(settings.language), row_ == 0, action);
  if (language) settings.language = static_cast<Language>(*language);
  const auto theme = choice_row(ui, "theme", ui.tr("interface.settings.theme"), themes,
                                static_cast<std::size_t>(settings.theme), row_ == 1, action);
  if (theme) settings.theme = static_cast<ThemeName>(*theme);
  const auto nearest = static_cast<std::size_t>(
      std::upper_bound(scale_values.begin(), scale_values.end(), settings.text_scale) - scale_values.begin() - 1);
  const auto scale = choice_row(ui, "scale", ui.tr("interface.settings.text"), scales, nearest, row_ == 2, action);
  if (scale) settings.text_scale = scale_values[*scale];
  const auto motion = choice_row(ui, "motion", ui.tr("interface.settings.motion"), yes_no,
                                 settings.reduce_motion ? 1 : 0, row_ == 3, action);
  if (motion) settings.reduce_motion = *motion == 1;
  ImGui::Dummy({1, ui.em() * 0.5F});
  if (!ui.fonts.has_japanese) paragraph(ui, ui.tr("interface.settings.no-japanese"), ui.colors.warning);
  paragraph(ui, ui.tr("interface.settings.hint"), ui.colors.muted);
  end_dialog();
}

}  // namespace viz
