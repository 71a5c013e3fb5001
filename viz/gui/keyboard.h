#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "viz/gui/platform.h"

namespace viz {

/// Everything that a key can do.
enum class Action : std::uint8_t {
  next_message,
  previous_message,
  next_event,
  previous_event,
  next_packet,
  previous_packet,
  next_phase,
  previous_phase,
  next_beat,
  previous_beat,
  first,
  last,
  play,
  slower,
  faster,
  focus_next,
  focus_previous,
  focus_topology,
  focus_story,
  focus_ladder,
  focus_inspector,
  focus_negotiation,
  focus_keys,
  focus_state,
  focus_transport,
  item_up,
  item_down,
  page_up,
  page_down,
  activate,
  zoom,
  widen,
  narrow,
  taller,
  shorter,
  wire_or_decrypted,
  next_peer,
  copy,
  eavesdropper,
  language,
  theme,
  larger_text,
  smaller_text,
  motion,
  open,
  export_files,
  settings,
  help,
  close,
  quit,
};

/// The groups of the help overlay.
enum class ActionGroup : std::uint8_t { stepping, panels, inside, view, program };

/// One row of the one table of keys: the window obeys it and the help overlay shows it.
struct Binding {
  Action action;
  ActionGroup group;
  int key;                 ///< GLFW key code, with exactly `modifiers`; 0: by character.
  int modifiers;           ///< GLFW modifier bits.
  char32_t character;      ///< As typed, whatever the keyboard's layout; 0: by key.
  std::string_view shown;  ///< "Ctrl →"; empty: a second key of the action, not shown.
  std::string_view text;   ///< Catalogue id of what it does.
};

std::span<const Binding> all_bindings();

/// The action that a key press asks for.
std::optional<Action> action_for(const KeyPress& press);

/// The key shown for an action, for tooltips and buttons.
std::string_view shown_key(Action action);

}  // namespace viz
