#include "viz/gui/machine_diagram.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

namespace {

constexpr float box_height = 3.3F;  ///< Font units.
constexpr float row_gap = 1.9F;
constexpr float margin = 0.5F;
constexpr std::size_t most_lines = 3;

/// One diagram with its measures in pixels.
class Diagram {
 public:
  Diagram(const Ui& ui, const MachineView& view, float width)
      : ui_(ui),
        view_(view),
        layout_(lay_out(*view.machine)),
        list_(*ImGui::GetWindowDrawList()),
        origin_(ImGui::GetCursorScreenPos()) {
    const float em = ui_.em();
    const float columns = static_cast<float>(std::max(layout_.columns, 1U));
    gap_ = em * 1.9F;
    box_width_ = std::max((width - em * margin * 2 - gap_ * (columns - 1)) / columns, em * 7.5F);
  }

  ImVec2 size() const {
    const float em = ui_.em();
    const float columns = static_cast<float>(std::max(layout_.columns, 1U));
    return {em * margin * 2 + columns * box_width_ + (columns - 1) * gap_,
            em * (margin * 2 + static_cast<float>(layout_.rows) * (box_height + row_gap) - row_gap)};
  }

  void draw() {
    for (const bool taken : {false, true}) {
      for (const StateEdge& edge : layout_.edges) {
        if (is_taken(edge.transition) == taken) draw_edge(edge, taken);
      }
    }
    for (const StateBox& box : layout_.boxes) draw_box(box);
  }

  /// Top of the present state's box, from the diagram's top.
  float current_y() const {
    if (!view_.state) return 0;
    for (const StateBox& box : layout_.boxes) {
      if (box.state == *view_.state) return place(box).y - origin_.y;
    }
    return 0;
  }

 private:
  ImVec2 place(const StateBox& box) const {
    const float em = ui_.em();
    return {origin_.x + em * margin + static_cast<float>(box.column) * (box_width_ + gap_),
            origin_.y + em * (margin + static_cast<float>(box.row) * (box_height + row_gap))};
  }

  bool is_taken(std::uint32_t transition) const {
    return std::find(view_.taken.begin(), view_.taken.end(), transition) != view_.taken.end();
  }

  std::string label_of(const engine::ike::Transition& transition) const {
    std::string text;
    switch (transition.trigger) {
      case engine::ike::Trigger::start:
        text = ui_.tr("interface.machine.start");
        break;
      case engine::ike::Trigger::message:
        text = ui_.tr("interface.machine.message", {{"number", std::to_string(transition.message_number)}});
        break;
      case engine::ike::Trigger::refusal:
        text = ui_.tr("interface.machine.refusal");
        break;
      case engine::ike::Trigger::timeout:
        text = ui_.tr("interface.machine.timeout");
        break;
      case engine::ike::Trigger::command:
        text = ui_.tr("interface.machine.command");
        break;
    }
    if (transition.sends != 0) {
      text += ui_.tr("interface.machine.sends", {{"number", std::to_string(transition.sends)}});
    }
    return text;
  }

  void draw_edge(const StateEdge& edge, bool taken) {
    const float em = ui_.em();
    const StateBox& from = layout_.boxes[edge.from];
    const StateBox& to = layout_.boxes[edge.to];
    const bool now = view_.taken_at_step == edge.transition;
    const ImU32 color = now ? ui_.colors.warning : taken ? ui_.colors.accent : faded(ui_.colors.faint, 0.8F);
    const float thickness = taken || now ? std::max(2.0F, em * 0.14F) : std::max(1.0F, em * 0.07F);
    const ImVec2 a = place(from);
    const ImVec2 b = place(to);
    const float height = em * box_height;
    const std::string text = label_of(view_.machine->transitions[edge.transition]);
    if (edge.from == edge.to) {
      // To itself: a small loop at the right edge.
      const ImVec2 start{a.x + box_width_, a.y + height * 0.3F};
      const ImVec2 end{a.x + box_width_, a.y + height * 0.7F};
      list_.AddBezierCubic(start, {start.x + em * 1.1F, start.y - em * 0.3F}, {end.x + em * 1.1F, end.y + em * 0.3F},
                           end, color, thickness);
      return;
    }
    if (from.column == to.column && to.row == from.row + 1) {
      const float x = a.x + box_width_ / 2 + static_cast<float>(edge.lane) * em * 1.2F;
      const ImVec2 start{x, a.y + height};
      const ImVec2 end{x, b.y};
      list_.AddLine(start, end, color, thickness);
      arrow_head(end, {0, 1}, color);
      if (edge.lane == 0)
        draw_label(text, {x + em * 0.5F, (start.y + end.y) / 2}, box_width_ / 2 + gap_ * 0.4F, taken || now);
      return;
    }
    if (from.column != to.column) {
      const bool right = to.column > from.column;
      const ImVec2 start{right ? a.x + box_width_ : a.x, a.y + height * 0.5F};
      const ImVec2 end{right ? b.x : b.x + box_width_, b.y + height * 0.5F};
      const float bend = gap_ * 0.6F * (right ? 1.0F : -1.0F);
      list_.AddBezierCubic(start, {start.x + bend, start.y}, {end.x - bend, end.y}, end, color, thickness);
      arrow_head(end, {right ? 1.0F : -1.0F, 0}, color);
      return;
    }
    // A longer way within a column: around its left side.
    const float x = a.x - em * (0.25F + 0.15F * static_cast<float>(edge.lane));
    const ImVec2 start{a.x, a.y + height * 0.6F};
    const ImVec2 end{b.x, b.y + height * 0.4F};
    list_.AddBezierCubic(start, {x - em * 0.6F, start.y}, {x - em * 0.6F, end.y}, end, color, thickness);
    arrow_head(end, {1, 0}, color);
  }

  void arrow_head(ImVec2 tip, ImVec2 direction, ImU32 color) {
    const float size = ui_.em() * 0.45F;
    const ImVec2 back{tip.x - direction.x * size, tip.y - direction.y * size};
    const ImVec2 side{-direction.y * size * 0.55F, direction.x * size * 0.55F};
    list_.AddTriangleFilled(tip, {back.x + side.x, back.y + side.y}, {back.x - side.x, back.y - side.y}, color);
  }

  void draw_label(const std::string& text, ImVec2 left_middle, float room, bool strong) {
    const ImFont& font = *ui_.fonts.small;
    draw_text(list_, font, {left_middle.x, left_middle.y - font.FontSize / 2},
              strong ? ui_.colors.text : ui_.colors.muted, fitted(font, text, room));
  }

  void draw_box(const StateBox& box) {
    const float em = ui_.em();
    const engine::ike::State& state = view_.machine->states[box.state];
    const ImVec2 at = place(box);
    const ImVec2 end{at.x + box_width_, at.y + em * box_height};
    const bool current = view_.state == box.state;
    const bool visited = std::find(view_.visited.begin(), view_.visited.end(), box.state) != view_.visited.end();
    const bool failed = view_.reason != engine::Reason::none;
    const ImU32 mark = current && failed ? ui_.colors.bad : ui_.colors.accent;
    list_.AddRectFilled(at, end, current ? ui_.colors.selection : ui_.colors.raised, em * 0.5F);
    list_.AddRect(at, end,
                  current   ? mark
                  : visited ? ui_.colors.muted
                            : ui_.colors.faint,
                  em * 0.5F, 0, current ? std::max(2.5F, em * 0.17F) : 1.2F);
    if (state.terminal) {
      list_.AddRect({at.x + 4, at.y + 4}, {end.x - 4, end.y - 4}, faded(current ? mark : ui_.colors.faint, 0.8F),
                    em * 0.35F);
    }
    float x = at.x + em * 0.6F;
    if (current || visited) {
      const Icon icon = !current ? Icon::check : state.terminal && failed ? Icon::cross : Icon::play;
      draw_icon(list_, icon, {x + em * 0.4F, (at.y + end.y) / 2}, em * 0.7F, current ? mark : ui_.colors.muted);
      x += em * 1.1F;
    }
    const ImFont& font = *ui_.fonts.small;
    const float room = end.x - x - em * 0.4F;
    const std::string name = ui_.lookup("state." + std::string(view_.name) + "." + std::string(state.id), state.name);
    std::vector<std::string_view> lines = wrap_lines(font, name, room);
    // What does not fit three lines runs on in the third, which is cut with an ellipsis.
    if (lines.size() > most_lines) {
      lines[most_lines - 1] =
          std::string_view(name).substr(static_cast<std::size_t>(lines[most_lines - 1].data() - name.data()));
      lines.resize(most_lines);
    }
    float y = (at.y + end.y) / 2 - static_cast<float>(lines.size()) * font.FontSize * 0.58F;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      draw_text(list_, font, {x, y}, current || visited ? ui_.colors.text : ui_.colors.muted,
                fitted(font, lines[i], room));
      y += font.FontSize * 1.16F;
    }
  }

  const Ui& ui_;
  const MachineView& view_;
  StateMachineLayout layout_;
  ImDrawList& list_;
  ImVec2 origin_;
  float box_width_ = 0;
  float gap_ = 0;
};

}  // namespace

void draw_machine(const Ui& ui, const MachineView& view, ImVec2 size) {
  ImGui::BeginChild("machine", size, false, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NoNavInputs);
  if (view.machine == nullptr) {
    empty_message(ui, Icon::question, ui.tr("interface.machine.unknown"));
  } else {
    Diagram diagram(ui, view, ImGui::GetContentRegionAvail().x);
    diagram.draw();
    ImGui::Dummy(diagram.size());
    const float y = diagram.current_y();
    if (view.taken_at_step && (y < ImGui::GetScrollY() || y > ImGui::GetScrollY() + size.y - ui.em() * 4)) {
      ImGui::SetScrollY(std::max(0.0F, y - size.y * 0.4F));
    }
  }
  ImGui::EndChild();
}

}  // namespace viz
