#include "viz/text/value_comparison.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace viz {
namespace {

/// Values that both ends compute under one name.
constexpr std::array<std::string_view, 6> shared_values = {
    "g^xy", "SKEYID", "SKEYID_d", "SKEYID_a", "SKEYID_e", "encryption key",
};

/// The first step of the main mode that runs on a tunnel at a step.
sim::Index start_of_phase1(const sim::Trace& trace, sim::Index tunnel, sim::Time now) {
  sim::Index start = 0;
  for (const sim::TraceExchange& exchange : trace.exchanges) {
    const bool has_begun = exchange.first_step < trace.steps.size() && trace.steps[exchange.first_step].time <= now;
    if (exchange.phase == 1 && exchange.tunnel == tunnel && has_begun) start = std::max(start, exchange.first_step);
  }
  return start;
}

}  // namespace

const sim::TraceValue* same_value_of_peer(const sim::Trace& trace, const sim::Step& step,
                                          const engine::ike::ValueDerived& value) {
  if (std::find(shared_values.begin(), shared_values.end(), value.name) == shared_values.end()) return nullptr;
  if (step.tunnel >= trace.tunnels.size()) return nullptr;
  const sim::Index start = start_of_phase1(trace, step.tunnel, step.time);
  for (auto other = trace.values.rbegin(); other != trace.values.rend(); ++other) {
    if (other->step >= trace.steps.size() || trace.steps[other->step].time > step.time) continue;
    if (other->step < start) break;
    const bool is_of_peer = other->node != step.node && trace.steps[other->step].tunnel == step.tunnel;
    if (is_of_peer && other->derived.name == value.name) return &*other;
  }
  return nullptr;
}

}  // namespace viz
