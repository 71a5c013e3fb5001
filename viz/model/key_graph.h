#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "viz/model/trace_index.h"
#include "viz/model/viewpoint.h"

namespace viz {

/// One input of a value, with where it leads to.
struct KeyInput {
  const engine::ike::ValueInput* input = nullptr;  ///< Inside the trace.
  Index node = no_index;                           ///< Row of KeyGraph::nodes, if it is a value in the graph.
  Index value = no_index;                          ///< Row of Trace::values (source value).
  Index packet = no_index;   ///< Packet that carries the field (source field); the field's id is input->field.
  Index setting = no_index;  ///< Row of Trace::settings (source configuration), if the file names it.
};

/// One value of the key schedule as a box of the graph.
struct KeyNode {
  Index value = no_index;                              ///< Row of Trace::values.
  const engine::ike::ValueDerived* derived = nullptr;  ///< Inside the trace.
  bool known = false;                                  ///< At the cursor's step.
  bool current = false;                                ///< Derived at the cursor's step.
  std::uint32_t column = 0;                            ///< Depth: one more than the deepest of its inputs.
  std::uint32_t row = 0;                               ///< Place in the column, from the top.
  std::vector<KeyInput> inputs;
};

/// An input that is a value of the graph.
struct KeyEdge {
  std::uint32_t from = 0;  ///< Rows of KeyGraph::nodes.
  std::uint32_t to = 0;
};

/// The derivation of the values of one ISAKMP SA at one node: phase 1's, and those of the exchange at hand.
struct KeyGraph {
  Index node = no_index;
  engine::ike::SaId ike_sa = 0;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::vector<KeyNode> nodes;  ///< By step.
  std::vector<KeyEdge> edges;
};

/// Graphs of more values than this are cut: the oldest of the exchanges' values go first.
constexpr std::size_t max_key_nodes = 256;

/// The graph at a step for a node and an ISAKMP SA; empty for an eavesdropper.
KeyGraph key_graph(const TraceIndex& index, Index node, engine::ike::SaId ike_sa, Index step, Viewpoint viewpoint);

/// The ISAKMP SA to show at a step for a node: of the step's tunnel, else the latest; 0 if there is none yet.
engine::ike::SaId ike_sa_at(const TraceIndex& index, Index node, Index step);

}  // namespace viz
