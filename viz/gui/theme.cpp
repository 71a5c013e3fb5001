#include "viz/gui/theme.h"

namespace viz {

namespace {

constexpr ImU32 rgb(unsigned hex) { return IM_COL32((hex >> 16) & 0xff, (hex >> 8) & 0xff, hex & 0xff, 0xff); }

constexpr Palette dark = {
    .background = rgb(0x0d1117),
    .panel = rgb(0x161c25),
    .raised = rgb(0x222b37),
    .hovered = rgb(0x2d3847),
    .border = rgb(0x2b3543),
    .text = rgb(0xe8edf3),
    .muted = rgb(0x9dabbb),
    .faint = rgb(0x4a5868),
    .accent = rgb(0x6cc0f5),
    .accent_text = rgb(0x08131c),
    .selection = rgb(0x1f3d54),
    .phase1 = rgb(0xf0a830),
    .phase2 = rgb(0x62b6f2),
    .informational = rgb(0xd68fbb),
    .esp = rgb(0x2fc29a),
    .clear_traffic = rgb(0xc6cfd9),
    .good = rgb(0x2fc29a),
    .bad = rgb(0xff7a45),
    .warning = rgb(0xf0e058),
    .secret = rgb(0xf0c040),
};

constexpr Palette light = {
    .background = rgb(0xe9edf2),
    .panel = rgb(0xffffff),
    .raised = rgb(0xeef2f6),
    .hovered = rgb(0xdfe6ee),
    .border = rgb(0xcfd8e2),
    .text = rgb(0x16202b),
    .muted = rgb(0x526172),
    .faint = rgb(0xa9b6c4),
    .accent = rgb(0x0067a6),
    .accent_text = rgb(0xffffff),
    .selection = rgb(0xcfe6f7),
    .phase1 = rgb(0xa86500),
    .phase2 = rgb(0x0072b2),
    .informational = rgb(0xa34a82),
    .esp = rgb(0x007a58),
    .clear_traffic = rgb(0x4b5866),
    .good = rgb(0x007a58),
    .bad = rgb(0xc04000),
    .warning = rgb(0x8a7400),
    .secret = rgb(0x946a00),
};

}  // namespace

const Palette& palette_of(ThemeName theme) { return theme == ThemeName::light ? light : dark; }

ImU32 faded(ImU32 color, float factor) {
  const float alpha = static_cast<float>(color >> IM_COL32_A_SHIFT) * factor;
  return (color & ~IM_COL32_A_MASK) | (static_cast<ImU32>(alpha + 0.5F) << IM_COL32_A_SHIFT);
}

void apply_theme(const Palette& palette, float em) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowPadding = {em * 0.8F, em * 0.7F};
  style.FramePadding = {em * 0.6F, em * 0.32F};
  style.CellPadding = {em * 0.5F, em * 0.22F};
  style.ItemSpacing = {em * 0.6F, em * 0.4F};
  style.ItemInnerSpacing = {em * 0.45F, em * 0.3F};
  style.IndentSpacing = em * 1.1F;
  style.ScrollbarSize = em * 0.7F;
  style.GrabMinSize = em * 1.2F;
  style.WindowRounding = em * 0.5F;
  style.ChildRounding = em * 0.5F;
  style.PopupRounding = em * 0.5F;
  style.FrameRounding = em * 0.35F;
  style.ScrollbarRounding = em * 0.35F;
  style.GrabRounding = em * 0.35F;
  style.WindowBorderSize = 1;
  style.ChildBorderSize = 1;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 0;
  style.WindowTitleAlign = {0.0F, 0.5F};
  style.AntiAliasedLinesUseTex = false;

  const auto set = [&style](ImGuiCol which, ImU32 color) {
    style.Colors[which] = ImGui::ColorConvertU32ToFloat4(color);
  };
  const ImU32 none = IM_COL32(0, 0, 0, 0);
  set(ImGuiCol_Text, palette.text);
  set(ImGuiCol_TextDisabled, palette.muted);
  set(ImGuiCol_WindowBg, palette.background);
  set(ImGuiCol_ChildBg, none);
  set(ImGuiCol_PopupBg, palette.panel);
  set(ImGuiCol_Border, palette.border);
  set(ImGuiCol_BorderShadow, none);
  set(ImGuiCol_FrameBg, palette.raised);
  set(ImGuiCol_FrameBgHovered, palette.hovered);
  set(ImGuiCol_FrameBgActive, palette.hovered);
  set(ImGuiCol_TitleBg, palette.panel);
  set(ImGuiCol_TitleBgActive, palette.panel);
  set(ImGuiCol_ScrollbarBg, none);
  set(ImGuiCol_ScrollbarGrab, palette.hovered);
  set(ImGuiCol_ScrollbarGrabHovered, palette.faint);
  set(ImGuiCol_ScrollbarGrabActive, palette.muted);
  set(ImGuiCol_CheckMark, palette.accent);
  set(ImGuiCol_SliderGrab, palette.accent);
  set(ImGuiCol_SliderGrabActive, palette.accent);
  set(ImGuiCol_Button, palette.raised);
  set(ImGuiCol_ButtonHovered, palette.hovered);
  set(ImGuiCol_ButtonActive, palette.selection);
  set(ImGuiCol_Header, palette.selection);
  set(ImGuiCol_HeaderHovered, palette.hovered);
  set(ImGuiCol_HeaderActive, palette.selection);
  set(ImGuiCol_Separator, palette.border);
  set(ImGuiCol_TableHeaderBg, palette.raised);
  set(ImGuiCol_TableBorderStrong, palette.border);
  set(ImGuiCol_TableBorderLight, palette.border);
  set(ImGuiCol_TableRowBg, none);
  set(ImGuiCol_TableRowBgAlt, faded(palette.raised, 0.4F));
  set(ImGuiCol_TextSelectedBg, palette.selection);
  set(ImGuiCol_NavHighlight, palette.accent);
  set(ImGuiCol_ModalWindowDimBg, IM_COL32(0, 0, 0, 150));
}

}  // namespace viz
