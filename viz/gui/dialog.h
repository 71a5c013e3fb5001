#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "viz/export/export.h"
#include "viz/gui/library.h"
#include "viz/gui/ui.h"

namespace viz {

/// What a person may set, at any time.
struct Settings {
  Language language = Language::en;
  ThemeName theme = ThemeName::dark;
  int text_scale = 100;  ///< Percent.
  bool reduce_motion = false;
};

constexpr int smallest_text = 100;
constexpr int largest_text = 300;
constexpr int text_step = 25;

/// Begins a dialog over the darkened window, of `size` font units or as large as there is room. Returns whether it is
/// to be closed (its cross or the dark around it was clicked). end_dialog() must follow.
bool begin_dialog(const Ui& ui, std::string_view title, ImVec2 size);
void end_dialog();

/// Chooses a scenario.
class ScenarioPicker {
 public:
  void open(const Library& library) {
    entries_ = library.list();
    message_.clear();
  }
  /// `action`: the key pressed, if any. Returns the source chosen; `close` is set when the dialog is to go.
  std::optional<std::string> draw(const Ui& ui, std::optional<Action> action, bool& close);
  const std::vector<LibraryEntry>& entries() const { return entries_; }
  /// Why the scenario chosen could not be opened.
  void complain(std::string message) { message_ = std::move(message); }

 private:
  std::vector<LibraryEntry> entries_;
  std::size_t row_ = 0;
  std::string message_;
};

/// Writes the trace in the formats chosen into a directory.
class ExportDialog {
 public:
  void open(const sim::Trace& trace);
  void draw(const Ui& ui, std::optional<Action> action, bool& close);
  /// For tests: what the last export said.
  const std::vector<std::string>& written() const { return written_; }

 private:
  void write(const Ui& ui);
  std::string directory_;
  std::set<ExportFormat> formats_;
  std::size_t row_ = 0;  ///< 0: directory; then the formats; last: the button.
  bool focus_directory_ = false;
  std::vector<std::string> written_;
  std::string message_;
};

/// Changes the settings.
class SettingsDialog {
 public:
  void draw(const Ui& ui, std::optional<Action> action, Settings& settings, bool& close);

 private:
  std::size_t row_ = 0;
};

/// All keys, out of the one table of keys.
void draw_help(const Ui& ui, std::optional<Action> action, bool& close);

}  // namespace viz
