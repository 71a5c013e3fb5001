#include "viz/model/cursor.h"

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"

using viz::Cursor;
using viz::Granularity;
using viz::Index;
using viz::TraceIndex;

namespace {

std::vector<Index> forwards(const TraceIndex& index, Granularity granularity) {
  Cursor cursor(index);
  std::vector<Index> places{cursor.step()};
  while (cursor.next(granularity)) places.push_back(cursor.step());
  return places;
}

std::vector<Index> backwards(const TraceIndex& index, Granularity granularity) {
  Cursor cursor(index);
  cursor.end();
  std::vector<Index> places{cursor.step()};
  while (cursor.previous(granularity)) places.insert(places.begin(), cursor.step());
  return places;
}

}  // namespace

TEST_CASE("going forwards and backwards visits the same places") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  for (Granularity granularity : {Granularity::event, Granularity::packet, Granularity::message, Granularity::phase}) {
    CHECK(forwards(index, granularity) == backwards(index, granularity));
  }
  CHECK(forwards(index, Granularity::event).size() == trace.steps.size());
}

TEST_CASE("stepping by message stops where an IKE message or ESP packet is sent, also a repeated or lost one") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  std::size_t messages = 0;
  for (Index step : forwards(index, Granularity::message)) {
    if (step == 0 || step + 1 == trace.steps.size()) continue;
    REQUIRE(trace.steps[step].kind == sim::StepKind::send);
    const sim::PacketKind kind = trace.packets[trace.steps[step].packet].kind;
    CHECK((kind == sim::PacketKind::ike || kind == sim::PacketKind::esp));
    ++messages;
  }
  CHECK(messages == trace.messages.size() + trace.esp.size());
}

TEST_CASE("stepping by phase stops at the exchanges' beginnings and ends and leaves out DPD") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const std::vector<Index> places = forwards(index, Granularity::phase);
  for (const sim::TraceExchange& exchange : trace.exchanges) {
    CHECK(std::count(places.begin(), places.end(), exchange.first_step) == 1);
    CHECK(std::count(places.begin(), places.end(), exchange.last_step) == 1);
  }
  CHECK(places.size() < 3 * trace.exchanges.size() + 2);
}

TEST_CASE("seeking a time stops at the last step at or before it") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  Cursor cursor(index);
  for (Index step = 0; step < trace.steps.size(); ++step) {
    cursor.seek_time(trace.steps[step].time);
    CHECK(cursor.time() == trace.steps[step].time);
    const bool is_last_of_its_time = cursor.at_end() || trace.steps[cursor.step() + 1].time > cursor.time();
    CHECK(is_last_of_its_time);
  }
  cursor.seek_time(engine::time_at(-1));
  CHECK(cursor.step() == 0);
  cursor.seek_time(trace.end + std::chrono::hours(1));
  CHECK(cursor.at_end());
}

TEST_CASE("a step past the end is the last, and an empty trace has no place to go") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  Cursor cursor(index, 1'000'000);
  CHECK(cursor.step() == trace.steps.size() - 1);
  CHECK_FALSE(cursor.next(Granularity::event));
  CHECK_FALSE(cursor.next(Granularity::message));

  const sim::Trace nothing;
  const TraceIndex no_index(nothing);
  Cursor nowhere(no_index);
  CHECK_FALSE(nowhere.next(Granularity::event));
  CHECK_FALSE(nowhere.next(Granularity::phase));
  CHECK_FALSE(nowhere.previous(Granularity::message));
  CHECK_FALSE(nowhere.end());
  CHECK_FALSE(nowhere.seek_time(engine::time_at(5)));
  CHECK(nowhere.at_start());
  CHECK(nowhere.at_end());
  CHECK(nowhere.time() == engine::time_at(0));
}
