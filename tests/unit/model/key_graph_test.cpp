#include "viz/model/key_graph.h"

#include <algorithm>
#include <set>

#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"

using viz::Index;
using viz::KeyGraph;
using viz::KeyNode;
using viz::no_index;
using viz::TraceIndex;
using viz::Viewpoint;

namespace {

const KeyNode* find(const KeyGraph& graph, std::string_view name) {
  const auto found = std::find_if(graph.nodes.begin(), graph.nodes.end(),
                                  [name](const KeyNode& node) { return node.derived->name == name; });
  return found == graph.nodes.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("the graph of phase 1 leads from the private value to the encryption key") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Index step = trace.exchanges[0].last_step;
  const KeyGraph graph = viz::key_graph(index, 1, viz::ike_sa_at(index, 1, step), step, Viewpoint::omniscient);
  for (const char* name : {"xi", "g^xi", "g^xy", "SKEYID", "SKEYID_d", "SKEYID_a", "SKEYID_e", "encryption key"}) {
    INFO(name);
    CHECK(find(graph, name) != nullptr);
  }
  CHECK(find(graph, "KEYMAT (inbound)") == nullptr);
  for (const viz::KeyEdge& edge : graph.edges) CHECK(graph.nodes[edge.from].column < graph.nodes[edge.to].column);
  CHECK(find(graph, "SKEYID_e")->column > find(graph, "SKEYID_a")->column);
}

TEST_CASE("no two boxes of the graph stand in one place") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  for (Index node : {1U, 3U, 4U}) {
    const auto step = static_cast<Index>(trace.steps.size()) - 1;
    const KeyGraph graph = viz::key_graph(index, node, viz::ike_sa_at(index, node, step), step, Viewpoint::omniscient);
    REQUIRE_FALSE(graph.nodes.empty());
    std::set<std::pair<std::uint32_t, std::uint32_t>> places;
    for (const KeyNode& box : graph.nodes) {
      CHECK(places.insert({box.column, box.row}).second);
      CHECK(box.column < graph.columns);
      CHECK(box.row < graph.rows);
    }
  }
}

TEST_CASE("what is derived later is in the graph and not yet known") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Index early = trace.exchanges[0].first_step + 2;
  const KeyGraph graph = viz::key_graph(index, 1, viz::ike_sa_at(index, 1, early), early, Viewpoint::omniscient);
  REQUIRE(find(graph, "SKEYID") != nullptr);
  CHECK_FALSE(find(graph, "SKEYID")->known);
  const Index then = trace.values[find(graph, "SKEYID")->value].step;
  const KeyGraph later = viz::key_graph(index, 1, graph.ike_sa, then, Viewpoint::omniscient);
  CHECK(find(later, "SKEYID")->known);
  CHECK(find(later, "SKEYID")->current);
}

TEST_CASE("inputs lead to the packet, the setting or the value they came from") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const Index step = trace.exchanges[0].last_step;
  const KeyGraph graph = viz::key_graph(index, 1, viz::ike_sa_at(index, 1, step), step, Viewpoint::omniscient);
  const KeyNode* skeyid = find(graph, "SKEYID");
  REQUIRE(skeyid != nullptr);
  CHECK(skeyid->inputs[0].setting == 0);
  CHECK(trace.settings[skeyid->inputs[0].setting].line == 7);
  const sim::TraceMessage& third = trace.messages[trace.packets[skeyid->inputs[1].packet].message];
  CHECK(third.sent.name.id == "main-mode-3");
  CHECK(skeyid->inputs[1].input->field == "ike.nonce.nonce_data");
  const KeyNode* skeyid_d = find(graph, "SKEYID_d");
  CHECK(graph.nodes[skeyid_d->inputs[0].node].derived->name == "SKEYID");
  CHECK(trace.values[skeyid_d->inputs[0].value].node == 1);
}

TEST_CASE("in phase 2 the graph holds the quick mode at hand beside phase 1, and not an older one") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  const sim::TraceExchange& rekey = trace.exchanges.back();
  REQUIRE(rekey.phase == 2);
  const KeyGraph graph =
      viz::key_graph(index, 1, viz::ike_sa_at(index, 1, rekey.last_step), rekey.last_step, Viewpoint::omniscient);
  REQUIRE(find(graph, "SKEYID_d") != nullptr);
  const auto keymats = std::count_if(graph.nodes.begin(), graph.nodes.end(),
                                     [](const KeyNode& node) { return node.derived->name == "KEYMAT (inbound)"; });
  CHECK(keymats == 1);
  CHECK(trace.values[find(graph, "KEYMAT (inbound)")->value].step >= rekey.first_step);
}

TEST_CASE("the ISAKMP SA at hand is that of the step's tunnel") {
  const sim::Trace trace = tests::synthetic_trace();
  const TraceIndex index(trace);
  CHECK(viz::ike_sa_at(index, 1, trace.exchanges[0].last_step) == 1);
  CHECK(viz::ike_sa_at(index, 1, trace.exchanges[2].last_step) == 1001);
  CHECK(viz::ike_sa_at(index, 1, trace.exchanges.back().last_step) == 1);
  CHECK(viz::ike_sa_at(index, 0, 5) == 0);
}

TEST_CASE("a graph of too many values is cut") {
  sim::Trace trace = tests::synthetic_trace();
  const sim::TraceValue pattern = trace.values.front();
  for (int copy = 0; copy < 1000; ++copy) trace.values.push_back(pattern);
  trace.index();
  const TraceIndex index(trace);
  const KeyGraph graph = viz::key_graph(index, pattern.node, pattern.derived.ike_sa, 5, Viewpoint::omniscient);
  CHECK(graph.nodes.size() == viz::max_key_nodes);
}
