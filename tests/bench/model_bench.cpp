#include <benchmark/benchmark.h>

#include <cstdint>
#include <map>

#include "sim/scenario/load.h"
#include "sim/scenario/simulate.h"
#include "tests/support/synthetic_trace.h"
#include "viz/model/cursor.h"
#include "viz/model/inspector.h"
#include "viz/model/key_graph.h"
#include "viz/model/ladder.h"
#include "viz/model/negotiation.h"
#include "viz/model/state_view.h"
#include "viz/model/timeline.h"
#include "viz/model/topology.h"

namespace {

using viz::Index;
using viz::Viewpoint;

constexpr std::int64_t article = 0;

sim::Trace make_trace(std::int64_t arrows) {
  if (arrows != article) return tests::large_synthetic_trace(static_cast<std::uint32_t>(arrows));
  auto scenario = sim::load_scenario(TUNNELWALK_SOURCE_DIR "/scenarios/aws-yamaha.json");
  if (!scenario) return {};
  auto trace = sim::simulate(*scenario);
  return trace ? std::move(trace).value() : sim::Trace{};
}

/// A synthetic trace of about as many packets as asked for, or the article's; made once a size.
const sim::Trace& trace_of(std::int64_t arrows) {
  static std::map<std::int64_t, sim::Trace> traces;
  auto [place, is_new] = traces.try_emplace(arrows);
  if (is_new) place->second = make_trace(arrows);
  return place->second;
}

void build_index(benchmark::State& state) {
  const sim::Trace& trace = trace_of(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(viz::TraceIndex(trace).step_count());
}

void build_timeline(benchmark::State& state) {
  const viz::TraceIndex index(trace_of(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(viz::Timeline(index).marks().size());
}

void build_ladder(benchmark::State& state) {
  const viz::TraceIndex index(trace_of(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(viz::Ladder(index, {}).rows().size());
}

/// Everything that the panels ask for when the cursor moves by one message.
void step_either_way(benchmark::State& state) {
  const sim::Trace& trace = trace_of(state.range(0));
  const viz::TraceIndex index(trace);
  const viz::Timeline timeline(index);
  const viz::Ladder ladder(index, {});
  viz::Cursor cursor(index, index.step_count() / 2);
  bool forwards = true;
  int moves = 0;
  for (auto _ : state) {
    const bool moved = forwards ? cursor.next(viz::Granularity::message) : cursor.previous(viz::Granularity::message);
    if (!moved || ++moves % 100 == 0) forwards = !forwards;
    const Index step = cursor.step();
    const Index packet = index.packet_at(step);
    benchmark::DoNotOptimize(timeline.position_of_step(step));
    const Index row = ladder.row_of_step(step);
    benchmark::DoNotOptimize(ladder.brackets_in(row, row + 40));
    benchmark::DoNotOptimize(viz::topology_at(index, step, cursor.time(), Viewpoint::omniscient));
    benchmark::DoNotOptimize(viz::inspect(index, packet, viz::hop_at(index, packet, step), Viewpoint::omniscient));
    const Index negotiation = viz::negotiation_at(index, step, Viewpoint::omniscient);
    benchmark::DoNotOptimize(viz::negotiation_table(index, negotiation));
    for (Index node : viz::gateways(trace)) {
      const auto sa = viz::ike_sa_at(index, node, step);
      benchmark::DoNotOptimize(viz::key_graph(index, node, sa, step, Viewpoint::omniscient));
      benchmark::DoNotOptimize(viz::state_at(index, node, step, cursor.time(), Viewpoint::omniscient));
    }
  }
}

}  // namespace

BENCHMARK(build_index)->Arg(article)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(build_timeline)->Arg(article)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(build_ladder)->Arg(article)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(step_either_way)->Arg(article)->Arg(100'000)->Unit(benchmark::kMicrosecond);
