#include "viz/gui/transport_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/time.h"
#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

namespace {

struct StepButton {
  Icon icon;
  Action action;
  std::string_view text;
};

constexpr std::array backwards = {
    StepButton{Icon::first, Action::first, "interface.action.first"},
    StepButton{Icon::previous_phase, Action::previous_phase, "interface.action.previous-phase"},
    StepButton{Icon::previous, Action::previous_message, "interface.action.previous-message"},
};
constexpr std::array forwards = {
    StepButton{Icon::next, Action::next_message, "interface.action.next-message"},
    StepButton{Icon::next_phase, Action::next_phase, "interface.action.next-phase"},
    StepButton{Icon::last, Action::last, "interface.action.last"},
};

void obey(Session& session, Action action) {
  switch (action) {
    case Action::first:
      session.first();
      break;
    case Action::last:
      session.last();
      break;
    case Action::next_message:
      session.next(Granularity::message);
      break;
    case Action::previous_message:
      session.previous(Granularity::message);
      break;
    case Action::next_phase:
      session.next(Granularity::phase);
      break;
    case Action::previous_phase:
      session.previous(Granularity::phase);
      break;
    case Action::next_event:
      session.next(Granularity::event);
      break;
    default:
      session.previous(Granularity::event);
      break;
  }
}

std::string speed_label(std::uint32_t percent) {
  switch (percent) {
    case 25:
      return "×¼";
    case 50:
      return "×½";
    default:
      return "×" + std::to_string(percent / 100);
  }
}

ImU32 color_of(const Palette& colors, SpanKind kind) {
  switch (kind) {
    case SpanKind::main_mode:
    case SpanKind::rekey_phase1:
      return colors.phase1;
    case SpanKind::quick_mode:
    case SpanKind::rekey_phase2:
      return colors.phase2;
    case SpanKind::data:
      return colors.esp;
    case SpanKind::down:
      return colors.bad;
  }
  return colors.muted;
}

std::string_view name_of(SpanKind kind) {
  switch (kind) {
    case SpanKind::main_mode:
      return "interface.span.main-mode";
    case SpanKind::quick_mode:
      return "interface.span.quick-mode";
    case SpanKind::rekey_phase1:
      return "interface.span.rekey-phase1";
    case SpanKind::rekey_phase2:
      return "interface.span.rekey-phase2";
    case SpanKind::data:
      return "interface.span.data";
    case SpanKind::down:
      return "interface.span.down";
  }
  return {};
}

/// With little room for its text, the window leaves the axis and the names of the time line out.
bool is_compact(const Ui& ui) { return ImGui::GetIO().DisplaySize.y < ui.em() * 26; }

float x_of(const Area& lanes, std::uint32_t position) {
  return lanes.at.x + lanes.size.x * static_cast<float>(static_cast<double>(position) / timeline_width);
}

}  // namespace

float TransportPanel::height(const Ui& ui) {
  const float lanes = std::min(static_cast<float>(std::max<std::size_t>(ui.session.trace().tunnels.size(), 1)), 4.0F);
  return std::round(ui.em() * (is_compact(ui) ? 3.4F + 0.7F * lanes : 5.0F + 1.15F * lanes));
}

void TransportPanel::draw(Ui& ui, const Area& area) {
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 max{area.at.x + area.size.x, area.at.y + area.size.y};
  const bool focused = ui.focus == PanelId::transport;
  list.AddRectFilled(area.at, max, ui.colors.panel, em * 0.55F);
  list.AddRect(area.at, max, focused ? ui.colors.accent : ui.colors.border, em * 0.55F, 0, focused ? 2.0F : 1.0F);
  if (ui.session.empty()) return;
  draw_buttons(ui, area);
  draw_timeline(ui, area);
  if (ui.pressed(PanelId::transport, Action::item_up)) ui.session.change_speed(true);
  if (ui.pressed(PanelId::transport, Action::item_down)) ui.session.change_speed(false);
  if (ui.pressed(PanelId::transport, Action::activate)) ui.session.set_playing(!ui.session.playing());
}

void TransportPanel::draw_buttons(Ui& ui, const Area& area) {
  const float em = ui.em();
  Session& session = ui.session;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {em * 0.3F, 0});
  ImGui::SetCursorScreenPos({area.at.x + em * 0.8F, area.at.y + em * 0.55F});
  const auto step_button = [&](const StepButton& each) {
    ImGui::PushID(static_cast<int>(each.action));
    if (button(ui, "step", {.icon = each.icon, .tooltip = ui.tr(each.text), .key = shown_key(each.action)})) {
      obey(session, each.action);
    }
    ImGui::PopID();
    ImGui::SameLine();
  };
  for (const StepButton& each : backwards) step_button(each);
  const bool playing = session.playing();
  if (button(ui, "play",
             {.label = ui.tr(playing ? "interface.transport.pause" : "interface.transport.play"),
              .icon = playing ? Icon::pause : Icon::play,
              .kind = ButtonKind::primary,
              .tooltip = ui.tr("interface.action.play"),
              .key = shown_key(Action::play)})) {
    session.set_playing(!playing);
  }
  ImGui::SameLine();
  for (const StepButton& each : forwards) step_button(each);
  ImGui::SameLine(0, em);
  if (button(ui, "slower", {.label = "−", .tooltip = ui.tr("interface.action.slower"), .key = "["})) {
    session.change_speed(false);
  }
  ImGui::SameLine();
  const std::string speed = speed_label(session.speed());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({em * 1.9F, em * 1.75F});
  draw_text(*ImGui::GetWindowDrawList(), *ui.fonts.body,
            {at.x + (em * 1.9F - width_of(*ui.fonts.body, speed)) / 2, at.y + em * 0.37F}, ui.colors.text, speed);
  ImGui::SameLine();
  if (button(ui, "faster", {.label = "+", .tooltip = ui.tr("interface.action.faster"), .key = "]"})) {
    session.change_speed(true);
  }
  const float buttons_end = ImGui::GetItemRectMax().x;
  ImGui::PopStyleVar();

  const std::string clock = engine::format_exact(session.time()) + " s";
  const std::string steps =
      ui.tr("interface.transport.step",
            {{"step", std::to_string(session.step())}, {"count", std::to_string(session.index().step_count() - 1)}});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float right = area.at.x + area.size.x - em * 0.9F;
  const float clock_width = width_of(*ui.fonts.mono, clock);
  const float steps_width = width_of(*ui.fonts.body, steps);
  if (right - clock_width > buttons_end + em) {
    draw_text(list, *ui.fonts.mono, {right - clock_width, area.at.y + em * 0.95F}, ui.colors.text, clock);
  }
  if (right - clock_width - steps_width - em * 1.2F > buttons_end + em) {
    draw_text(list, *ui.fonts.body, {right - clock_width - steps_width - em * 1.2F, area.at.y + em * 0.92F},
              ui.colors.muted, steps);
  }
}

void TransportPanel::draw_timeline(Ui& ui, const Area& area) {
  const float em = ui.em();
  const float top = area.at.y + em * 2.75F;
  const float label_width = area.size.x > em * 50 ? em * 6.5F : em * 0.9F;
  const Area lanes{
      {area.at.x + label_width, top},
      {area.size.x - label_width - em * 0.9F, area.at.y + area.size.y - top - em * (is_compact(ui) ? 0.5F : 1.55F)}};
  if (lanes.size.x < em * 4) return;
  ImGui::SetCursorScreenPos({lanes.at.x, lanes.at.y - em * 0.4F});
  ImGui::InvisibleButton("timeline", {lanes.size.x, lanes.size.y + em * 1.6F});
  dragging_ = ImGui::IsItemActive();
  if (dragging_) {
    const float share = std::clamp((ImGui::GetIO().MousePos.x - lanes.at.x) / lanes.size.x, 0.0F, 1.0F);
    ui.session.seek_position(static_cast<std::uint32_t>(static_cast<double>(share) * timeline_width));
    ui.wanted_focus = PanelId::transport;
  }
  const bool hovered = ImGui::IsItemHovered();
  draw_spans(ui, lanes);
  if (!is_compact(ui)) draw_axis(ui, lanes);
  draw_marks(ui, lanes);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float x = std::round(x_of(lanes, ui.session.position()));
  const float bottom = lanes.at.y + lanes.size.y;
  list.AddRectFilled({x - em * 0.09F, lanes.at.y - em * 0.35F}, {x + em * 0.09F, bottom + em * 0.1F}, ui.colors.text);
  list.AddTriangleFilled({x - em * 0.42F, lanes.at.y - em * 0.5F}, {x + em * 0.42F, lanes.at.y - em * 0.5F},
                         {x, lanes.at.y + em * 0.05F}, ui.colors.text);
  if (hovered && !dragging_) {
    const float share = std::clamp((ImGui::GetIO().MousePos.x - lanes.at.x) / lanes.size.x, 0.0F, 1.0F);
    const auto position = static_cast<std::uint32_t>(static_cast<double>(share) * timeline_width);
    const std::string when = Ui::moment(ui.session.timeline().time_at(position));
    ImGui::SetTooltip("%s", when.c_str());
  }
}

void TransportPanel::draw_spans(const Ui& ui, const Area& lanes) {
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::vector<sim::TraceTunnel>& tunnels = ui.session.trace().tunnels;
  const std::size_t count = std::max<std::size_t>(tunnels.size(), 1);
  const float height = lanes.size.y / static_cast<float>(count);
  const Timeline& timeline = ui.session.timeline();
  for (std::size_t lane = 0; lane < count; ++lane) {
    const float y = lanes.at.y + height * static_cast<float>(lane);
    list.AddRectFilled({lanes.at.x, y + 1}, {lanes.at.x + lanes.size.x, y + height - 1}, ui.colors.raised, em * 0.2F);
    if (lane < tunnels.size() && lanes.at.x - ImGui::GetWindowPos().x > em * 4) {
      const std::string name = fitted(*ui.fonts.small, ui.tr(tunnels[lane].name), em * 5.6F);
      draw_text(list, *ui.fonts.small, {lanes.at.x - em * 5.7F, y + (height - em * 0.85F) / 2}, ui.colors.muted, name);
    }
  }
  if (ui.session.eavesdropping()) return;
  for (const PhaseSpan& span : timeline.spans()) {
    if (span.tunnel >= tunnels.size()) continue;
    const float y = lanes.at.y + height * static_cast<float>(span.tunnel);
    const float x1 = x_of(lanes, timeline.position_of_step(span.first_step));
    const float x2 = std::max(x_of(lanes, timeline.position_of_step(span.last_step)), x1 + em * 0.25F);
    const ImU32 color = span.reason == engine::Reason::none ? color_of(ui.colors, span.kind) : ui.colors.bad;
    const ImVec2 min{x1 + 0.5F, y + em * 0.12F};
    const ImVec2 max{x2 - 0.5F, y + height - em * 0.12F};
    list.AddRectFilled(min, max, faded(color, 0.3F), em * 0.2F);
    list.AddRectFilled(min, {max.x, min.y + em * 0.14F}, color, em * 0.1F);
    const std::string_view name = ui.tr(name_of(span.kind));
    const float room = max.x - min.x - em * 0.4F;
    if (room > em * 2 && height > em) {
      draw_text(list, *ui.fonts.small, {min.x + em * 0.25F, y + (height - em * 0.8F) / 2}, ui.colors.text,
                fitted(*ui.fonts.small, name, room));
    }
  }
}

void TransportPanel::draw_axis(const Ui& ui, const Area& lanes) {
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = lanes.at.y + lanes.size.y;
  float free_from = lanes.at.x - em * 2;
  std::string before;
  const auto wanted = static_cast<std::uint32_t>(std::max(lanes.size.x / (em * 7), 2.0F));
  for (const Tick& tick : ui.session.timeline().ticks(wanted)) {
    const float x = x_of(lanes, tick.position);
    const std::string when = Ui::moment(tick.time);
    const float width = width_of(*ui.fonts.small, when);
    const float left = std::clamp(x - width / 2, lanes.at.x, std::max(lanes.at.x, lanes.at.x + lanes.size.x - width));
    if (left < free_from || when == before) continue;
    before = when;
    list.AddLine({x, y}, {x, y + em * 0.25F}, ui.colors.faint);
    draw_text(list, *ui.fonts.small, {left, y + em * 0.35F}, ui.colors.muted, when);
    free_from = left + width + em * 0.8F;
  }
}

void TransportPanel::draw_marks(Ui& ui, const Area& lanes) {
  if (ui.session.eavesdropping()) return;
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const Mark& mark : ui.session.timeline().marks()) {
    const float x = x_of(lanes, ui.session.timeline().position_of_step(mark.step));
    const ImVec2 top{x, lanes.at.y - em * 0.28F};
    switch (mark.kind) {
      case MarkKind::beat: {
        const float r = em * 0.2F;
        list.AddQuadFilled({x, top.y - r}, {x + r, top.y}, {x, top.y + r}, {x - r, top.y}, ui.colors.accent);
        break;
      }
      case MarkKind::script:
        list.AddCircleFilled(top, em * 0.13F, ui.colors.muted);
        break;
      case MarkKind::loss:
      case MarkKind::failure:
        draw_icon(list, Icon::cross, top, em * 0.45F, ui.colors.bad);
        break;
    }
  }
}

}  // namespace viz
