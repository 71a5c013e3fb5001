#include <nlohmann/json.hpp>

#include "viz/gui/application.h"

namespace viz {

std::string Application::state_json() const {
  constexpr std::array panels = {"topology",    "story", "ladder", "inspector",
                                 "negotiation", "keys",  "state",  "transport"};
  constexpr std::array dialogs = {"none", "picker", "export", "settings", "help"};
  nlohmann::ordered_json state;
  state["scenario"] = session_.trace().scenario_id;
  state["step"] = session_.step();
  state["steps"] = session_.index().step_count();
  state["playing"] = session_.playing();
  state["speed"] = session_.speed();
  state["packet"] = session_.packet() == no_index ? -1 : static_cast<std::int64_t>(session_.packet());
  state["eavesdropper"] = session_.eavesdropping();
  state["focus"] = panels[static_cast<std::size_t>(focus_)];
  state["right"] = panels[static_cast<std::size_t>(right_)];
  state["zoomed"] = zoomed_;
  state["dialog"] = dialogs[static_cast<std::size_t>(dialog_)];
  state["language"] = settings_.language == Language::en ? "en" : "ja";
  state["theme"] = settings_.theme == ThemeName::dark ? "dark" : "light";
  state["text_scale"] = settings_.text_scale;
  state["reduce_motion"] = settings_.reduce_motion;
  state["field"] = inspector_.selected_id();
  state["buffer"] = inspector_.buffer();
  state["value"] = keys_.selected_name();
  state["copied"] = keys_.copied();
  state["exported"] = export_.written();
  return state.dump(1);
}

}  // namespace viz
