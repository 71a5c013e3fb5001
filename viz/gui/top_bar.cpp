#include <cmath>

#include "viz/gui/application.h"
#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

void Application::draw_top_bar(Ui& ui, const Area& area) {
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = area.at.y + area.size.y / 2;
  // The program's mark: a packet inside a tunnel.
  const ImVec2 mark{area.at.x + em * 1.25F, middle};
  list.AddRectFilled({mark.x - em * 1.1F, mark.y - em * 0.6F}, {mark.x + em * 1.1F, mark.y + em * 0.6F},
                     faded(ui.colors.esp, 0.25F), em * 0.6F);
  list.AddRect({mark.x - em * 1.1F, mark.y - em * 0.6F}, {mark.x + em * 1.1F, mark.y + em * 0.6F}, ui.colors.esp,
               em * 0.6F, 0, std::max(1.5F, em * 0.1F));
  list.AddRectFilled({mark.x - em * 0.45F, mark.y - em * 0.26F}, {mark.x + em * 0.45F, mark.y + em * 0.26F},
                     ui.colors.phase1, em * 0.12F);
  draw_bar_buttons(ui, area);
}

void Application::draw_bar_buttons(Ui& ui, const Area& area) {
  const float em = ui.em();
  const bool roomy = area.size.x > em * 72;
  const auto named = [&](std::string_view name) { return roomy ? name : std::string_view(); };
  struct BarButton {
    const char* id;
    Action action;
    ButtonLook look;
  };
  const bool dark = settings_.theme == ThemeName::dark;
  const std::array buttons = {
      BarButton{"eavesdropper",
                Action::eavesdropper,
                {.label = named(ui.tr("interface.bar.eavesdropper")),
                 .icon = Icon::eye,
                 .on = session_.eavesdropping(),
                 .tooltip = ui.tr("interface.action.eavesdropper")}},
      BarButton{"language",
                Action::language,
                {.label = settings_.language == Language::en ? "日本語" : "English",
                 .tooltip = ui.tr("interface.action.language")}},
      BarButton{
          "theme", Action::theme, {.icon = dark ? Icon::sun : Icon::moon, .tooltip = ui.tr("interface.action.theme")}},
      BarButton{"export",
                Action::export_files,
                {.label = named(ui.tr("interface.bar.export")),
                 .icon = Icon::save,
                 .tooltip = ui.tr("interface.action.export")}},
      BarButton{"settings", Action::settings, {.icon = Icon::gear, .tooltip = ui.tr("interface.action.settings")}},
      BarButton{"help", Action::help, {.icon = Icon::question, .tooltip = ui.tr("interface.action.help")}},
  };
  float width = 0;
  for (const BarButton& each : buttons) width += button_size(ui, each.look).x + em * 0.4F;
  const float y = area.at.y + (area.size.y - em * 1.75F) / 2;
  const float left = area.at.x + area.size.x - width;

  // The scenario's name opens the picker.
  const float title_x = area.at.x + em * 3.0F;
  const float title_room = left - title_x - em;
  if (title_room > em * 4) {
    const std::string_view title = ui.tr(session_.trace().title);
    const std::string_view shown = title.empty() ? std::string_view(session_.trace().scenario_id) : title;
    const float title_width = std::min(width_of(*ui.fonts.title, shown) + em * 2.6F, title_room);
    ImGui::SetCursorScreenPos({title_x, y});
    if (ImGui::InvisibleButton("scenario", {title_width, em * 1.75F})) obey(Action::open);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (ImGui::IsItemHovered()) {
      list.AddRectFilled(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), ui.colors.raised, em * 0.4F);
      const std::string tip =
          std::string(ui.tr("interface.action.open")) + "   " + std::string(shown_key(Action::open));
      ImGui::SetTooltip("%s", tip.c_str());
    }
    const std::string text = fitted(*ui.fonts.title, shown, title_width - em * 2.4F);
    draw_text(list, *ui.fonts.title, {title_x + em * 0.5F, y + em * 0.22F}, ui.colors.text, text);
    const float arrow_x = title_x + em * 1.3F + width_of(*ui.fonts.title, text);
    const float arrow_y = y + em * 0.95F;
    list.AddTriangleFilled({arrow_x - em * 0.3F, arrow_y - em * 0.18F}, {arrow_x + em * 0.3F, arrow_y - em * 0.18F},
                           {arrow_x, arrow_y + em * 0.22F}, ui.colors.muted);
  }
  float x = left;
  for (const BarButton& each : buttons) {
    ButtonLook look = each.look;
    look.key = shown_key(each.action);
    ImGui::SetCursorScreenPos({x, y});
    if (button(ui, each.id, look)) obey(each.action);
    x += button_size(ui, look).x + em * 0.4F;
  }
}

}  // namespace viz
