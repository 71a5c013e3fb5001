// How long the window takes: from a scenario's file (or a made-up trace) to its first frame, and for a step either way.
// A benchmark: it prints, and says whether the limits (a second, 16 milliseconds) were kept, but does not fail. The
// processor time of the window's own thread is printed first, because a busy machine does not change it.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <vector>

#include "sim/scenario/load.h"
#include "sim/scenario/simulate.h"
#include "tests/support/synthetic_trace.h"
#include "viz/gui/application.h"
#include "viz/gui/platform.h"

namespace {

constexpr double first_frame_limit = 1000;  ///< Milliseconds.
constexpr double step_limit = 16;
constexpr int skip = 77;

struct Stopwatch {
  double processor = now();
  std::chrono::steady_clock::time_point clock = std::chrono::steady_clock::now();

  static double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
  }
  double processor_ms() const { return now() - processor; }
  double clock_ms() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - clock).count();
  }
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Opens what `make` gives, steps through it, and prints the times.
template <class Make>
void measure(const char* name, const Make& make, viz::Platform& platform) {
  viz::ViewOptions options;
  options.reduce_motion = true;
  const Stopwatch opening;
  auto document = std::make_unique<viz::Document>(make());
  viz::Application application(platform, {}, std::move(document), options);
  application.frame();
  const double first_processor = opening.processor_ms();
  const double first_clock = opening.clock_ms();
  platform.present();
  std::vector<double> processor;
  std::vector<double> clock;
  for (int i = 0; i < 60; ++i) {
    application.obey(i % 3 == 2 ? viz::Action::previous_message : viz::Action::next_message);
    const Stopwatch watch;
    application.frame();
    processor.push_back(watch.processor_ms());
    clock.push_back(watch.clock_ms());
    platform.present();
  }
  fmt::print(
      "{}: first frame {:.0f} ms (on the clock {:.0f}), a step {:.2f} ms, at most {:.2f} (on the clock {:.2f})\n", name,
      first_processor, first_clock, median(processor), *std::max_element(processor.begin(), processor.end()),
      median(clock));
  const bool kept = first_processor < first_frame_limit && median(processor) < step_limit;
  fmt::print("  limits: first frame {:.0f} ms, a step {:.0f} ms: {}\n", first_frame_limit, step_limit,
             kept ? "kept" : "NOT kept");
}

}  // namespace

int main() {
  if (!viz::has_display()) {
    fmt::print("skipped: no display\n");
    return skip;
  }
  viz::Platform::Request request;
  request.title = "tunnelwalk";
  engine::Result<std::unique_ptr<viz::Platform>> platform = viz::Platform::open(request);
  if (!platform) {
    fmt::print("skipped: {}\n", platform.error().message);
    return skip;
  }
  const auto article = [] {
    return sim::simulate(sim::load_scenario(TUNNELWALK_SOURCE_DIR "/scenarios/aws-yamaha.json").value()).value();
  };
  const sim::Trace arrows = tests::large_synthetic_trace(100'000);
  measure("the article's scenario, simulated", article, **platform);
  measure(
      "100,000 arrows, made up", [&] { return arrows; }, **platform);
  return 0;
}
