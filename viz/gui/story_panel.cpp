#include "viz/gui/story_panel.h"

#include <algorithm>
#include <string>

#include "viz/gui/layout.h"
#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

namespace {

/// The panel that shows the whole of what a detail tells in short.
std::optional<PanelId> panel_for(const StoryDetail& detail) {
  switch (detail.kind) {
    case StoryDetail::Kind::value:
      return PanelId::keys;
    case StoryDetail::Kind::negotiation:
      return PanelId::negotiation;
    case StoryDetail::Kind::sa:
      return PanelId::state;
    default:
      return std::nullopt;
  }
}

}  // namespace

void StoryPanel::draw(Ui& ui) {
  if (ui.session.empty()) {
    empty_message(ui, Icon::question, ui.tr("interface.story.empty"));
    return;
  }
  const Story& story = ui.session.story(ui.language);
  if (seen_moves_ != ui.session.moves()) {
    seen_moves_ = ui.session.moves();
    answer_ = 0;
    ImGui::SetScrollY(0);
  }
  handle_keys(ui, story);
  if (ui.session.eavesdropping()) {
    // The story tells what the nodes know; somebody on the Internet sees packets alone.
    badge(ui, ui.tr("interface.eavesdropper.title"), ui.colors.warning, Icon::eye);
    const bool seen = !ui.session.inspection().buffers.empty();
    if (story.title.empty()) {
      paragraph(ui, ui.tr(seen ? "interface.eavesdropper.seen" : "interface.eavesdropper.nothing"), ui.colors.text);
    }
  }
  paragraph(ui, *ui.fonts.title, story.title, ui.colors.text);
  ImGui::Dummy({1, ui.em() * 0.1F});
  // A question comes before what answers it; then the teacher's own words.
  for (const StoryDetail& detail : story.details) {
    if (detail.kind == StoryDetail::Kind::question) draw_question(ui, detail);
  }
  for (const StoryDetail& detail : story.details) {
    if (detail.kind == StoryDetail::Kind::lesson) draw_detail(ui, detail);
  }
  for (const StoryDetail& detail : story.details) {
    if (detail.kind == StoryDetail::Kind::failure) draw_detail(ui, detail);
  }
  draw_section(ui, ui.tr("interface.story.what"), story.what);
  draw_section(ui, ui.tr("interface.story.why"), story.why);
  const bool asked = ui.session.open_question() != no_index;
  if (!asked) draw_section(ui, ui.tr("interface.story.next"), story.next);
  std::size_t number = 0;
  for (const StoryDetail& detail : story.details) {
    using Kind = StoryDetail::Kind;
    if (detail.kind == Kind::lesson || detail.kind == Kind::question || detail.kind == Kind::failure) continue;
    ImGui::PushID(static_cast<int>(number++));
    draw_detail(ui, detail);
    ImGui::PopID();
  }
  if (ui.session.eavesdropping()) {
    ImGui::Dummy({1, ui.em() * 0.3F});
    paragraph(ui, ui.tr("interface.eavesdropper.explain"), ui.colors.muted);
  }
}

void StoryPanel::draw_section(const Ui& ui, std::string_view heading, std::string_view text) const {
  if (text.empty()) return;
  line(ui, *ui.fonts.small, heading, ui.colors.accent);
  paragraph(ui, text, ui.colors.text);
  ImGui::Dummy({1, ui.em() * 0.15F});
}

void StoryPanel::draw_detail(Ui& ui, const StoryDetail& detail) {
  const float em = ui.em();
  ImU32 color = detail.bad ? ui.colors.bad : ui.colors.muted;
  if (detail.kind == StoryDetail::Kind::lesson) color = ui.colors.accent;
  if (detail.kind == StoryDetail::Kind::value) color = ui.colors.secret;
  const Card card(ui, color);
  const float sign = detail.bad ? em * 1.3F : 0;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (detail.bad) {
    draw_icon(*ImGui::GetWindowDrawList(), Icon::warning, {at.x + em * 0.5F, at.y + em * 0.65F}, em * 0.9F,
              ui.colors.bad);
    ImGui::Indent(sign);
  }
  paragraph(ui, *ui.fonts.strong, detail.title, ui.colors.text);
  if (detail.bad) ImGui::Unindent(sign);
  paragraph(ui, detail.body, ui.colors.text);
  if (const std::optional<PanelId> panel = panel_for(detail)) {
    if (button(ui, "lead", {.label = ui.tr(title_id(*panel)), .icon = Icon::next})) ui.wanted_focus = *panel;
  }
}

void StoryPanel::draw_question(Ui& ui, const StoryDetail& detail) {
  const sim::TraceBeat* beat =
      detail.row < ui.session.trace().beats.size() ? &ui.session.trace().beats[detail.row] : nullptr;
  if (beat == nullptr || !beat->question) return;
  const float em = ui.em();
  const std::optional<std::uint32_t> given = ui.session.answer(detail.row);
  const Card card(ui, ui.colors.phase2);
  label(ui, ui.tr("interface.story.question"));
  paragraph(ui, *ui.fonts.strong, ui.tr(beat->question->text), ui.colors.text);
  const float width = ImGui::GetContentRegionAvail().x;
  for (std::uint32_t i = 0; i < beat->question->answers.size(); ++i) {
    const std::string_view text = ui.tr(beat->question->answers[i]);
    const bool correct = i == beat->question->correct;
    const bool chosen = given == i;
    const float room = width - em * 2.6F;
    const std::vector<std::string_view> lines = wrap_lines(*ui.fonts.body, text, room);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = em * (0.7F + 1.38F * static_cast<float>(lines.size()));
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::InvisibleButton("answer", {width, height}) && !given) ui.session.give_answer(detail.row, i);
    ImGui::PopID();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 end{at.x + width, at.y + height};
    const bool ready = !given && ui.focus == PanelId::story && i == answer_;
    list.AddRectFilled(at, end, ImGui::IsItemHovered() && !given ? ui.colors.hovered : ui.colors.raised, em * 0.35F);
    if (ready) list.AddRect(at, end, ui.colors.accent, em * 0.35F, 0, 2);
    const ImVec2 mark{at.x + em * 1.0F, at.y + height / 2};
    if (given && (correct || chosen)) {
      const ImU32 color = correct ? ui.colors.good : ui.colors.bad;
      list.AddRect(at, end, color, em * 0.35F, 0, 2);
      draw_icon(list, correct ? Icon::check : Icon::cross, mark, em * 0.85F, color);
    } else {
      const std::string letter(1, static_cast<char>('A' + i));
      draw_text(list, *ui.fonts.strong, {mark.x - em * 0.35F, mark.y - em * 0.5F}, ui.colors.muted, letter);
    }
    float y = at.y + em * 0.5F;
    for (const std::string_view each : lines) {
      draw_text(list, *ui.fonts.body, {at.x + em * 2.2F, y}, ui.colors.text, each);
      y += em * 1.38F;
    }
  }
  if (!given) return;
  const bool right = *given == beat->question->correct;
  paragraph(ui, *ui.fonts.strong, ui.tr(right ? "interface.story.right" : "interface.story.wrong"),
            right ? ui.colors.good : ui.colors.bad);
  paragraph(ui, ui.tr(beat->question->explanation), ui.colors.text);
}

void StoryPanel::handle_keys(Ui& ui, const Story& story) {
  const Index asked = ui.session.open_question();
  if (asked != no_index) {
    const std::size_t count = ui.session.trace().beats[asked].question->answers.size();
    if (count == 0) return;
    if (ui.pressed(PanelId::story, Action::item_down)) answer_ = (answer_ + 1) % count;
    if (ui.pressed(PanelId::story, Action::item_up)) answer_ = (answer_ + count - 1) % count;
    if (ui.pressed(PanelId::story, Action::activate)) {
      ui.session.give_answer(asked, static_cast<std::uint32_t>(answer_));
    }
  } else {
    if (ui.pressed(PanelId::story, Action::item_down)) ImGui::SetScrollY(ImGui::GetScrollY() + ui.em() * 3);
    if (ui.pressed(PanelId::story, Action::item_up)) ImGui::SetScrollY(ImGui::GetScrollY() - ui.em() * 3);
    // Enter leads to what the step is mostly about.
    if (ui.pressed(PanelId::story, Action::activate)) {
      for (const StoryDetail& detail : story.details) {
        if (!ui.wanted_focus) ui.wanted_focus = panel_for(detail);
      }
    }
  }
  if (ui.pressed(PanelId::story, Action::page_down))
    ImGui::SetScrollY(ImGui::GetScrollY() + ImGui::GetWindowHeight() * 0.8F);
  if (ui.pressed(PanelId::story, Action::page_up))
    ImGui::SetScrollY(ImGui::GetScrollY() - ImGui::GetWindowHeight() * 0.8F);
}

}  // namespace viz
