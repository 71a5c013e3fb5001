#include <algorithm>
#include <array>
#include <cstddef>

#include "viz/gui/application.h"

/// What the window does when a key is pressed or a button stands for one.
namespace viz {

namespace {

/// The scales that a key press goes through; the same as in the settings.
constexpr std::array text_scales = {100, 125, 150, 200, 300};

int next_scale(int current, bool larger) {
  if (larger) {
    for (const int scale : text_scales) {
      if (scale > current) return scale;
    }
    return largest_text;
  }
  for (auto scale = text_scales.rbegin(); scale != text_scales.rend(); ++scale) {
    if (*scale < current) return *scale;
  }
  return smallest_text;
}

}  // namespace

void Application::handle_keys() {
  for (const KeyPress& press : platform_.take_keys()) waiting_keys_.push_back(press);
  std::size_t taken = 0;
  while (taken < waiting_keys_.size() && !action_) {
    const std::optional<Action> action = action_for(waiting_keys_[taken++]);
    if (!action) continue;
    if (ImGui::GetIO().WantTextInput && *action != Action::close && *action != Action::quit) continue;
    if (!obey(*action)) action_ = action;
  }
  waiting_keys_.erase(waiting_keys_.begin(), waiting_keys_.begin() + static_cast<std::ptrdiff_t>(taken));
}

bool Application::obey(Action action) {
  if (action == Action::quit) {
    platform_.close();
    return true;
  }
  if (dialog_ != DialogId::none) {
    const bool again = (action == Action::help && dialog_ == DialogId::help) ||
                       (action == Action::open && dialog_ == DialogId::picker) ||
                       (action == Action::export_files && dialog_ == DialogId::exporting) ||
                       (action == Action::settings && dialog_ == DialogId::settings);
    if (again || action == Action::close) dialog_ = DialogId::none;
    return again || action == Action::close;
  }
  if (obey_stepping(action) || obey_program(action)) return true;
  const auto step = [&](std::ptrdiff_t by) {
    constexpr std::ptrdiff_t count = 8;
    focus(static_cast<PanelId>((static_cast<std::ptrdiff_t>(focus_) + by + count) % count));
  };
  switch (action) {
    case Action::focus_next:
      step(1);
      break;
    case Action::focus_previous:
      step(-1);
      break;
    case Action::focus_topology:
      focus(PanelId::topology);
      break;
    case Action::focus_story:
      focus(PanelId::story);
      break;
    case Action::focus_ladder:
      focus(PanelId::ladder);
      break;
    case Action::focus_inspector:
      focus(PanelId::inspector);
      break;
    case Action::focus_negotiation:
      focus(PanelId::negotiation);
      break;
    case Action::focus_keys:
      focus(PanelId::keys);
      break;
    case Action::focus_state:
      focus(PanelId::state);
      break;
    case Action::focus_transport:
      focus(PanelId::transport);
      break;
    case Action::zoom:
      zoomed_ = !zoomed_;
      break;
    case Action::widen:
    case Action::narrow:
    case Action::taller:
    case Action::shorter:
      layout_.nudge(focus_, action);
      break;
    default:
      return false;
  }
  return true;
}

bool Application::obey_stepping(Action action) {
  switch (action) {
    case Action::next_message:
      session_.next(Granularity::message);
      return true;
    case Action::previous_message:
      session_.previous(Granularity::message);
      return true;
    case Action::next_event:
      session_.next(Granularity::event);
      return true;
    case Action::previous_event:
      session_.previous(Granularity::event);
      return true;
    case Action::next_packet:
      session_.next(Granularity::packet);
      return true;
    case Action::previous_packet:
      session_.previous(Granularity::packet);
      return true;
    case Action::next_phase:
      session_.next(Granularity::phase);
      return true;
    case Action::previous_phase:
      session_.previous(Granularity::phase);
      return true;
    case Action::next_beat:
      session_.next_beat(true);
      return true;
    case Action::previous_beat:
      session_.next_beat(false);
      return true;
    case Action::first:
      session_.first();
      return true;
    case Action::last:
      session_.last();
      return true;
    case Action::play:
      session_.set_playing(!session_.playing());
      return true;
    case Action::slower:
      session_.change_speed(false);
      return true;
    case Action::faster:
      session_.change_speed(true);
      return true;
    default:
      return false;
  }
}

bool Application::obey_program(Action action) {
  switch (action) {
    case Action::eavesdropper:
      session_.set_viewpoint(session_.eavesdropping() ? Viewpoint::omniscient : Viewpoint::eavesdropper);
      return true;
    case Action::language:
      settings_.language = settings_.language == Language::en ? Language::ja : Language::en;
      return true;
    case Action::theme:
      settings_.theme = settings_.theme == ThemeName::dark ? ThemeName::light : ThemeName::dark;
      return true;
    case Action::larger_text:
      settings_.text_scale = next_scale(settings_.text_scale, true);
      return true;
    case Action::smaller_text:
      settings_.text_scale = next_scale(settings_.text_scale, false);
      return true;
    case Action::motion:
      settings_.reduce_motion = !settings_.reduce_motion;
      return true;
    case Action::open:
      open_dialog(DialogId::picker);
      return true;
    case Action::export_files:
      open_dialog(DialogId::exporting);
      return true;
    case Action::settings:
      open_dialog(DialogId::settings);
      return true;
    case Action::help:
      open_dialog(DialogId::help);
      return true;
    case Action::close:
      if (zoomed_) zoomed_ = false;
      return true;
    default:
      return false;
  }
}

}  // namespace viz
