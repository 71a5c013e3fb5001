#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viz/gui/dialog.h"
#include "viz/gui/inspector_panel.h"
#include "viz/gui/keys_panel.h"
#include "viz/gui/ladder_panel.h"
#include "viz/gui/layout.h"
#include "viz/gui/library.h"
#include "viz/gui/negotiation_panel.h"
#include "viz/gui/platform.h"
#include "viz/gui/session.h"
#include "viz/gui/state_panel.h"
#include "viz/gui/story_panel.h"
#include "viz/gui/topology_panel.h"
#include "viz/gui/transport_panel.h"
#include "viz/gui/view.h"

namespace viz {

/// The dialog in front, if any.
enum class DialogId : unsigned char { none, picker, exporting, settings, help };

/// The window's content: everything between an event and a drawn frame.
class Application {
 public:
  /// `platform` must outlive it.
  Application(Platform& platform, Library library, std::unique_ptr<Document> document, const ViewOptions& options);

  /// Handles what was pressed and draws one frame, without showing it.
  void frame();

  /// Does what an action asks for. Returns false where it is for the panel with the focus, or the dialog in front.
  bool obey(Action action);

  /// Whether the next frame will differ from this one without any event.
  bool animating() const { return session_.playing() || gliding_ > 0 || !waiting_keys_.empty(); }

  /// The state as JSON, for tests.
  std::string state_json() const;

 private:
  void build_fonts_if_needed();
  void handle_keys();
  bool obey_stepping(Action action);
  bool obey_program(Action action);
  void focus(PanelId panel);
  void draw_window(Ui& ui);
  void draw_top_bar(Ui& ui, const Area& area);
  void draw_bar_buttons(Ui& ui, const Area& area);
  void draw_panels(Ui& ui, const Area& area);
  void draw_panel(Ui& ui, PanelId panel);
  void draw_dialog(const Ui& ui);
  void open(const std::string& source);
  void open_dialog(DialogId dialog);

  Platform& platform_;
  Library library_;
  Session session_;
  Settings settings_;
  Fonts fonts_;
  float built_em_ = 0;
  std::uint64_t glyphs_of_ = ~std::uint64_t{0};  ///< Document for which the glyphs were collected.
  bool still_ = false;
  bool zoomed_ = false;
  float gliding_ = 0;  ///< Seconds for which something still moves.
  std::uint64_t seen_moves_ = 0;
  PanelId focus_ = PanelId::ladder;
  PanelId right_ = PanelId::inspector;
  DialogId dialog_ = DialogId::none;
  std::vector<KeyPress> waiting_keys_;  ///< For later frames: a panel takes one key a frame.
  std::optional<Action> action_;
  Layout layout_;
  TransportPanel transport_;
  TopologyPanel topology_;
  StoryPanel story_;
  LadderPanel ladder_;
  InspectorPanel inspector_;
  NegotiationPanel negotiation_;
  KeysPanel keys_;
  StatePanel state_;
  ScenarioPicker picker_;
  ExportDialog export_;
  SettingsDialog settings_dialog_;
};

}  // namespace viz
