#include "viz/model/ladder.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"

using viz::Arrow;
using viz::ArrowKind;
using viz::Index;
using viz::Ladder;
using viz::LadderOptions;
using viz::no_index;
using viz::RowKind;
using viz::TraceIndex;
using viz::Viewpoint;

namespace {

LadderOptions unfolded() {
  LadderOptions options;
  options.fold = false;
  return options;
}

std::size_t count(const Ladder& ladder, ArrowKind kind) {
  return static_cast<std::size_t>(std::count_if(ladder.arrows().begin(), ladder.arrows().end(),
                                                [kind](const Arrow& arrow) { return arrow.kind == kind; }));
}

}  // namespace

TEST_CASE("lifelines stand in drawing order, and nodes in between have none unless asked") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Ladder ladder(index, {});
  std::vector<std::string> ids;
  for (const viz::Lifeline& lifeline : ladder.lifelines()) ids.push_back(trace.nodes[lifeline.node].id);
  CHECK(ids == std::vector<std::string>{"pc", "yamaha", "aws1", "aws2", "ec2"});
  CHECK(ladder.column_of(2) == no_index);

  LadderOptions options;
  options.show_routers = true;
  CHECK(Ladder(index, options).lifelines().size() == trace.nodes.size());
}

TEST_CASE("an IKE message is one arrow from gateway to gateway, over the router between them") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Ladder ladder(index, unfolded());
  const Arrow& first = ladder.arrows().front();
  CHECK(first.name == "main-mode-1");
  CHECK(first.kind == ArrowKind::ike);
  CHECK(first.from == ladder.column_of(1));
  CHECK(first.to == ladder.column_of(3));
  CHECK(first.first_hop == 0);
  CHECK(first.last_hop == 1);
  CHECK(trace.steps[first.first_step].kind == sim::StepKind::send);
  CHECK(trace.steps[first.last_step].kind == sim::StepKind::receive);
  CHECK(first.arrived - first.departed == std::chrono::milliseconds(10));
  CHECK_FALSE(first.encrypted);
  CHECK(std::vector<std::string>(first.payloads.begin(), first.payloads.end()) ==
        std::vector<std::string>{"HDR", "SA"});
  CHECK(count(ladder, ArrowKind::ike) == trace.messages.size());
  CHECK(count(ladder, ArrowKind::esp) == trace.esp.size());
}

TEST_CASE("with routers shown, a message is an arrow a hop, one after the other") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  LadderOptions options = unfolded();
  options.show_routers = true;
  const Ladder ladder(index, options);
  const Arrow& first = ladder.arrows()[0];
  const Arrow& second = ladder.arrows()[1];
  CHECK(first.packet == second.packet);
  CHECK(first.to == second.from);
  CHECK(first.to == ladder.column_of(2));
  CHECK(first.last_step == second.first_step);
}

TEST_CASE("a ping through the tunnel is clear, ESP and clear again, each way") {
  tests::SyntheticOptions synthetic;
  synthetic.pings = 1;
  const sim::Trace trace = tests::synthetic_trace(synthetic);
  const TraceIndex index(trace);
  const Ladder ladder(index, unfolded());
  std::vector<std::pair<Index, Index>> ways;
  for (const Arrow& arrow : ladder.arrows()) {
    if (arrow.kind != ArrowKind::ike)
      ways.emplace_back(ladder.lifelines()[arrow.from].node, ladder.lifelines()[arrow.to].node);
  }
  CHECK(ways == std::vector<std::pair<Index, Index>>{{0, 1}, {1, 3}, {3, 6}, {6, 3}, {3, 1}, {1, 0}});
}

TEST_CASE("a lost message points where it wanted to go, and its repetition is told apart") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Ladder ladder(index, unfolded());
  const auto lost =
      std::find_if(ladder.arrows().begin(), ladder.arrows().end(), [](const Arrow& arrow) { return arrow.lost; });
  REQUIRE(lost != ladder.arrows().end());
  CHECK(lost->name == "main-mode-5");
  CHECK(lost->reason == engine::Reason::link_loss);
  CHECK(ladder.lifelines()[lost->to].node == 4);
  CHECK(lost->retransmission == 0);
  const auto again = lost + 1;
  CHECK(again->name == "main-mode-5");
  CHECK(again->retransmission == 1);
  CHECK_FALSE(again->lost);
}

TEST_CASE("a refused message carries the reason") {
  tests::SyntheticOptions synthetic;
  synthetic.fail_third_exchange = true;
  const sim::Trace trace = tests::synthetic_trace(synthetic);
  const TraceIndex index(trace);
  const Ladder ladder(index, unfolded());
  const auto refused =
      std::find_if(ladder.arrows().begin(), ladder.arrows().end(), [](const Arrow& arrow) { return arrow.refused; });
  REQUIRE(refused != ladder.arrows().end());
  CHECK(refused->name == "main-mode-5");
  CHECK(refused->reason == engine::Reason::authentication_failed);
}

TEST_CASE("filters leave out what they name") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  LadderOptions options = unfolded();
  options.show_plain = options.show_esp = false;
  const Ladder ike_only(index, options);
  CHECK(ike_only.arrows().size() == trace.messages.size());
  options.show_dpd = false;
  const Ladder no_dpd(index, options);
  CHECK(no_dpd.arrows().size() == trace.messages.size() - 20);
  options.tunnel = 1;
  const Ladder second(index, options);
  CHECK(second.arrows().size() == 10);  // Six of main mode, one of them twice, and three of quick mode.
  for (const Arrow& arrow : second.arrows()) CHECK(arrow.tunnel == 1);
  CHECK(second.column_of(3) == no_index);
  options.show_ike = false;
  CHECK(Ladder(index, options).arrows().empty());
}

TEST_CASE("notes tell of SAs, tunnels and the script") {
  tests::SyntheticOptions synthetic;
  synthetic.end_down = true;
  const sim::Trace trace = tests::synthetic_trace(synthetic);
  const TraceIndex index(trace);
  const Ladder ladder(index, {});
  const auto count_notes = [&](viz::LadderNoteKind kind) {
    return std::count_if(ladder.notes().begin(), ladder.notes().end(),
                         [kind](const viz::LadderNote& note) { return note.kind == kind; });
  };
  CHECK(count_notes(viz::LadderNoteKind::ike_sa_established) == 4);
  CHECK(count_notes(viz::LadderNoteKind::ipsec_sas_installed) == 6);
  CHECK(count_notes(viz::LadderNoteKind::ike_sa_ended) == 1);
  CHECK(count_notes(viz::LadderNoteKind::ipsec_sas_removed) == 1);
  CHECK(count_notes(viz::LadderNoteKind::tunnel_up) == 2);
  CHECK(count_notes(viz::LadderNoteKind::tunnel_down) == 1);
  CHECK(count_notes(viz::LadderNoteKind::script) == 1);
  for (const viz::LadderNote& note : ladder.notes()) {
    REQUIRE(note.step < trace.steps.size());
    REQUIRE(note.note < trace.steps[note.step].notes.size());
  }
}

TEST_CASE("the first round of routine traffic is shown, the rest is one row that tells how many") {
  tests::SyntheticOptions synthetic;
  synthetic.pings = 12;
  synthetic.dpd_rounds = 340;
  synthetic.rekey = false;
  const sim::Trace trace = tests::synthetic_trace(synthetic);
  const TraceIndex index(trace);
  const Ladder ladder(index, {});
  REQUIRE(ladder.folds().size() == 2);
  CHECK(ladder.folds()[0].ping_rounds == 11);
  CHECK(ladder.folds()[0].arrow_count == 66);
  CHECK(ladder.folds()[1].dpd_rounds == 678);  // Of each tunnel's 340, the first is shown.
  CHECK(ladder.folds()[1].arrow_count == 2 * 678);
  CHECK(ladder.rows().size() < 60);
}

TEST_CASE("when both ends ask at once, the first round of each is shown whole") {
  tests::SyntheticOptions synthetic;
  synthetic.tunnels = 1;
  synthetic.pings = 0;
  synthetic.dpd_rounds = 6;
  synthetic.rekey = false;
  sim::Trace trace = tests::synthetic_trace(synthetic);
  // The first two rounds cross: request, request from the other end, answer, answer.
  const std::size_t first = trace.messages.size() - 12;
  const auto turn = [&](std::size_t message, bool request, bool from_yamaha) {
    trace.messages[message].sent.name.id = request ? "informational-dpd-request" : "informational-dpd-ack";
    sim::TracePacket& packet = trace.packets[trace.messages[message].packet];
    packet.origin = from_yamaha ? 1 : 3;
    packet.destination = from_yamaha ? 3 : 1;
  };
  turn(first, true, true);
  turn(first + 1, true, false);
  turn(first + 2, false, true);
  turn(first + 3, false, false);
  const TraceIndex index(trace);
  const Ladder ladder(index, {});
  REQUIRE(ladder.folds().size() == 1);
  CHECK(ladder.folds()[0].arrow_count == 8);
  CHECK(ladder.folds()[0].dpd_rounds == 4);
}

TEST_CASE("an unfolded run shows its arrows below the row that folds it") {
  tests::SyntheticOptions synthetic;
  synthetic.pings = 5;
  const sim::Trace trace = tests::synthetic_trace(synthetic);
  const TraceIndex index(trace);
  const Ladder folded(index, {});
  LadderOptions options;
  options.unfolded.insert(folded.folds().front().first_step);
  const Ladder open(index, options);
  CHECK(open.folds().front().open);
  CHECK_FALSE(folded.folds().front().open);
  CHECK(open.rows().size() == folded.rows().size() + open.folds().front().arrow_count);
}

TEST_CASE("every step has a row: its packet's arrow, its fold, or the last row before it") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  for (bool fold : {true, false}) {
    LadderOptions options;
    options.fold = fold;
    const Ladder ladder(index, options);
    for (Index step = 0; step < trace.steps.size(); ++step) {
      const Index row = ladder.row_of_step(step);
      REQUIRE(row < ladder.rows().size());
      const Index arrow = ladder.arrow_of_packet(trace.steps[step].packet, step);
      if (arrow == no_index) continue;
      const viz::LadderRow& shown = ladder.rows()[row];
      if (shown.kind == RowKind::arrow) {
        CHECK(shown.item == arrow);
        CHECK(ladder.arrows()[arrow].first_step <= step);
      } else {
        REQUIRE(shown.kind == RowKind::fold);
        CHECK(ladder.folds()[shown.item].first_step <= step);
        CHECK(step <= ladder.folds()[shown.item].last_step);
      }
    }
  }
}

TEST_CASE("rows stand in the order of their steps") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Ladder ladder(index, {});
  CHECK(std::is_sorted(ladder.rows().begin(), ladder.rows().end(),
                       [](const viz::LadderRow& a, const viz::LadderRow& b) { return a.step < b.step; }));
}

TEST_CASE("brackets enclose their exchange's messages, and overlapping ones stand side by side") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Ladder ladder(index, {});
  REQUIRE(ladder.brackets().size() == trace.exchanges.size());
  for (const viz::LadderBracket& bracket : ladder.brackets()) {
    const sim::TraceExchange& exchange = trace.exchanges[bracket.exchange];
    for (Index row = bracket.first_row; row <= bracket.last_row; ++row) {
      CHECK(ladder.rows()[row].step >= exchange.first_step);
      CHECK(ladder.rows()[row].step <= exchange.last_step);
    }
    const std::vector<Index> found = ladder.brackets_in(bracket.last_row, bracket.last_row);
    CHECK(std::any_of(found.begin(), found.end(),
                      [&](Index row) { return ladder.brackets()[row].exchange == bracket.exchange; }));
    for (const viz::LadderBracket& other : ladder.brackets()) {
      if (other.exchange == bracket.exchange || other.lane != bracket.lane) continue;
      CHECK((other.last_row < bracket.first_row || bracket.last_row < other.first_row));
    }
  }
}

TEST_CASE("a hundred thousand packets make a ladder whose rows are found at once") {
  const sim::Trace trace = tests::large_synthetic_trace(100'000);
  const TraceIndex index(trace);
  const Ladder ladder(index, unfolded());
  CHECK(ladder.arrows().size() >= 100'000);
  const auto last = static_cast<Index>(trace.steps.size()) - 1;
  const viz::LadderRow& row = ladder.rows()[ladder.row_of_step(last)];
  REQUIRE(row.kind == RowKind::arrow);
  CHECK(ladder.arrows()[row.item].last_step == last);
}

TEST_CASE("the ladder of an empty trace is empty") {
  const sim::Trace nothing;
  const TraceIndex index(nothing);
  const Ladder ladder(index, {});
  CHECK(ladder.rows().empty());
  CHECK(ladder.row_of_step(3) == 0);
  CHECK(ladder.brackets_in(0, 10).empty());
}
