#include "viz/gui/window.h"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>

#include "viz/gui/application.h"
#include "viz/gui/platform.h"

namespace viz {

namespace {

/// Frames after which Dear ImGui's layout has settled.
constexpr int frames_to_settle = 4;

/// Seconds between frames while nothing happens.
constexpr double idle_seconds = 1.0;

int fail(const engine::Error& error) {
  fmt::print(stderr, "tunnelwalk: {}\n", error.message);
  return 2;
}

/// Written beside and renamed, so that a test never reads half of it.
void write_state(const std::string& path, const std::string& state) {
  const std::string temporary = path + ".part";
  {
    std::ofstream file(temporary);
    file << state;
  }
  std::rename(temporary.c_str(), path.c_str());
}

int take_screenshot(Platform& platform, Application& application, const std::string& path) {
  for (int frame = 0; frame < frames_to_settle; ++frame) {
    platform.wait(true, 0);
    application.frame();
    if (frame + 1 < frames_to_settle) platform.present();
  }
  const engine::Result<void> written = write_png(platform.read_picture(), path);
  return written ? 0 : fail(written.error());
}

}  // namespace

int show(std::unique_ptr<Document> document, const Library& library, const ViewOptions& options) {
  const bool picture = !options.screenshot.empty();
  Platform::Request request;
  request.title = "tunnelwalk";
  request.width = options.width;
  request.height = options.height;
  request.visible = !picture;
  request.use_display_scale = !picture;
  engine::Result<std::unique_ptr<Platform>> platform = Platform::open(request);
  if (!platform) return fail(platform.error());
  Application application(**platform, library, std::move(document), options);
  if (picture) return take_screenshot(**platform, application, options.screenshot);
  std::string state;
  while (!(*platform)->closing()) {
    (*platform)->wait(application.animating(), idle_seconds);
    application.frame();
    (*platform)->present();
    if (options.state_file.empty()) continue;
    std::string now = application.state_json();
    if (now == state) continue;
    state = std::move(now);
    write_state(options.state_file, state);
  }
  return 0;
}

}  // namespace viz
