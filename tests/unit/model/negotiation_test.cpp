#include "viz/model/negotiation.h"

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"

using viz::Index;
using viz::NegotiationTable;
using viz::no_index;
using viz::TraceIndex;
using viz::Viewpoint;

TEST_CASE("an offer stands beside each entry of the policy, attribute by attribute") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const NegotiationTable table = viz::negotiation_table(index, 0);
  CHECK(table.node == 3);
  CHECK(table.tunnel == 0);
  CHECK(trace.messages[table.message].sent.name.id == "main-mode-1");
  CHECK(table.attributes == std::vector<std::string_view>{"Encryption Algorithm", "Hash Algorithm"});
  REQUIRE(table.columns.size() == 2);
  CHECK_FALSE(table.columns[0].cells[0].matches);
  CHECK(table.columns[0].cells[0].offered == "AES-CBC-128");
  CHECK(table.columns[0].cells[0].wanted == "AES-CBC-256");
  CHECK(table.columns[0].cells[1].matches);
  CHECK(table.columns[1].chosen);
  CHECK(table.chosen == 1);
  CHECK(table.policy.size() == 2);
}

TEST_CASE("of a long policy, each transform shows the comparison that matched, else the nearest miss") {
  sim::Trace trace = tests::synthetic_trace();
  auto& compared = trace.negotiations[0].compared;
  const auto cell = [](bool matches) { return engine::ike::AttributeComparison{"Group", "a", "b", matches}; };
  compared.comparisons = {{1, 1, 0, {cell(false)}, false},
                          {1, 1, 1, {cell(true)}, false},
                          {1, 1, 2, {cell(true)}, false},
                          {1, 2, 0, {cell(false)}, false},
                          {1, 2, 1, {cell(true)}, true}};
  compared.chosen = 4;
  const TraceIndex index(trace);
  CHECK(viz::negotiation_table(index, 0).closest == std::vector<std::size_t>{1, 4});
}

TEST_CASE("an attribute that one comparison lacks is told apart from one that differs") {
  sim::Trace trace = tests::synthetic_trace();
  trace.negotiations[0].compared.comparisons[0].attributes.pop_back();
  const TraceIndex index(trace);
  const NegotiationTable table = viz::negotiation_table(index, 0);
  CHECK_FALSE(table.columns[0].cells[1].present);
  CHECK(table.columns[1].cells[1].present);
}

TEST_CASE("the negotiation to show is the last one of the tunnel at hand") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  CHECK(viz::negotiation_at(index, 0, Viewpoint::omniscient) == no_index);
  for (Index row = 0; row < trace.negotiations.size(); ++row) {
    CHECK(viz::negotiation_at(index, trace.negotiations[row].step, Viewpoint::omniscient) == row);
  }
  // Later, at a DPD message of tunnel 2, that tunnel's quick mode is shown, not the other's later rekey.
  const sim::TraceMessage& last_dpd = trace.messages[trace.messages.size() - 4];
  REQUIRE(last_dpd.tunnel == 1);
  const Index step = index.steps_of_packet(last_dpd.packet).front();
  const NegotiationTable table = viz::negotiation_table(index, viz::negotiation_at(index, step, Viewpoint::omniscient));
  CHECK(table.tunnel == 1);
  CHECK(table.phase == 2);
}

TEST_CASE("a row that is not there gives an empty table") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  CHECK(viz::negotiation_table(index, no_index).columns.empty());
}
