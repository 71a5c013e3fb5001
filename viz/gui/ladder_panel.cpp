#include "viz/gui/ladder_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "viz/gui/ladder_arrow.h"
#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

namespace {

/// Ink of what lies after the cursor.
constexpr float future_ink = 0.42F;

ImU32 bracket_color(const Palette& colors, const sim::TraceExchange& exchange) {
  if (exchange.machine.starts_with("informational")) return colors.informational;
  return exchange.phase == 1 ? colors.phase1 : colors.phase2;
}

std::string_view bracket_name(const sim::TraceExchange& exchange) {
  if (exchange.machine.starts_with("informational")) return "interface.ladder.informational";
  return exchange.phase == 1 ? "interface.ladder.phase1" : "interface.ladder.phase2";
}

}  // namespace

void LadderPanel::draw(Ui& ui) {
  if (ui.session.empty()) {
    empty_message(ui, Icon::next, ui.tr("interface.ladder.empty"));
    return;
  }
  draw_filters(ui);
  const Ladder& ladder = ui.session.ladder();
  if (ladder.rows().empty()) {
    empty_message(ui, Icon::next, ui.tr("interface.ladder.filtered"));
    return;
  }
  const float em = ui.em();
  const float head = std::round(em * 2.7F);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  ImGui::Dummy({1, head});
  Geometry geometry = draw_rows(ui, ladder, std::max(ImGui::GetContentRegionAvail().y, em * 7));
  geometry.top = start.y;
  draw_heads(ui, ladder, geometry);
}

void LadderPanel::draw_filters(Ui& ui) {
  const float em = ui.em();
  LadderOptions options = ui.session.ladder_options();
  bool changed = false;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {em * 0.35F, em * 0.3F});
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  bool first = true;
  const auto chip = [&](const char* id, std::string_view label, bool on, std::string_view tip) {
    const ButtonLook look{
        .label = label, .icon = on ? Icon::check : Icon::none, .kind = ButtonKind::plain, .tooltip = tip};
    if (!first) {
      ImGui::SameLine();
      if (ImGui::GetCursorScreenPos().x + button_size(ui, look).x > right) ImGui::NewLine();
    }
    first = false;
    return button(ui, id, look);
  };
  const auto toggle = [&](const char* id, std::string_view label, bool& on, std::string_view tip) {
    if (!chip(id, label, on, tip)) return;
    on = !on;
    changed = true;
  };
  toggle("ike", "IKE", options.show_ike, ui.tr("interface.ladder.show-ike"));
  toggle("esp", "ESP", options.show_esp, ui.tr("interface.ladder.show-esp"));
  toggle("plain", ui.tr("interface.ladder.plain"), options.show_plain, ui.tr("interface.ladder.show-plain"));
  if (!ui.session.eavesdropping()) {
    toggle("dpd", "DPD", options.show_dpd, ui.tr("interface.ladder.show-dpd"));
  }
  toggle("fold", ui.tr("interface.ladder.fold"), options.fold, ui.tr("interface.ladder.show-fold"));
  toggle("routers", ui.tr("interface.ladder.routers"), options.show_routers, ui.tr("interface.ladder.show-routers"));
  const std::vector<sim::TraceTunnel>& tunnels = ui.session.trace().tunnels;
  if (tunnels.size() > 1 && !ui.session.eavesdropping()) {
    const std::string_view name =
        options.tunnel == no_index ? ui.tr("interface.ladder.all-tunnels") : ui.tr(tunnels[options.tunnel].name);
    if (chip("tunnel", name, false, ui.tr("interface.ladder.choose-tunnel"))) {
      const Index next = options.tunnel == no_index ? 0 : options.tunnel + 1;
      options.tunnel = next < tunnels.size() ? next : no_index;
      changed = true;
    }
  }
  ImGui::PopStyleVar();
  if (changed) {
    ui.session.set_ladder_options(std::move(options));
    seen_moves_ = ~std::uint64_t{0};
  }
}

LadderPanel::Geometry LadderPanel::measure(const Ui& ui, const Ladder& ladder) const {
  const float em = ui.em();
  Geometry geometry;
  geometry.row = std::round(em * 2.35F);
  geometry.left = ImGui::GetCursorScreenPos().x;
  geometry.right = geometry.left + ImGui::GetContentRegionAvail().x;
  geometry.time = em * 5.2F;
  geometry.lane = em * 0.85F;
  const float brackets = geometry.lane * static_cast<float>(std::min(ladder.lane_count(), 4U)) + em * 0.5F;
  const float count = static_cast<float>(std::max<std::size_t>(ladder.lifelines().size(), 2));
  const float room = geometry.right - geometry.left - geometry.time - brackets - em * 1.0F;
  const float half = std::min(room / count / 2, em * 4.5F);
  geometry.lines_left = geometry.left + geometry.time + brackets + half;
  geometry.lines_right = geometry.right - em - half;
  geometry.width_of_column = (geometry.lines_right - geometry.lines_left) / (count - 1);
  return geometry;
}

void LadderPanel::draw_heads(const Ui& ui, const Ladder& ladder, const Geometry& geometry) const {
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Index here = ui.session.current_step().node;
  for (std::size_t column = 0; column < ladder.lifelines().size(); ++column) {
    const Lifeline& lifeline = ladder.lifelines()[column];
    const float x = geometry.lines_left + geometry.width_of_column * static_cast<float>(column);
    const bool active = lifeline.node == here && !ui.session.eavesdropping();
    draw_node(list, lifeline.type, {x, geometry.top + em * 0.7F}, em * 1.25F,
              active ? ui.colors.accent : ui.colors.muted, ui.colors.panel);
    const std::string name =
        fitted(*ui.fonts.small, ui.node_name(lifeline.node), std::max(geometry.width_of_column - em * 0.4F, em * 3));
    const float width = width_of(*ui.fonts.small, name);
    const float left = std::clamp(x - width / 2, geometry.left, std::max(geometry.left, geometry.right - width));
    draw_text(list, *ui.fonts.small, {left, geometry.top + em * 1.55F}, active ? ui.colors.text : ui.colors.muted,
              name);
  }
}

LadderPanel::Geometry LadderPanel::draw_rows(Ui& ui, const Ladder& ladder, float height) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::BeginChild("rows", {0, height}, false, ImGuiWindowFlags_NoNavInputs);
  ImGui::PopStyleVar();
  Geometry geometry = measure(ui, ladder);
  const Index count = static_cast<Index>(ladder.rows().size());
  const Index current = ladder.row_of_step(ui.session.step());
  if (seen_moves_ != ui.session.moves()) {
    seen_moves_ = ui.session.moves();
    const float y = geometry.row * static_cast<float>(current);
    const float scroll = ImGui::GetScrollY();
    // The present row stays inside the middle of the view; the view moves no more than that takes.
    if (y < scroll + geometry.row * 2 || y > scroll + height - geometry.row * 4) {
      ImGui::SetScrollY(geometry.row * std::floor(std::max(0.0F, y - height * 0.45F) / geometry.row));
    }
  }
  geometry.top = ImGui::GetCursorScreenPos().y;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 window = ImGui::GetWindowPos();
  for (std::size_t column = 0; column < ladder.lifelines().size(); ++column) {
    const float x = std::round(geometry.lines_left + geometry.width_of_column * static_cast<float>(column));
    list.AddLine({x, window.y}, {x, window.y + height}, faded(ui.colors.faint, 0.6F), 1);
  }
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(count), geometry.row);
  while (clipper.Step()) {
    if (clipper.DisplayEnd <= clipper.DisplayStart) continue;
    const auto first = static_cast<Index>(clipper.DisplayStart);
    const auto last = static_cast<Index>(clipper.DisplayEnd - 1);
    for (Index row = first; row <= last; ++row) draw_row(ui, ladder, geometry, row);
    draw_brackets(ui, ladder, geometry, first, last);
  }
  clipper.End();
  handle_keys(ui, ladder, height / geometry.row);
  ImGui::EndChild();
  return geometry;
}

void LadderPanel::draw_row(Ui& ui, const Ladder& ladder, const Geometry& geometry, Index row) {
  const float em = ui.em();
  const LadderRow& entry = ladder.rows()[row];
  const bool current = row == ladder.row_of_step(ui.session.step());
  const float y = geometry.top + geometry.row * static_cast<float>(row);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImGui::SetCursorScreenPos({geometry.left, y});
  ImGui::PushID(static_cast<int>(row));
  const bool clicked = ImGui::InvisibleButton("row", {geometry.right - geometry.left, geometry.row});
  ImGui::PopID();
  if (current) {
    list.AddRectFilled({geometry.left, y}, {geometry.right, y + geometry.row}, ui.colors.selection, em * 0.3F);
    const float middle = y + geometry.row / 2;
    list.AddTriangleFilled({geometry.left + em * 0.15F, middle - em * 0.4F},
                           {geometry.left + em * 0.15F, middle + em * 0.4F}, {geometry.left + em * 0.75F, middle},
                           ui.colors.accent);
  } else if (ImGui::IsItemHovered()) {
    list.AddRectFilled({geometry.left, y}, {geometry.right, y + geometry.row}, faded(ui.colors.hovered, 0.5F),
                       em * 0.3F);
  }
  const float ink = entry.step > ui.session.step() && !current ? future_ink : 1;
  const sim::Step& step = ui.session.trace().steps[entry.step];
  const std::string when = Ui::moment(step.time);
  const float width = width_of(*ui.fonts.small, when);
  draw_text(list, *ui.fonts.small, {geometry.left + geometry.time - width, y + (geometry.row - em * 0.85F) / 2},
            faded(ui.colors.muted, ink), when);
  switch (entry.kind) {
    case RowKind::arrow: {
      const ArrowSpace space{
          geometry.left + geometry.time, geometry.right, geometry.lines_left,
          geometry.width_of_column,      geometry.row,   current ? ui.colors.selection : ui.colors.panel};
      draw_ladder_arrow(ui, space, ladder.arrows()[entry.item], y, ink);
      break;
    }
    case RowKind::note:
      draw_note(ui, ladder, geometry, ladder.notes()[entry.item], y, ink);
      break;
    case RowKind::fold:
      draw_fold(ui, geometry, ladder.folds()[entry.item], y, ink);
      break;
  }
  if (!clicked) return;
  if (entry.kind == RowKind::fold && current) {
    toggle_fold(ui, ladder.folds()[entry.item]);
  } else {
    ui.session.seek(entry.step);
  }
}

void LadderPanel::draw_note(const Ui& ui, const Ladder& ladder, const Geometry& geometry, const LadderNote& note,
                            float y, float ink) const {
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const LadderNoteText shown = ladder_note_text(ui, note);
  const float y1 = y + em * 0.35F;
  const float y2 = y + geometry.row - em * 0.35F;
  const float width = std::min(width_of(*ui.fonts.small, shown.text) + em * 2.4F,
                               geometry.right - geometry.left - geometry.time - em * 2);
  float center = (geometry.lines_left + geometry.lines_right) / 2;
  const Index column = note.node == no_index ? no_index : ladder.column_of(note.node);
  if (column != no_index) center = geometry.lines_left + geometry.width_of_column * static_cast<float>(column);
  const float least = geometry.lines_left - em * 2;
  const float left = std::clamp(center - width / 2, least, std::max(least, geometry.right - width - em * 0.3F));
  list.AddRectFilled({left, y1}, {left + width, y2}, ui.colors.panel, em * 0.8F);
  list.AddRectFilled({left, y1}, {left + width, y2}, faded(shown.color, 0.16F * ink), em * 0.8F);
  list.AddRect({left, y1}, {left + width, y2}, faded(shown.color, 0.8F * ink), em * 0.8F);
  draw_icon(list, shown.icon, {left + em * 0.95F, (y1 + y2) / 2}, em * 0.75F, faded(shown.color, ink));
  draw_text(list, *ui.fonts.small, {left + em * 1.65F, (y1 + y2) / 2 - em * 0.43F}, faded(ui.colors.text, ink),
            fitted(*ui.fonts.small, shown.text, width - em * 2));
}

void LadderPanel::draw_fold(Ui& ui, const Geometry& geometry, const Fold& fold, float y, float ink) {
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::string text = fold_text(ui, fold);
  const float y1 = y + em * 0.3F;
  const float y2 = y + geometry.row - em * 0.3F;
  const float left = geometry.lines_left - em * 0.5F;
  const float right = geometry.lines_right + em * 0.5F;
  list.AddRectFilled({left, y1}, {right, y2}, faded(ui.colors.raised, ink), em * 0.3F);
  draw_dashed_line(list, {left, y1}, {right, y1}, faded(ui.colors.faint, ink), 1, em * 0.3F, em * 0.3F);
  draw_dashed_line(list, {left, y2}, {right, y2}, faded(ui.colors.faint, ink), 1, em * 0.3F, em * 0.3F);
  const std::string shown = fitted(*ui.fonts.small, text, right - left - em * 2);
  draw_text(list, *ui.fonts.small, {(left + right - width_of(*ui.fonts.small, shown)) / 2, (y1 + y2) / 2 - em * 0.43F},
            faded(ui.colors.muted, ink), shown);
}

void LadderPanel::draw_brackets(const Ui& ui, const Ladder& ladder, const Geometry& geometry, Index first,
                                Index last) const {
  if (ui.session.eavesdropping()) return;
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const Index row : ladder.brackets_in(first, last)) {
    const LadderBracket& bracket = ladder.brackets()[row];
    if (bracket.lane >= 4) continue;
    const sim::TraceExchange& exchange = ui.session.trace().exchanges[bracket.exchange];
    const bool failed = exchange.reason != engine::Reason::none;
    const ImU32 color = failed ? ui.colors.bad : bracket_color(ui.colors, exchange);
    const float lanes = static_cast<float>(std::min(ladder.lane_count(), 4U));
    const float x =
        geometry.left + geometry.time + em * 0.5F + geometry.lane * (lanes - 1 - static_cast<float>(bracket.lane));
    const float y1 = geometry.top + geometry.row * static_cast<float>(bracket.first_row) + em * 0.25F;
    const float y2 = geometry.top + geometry.row * static_cast<float>(bracket.last_row + 1) - em * 0.25F;
    const float thickness = std::max(2.0F, em * 0.14F);
    list.AddLine({x, y1}, {x, y2}, color, thickness);
    list.AddLine({x, y1}, {x + em * 0.4F, y1}, color, thickness);
    list.AddLine({x, y2}, {x + em * 0.4F, y2}, color, thickness);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (ImGui::IsWindowHovered() && std::abs(mouse.x - x) < em * 0.4F && mouse.y >= y1 && mouse.y <= y2) {
      std::string tip(ui.tr(bracket_name(exchange)));
      if (exchange.tunnel != no_index) {
        tip += "  " + std::string(ui.tr(ui.session.trace().tunnels[exchange.tunnel].name));
      }
      if (failed) tip += ": " + ui.reason_name(exchange.reason);
      ImGui::SetTooltip("%s", tip.c_str());
    }
  }
}

void LadderPanel::handle_keys(Ui& ui, const Ladder& ladder, float visible_rows) {
  const Index current = ladder.row_of_step(ui.session.step());
  const Index count = static_cast<Index>(ladder.rows().size());
  const auto page = static_cast<Index>(std::max(visible_rows - 1, 1.0F));
  const auto go = [&](Index row) { ui.session.seek(ladder.rows()[std::min(row, count - 1)].step); };
  if (ui.pressed(PanelId::ladder, Action::item_down)) go(current + 1);
  if (ui.pressed(PanelId::ladder, Action::item_up) && current > 0) go(current - 1);
  if (ui.pressed(PanelId::ladder, Action::page_down)) go(current + page);
  if (ui.pressed(PanelId::ladder, Action::page_up)) go(current > page ? current - page : 0);
  if (ui.pressed(PanelId::ladder, Action::activate)) {
    const LadderRow& row = ladder.rows()[current];
    if (row.kind == RowKind::fold) {
      toggle_fold(ui, ladder.folds()[row.item]);
    } else {
      ui.wanted_focus = PanelId::inspector;
    }
  }
}

void LadderPanel::toggle_fold(Ui& ui, const Fold& fold) {
  LadderOptions options = ui.session.ladder_options();
  if (options.unfolded.erase(fold.first_step) == 0) options.unfolded.insert(fold.first_step);
  ui.session.set_ladder_options(std::move(options));
  seen_moves_ = ~std::uint64_t{0};
}

}  // namespace viz
