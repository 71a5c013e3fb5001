#include <memory>

#include <fmt/format.h>

#include "viz/cli/commands.h"
#include "viz/cli/library.h"
#include "viz/cli/source.h"

#ifdef TUNNELWALK_GUI

#include <map>

#include "viz/gui/view.h"

namespace viz {
namespace {

/// "1600x1000".
bool read_size(const std::string& text, ViewOptions& options) {
  const std::size_t cross = text.find('x');
  if (cross == std::string::npos || cross == 0 || cross + 1 == text.size() || text.size() > 11) return false;
  if (text.find_first_not_of("0123456789x") != std::string::npos || text.find('x', cross + 1) != std::string::npos) {
    return false;
  }
  options.width = std::stoi(text.substr(0, cross));
  options.height = std::stoi(text.substr(cross + 1));
  return options.width >= 640 && options.width <= 16384 && options.height >= 400 && options.height <= 16384;
}

struct ViewCommandOptions {
  ViewOptions view;
  std::string size;
  std::string panel;
};

int show(ViewCommandOptions& options) {
  const auto refuse = [](std::string message) { return report({engine::Reason::malformed, std::move(message)}); };
  if (!options.size.empty() && !read_size(options.size, options.view)) {
    return refuse(fmt::format("--size: '{}' is no size, expected 640x400 to 16384x16384", options.size));
  }
  if (!options.panel.empty()) {
    const std::optional<PanelId> panel = panel_from_id(options.panel);
    if (!panel) return refuse(fmt::format("--panel: there is no panel '{}'", options.panel));
    options.view.panel = *panel;
  }
  if (!options.view.source.empty()) options.view.source = find_source(options.view.source);
  options.view.scenario_directory = library_directory();
  return view(options.view);
}

}  // namespace

void add_view_command(CLI::App& app, int& status) {
  static const std::map<std::string, ThemeName> themes{{"dark", ThemeName::dark}, {"light", ThemeName::light}};
  const auto options = std::make_shared<ViewCommandOptions>();
  ViewOptions& view = options->view;
  CLI::App* command = app.add_subcommand("view", "Open the visualizer");
  command->add_option("source", view.source, "A scenario (path, or an id of the library) or a saved trace");
  command->add_option("--step", view.step, "Step to begin at");
  command->add_option("--screenshot", view.screenshot, "Write this PNG instead of opening a window to work in");
  command->add_option("--size", options->size, "Size of the window in pixels: 1600x1000");
  add_language_option(*command, view.language);
  command->add_option("--theme", view.theme, "Colours: dark or light")
      ->transform(CLI::CheckedTransformer(themes))
      ->option_text("dark|light");
  command->add_option("--text-scale", view.text_scale, "Size of the text in percent")->check(CLI::Range(100, 300));
  command->add_option("--panel", options->panel, "Panel that comes to the front");
  command->add_flag("--eavesdropper", view.eavesdropper, "Show only what can be seen on the Internet");
  command->add_flag("--reduce-motion", view.reduce_motion, "No animations");
  command->add_flag("--show-help", view.help, "Open with the list of keys");
  command->add_option("--state-file", view.state_file, "For tests: write the state of the window to this file")
      ->group("");
  command->callback([options, &status] { status = show(*options); });
}

}  // namespace viz

#else

namespace viz {

void add_view_command(CLI::App& app, int& status) {
  CLI::App* command = app.add_subcommand("view", "Open the visualizer (not in this build)");
  command->allow_extras();
  command->callback([&status] {
    status = report({engine::Reason::none, "this build has no window; \"tunnelwalk run\" prints the walk as text"});
  });
}

}  // namespace viz

#endif
