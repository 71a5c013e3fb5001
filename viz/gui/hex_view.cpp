#include "viz/gui/hex_view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "viz/gui/widgets.h"

namespace viz {

namespace {

constexpr std::array digits = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

/// Where things stand in a row, in pixels from its left.
struct Columns {
  std::uint32_t octets = 16;
  float character = 0;  ///< Width of one.
  float hex = 0;        ///< The first octet.
  float ascii = -1;     ///< The first character; negative: not shown.

  float x_of(std::uint32_t octet) const {
    return hex + character * (static_cast<float>(octet) * 2.75F + (octet >= 8 ? 0.9F : 0.0F));
  }
};

Columns choose_columns(const Ui& ui, float width) {
  Columns columns;
  columns.character = ui.fonts.mono->GetCharAdvance('0');
  columns.hex = columns.character * 5.2F;
  for (const std::uint32_t octets : {16U, 8U}) {
    columns.octets = octets;
    const float end = columns.x_of(octets);
    const float with_ascii = end + columns.character * static_cast<float>(octets + 1);
    if (with_ascii <= width) {
      columns.ascii = end + columns.character * 0.6F;
      return columns;
    }
    if (octets == 8) return columns;
  }
  return columns;
}

}  // namespace

float HexView::least_width(const Ui& ui) {
  const float character = ui.fonts.mono->GetCharAdvance('0');
  return character * (5.2F + 8 * 2.75F + 9.5F) + ui.em() * 1.2F;
}

std::optional<std::uint32_t> HexView::draw(const Ui& ui, const InspectorBuffer& buffer,
                                           const engine::wire::Field* selected, ImVec2 size) {
  std::optional<std::uint32_t> clicked;
  ImGui::BeginChild("hex", size, false, ImGuiWindowFlags_NoNavInputs);
  const Columns columns = choose_columns(ui, ImGui::GetContentRegionAvail().x);
  const float height = std::round(ui.fonts.mono->FontSize * 1.45F);
  const auto count = static_cast<std::uint32_t>(buffer.bytes.size());
  const std::uint32_t rows = (count + columns.octets - 1) / columns.octets;
  if (reveal_) {
    const float y = height * static_cast<float>(*reveal_ / columns.octets);
    const float view = ImGui::GetWindowHeight();
    if (y < ImGui::GetScrollY() || y > ImGui::GetScrollY() + view - height * 2) {
      ImGui::SetScrollY(std::max(0.0F, y - view * 0.35F));
    }
    reveal_.reset();
  }
  const std::uint32_t begin = selected == nullptr ? 0 : selected->offset;
  const std::uint32_t end = selected == nullptr ? 0 : selected->offset + selected->length;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImFont& font = *ui.fonts.mono;
  const float pad = columns.character * 0.3F;
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows), height);
  while (clipper.Step()) {
    for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ImGui::PushID(row);
      const bool pressed = ImGui::InvisibleButton("row", {ImGui::GetContentRegionAvail().x, height});
      ImGui::PopID();
      ImGui::SetCursorScreenPos({at.x, at.y + height});
      const std::uint32_t first = static_cast<std::uint32_t>(row) * columns.octets;
      std::string offset;
      for (int shift = 12; shift >= 0; shift -= 4) offset += digits[(first >> shift) & 0xf];
      draw_text(list, font, at, ui.colors.faint, offset);
      for (std::uint32_t i = 0; i < columns.octets && first + i < count; ++i) {
        const std::uint32_t octet = first + i;
        const float x = at.x + columns.x_of(i);
        const bool marked = octet >= begin && octet < end;
        if (marked) {
          const bool joined = octet + 1 < end && i + 1 < columns.octets;
          const float right = joined ? at.x + columns.x_of(i + 1) : x + columns.character * 2;
          list.AddRectFilled({x - pad, at.y}, {right + (joined ? -pad : pad), at.y + height - 1}, ui.colors.selection);
          list.AddRectFilled({x - pad, at.y + height - 2}, {right + (joined ? -pad : pad), at.y + height - 1},
                             ui.colors.accent);
        }
        const std::uint8_t value = buffer.bytes[octet];
        const std::array<char, 2> text = {digits[value >> 4], digits[value & 0xf]};
        draw_text(list, font, {x, at.y}, marked ? ui.colors.text : ui.colors.muted, {text.data(), 2});
        if (columns.ascii >= 0) {
          const char shown = value >= 0x20 && value < 0x7f ? static_cast<char>(value) : '.';
          draw_text(list, font, {at.x + columns.ascii + columns.character * static_cast<float>(i), at.y},
                    marked ? ui.colors.text : ui.colors.faint, {&shown, 1});
        }
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        const bool hovered = ImGui::IsItemHovered() && mouse.x >= x - pad && mouse.x < x + columns.character * 2 + pad;
        if (!hovered) continue;
        list.AddRect({x - pad, at.y}, {x + columns.character * 2 + pad, at.y + height - 1}, ui.colors.accent);
        if (pressed) clicked = octet;
        const std::optional<FieldPath> path = path_at(buffer.root, octet);
        const engine::wire::Field* field = path ? field_at(buffer.root, *path) : nullptr;
        if (field != nullptr) ImGui::SetTooltip("%s: %s", field->name.c_str(), field->value.c_str());
      }
    }
  }
  clipper.End();
  ImGui::EndChild();
  return clicked;
}

}  // namespace viz
