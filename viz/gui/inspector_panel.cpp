#include "viz/gui/inspector_panel.h"

#include <algorithm>
#include <cmath>

#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

namespace {

std::string_view buffer_name(BufferKind kind) {
  switch (kind) {
    case BufferKind::wire:
      return "interface.inspector.wire";
    case BufferKind::sender_cleartext:
      return "interface.inspector.decrypted";
    case BufferKind::receiver_cleartext:
      return "interface.inspector.receiver";
    case BufferKind::esp_plaintext:
      return "interface.inspector.inner";
  }
  return {};
}

}  // namespace

void InspectorPanel::draw(Ui& ui) {
  const Inspection& inspection = ui.session.inspection();
  if (inspection.buffers.empty()) {
    rows_.clear();
    rows_stale_ = true;
    seen_moves_ = ~std::uint64_t{0};
    empty_message(ui, Icon::eye,
                  ui.tr(ui.session.eavesdropping() ? "interface.inspector.unseen" : "interface.inspector.empty"));
    return;
  }
  follow_session(ui);
  draw_head(ui, inspection);
  draw_buffers(ui, inspection);
  refresh_rows(inspection);
  handle_keys(ui, inspection);
  refresh_rows(inspection);
  const InspectorBuffer& buffer = inspection.buffers[buffer_];
  const float em = ui.em();
  // In a window too small for all of it, the panel scrolls.
  const ImVec2 room{ImGui::GetContentRegionAvail().x, std::max(ImGui::GetContentRegionAvail().y, em * 16)};
  const float meaning = std::min(em * 7.6F, room.y * 0.34F);
  const float height = room.y - meaning - em * 0.5F;
  const float hex_width = HexView::least_width(ui);
  const engine::wire::Field* selected = field_at(buffer.root, selected_);
  std::optional<std::uint32_t> clicked;
  if (scroll_tree_ && room.y > ImGui::GetContentRegionAvail().y) ImGui::SetScrollY(ImGui::GetCursorPosY() - em);
  if (room.x - hex_width > em * 16) {
    // As wide as 16 octets a row, where the tree keeps the larger half.
    const float width = std::clamp(room.x * 0.45F, hex_width, hex_width * 1.9F);
    draw_tree(ui, buffer, {room.x - width - em * 0.6F, height});
    ImGui::SameLine(0, em * 0.6F);
    clicked = hex_.draw(ui, buffer, selected, {width, height});
  } else {
    draw_tree(ui, buffer, {room.x, height * 0.58F});
    clicked = hex_.draw(ui, buffer, selected, {room.x, height * 0.42F - em * 0.4F});
  }
  draw_meaning(ui, buffer, meaning);
  if (!clicked) return;
  if (const std::optional<FieldPath> path = path_at(buffer.root, *clicked)) select(*path, buffer.root, true);
}

void InspectorPanel::follow_session(Ui& ui) {
  const Inspection& inspection = ui.session.inspection();
  if (seen_moves_ == ui.session.moves() && buffer_ < inspection.buffers.size() && !wanted_field_) return;
  seen_moves_ = ui.session.moves();
  if (seen_packet_ != ui.session.packet()) toggled_.clear();
  seen_packet_ = ui.session.packet();
  rows_stale_ = true;
  const std::size_t count = inspection.buffers.size();
  // Where the receiver made something else of it than the sender meant, that is the lesson.
  buffer_ = count > 1 && prefer_cleartext_ ? count - 1 : 0;
  if (wanted_field_) {
    const std::optional<FieldPlace> place = find_field(inspection, wanted_field_->id, wanted_field_->octets);
    wanted_field_.reset();
    if (place) {
      buffer_ = place->buffer;
      select(place->path, inspection.buffers[buffer_].root, true);
      return;
    }
  }
  select_same(inspection.buffers[buffer_].root);
}

void InspectorPanel::select_same(const engine::wire::Field& root) {
  // Else what the packet is sent for: on the wire its topmost layer, in cleartext what follows the header.
  FieldPath top;
  if (!root.children.empty()) {
    const std::size_t last = root.children.size() - 1;
    top.push_back(static_cast<std::uint32_t>(buffer_ == 0 ? last : std::min<std::size_t>(last, 1)));
  }
  select(path_of(root, selected_id_).value_or(top), root, true);
}

void InspectorPanel::select(const FieldPath& path, const engine::wire::Field& root, bool scroll) {
  const engine::wire::Field* field = field_at(root, path);
  if (field == nullptr) return;
  selected_ = path;
  selected_id_ = field->id;
  hex_.reveal(field->offset);
  scroll_tree_ = scroll;
  // All above it must be open for it to be seen.
  FieldPath above;
  for (const std::uint32_t child : path) {
    const engine::wire::Field* parent = field_at(root, above);
    if (parent != nullptr && !is_open(*parent, above)) toggle(above);
    above.push_back(child);
  }
}

bool InspectorPanel::is_open(const engine::wire::Field& field, const FieldPath& path) const {
  // The lower layers are the same in every message: one line each tells enough, until somebody wants to know.
  const bool lower = path.size() == 1 && (field.id.starts_with("ip") || field.id.starts_with("udp"));
  const bool attribute = field.id.find("attribute") != std::string::npos;
  const bool as_begun = !lower && !attribute;
  return as_begun != (toggled_.count(path) != 0);
}

void InspectorPanel::toggle(const FieldPath& path) {
  if (toggled_.erase(path) == 0) toggled_.insert(path);
  rows_stale_ = true;
}

void InspectorPanel::refresh_rows(const Inspection& inspection) {
  if (!rows_stale_) return;
  rows_.clear();
  FieldPath path;
  flatten(inspection.buffers[buffer_].root, path);
  rows_stale_ = false;
}

void InspectorPanel::flatten(const engine::wire::Field& field, FieldPath& path) {
  rows_.push_back({&field, path});
  if (field.children.empty() || !is_open(field, path)) return;
  for (std::uint32_t child = 0; child < field.children.size(); ++child) {
    path.push_back(child);
    flatten(field.children[child], path);
    path.pop_back();
  }
}

void InspectorPanel::draw_head(Ui& ui, const Inspection& inspection) {
  const float em = ui.em();
  const sim::TracePacket& packet = ui.session.trace().packets[inspection.packet];
  const float width = ImGui::GetContentRegionAvail().x;
  const float right = ImGui::GetCursorPosX() + width;
  line(ui, *ui.fonts.title, ui.packet_name(inspection.packet), ui.colors.text, width - em * 5.5F);
  if (ui.session.pinned()) {
    ImGui::SameLine(right - em * 2.2F);
    if (button(ui, "unpin", {.icon = Icon::pin, .on = true, .tooltip = ui.tr("interface.inspector.unpin")})) {
      ui.session.unpin();
      ui.session.pin(no_index, no_index);
    }
  }
  if (inspection.hop >= packet.hops.size()) return;
  const sim::TraceHop& hop = packet.hops[inspection.hop];
  const std::string way = std::string(ui.node_name(hop.from)) + " → " + std::string(ui.node_name(hop.to));
  const std::string text = ui.tr("interface.inspector.hop", {{"way", way},
                                                             {"hop", std::to_string(inspection.hop + 1)},
                                                             {"count", std::to_string(packet.hops.size())},
                                                             {"octets", std::to_string(hop.bytes.size())}});
  line(ui, *ui.fonts.body, text, ui.colors.muted);
}

void InspectorPanel::draw_buffers(Ui& ui, const Inspection& inspection) {
  const float em = ui.em();
  ImGui::Dummy({1, em * 0.1F});
  for (std::size_t row = 0; row < inspection.buffers.size(); ++row) {
    if (row > 0) ImGui::SameLine(0, em * 0.35F);
    ImGui::PushID(static_cast<int>(row));
    const BufferKind kind = inspection.buffers[row].kind;
    const ButtonLook look{.label = ui.tr(buffer_name(kind)),
                          .icon = kind == BufferKind::wire ? Icon::globe : Icon::unlocked,
                          .on = row == buffer_,
                          .tooltip = ui.tr("interface.action.wire-or-decrypted"),
                          .key = shown_key(Action::wire_or_decrypted)};
    if (button(ui, "buffer", look) && row != buffer_) {
      buffer_ = row;
      prefer_cleartext_ = row > 0;
      toggled_.clear();
      rows_stale_ = true;
      select_same(inspection.buffers[row].root);
    }
    ImGui::PopID();
  }
  ImGui::Dummy({1, em * 0.1F});
}

void InspectorPanel::draw_tree(Ui& ui, const InspectorBuffer& buffer, ImVec2 size) {
  ImGui::BeginChild("tree", size, false, ImGuiWindowFlags_NoNavInputs);
  const float height = std::round(ui.em() * 1.5F);
  const float width = ImGui::GetContentRegionAvail().x;
  if (scroll_tree_) {
    const auto at = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.path == selected_; });
    const float y = height * static_cast<float>(at - rows_.begin());
    if (y < ImGui::GetScrollY() || y > ImGui::GetScrollY() + size.y - height * 2) {
      ImGui::SetScrollY(std::max(0.0F, y - size.y * 0.35F));
    }
    scroll_tree_ = false;
  }
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows_.size()), height);
  while (clipper.Step()) {
    for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ImGui::PushID(row);
      draw_tree_row(ui, buffer, rows_[static_cast<std::size_t>(row)], width, std::round(width * 0.5F));
      ImGui::PopID();
      ImGui::SetCursorScreenPos({at.x, at.y + height});
      if (rows_stale_) break;
    }
    if (rows_stale_) break;
  }
  clipper.End();
  ImGui::EndChild();
}

void InspectorPanel::draw_tree_row(Ui& ui, const InspectorBuffer& buffer, const Row& row, float width,
                                   float value_column) {
  const float em = ui.em();
  const float height = std::round(em * 1.5F);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool clicked = ImGui::InvisibleButton("field", {width, height});
  const bool hovered = ImGui::IsItemHovered();
  const bool selected = row.path == selected_;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 end{at.x + width, at.y + height - 1};
  if (selected) {
    list.AddRectFilled(at, end, ui.colors.selection, em * 0.25F);
    list.AddRectFilled(at, {at.x + em * 0.18F, end.y}, ui.colors.accent, em * 0.1F);
  } else if (hovered) {
    list.AddRectFilled(at, end, ui.colors.hovered, em * 0.25F);
  }
  const float x = at.x + em * 0.35F + static_cast<float>(row.path.size()) * em * 0.8F;
  const float middle = at.y + height / 2;
  const bool has_children = !row.field->children.empty();
  const bool open = has_children && is_open(*row.field, row.path);
  if (has_children) {
    const float r = em * 0.24F;
    const ImVec2 c{x + em * 0.35F, middle};
    if (open) {
      list.AddTriangleFilled({c.x - r, c.y - r * 0.6F}, {c.x + r, c.y - r * 0.6F}, {c.x, c.y + r * 0.8F},
                             ui.colors.muted);
    } else {
      list.AddTriangleFilled({c.x - r * 0.6F, c.y - r}, {c.x - r * 0.6F, c.y + r}, {c.x + r * 0.8F, c.y},
                             ui.colors.muted);
    }
  }
  const ImFont& font = has_children ? *ui.fonts.strong : *ui.fonts.body;
  const float text_y = middle - em * 0.5F;
  const float name_x = x + em * 0.85F;
  const float value_x = std::max(at.x + value_column, name_x + width_of(font, row.field->name) + em * 0.6F);
  draw_text(list, font, {name_x, text_y}, ui.colors.text, fitted(font, row.field->name, end.x - name_x));
  const bool wrong = row.field->problem != engine::Reason::none;
  if (wrong) draw_icon(list, Icon::warning, {end.x - em * 0.6F, middle}, em * 0.8F, ui.colors.bad);
  draw_text(list, *ui.fonts.body, {value_x, text_y}, selected ? ui.colors.text : ui.colors.muted,
            fitted(*ui.fonts.body, row.field->value, end.x - value_x - (wrong ? em * 1.3F : em * 0.2F)));
  if (!clicked) return;
  const bool on_arrow = has_children && ImGui::GetIO().MousePos.x < name_x;
  const FieldPath path = row.path;
  if (on_arrow || selected) {
    if (has_children) toggle(path);
  }
  if (!on_arrow) select(path, buffer.root, false);
}

void InspectorPanel::draw_meaning(Ui& ui, const InspectorBuffer& buffer, float height) {
  const engine::wire::Field* field = field_at(buffer.root, selected_);
  if (field == nullptr) return;
  const float em = ui.em();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room{ImGui::GetContentRegionAvail().x, height};
  ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + room.x, at.y + room.y}, faded(ui.colors.raised, 0.7F),
                                            em * 0.4F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {em * 0.8F, em * 0.5F});
  ImGui::BeginChild("meaning", room, false, ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NoNavInputs);
  ImGui::PopStyleVar();
  const float width = ImGui::GetContentRegionAvail().x;
  const float rfc_width = field->rfc.empty() ? 0 : width_of(*ui.fonts.small, field->rfc) + em * 1.6F;
  const std::string name = fitted(*ui.fonts.strong, field->name, width - rfc_width - em * 3);
  line(ui, *ui.fonts.strong, name, ui.colors.text, width_of(*ui.fonts.strong, name) + em * 0.3F);
  if (!field->rfc.empty()) {
    ImGui::SameLine(0, em * 0.6F);
    badge(ui, field->rfc, ui.colors.accent);
  }
  const std::string place = field->bit_length > 0
                                ? ui.tr("interface.inspector.bits", {{"offset", std::to_string(field->offset)},
                                                                     {"bit", std::to_string(field->bit_offset)},
                                                                     {"bits", std::to_string(field->bit_length)}})
                                : ui.tr("interface.inspector.octets", {{"offset", std::to_string(field->offset)},
                                                                       {"length", std::to_string(field->length)}});
  const std::string meaning = ui.lookup("field." + field->id, {});
  if (!field->value.empty()) paragraph(ui, *ui.fonts.body, field->value, ui.colors.accent);
  if (field->problem != engine::Reason::none) {
    paragraph(ui, ui.tr("interface.inspector.problem", {{"reason", ui.reason_name(field->problem)}}), ui.colors.bad);
  }
  paragraph(ui, meaning, ui.colors.text);
  paragraph(ui, *ui.fonts.small, place, ui.colors.muted);
  ImGui::EndChild();
}

void InspectorPanel::handle_keys(Ui& ui, const Inspection& inspection) {
  if (ui.pressed(PanelId::inspector, Action::wire_or_decrypted) && inspection.buffers.size() > 1) {
    buffer_ = (buffer_ + 1) % inspection.buffers.size();
    prefer_cleartext_ = buffer_ > 0;
    toggled_.clear();
    rows_stale_ = true;
    select_same(inspection.buffers[buffer_].root);
    return;
  }
  const engine::wire::Field& root = inspection.buffers[buffer_].root;
  const auto at = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.path == selected_; });
  if (at == rows_.end()) return;
  const auto row = static_cast<std::ptrdiff_t>(at - rows_.begin());
  const auto last = static_cast<std::ptrdiff_t>(rows_.size()) - 1;
  const auto go = [&](std::ptrdiff_t to) {
    const FieldPath path = rows_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, last))].path;
    select(path, root, true);
  };
  if (ui.pressed(PanelId::inspector, Action::item_down)) go(row + 1);
  if (ui.pressed(PanelId::inspector, Action::item_up)) go(row - 1);
  if (ui.pressed(PanelId::inspector, Action::page_down)) go(row + 12);
  if (ui.pressed(PanelId::inspector, Action::page_up)) go(row - 12);
  if (ui.pressed(PanelId::inspector, Action::activate) && !at->field->children.empty()) toggle(FieldPath(selected_));
}

}  // namespace viz
