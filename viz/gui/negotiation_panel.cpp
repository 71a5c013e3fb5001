#include "viz/gui/negotiation_panel.h"

#include <algorithm>
#include <string>

#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

namespace {

/// The engine's rule of choice, in words.
std::string rule_text(const Ui& ui, std::string_view rule) {
  std::string id = "interface.rule." + std::string(rule);
  std::replace(id.begin(), id.end(), ' ', '-');
  return ui.lookup(id, rule);
}

/// A policy of a hundred entries is shown around the one at hand.
constexpr std::size_t shown_entries = 12;

}  // namespace

void NegotiationPanel::draw(Ui& ui) {
  const Index negotiation =
      ui.session.empty() ? no_index : negotiation_at(ui.session.index(), ui.session.step(), ui.session.viewpoint());
  if (negotiation == no_index) {
    empty_message(ui, ui.session.eavesdropping() ? Icon::eye : Icon::question,
                  ui.tr(ui.session.eavesdropping() ? "interface.negotiation.unseen" : "interface.negotiation.empty"));
    return;
  }
  const NegotiationTable table = negotiation_table(ui.session.index(), negotiation);
  if (negotiation != seen_negotiation_ || column_ >= table.columns.size()) {
    seen_negotiation_ = negotiation;
    column_ = table.chosen.value_or(table.closest.empty() ? 0 : table.closest.front());
  }
  const std::size_t count = table.columns.size();
  if (count > 1 && ui.pressed(PanelId::negotiation, Action::item_down)) column_ = (column_ + 1) % count;
  if (count > 1 && ui.pressed(PanelId::negotiation, Action::item_up)) column_ = (column_ + count - 1) % count;
  draw_head(ui, table);
  draw_comparisons(ui, table);
  draw_attributes(ui, table);
  draw_outcome(ui, table);
  draw_settings(ui, table);
}

void NegotiationPanel::draw_head(const Ui& ui, const NegotiationTable& table) const {
  const sim::Trace& trace = ui.session.trace();
  const float em = ui.em();
  badge(ui, ui.tr(table.phase == 1 ? "interface.phase1" : "interface.phase2"),
        table.phase == 1 ? ui.colors.phase1 : ui.colors.phase2);
  if (table.tunnel != no_index) {
    ImGui::SameLine(0, em * 0.4F);
    badge(ui, ui.tr(trace.tunnels[table.tunnel].name), ui.colors.muted);
  }
  ImGui::SameLine(0, em * 0.4F);
  if (table.chosen) {
    badge(ui, ui.tr("interface.negotiation.chosen"), ui.colors.good, Icon::check);
  } else {
    badge(ui, ui.tr("interface.negotiation.refused"), ui.colors.bad, Icon::cross);
  }
  const std::string offer =
      table.message == no_index ? std::string() : ui.message_name(trace.messages[table.message].sent.name.id);
  const Index offerer = table.message == no_index ? no_index : trace.messages[table.message].sender;
  paragraph(ui,
            ui.tr("interface.negotiation.who", {{"message", offer},
                                                {"offerer", std::string(ui.node_name(offerer))},
                                                {"judge", std::string(ui.node_name(table.node))}}),
            ui.colors.text);
  ImGui::Dummy({1, em * 0.2F});
}

void NegotiationPanel::draw_comparisons(Ui& ui, const NegotiationTable& table) {
  const std::size_t count = table.columns.size();
  if (count < 2) return;
  const float em = ui.em();
  const NegotiationColumn& shown = table.columns[column_];
  label(ui, ui.tr("interface.negotiation.comparisons",
                  {{"number", std::to_string(column_ + 1)}, {"count", std::to_string(count)}}));
  if (button(ui, "previous", {.icon = Icon::previous, .key = "↑"})) column_ = (column_ + count - 1) % count;
  ImGui::SameLine(0, em * 0.3F);
  if (button(ui, "next", {.icon = Icon::next, .key = "↓"})) column_ = (column_ + 1) % count;
  ImGui::SameLine(0, em * 0.7F);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_icon(*ImGui::GetWindowDrawList(), shown.matches ? Icon::check : Icon::cross,
            {at.x + em * 0.5F, at.y + em * 0.87F}, em * 0.85F, shown.matches ? ui.colors.good : ui.colors.bad);
  ImGui::SetCursorScreenPos({at.x + em * 1.4F, at.y + em * 0.22F});
  line(ui, *ui.fonts.strong,
       ui.tr("interface.negotiation.pair", {{"proposal", std::to_string(shown.proposal)},
                                            {"transform", std::to_string(shown.transform)},
                                            {"entry", std::to_string(shown.policy_entry + 1)}}),
       ui.colors.text);
  ImGui::Dummy({1, em * 0.2F});
}

void NegotiationPanel::draw_attributes(const Ui& ui, const NegotiationTable& table) const {
  if (table.columns.empty()) return;
  const float em = ui.em();
  const NegotiationColumn& column = table.columns[column_];
  const ImGuiTableFlags flags = ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_SizingStretchProp;
  if (!ImGui::BeginTable("attributes", 4, flags)) return;
  ImGui::TableSetupColumn("attribute", ImGuiTableColumnFlags_WidthStretch, 1.1F);
  ImGui::TableSetupColumn("offered", ImGuiTableColumnFlags_WidthStretch, 1.0F);
  ImGui::TableSetupColumn("wanted", ImGuiTableColumnFlags_WidthStretch, 1.0F);
  ImGui::TableSetupColumn("verdict", ImGuiTableColumnFlags_WidthFixed, em * 1.4F);
  ImGui::TableNextRow();
  constexpr std::array<std::string_view, 3> heads = {"interface.negotiation.attribute", "interface.negotiation.offered",
                                                     "interface.negotiation.wanted"};
  for (const std::string_view head : heads) {
    ImGui::TableNextColumn();
    label(ui, ui.tr(head));
  }
  for (std::size_t row = 0; row < table.attributes.size() && row < column.cells.size(); ++row) {
    const NegotiationCell& cell = column.cells[row];
    if (!cell.present) continue;
    ImGui::TableNextRow();
    const ImU32 color = cell.matches ? ui.colors.good : ui.colors.bad;
    if (!cell.matches) ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, faded(ui.colors.bad, 0.14F));
    ImGui::TableNextColumn();
    paragraph(ui, table.attributes[row], ui.colors.text);
    ImGui::TableNextColumn();
    paragraph(ui, *ui.fonts.strong, cell.offered, ui.colors.text);
    ImGui::TableNextColumn();
    paragraph(ui, *ui.fonts.strong, cell.wanted, ui.colors.text);
    ImGui::TableNextColumn();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({em, em * 1.3F});
    draw_icon(*ImGui::GetWindowDrawList(), cell.matches ? Icon::check : Icon::cross,
              {at.x + em * 0.6F, at.y + em * 0.7F}, em * 0.8F, color);
  }
  ImGui::EndTable();
  ImGui::Dummy({1, em * 0.3F});
}

void NegotiationPanel::draw_outcome(const Ui& ui, const NegotiationTable& table) const {
  const float em = ui.em();
  {
    const Card card(ui, table.chosen ? ui.colors.good : ui.colors.bad);
    label(ui, ui.tr("interface.negotiation.outcome"));
    if (table.chosen) {
      const NegotiationColumn& chosen = table.columns[*table.chosen];
      paragraph(ui,
                ui.tr("interface.negotiation.choice", {{"proposal", std::to_string(chosen.proposal)},
                                                       {"transform", std::to_string(chosen.transform)},
                                                       {"rule", rule_text(ui, table.rule)}}),
                ui.colors.text);
    } else {
      paragraph(ui, *ui.fonts.strong, ui.reason_name(table.reason), ui.colors.text);
      paragraph(ui, ui.lookup("reason." + std::string(info(table.reason).id) + ".why", {}), ui.colors.text);
    }
  }
  ImGui::Dummy({1, em * 0.3F});
  label(ui, ui.tr("interface.negotiation.policy", {{"node", std::string(ui.node_name(table.node))}}));
  const std::size_t current = table.columns.empty() ? 0 : table.columns[column_].policy_entry;
  const std::size_t first = current < shown_entries / 2 ? 0 : current - shown_entries / 2;
  const std::size_t last = std::min(first + shown_entries, table.policy.size());
  for (std::size_t entry = first; entry < last; ++entry) {
    const bool shown = !table.columns.empty() && current == entry;
    paragraph(ui, *ui.fonts.body, std::to_string(entry + 1) + ".  " + std::string(table.policy[entry]),
              shown ? ui.colors.text : ui.colors.muted);
  }
  if (last < table.policy.size()) {
    paragraph(ui, ui.tr("interface.negotiation.more", {{"count", std::to_string(table.policy.size() - last)}}),
              ui.colors.muted);
  }
}

void NegotiationPanel::draw_settings(const Ui& ui, const NegotiationTable& table) const {
  const std::string wanted = table.phase == 1 ? "phase1." : "phase2.";
  bool headed = false;
  for (const auto& setting : ui.session.trace().settings) {
    if (!setting.id.starts_with(wanted)) continue;
    if (!headed) {
      ImGui::Dummy({1, ui.em() * 0.4F});
      label(ui, ui.tr("interface.negotiation.settings"));
      headed = true;
    }
    paragraph(ui, *ui.fonts.mono, std::to_string(setting.line) + "  " + setting.text, ui.colors.muted);
  }
}

}  // namespace viz
