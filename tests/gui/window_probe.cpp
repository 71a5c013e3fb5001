// The window on a synthetic trace, for the tests of the window: those of stepping, selecting and drawing do not depend
// on the engine, and a trace of a hundred thousand arrows is made at once.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "tests/support/synthetic_trace.h"
#include "viz/gui/view.h"
#include "viz/gui/window.h"

namespace {

viz::Library synthetic_library() {
  const auto open = [](const std::string& source) -> engine::Result<std::unique_ptr<viz::Document>> {
    tests::SyntheticOptions options;
    if (source == "large") return std::make_unique<viz::Document>(tests::large_synthetic_trace(100'000));
    if (source == "failure") {
      options.fail_third_exchange = true;
      options.end_down = true;
    }
    return std::make_unique<viz::Document>(tests::synthetic_trace(options));
  };
  const auto list = [] {
    return std::vector<viz::LibraryEntry>{
        {"synthetic",
         "synthetic",
         {"Two tunnels", "トンネル2本"},
         {"Main mode, quick mode, pings.", "メインモードとping。"}},
        {"failure", "failure", {"A tunnel that fails", "失敗するトンネル"}, {"It ends down.", "最後に停止します。"}},
    };
  };
  return {list, open};
}

}  // namespace

int main(int argc, char** argv) {
  viz::ViewOptions options;
  options.source = "synthetic";
  std::string size = "1600x1000", language = "en", theme = "dark", panel = "ladder";
  int step = -1;
  CLI::App app("the window on a synthetic trace");
  app.add_option("source", options.source);
  app.add_option("--step", step);
  app.add_option("--screenshot", options.screenshot);
  app.add_option("--size", size);
  app.add_option("--lang", language);
  app.add_option("--theme", theme);
  app.add_option("--panel", panel);
  app.add_option("--text-scale", options.text_scale);
  app.add_flag("--eavesdropper", options.eavesdropper);
  app.add_flag("--reduce-motion", options.reduce_motion);
  app.add_flag("--show-help", options.help);
  app.add_option("--state-file", options.state_file);
  CLI11_PARSE(app, argc, argv);
  if (step >= 0) options.step = step;
  const std::size_t cross = size.find('x');
  options.width = std::stoi(size.substr(0, cross));
  options.height = std::stoi(size.substr(cross + 1));
  options.language = language == "ja" ? viz::Language::ja : viz::Language::en;
  options.theme = theme == "light" ? viz::ThemeName::light : viz::ThemeName::dark;
  options.panel = viz::panel_from_id(panel).value_or(viz::PanelId::ladder);
  const viz::Library library = synthetic_library();
  engine::Result<std::unique_ptr<viz::Document>> document = library.open(options.source);
  return document ? viz::show(std::move(*document), library, options) : 2;
}
