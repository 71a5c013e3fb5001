#include "viz/gui/keyboard.h"

#include <GLFW/glfw3.h>

#include <array>

namespace viz {

namespace {

constexpr int shift = GLFW_MOD_SHIFT;
constexpr int ctrl = GLFW_MOD_CONTROL;
constexpr int alt = GLFW_MOD_ALT;
using A = Action;
using G = ActionGroup;

constexpr std::array bindings = {
    Binding{A::next_message, G::stepping, GLFW_KEY_RIGHT, 0, 0, "→", "interface.action.next-message"},
    Binding{A::previous_message, G::stepping, GLFW_KEY_LEFT, 0, 0, "←", "interface.action.previous-message"},
    Binding{A::next_event, G::stepping, GLFW_KEY_RIGHT, shift, 0, "Shift →", "interface.action.next-event"},
    Binding{A::previous_event, G::stepping, GLFW_KEY_LEFT, shift, 0, "Shift ←", "interface.action.previous-event"},
    Binding{A::next_packet, G::stepping, 0, 0, U'.', ".", "interface.action.next-packet"},
    Binding{A::previous_packet, G::stepping, 0, 0, U',', ",", "interface.action.previous-packet"},
    Binding{A::next_phase, G::stepping, GLFW_KEY_RIGHT, ctrl, 0, "Ctrl →", "interface.action.next-phase"},
    Binding{A::previous_phase, G::stepping, GLFW_KEY_LEFT, ctrl, 0, "Ctrl ←", "interface.action.previous-phase"},
    Binding{A::next_beat, G::stepping, 0, 0, U'b', "B", "interface.action.next-beat"},
    Binding{A::previous_beat, G::stepping, 0, 0, U'B', "Shift B", "interface.action.previous-beat"},
    Binding{A::first, G::stepping, GLFW_KEY_HOME, 0, 0, "Home", "interface.action.first"},
    Binding{A::last, G::stepping, GLFW_KEY_END, 0, 0, "End", "interface.action.last"},
    Binding{A::play, G::stepping, GLFW_KEY_SPACE, 0, 0, "Space", "interface.action.play"},
    Binding{A::slower, G::stepping, 0, 0, U'[', "[", "interface.action.slower"},
    Binding{A::faster, G::stepping, 0, 0, U']', "]", "interface.action.faster"},

    Binding{A::focus_next, G::panels, GLFW_KEY_TAB, 0, 0, "Tab", "interface.action.focus-next"},
    Binding{A::focus_previous, G::panels, GLFW_KEY_TAB, shift, 0, "Shift Tab", "interface.action.focus-previous"},
    Binding{A::focus_topology, G::panels, 0, 0, U'1', "1", "interface.panel.topology"},
    Binding{A::focus_story, G::panels, 0, 0, U'2', "2", "interface.panel.story"},
    Binding{A::focus_ladder, G::panels, 0, 0, U'3', "3", "interface.panel.ladder"},
    Binding{A::focus_inspector, G::panels, 0, 0, U'4', "4", "interface.panel.inspector"},
    Binding{A::focus_negotiation, G::panels, 0, 0, U'5', "5", "interface.panel.negotiation"},
    Binding{A::focus_keys, G::panels, 0, 0, U'6', "6", "interface.panel.keys"},
    Binding{A::focus_state, G::panels, 0, 0, U'7', "7", "interface.panel.state"},
    Binding{A::focus_transport, G::panels, 0, 0, U'8', "8", "interface.panel.transport"},
    Binding{A::zoom, G::panels, 0, 0, U'z', "Z", "interface.action.zoom"},
    Binding{A::zoom, G::panels, 0, 0, U'Z', "", "interface.action.zoom"},
    Binding{A::widen, G::panels, GLFW_KEY_RIGHT, alt, 0, "Alt →", "interface.action.widen"},
    Binding{A::narrow, G::panels, GLFW_KEY_LEFT, alt, 0, "Alt ←", "interface.action.narrow"},
    Binding{A::taller, G::panels, GLFW_KEY_DOWN, alt, 0, "Alt ↓", "interface.action.taller"},
    Binding{A::shorter, G::panels, GLFW_KEY_UP, alt, 0, "Alt ↑", "interface.action.shorter"},

    Binding{A::item_up, G::inside, GLFW_KEY_UP, 0, 0, "↑", "interface.action.item-up"},
    Binding{A::item_down, G::inside, GLFW_KEY_DOWN, 0, 0, "↓", "interface.action.item-down"},
    Binding{A::page_up, G::inside, GLFW_KEY_PAGE_UP, 0, 0, "Page Up", "interface.action.page-up"},
    Binding{A::page_down, G::inside, GLFW_KEY_PAGE_DOWN, 0, 0, "Page Down", "interface.action.page-down"},
    Binding{A::activate, G::inside, GLFW_KEY_ENTER, 0, 0, "Enter", "interface.action.activate"},
    Binding{A::activate, G::inside, GLFW_KEY_KP_ENTER, 0, 0, "", "interface.action.activate"},
    Binding{A::wire_or_decrypted, G::inside, 0, 0, U'w', "W", "interface.action.wire-or-decrypted"},
    Binding{A::wire_or_decrypted, G::inside, 0, 0, U'W', "", "interface.action.wire-or-decrypted"},
    Binding{A::next_peer, G::inside, 0, 0, U'p', "P", "interface.action.next-peer"},
    Binding{A::next_peer, G::inside, 0, 0, U'P', "", "interface.action.next-peer"},
    Binding{A::copy, G::inside, 0, 0, U'c', "C", "interface.action.copy"},
    Binding{A::copy, G::inside, GLFW_KEY_C, ctrl, 0, "", "interface.action.copy"},

    Binding{A::eavesdropper, G::view, 0, 0, U'e', "E", "interface.action.eavesdropper"},
    Binding{A::eavesdropper, G::view, 0, 0, U'E', "", "interface.action.eavesdropper"},
    Binding{A::language, G::view, 0, 0, U'l', "L", "interface.action.language"},
    Binding{A::language, G::view, 0, 0, U'L', "", "interface.action.language"},
    Binding{A::theme, G::view, 0, 0, U't', "T", "interface.action.theme"},
    Binding{A::theme, G::view, 0, 0, U'T', "", "interface.action.theme"},
    Binding{A::larger_text, G::view, 0, 0, U'+', "+", "interface.action.larger-text"},
    Binding{A::larger_text, G::view, 0, 0, U'=', "", "interface.action.larger-text"},
    Binding{A::smaller_text, G::view, 0, 0, U'-', "-", "interface.action.smaller-text"},
    Binding{A::motion, G::view, 0, 0, U'm', "M", "interface.action.motion"},
    Binding{A::motion, G::view, 0, 0, U'M', "", "interface.action.motion"},

    Binding{A::open, G::program, 0, 0, U'o', "O", "interface.action.open"},
    Binding{A::open, G::program, 0, 0, U'O', "", "interface.action.open"},
    Binding{A::export_files, G::program, 0, 0, U'x', "X", "interface.action.export"},
    Binding{A::export_files, G::program, 0, 0, U'X', "", "interface.action.export"},
    Binding{A::settings, G::program, 0, 0, U's', "S", "interface.action.settings"},
    Binding{A::settings, G::program, 0, 0, U'S', "", "interface.action.settings"},
    Binding{A::help, G::program, 0, 0, U'?', "?", "interface.action.help"},
    Binding{A::help, G::program, GLFW_KEY_F1, 0, 0, "", "interface.action.help"},
    Binding{A::close, G::program, GLFW_KEY_ESCAPE, 0, 0, "Esc", "interface.action.close"},
    Binding{A::quit, G::program, GLFW_KEY_Q, ctrl, 0, "Ctrl Q", "interface.action.quit"},
};

constexpr int real_modifiers = GLFW_MOD_SHIFT | GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER;

}  // namespace

std::span<const Binding> all_bindings() { return bindings; }

std::optional<Action> action_for(const KeyPress& press) {
  for (const Binding& binding : bindings) {
    const bool by_key =
        binding.key != 0 && binding.key == press.key && binding.modifiers == (press.modifiers & real_modifiers);
    const bool by_character = binding.character != 0 && binding.character == press.character;
    if (by_key || by_character) return binding.action;
  }
  return std::nullopt;
}

std::string_view shown_key(Action action) {
  for (const Binding& binding : bindings) {
    if (binding.action == action && !binding.shown.empty()) return binding.shown;
  }
  return {};
}

}  // namespace viz
