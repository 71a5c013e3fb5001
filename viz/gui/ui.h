#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "viz/gui/fonts.h"
#include "viz/gui/keyboard.h"
#include "viz/gui/session.h"
#include "viz/gui/theme.h"
#include "viz/gui/view.h"

namespace viz {

/// What every panel is given to draw with: the session, the look, and what was pressed.
struct Ui {
  Session& session;
  const Palette& colors;
  const Fonts& fonts;
  Language language = Language::en;
  bool still = false;                   ///< Nothing moves by itself: motion is reduced, or a picture is taken.
  PanelId focus = PanelId::ladder;      ///< The panel that has the keyboard.
  std::optional<Action> action;         ///< Pressed, for the panel with the focus.
  std::optional<PanelId> wanted_focus;  ///< A panel was clicked, or leads to another.

  float em() const { return fonts.em; }

  /// A text of the catalogue, by its whole id ("interface.ladder.empty"), which must be a literal.
  std::string_view tr(std::string_view id) const { return text(id, language); }
  std::string tr(std::string_view id, const std::vector<std::pair<std::string, std::string>>& values) const {
    return text(id, language, values);
  }
  std::string_view tr(const sim::Text& both) const {
    return language == Language::ja && !both.ja.empty() ? both.ja : both.en;
  }

  /// Whether `wanted` was pressed while `panel` has the focus.
  bool pressed(PanelId panel, Action wanted) const { return focus == panel && action == wanted; }

  /// A node's name; "?" for no_index.
  std::string_view node_name(Index node) const;
  /// "Main Mode 1", for the id of a message's name.
  std::string message_name(std::string_view id) const;
  /// "Main Mode 1" for an IKE message as far as the viewpoint may know it, "ESP", "ICMP echo request".
  std::string packet_name(Index packet) const;
  /// A reason in a few words.
  std::string reason_name(engine::Reason reason) const;
  /// A moment of the run without needless zeros: "20.041 ms", "10 s".
  static std::string moment(Time time);
  /// The text of an id put together at run time; `otherwise` where there is none.
  std::string lookup(const std::string& id, std::string_view otherwise) const;
};

}  // namespace viz
