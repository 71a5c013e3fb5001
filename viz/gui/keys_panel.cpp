#include "viz/gui/keys_panel.h"

#include <algorithm>
#include <cmath>

#include "engine/base/bytes.h"
#include "viz/gui/peer_buttons.h"
#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"
#include "viz/model/recompute.h"

namespace viz {

namespace {

constexpr float box_width = 11.0F;  ///< Font units, as all below.
constexpr float box_height = 2.5F;
constexpr float column_gap = 2.2F;
constexpr float row_gap = 0.7F;

std::string grouped_hex(engine::ByteView bytes) {
  const std::string plain = engine::to_hex(bytes);
  std::string text;
  for (std::size_t at = 0; at < plain.size(); at += 8) {
    if (at > 0) text += ' ';
    text += plain.substr(at, 8);
  }
  return text;
}

const KeyNode* find(const KeyGraph& graph, Index value) {
  const auto found =
      std::find_if(graph.nodes.begin(), graph.nodes.end(), [&](const KeyNode& node) { return node.value == value; });
  return found == graph.nodes.end() ? nullptr : &*found;
}

}  // namespace

void KeysPanel::draw(Ui& ui) {
  refresh(ui);
  if (graph_.nodes.empty()) {
    if (!ui.session.eavesdropping() && !ui.session.empty()) draw_peer_buttons(ui);
    empty_message(ui, ui.session.eavesdropping() ? Icon::eye : Icon::key,
                  ui.tr(ui.session.eavesdropping() ? "interface.keys.unseen" : "interface.keys.empty"));
    return;
  }
  handle_keys(ui);
  draw_peer_buttons(ui);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  draw_graph(ui, {room.x, std::round(std::max(room.y * 0.5F, ui.em() * 10))});
  ImGui::Dummy({1, ui.em() * 0.2F});
  const float details = std::max(ImGui::GetContentRegionAvail().y, ui.em() * 12);
  ImGui::BeginChild("details", {0, details}, false, ImGuiWindowFlags_NoNavInputs);
  draw_details(ui);
  ImGui::EndChild();
}

void KeysPanel::refresh(Ui& ui) {
  const Index peer = ui.session.peer();
  if (seen_moves_ == ui.session.moves() && seen_peer_ == peer) return;
  if (seen_step_ != ui.session.step()) chosen_ = false;
  seen_step_ = ui.session.step();
  seen_moves_ = ui.session.moves();
  seen_peer_ = peer;
  graph_ = {};
  if (ui.session.empty() || peer == no_index) return;
  const Index step = ui.session.step();
  graph_ = key_graph(ui.session.index(), peer, ike_sa_at(ui.session.index(), peer, step), step, ui.session.viewpoint());
  if (chosen_ && find(graph_, selected_value_) != nullptr) return;
  // What this very step derived, else what was looked at, else the last that is known.
  Index best = no_index;
  std::uint32_t depth = 0;
  for (const bool secret : {true, false}) {
    for (const KeyNode& node : graph_.nodes) {
      if (!node.current || node.derived->secret != secret || (best != no_index && node.column <= depth)) continue;
      best = node.value;
      depth = node.column;
    }
    if (best != no_index) break;
  }
  if (best == no_index && find(graph_, selected_value_) != nullptr) return;
  for (const KeyNode& node : graph_.nodes) {
    if (best == no_index || (node.known && !find(graph_, best)->current)) best = node.value;
  }
  selected_value_ = best;
  reveal_ = true;
}

ImVec2 KeysPanel::box_at(const Ui& ui, ImVec2 origin, const KeyNode& node) const {
  const float em = ui.em();
  return {origin.x + em * (0.3F + static_cast<float>(node.column) * (box_width + column_gap)),
          origin.y + em * (0.3F + static_cast<float>(node.row) * (box_height + row_gap))};
}

void KeysPanel::draw_graph(Ui& ui, ImVec2 size) {
  const float em = ui.em();
  const ImVec2 plate = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddRectFilled(plate, {plate.x + size.x, plate.y + size.y},
                                            faded(ui.colors.background, 0.5F), em * 0.4F);
  ImGui::BeginChild("graph", size, false, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NoNavInputs);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const ImVec2 whole{em * (0.6F + static_cast<float>(graph_.columns) * (box_width + column_gap) - column_gap),
                     em * (0.6F + static_cast<float>(graph_.rows) * (box_height + row_gap) - row_gap)};
  if (const KeyNode* node = reveal_ ? find(graph_, selected_value_) : nullptr) {
    const ImVec2 at = box_at(ui, {0, 0}, *node);
    ImGui::SetScrollX(std::max(0.0F, at.x + em * box_width / 2 - size.x / 2));
    ImGui::SetScrollY(std::max(0.0F, at.y + em * box_height / 2 - size.y / 2));
    reveal_ = false;
  }
  draw_edges(ui, origin);
  for (std::uint32_t row = 0; row < graph_.nodes.size(); ++row) draw_node_box(ui, origin, row);
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy(whole);
  // Dragging the background moves the view.
  if (ImGui::IsWindowHovered() && !ImGui::IsAnyItemHovered() && ImGui::IsMouseDragging(0)) {
    ImGui::SetScrollX(ImGui::GetScrollX() - ImGui::GetIO().MouseDelta.x);
    ImGui::SetScrollY(ImGui::GetScrollY() - ImGui::GetIO().MouseDelta.y);
  }
  ImGui::EndChild();
}

void KeysPanel::draw_edges(const Ui& ui, ImVec2 origin) const {
  const float em = ui.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const bool marked : {false, true}) {
    for (const KeyEdge& edge : graph_.edges) {
      const KeyNode& from = graph_.nodes[edge.from];
      const KeyNode& to = graph_.nodes[edge.to];
      const bool touches = from.value == selected_value_ || to.value == selected_value_;
      if (touches != marked) continue;
      const ImVec2 a = box_at(ui, origin, from);
      const ImVec2 b = box_at(ui, origin, to);
      const ImVec2 start{a.x + em * box_width, a.y + em * box_height / 2};
      const ImVec2 end{b.x, b.y + em * box_height / 2};
      const float bend = std::max(em * 1.2F, (end.x - start.x) * 0.5F);
      const ImU32 color = marked ? ui.colors.accent : faded(ui.colors.faint, to.known ? 0.8F : 0.35F);
      list.AddBezierCubic(start, {start.x + bend, start.y}, {end.x - bend, end.y}, end, color,
                          marked ? std::max(2.0F, em * 0.13F) : std::max(1.0F, em * 0.07F));
      list.AddTriangleFilled(end, {end.x - em * 0.4F, end.y - em * 0.22F}, {end.x - em * 0.4F, end.y + em * 0.22F},
                             color);
    }
  }
}

void KeysPanel::draw_node_box(Ui& ui, ImVec2 origin, std::uint32_t row) {
  const KeyNode& node = graph_.nodes[row];
  const float em = ui.em();
  const ImVec2 at = box_at(ui, origin, node);
  const ImVec2 end{at.x + em * box_width, at.y + em * box_height};
  if (!ImGui::IsRectVisible(at, end)) return;
  ImGui::SetCursorScreenPos(at);
  ImGui::PushID(static_cast<int>(row));
  if (ImGui::InvisibleButton("value", {em * box_width, em * box_height})) {
    selected_value_ = node.value;
    chosen_ = true;
    ui.wanted_focus = PanelId::keys;
  }
  ImGui::PopID();
  const bool selected = node.value == selected_value_;
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float ink = node.known ? 1.0F : 0.35F;
  list.AddRectFilled(at, end,
                     selected  ? ui.colors.selection
                     : hovered ? ui.colors.hovered
                               : ui.colors.raised,
                     em * 0.35F);
  const ImU32 edge = node.current ? ui.colors.warning : selected ? ui.colors.accent : faded(ui.colors.faint, ink);
  list.AddRect(at, end, edge, em * 0.35F, 0, node.current || selected ? 2.0F : 1.0F);
  const bool secret = node.derived->secret;
  draw_icon(list, secret ? Icon::key : Icon::globe, {at.x + em * 0.85F, at.y + em * 0.8F}, em * 0.8F,
            faded(secret ? ui.colors.secret : ui.colors.muted, ink));
  draw_text(list, *ui.fonts.strong, {at.x + em * 1.6F, at.y + em * 0.3F}, faded(ui.colors.text, ink),
            fitted(*ui.fonts.strong, node.derived->name, em * (box_width - 1.9F)));
  const std::string hex =
      node.known ? engine::to_hex(node.derived->bytes) : std::string(ui.tr("interface.keys.not-yet"));
  const ImFont& font = node.known ? *ui.fonts.mono : *ui.fonts.small;
  draw_text(list, font, {at.x + em * 0.5F, at.y + em * 1.4F}, faded(ui.colors.muted, ink),
            fitted(font, hex, em * (box_width - 0.9F)));
  if (node.current) {
    list.AddTriangleFilled({end.x - em * 0.9F, at.y}, {end.x, at.y}, {end.x, at.y + em * 0.9F}, ui.colors.warning);
  }
}

void KeysPanel::draw_details(Ui& ui) {
  const KeyNode* node = find(graph_, selected_value_);
  if (node == nullptr) return;
  const engine::ike::ValueDerived& derived = *node->derived;
  selected_name_ = derived.name;
  const float em = ui.em();
  const std::string name = fitted(*ui.fonts.title, derived.name, ImGui::GetContentRegionAvail().x - em * 12);
  line(ui, *ui.fonts.title, name, ui.colors.text, width_of(*ui.fonts.title, name) + em * 0.4F);
  ImGui::SameLine(0, em * 0.4F);
  badge(ui, ui.tr(derived.secret ? "interface.keys.secret" : "interface.keys.public"),
        derived.secret ? ui.colors.secret : ui.colors.muted, derived.secret ? Icon::key : Icon::globe);
  if (!derived.rfc.empty()) {
    ImGui::SameLine(0, em * 0.4F);
    badge(ui, derived.rfc, ui.colors.accent);
  }
  paragraph(ui, *ui.fonts.mono, derived.formula, ui.colors.accent);
  // "KEYMAT (inbound)" is told of under "KEYMAT".
  const std::string whole = "value." + derived.name;
  const std::string stem = whole.substr(0, whole.find(" ("));
  paragraph(ui, ui.lookup(whole, ui.lookup(stem, {})), ui.colors.text);
  if (!node->known) {
    paragraph(ui, ui.tr("interface.keys.later"), ui.colors.muted);
    return;
  }
  ImGui::Dummy({1, em * 0.2F});
  const std::string size = std::to_string(derived.bytes.size());
  label(ui, derived.algorithm.empty()
                ? ui.tr("interface.keys.octets", {{"count", size}})
                : ui.tr("interface.keys.octets-of", {{"count", size}, {"algorithm", derived.algorithm}}));
  paragraph(ui, *ui.fonts.mono, grouped_hex(derived.bytes), ui.colors.text);
  draw_inputs(ui, *node);
  draw_command(ui, *node);
}

void KeysPanel::draw_inputs(Ui& ui, const KeyNode& node) {
  if (node.inputs.empty()) return;
  const float em = ui.em();
  ImGui::Dummy({1, em * 0.2F});
  label(ui, ui.tr("interface.keys.inputs"));
  const sim::Trace& trace = ui.session.trace();
  float name_width = em * 5;
  for (const KeyInput& input : node.inputs) {
    name_width = std::clamp(width_of(*ui.fonts.strong, input.input->name), name_width, em * 12);
  }
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const KeyInput& input = node.inputs[i];
    std::string source;
    Icon icon = Icon::none;
    switch (input.input->source) {
      case engine::ike::InputSource::value:
        source = ui.tr("interface.keys.from-value");
        icon = Icon::key;
        break;
      case engine::ike::InputSource::field:
        source = ui.tr("interface.keys.from-packet", {{"packet", ui.packet_name(input.packet)}});
        icon = Icon::globe;
        break;
      case engine::ike::InputSource::configuration:
        source = input.setting == no_index
                     ? ui.tr("interface.keys.from-setting", {{"setting", input.input->setting}})
                     : ui.tr("interface.keys.from-line", {{"line", std::to_string(trace.settings[input.setting].line)},
                                                          {"text", trace.settings[input.setting].text}});
        icon = Icon::gear;
        break;
      case engine::ike::InputSource::constant:
        source = ui.tr("interface.keys.constant");
        break;
    }
    const bool leads = input.packet != no_index || input.node != no_index;
    const ImVec2 start = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::PushID(static_cast<int>(i));
    const bool clicked = ImGui::InvisibleButton("input", {width, em * 1.6F});
    ImGui::PopID();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (leads && ImGui::IsItemHovered()) {
      list.AddRectFilled(start, {start.x + width, start.y + em * 1.6F}, ui.colors.hovered, em * 0.3F);
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    draw_icon(list, icon, {start.x + em * 0.6F, start.y + em * 0.8F}, em * 0.75F, ui.colors.muted);
    draw_text(list, *ui.fonts.strong, {start.x + em * 1.5F, start.y + em * 0.3F}, ui.colors.text,
              fitted(*ui.fonts.strong, input.input->name, name_width));
    const float source_x = start.x + em * 2.3F + name_width;
    const std::string shown = fitted(*ui.fonts.body, source, width * 0.45F);
    draw_text(list, *ui.fonts.body, {source_x, start.y + em * 0.3F}, leads ? ui.colors.accent : ui.colors.muted, shown);
    const float hex_x = std::max(source_x + width_of(*ui.fonts.body, shown) + em, source_x + em * 11);
    draw_text(list, *ui.fonts.mono, {hex_x, start.y + em * 0.33F}, ui.colors.faint,
              fitted(*ui.fonts.mono, engine::to_hex(input.input->bytes), start.x + width - hex_x));
    if (!clicked) continue;
    if (input.packet != no_index) {
      ui.session.pin(input.packet, 0);
      wanted_field_ = WantedField{input.input->field, input.input->bytes};
      ui.wanted_focus = PanelId::inspector;
    } else if (input.node != no_index) {
      selected_value_ = graph_.nodes[input.node].value;
      chosen_ = true;
      reveal_ = true;
    }
  }
}

void KeysPanel::draw_command(Ui& ui, const KeyNode& node) {
  const std::vector<RecomputeCommand> commands = recompute_commands(*node.derived);
  command_ = commands.empty() ? std::string() : commands.front().text;
  const float em = ui.em();
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const std::string& command = commands[i].text;
    ImGui::Dummy({1, em * 0.3F});
    ImGui::PushID(static_cast<int>(i));
    const Card card(ui, ui.colors.accent);
    label(ui, ui.tr(commands[i].tool == RecomputeTool::openssl ? "interface.keys.command-openssl"
                                                               : "interface.keys.command-python"));
    paragraph(ui, *ui.fonts.mono, command, ui.colors.text);
    const bool done = copied_ == command;
    if (button(ui, "copy",
               {.label = ui.tr(done ? "interface.keys.copied" : "interface.keys.copy"),
                .icon = done ? Icon::check : Icon::copy,
                .kind = i == 0 ? ButtonKind::primary : ButtonKind::plain,
                .tooltip = ui.tr("interface.action.copy"),
                .key = shown_key(Action::copy)})) {
      ImGui::SetClipboardText(command.c_str());
      copied_ = command;
    }
    ImGui::PopID();
  }
}

void KeysPanel::handle_keys(Ui& ui) {
  const auto count = static_cast<std::ptrdiff_t>(graph_.nodes.size());
  const auto at = std::find_if(graph_.nodes.begin(), graph_.nodes.end(),
                               [&](const KeyNode& node) { return node.value == selected_value_; });
  const std::ptrdiff_t row = at == graph_.nodes.end() ? 0 : at - graph_.nodes.begin();
  const auto go = [&](std::ptrdiff_t to) {
    selected_value_ = graph_.nodes[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, count - 1))].value;
    chosen_ = true;
    reveal_ = true;
  };
  if (ui.pressed(PanelId::keys, Action::item_down)) go(row + 1);
  if (ui.pressed(PanelId::keys, Action::item_up)) go(row - 1);
  if (ui.pressed(PanelId::keys, Action::page_down)) go(row + 8);
  if (ui.pressed(PanelId::keys, Action::page_up)) go(row - 8);
  if (ui.pressed(PanelId::keys, Action::next_peer)) ui.session.next_peer();
  if (ui.pressed(PanelId::keys, Action::copy) && !command_.empty()) {
    ImGui::SetClipboardText(command_.c_str());
    copied_ = command_;
  }
  if (!ui.pressed(PanelId::keys, Action::activate) || at == graph_.nodes.end()) return;
  // Enter leads to the first input that came in a packet.
  for (const KeyInput& input : at->inputs) {
    if (input.packet == no_index) continue;
    ui.session.pin(input.packet, 0);
    wanted_field_ = WantedField{input.input->field, input.input->bytes};
    ui.wanted_focus = PanelId::inspector;
    return;
  }
}

}  // namespace viz
