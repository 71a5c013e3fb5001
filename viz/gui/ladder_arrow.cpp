#include "viz/gui/ladder_arrow.h"

#include <algorithm>
#include <cmath>

#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

namespace {

ImU32 color_of(const Palette& colors, const Arrow& arrow) {
  if (arrow.lost || arrow.refused) return colors.bad;
  switch (arrow.kind) {
    case ArrowKind::ike:
      if (arrow.name.starts_with("main-mode") || arrow.name.starts_with("aggressive")) return colors.phase1;
      return arrow.name.starts_with("quick-mode") ? colors.phase2 : colors.informational;
    case ArrowKind::esp:
      return colors.esp;
    default:
      return colors.clear_traffic;
  }
}

/// What stands behind the name: payloads, what is inside, why it went wrong.
std::string second_part(const Ui& ui, const Arrow& arrow) {
  std::string text;
  for (const std::string& payload : arrow.payloads) {
    if (!text.empty()) text += ", ";
    text += payload;
  }
  if (arrow.kind == ArrowKind::esp && arrow.carries != no_index) {
    text = "[ " + ui.packet_name(arrow.carries) + " ]";
  }
  if (arrow.retransmission > 0) {
    text = ui.tr("interface.ladder.retransmission", {{"count", std::to_string(arrow.retransmission)}});
  }
  if (arrow.duplicate) text = ui.tr("interface.ladder.duplicate");
  if (arrow.lost || arrow.refused) {
    text = ui.tr(arrow.lost ? "interface.ladder.lost" : "interface.ladder.refused");
    if (arrow.reason != engine::Reason::none) text += ": " + ui.reason_name(arrow.reason);
  }
  return text;
}

std::string first_part(const Ui& ui, const Arrow& arrow) {
  if (arrow.kind == ArrowKind::ike) return ui.message_name(arrow.name);
  if (arrow.kind == ArrowKind::esp) return "ESP";
  return ui.packet_name(arrow.packet);
}

void draw_head(ImDrawList& list, ImVec2 tip, float direction, float size, ImU32 color) {
  list.AddTriangleFilled(tip, {tip.x - direction * size, tip.y - size * 0.55F},
                         {tip.x - direction * size, tip.y + size * 0.55F}, color);
}

void draw_label(const Ui& ui, const ArrowSpace& space, const Arrow& arrow, float center, float y, float ink) {
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float room = space.right - space.left - em * 2;
  const std::string name = fitted(*ui.fonts.strong, first_part(ui, arrow), room);
  const float name_width = width_of(*ui.fonts.strong, name);
  const float sign = arrow.encrypted || arrow.lost || arrow.refused ? em * 1.0F : 0;
  const std::string second = fitted(*ui.fonts.small, second_part(ui, arrow), room - name_width - sign - em * 0.6F);
  const float second_width = second.empty() ? 0 : width_of(*ui.fonts.small, second) + em * 0.6F;
  const float width = sign + name_width + second_width;
  float x = std::clamp(center - width / 2, space.left + em, std::max(space.left + em, space.right - width - em * 0.4F));
  const float top = y + em * 0.35F;
  const bool wrong = arrow.lost || arrow.refused;
  list.AddRectFilled({x - em * 0.3F, top - em * 0.1F}, {x + width + em * 0.3F, top + em * 1.15F}, space.ground);
  if (sign > 0) {
    const ImU32 color = wrong ? ui.colors.bad : color_of(ui.colors, arrow);
    draw_icon(list, wrong ? Icon::warning : Icon::lock, {x + em * 0.35F, top + em * 0.52F}, em * 0.72F,
              faded(color, ink));
    x += sign;
  }
  draw_text(list, *ui.fonts.strong, {x, top}, faded(ui.colors.text, ink), name);
  draw_text(list, *ui.fonts.small, {x + name_width + em * 0.6F, top + em * 0.14F},
            faded(wrong ? ui.colors.bad : ui.colors.muted, ink), second);
}

}  // namespace

void draw_ladder_arrow(const Ui& ui, const ArrowSpace& space, const Arrow& arrow, float y, float ink) {
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = faded(color_of(ui.colors, arrow), ink);
  const float from = space.first_lifeline + space.column * static_cast<float>(arrow.from);
  const float to = space.first_lifeline + space.column * static_cast<float>(arrow.to);
  const float direction = to >= from ? 1.0F : -1.0F;
  const float line_y = std::round(y + space.row - em * 0.55F);
  const float thickness = std::max(1.5F, em * 0.13F);
  const float head = em * 0.55F;
  const float end = arrow.lost ? from + (to - from) * 0.62F : to;
  if (arrow.kind == ArrowKind::esp) {
    list.AddRectFilled({std::min(from, end), line_y - em * 0.24F}, {std::max(from, end), line_y + em * 0.24F},
                       faded(color, 0.22F));
  }
  if (arrow.kind == ArrowKind::ike || arrow.kind == ArrowKind::esp) {
    list.AddLine({from, line_y}, {end - direction * head * 0.8F, line_y}, color, thickness);
  } else {
    draw_dashed_line(list, {std::min(from, end), line_y}, {std::max(from, end), line_y}, color, thickness, em * 0.45F,
                     em * 0.25F);
  }
  list.AddCircleFilled({from, line_y}, em * 0.17F, color);
  if (arrow.lost) {
    draw_icon(list, Icon::cross, {end + direction * em * 0.3F, line_y}, em * 0.85F, color);
  } else {
    draw_head(list, {to, line_y}, direction, head, color);
    if (arrow.refused) draw_icon(list, Icon::cross, {to + direction * em * 0.55F, line_y}, em * 0.75F, color);
  }
  draw_label(ui, space, arrow, (from + to) / 2, y, ink);
}

LadderNoteText ladder_note_text(const Ui& ui, const LadderNote& note) {
  LadderNoteText shown;
  const auto say = [&](std::string_view id, Icon icon, ImU32 color) { shown = {std::string(ui.tr(id)), icon, color}; };
  switch (note.kind) {
    case LadderNoteKind::ike_sa_established:
      say("interface.note.ike-sa-up", Icon::key, ui.colors.phase1);
      break;
    case LadderNoteKind::ike_sa_ended:
      say("interface.note.ike-sa-end", Icon::cross, ui.colors.muted);
      break;
    case LadderNoteKind::ipsec_sas_installed:
      say("interface.note.ipsec-sas-up", Icon::lock, ui.colors.esp);
      break;
    case LadderNoteKind::ipsec_sas_removed:
      say("interface.note.ipsec-sas-end", Icon::cross, ui.colors.muted);
      break;
    case LadderNoteKind::tunnel_up:
      say("interface.note.tunnel-up", Icon::check, ui.colors.good);
      break;
    case LadderNoteKind::tunnel_down:
      say("interface.note.tunnel-down", Icon::cross, ui.colors.bad);
      break;
    case LadderNoteKind::script:
      say("interface.note.script", Icon::play, ui.colors.muted);
      break;
  }
  if (note.kind == LadderNoteKind::script && note.step != no_index && note.note != no_index) {
    const sim::Note& row = ui.session.trace().steps[note.step].notes[note.note];
    if (const auto* script = std::get_if<sim::ScriptNote>(&row)) shown.text += ": " + script->action;
  } else if (note.tunnel != no_index) {
    shown.text = std::string(ui.tr(ui.session.trace().tunnels[note.tunnel].name)) + ": " + shown.text;
  }
  if (note.reason != engine::Reason::none) shown.text += " (" + ui.reason_name(note.reason) + ")";
  return shown;
}

std::string fold_text(const Ui& ui, const Fold& fold) {
  std::string text;
  const auto add = [&](std::string_view id, std::uint32_t count) {
    if (count == 0) return;
    if (!text.empty()) text += "  ·  ";
    text += ui.tr(id, {{"count", std::to_string(count)}});
  };
  add("interface.fold.dpd", fold.dpd_rounds);
  add("interface.fold.ping", fold.ping_rounds);
  add("interface.fold.data", fold.data_packets);
  return text + "   —   " + std::string(ui.tr("interface.fold.hint"));
}

}  // namespace viz
