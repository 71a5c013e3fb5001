#include "viz/model/timeline.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"

using viz::Index;
using viz::MarkKind;
using viz::SpanKind;
using viz::Timeline;
using viz::timeline_width;
using viz::TraceIndex;

namespace {

std::vector<SpanKind> kinds_of(const Timeline& timeline, Index tunnel) {
  std::vector<SpanKind> kinds;
  for (const viz::PhaseSpan& span : timeline.spans()) {
    if (span.tunnel == tunnel) kinds.push_back(span.kind);
  }
  return kinds;
}

}  // namespace

TEST_CASE("the spans of a tunnel name its phases in their order") {
  tests::SyntheticOptions options;
  options.end_down = true;
  const sim::Trace trace = tests::synthetic_trace(options);
  const TraceIndex index(trace);
  const Timeline timeline(index);
  CHECK(kinds_of(timeline, 0) ==
        std::vector{SpanKind::main_mode, SpanKind::quick_mode, SpanKind::data, SpanKind::rekey_phase2});
  CHECK(kinds_of(timeline, 1) ==
        std::vector{SpanKind::main_mode, SpanKind::quick_mode, SpanKind::data, SpanKind::down});
  CHECK(timeline.spans().back().reason == engine::Reason::peer_dead);
  CHECK(timeline.spans().back().open);
}

TEST_CASE("an exchange that failed is a span with its reason, and marked") {
  tests::SyntheticOptions options;
  options.fail_third_exchange = true;
  const sim::Trace trace = tests::synthetic_trace(options);
  const TraceIndex index(trace);
  const Timeline timeline(index);
  const auto failed = std::find_if(timeline.spans().begin(), timeline.spans().end(), [](const viz::PhaseSpan& span) {
    return span.kind == SpanKind::rekey_phase1 && span.reason == engine::Reason::authentication_failed;
  });
  CHECK(failed != timeline.spans().end());
  const auto mark = std::find_if(timeline.marks().begin(), timeline.marks().end(),
                                 [](const viz::Mark& candidate) { return candidate.kind == MarkKind::failure; });
  REQUIRE(mark != timeline.marks().end());
  CHECK(trace.exchanges[mark->row].last_step == mark->step);
}

TEST_CASE("beats, script lines and losses are marked at their steps") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Timeline timeline(index);
  const auto count = [&](MarkKind kind) {
    return std::count_if(timeline.marks().begin(), timeline.marks().end(),
                         [kind](const viz::Mark& mark) { return mark.kind == kind; });
  };
  CHECK(count(MarkKind::beat) == 1);
  CHECK(count(MarkKind::script) == 1);
  CHECK(count(MarkKind::loss) == 1);
  CHECK(std::is_sorted(timeline.marks().begin(), timeline.marks().end(),
                       [](const viz::Mark& a, const viz::Mark& b) { return a.step < b.step; }));
}

TEST_CASE("a refused message is marked") {
  tests::SyntheticOptions options;
  options.fail_third_exchange = true;
  options.lose_message_5_of_tunnel_2 = false;
  const sim::Trace trace = tests::synthetic_trace(options);
  const TraceIndex index(trace);
  const Timeline timeline(index);
  const auto mark = std::find_if(timeline.marks().begin(), timeline.marks().end(),
                                 [](const viz::Mark& candidate) { return candidate.kind == MarkKind::loss; });
  REQUIRE(mark != timeline.marks().end());
  CHECK(trace.messages[trace.packets[mark->row].message].refused.has_value());
}

TEST_CASE("the axis never goes back, uses its whole width, and finds its steps again") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Timeline timeline(index);
  const auto last = static_cast<Index>(trace.steps.size()) - 1;
  CHECK(timeline.position_of_step(0) == 0);
  CHECK(timeline.position_of_step(last) == timeline_width);
  for (Index step = 1; step <= last; ++step) {
    REQUIRE(timeline.position_of_step(step - 1) < timeline.position_of_step(step));
    REQUIRE(timeline.step_at(timeline.position_of_step(step)) == step);
    REQUIRE(timeline.time_at(timeline.position_of_step(step)) == trace.steps[step].time);
  }
  CHECK(timeline.step_at(timeline_width) == last);
}

TEST_CASE("between two steps the axis runs with the time") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Timeline timeline(index);
  for (Index step = 0; step + 1 < trace.steps.size(); ++step) {
    const viz::Time from = trace.steps[step].time;
    const viz::Time to = trace.steps[step + 1].time;
    if (to == from) continue;
    const std::uint32_t middle = timeline.position_of_time(from + (to - from) / 2);
    REQUIRE(middle > timeline.position_of_step(step));
    REQUIRE(middle < timeline.position_of_step(step + 1));
    const viz::Time back = timeline.time_at(middle);
    REQUIRE(back > from);
    REQUIRE(back < to);
  }
}

TEST_CASE("an hour of DPD leaves room for the second of negotiation") {
  tests::SyntheticOptions options;
  options.dpd_rounds = 360;
  const sim::Trace trace = tests::synthetic_trace(options);
  const TraceIndex index(trace);
  const Timeline timeline(index);
  REQUIRE(trace.end > engine::time_at(0) + std::chrono::hours(1));
  const Index negotiated = trace.exchanges[3].last_step;
  CHECK(timeline.position_of_step(negotiated) > timeline_width / 2);
}

TEST_CASE("labels of the axis stand in order, within it, and none twice") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Timeline timeline(index);
  const std::vector<viz::Tick> ticks = timeline.ticks(10);
  REQUIRE(ticks.size() > 5);
  CHECK(ticks.size() <= 11);
  for (std::size_t row = 1; row < ticks.size(); ++row) {
    CHECK(ticks[row - 1].time < ticks[row].time);
    CHECK(ticks[row - 1].position <= ticks[row].position);
  }
  CHECK(ticks.back().position <= timeline_width);
  CHECK(timeline.ticks(0).empty());
}

TEST_CASE("the time line of an empty trace is empty") {
  const sim::Trace nothing;
  const TraceIndex index(nothing);
  const Timeline timeline(index);
  CHECK(timeline.spans().empty());
  CHECK(timeline.ticks(5).empty());
  CHECK(timeline.step_at(5) == 0);
  CHECK(timeline.time_at(5) == engine::time_at(0));
  CHECK(timeline.position_of_time(engine::time_at(5)) == 0);
}
