#include "viz/model/key_graph.h"

#include <algorithm>
#include <map>

namespace viz {
namespace {

using engine::ike::InputSource;
using engine::ike::SaId;
using engine::ike::ValueInput;

/// Steps [first, last].
struct StepRange {
  Index first = no_index;
  Index last = 0;
  bool holds(Index step) const { return first <= step && step <= last; }
};

StepRange range_of(const sim::TraceExchange& exchange) { return {exchange.first_step, exchange.last_step}; }

/// From the SA's beginning to its establishment; to the end of the trace if it never was.
StepRange phase1_range(const TraceIndex& index, Index node, SaId ike_sa) {
  const History<engine::ike::IkeSaState>* history = index.ike_sa(node, ike_sa);
  if (!history) return {0, no_index};
  for (const auto& [step, state] : history->entries) {
    if (state->state == "established") return {0, step};
  }
  return {0, no_index};
}

/// The phase 2 or informational exchange that runs at a step, else the latest quick mode begun before it.
StepRange exchange_range(const TraceIndex& index, Index tunnel, Index step) {
  const sim::Trace& trace = index.trace();
  const Index running = index.exchange_at(tunnel, step);
  if (running != no_index && trace.exchanges[running].phase == 2) return range_of(trace.exchanges[running]);
  const std::span<const Index> rows = index.exchanges_of(tunnel);
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const sim::TraceExchange& exchange = trace.exchanges[*row];
    if (exchange.first_step <= step && exchange.machine.starts_with("quick-mode")) return range_of(exchange);
  }
  return {};
}

Index tunnel_of_sa(const TraceIndex& index, Index node, SaId ike_sa) {
  const History<engine::ike::IkeSaState>* history = index.ike_sa(node, ike_sa);
  if (!history || history->entries.empty()) return no_index;
  return index.tunnel_of(node, history->entries.front().state->connection);
}

/// The rows of the SA's values in a range of steps.
std::span<const Index> values_in(const TraceIndex& index, std::span<const Index> rows, StepRange range) {
  const auto step_of = [&index](Index row) { return index.trace().values[row].step; };
  const auto first = std::lower_bound(rows.begin(), rows.end(), range.first,
                                      [&](Index row, Index step) { return step_of(row) < step; });
  const auto last =
      std::upper_bound(first, rows.end(), range.last, [&](Index step, Index row) { return step < step_of(row); });
  return rows.subspan(static_cast<std::size_t>(first - rows.begin()), static_cast<std::size_t>(last - first));
}

std::vector<Index> choose_values(const TraceIndex& index, Index node, SaId ike_sa, Index step) {
  const std::span<const Index> rows = index.values_of(node, ike_sa);
  const std::span<const Index> core = values_in(index, rows, phase1_range(index, node, ike_sa));
  std::vector<Index> chosen(core.begin(),
                            core.begin() + static_cast<std::ptrdiff_t>(std::min(core.size(), max_key_nodes)));
  const StepRange exchange = exchange_range(index, tunnel_of_sa(index, node, ike_sa), step);
  if (exchange.first == no_index) return chosen;
  std::span<const Index> later = values_in(index, rows, exchange);
  const std::size_t room = max_key_nodes - chosen.size();
  if (later.size() > room) later = later.last(room);
  chosen.insert(chosen.end(), later.begin(), later.end());
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

Index setting_of(const sim::Trace& trace, const std::string& id) {
  const auto found = std::find_if(trace.settings.begin(), trace.settings.end(),
                                  [&id](const auto& setting) { return setting.id == id; });
  return found == trace.settings.end() ? no_index : static_cast<Index>(found - trace.settings.begin());
}

KeyInput link(const sim::Trace& trace, Index node, const ValueInput& input,
              const std::map<Index, std::uint32_t>& places) {
  KeyInput linked;
  linked.input = &input;
  if (input.source == InputSource::value) {
    linked.value = trace.find_value(node, input.value);
    const auto place = places.find(linked.value);
    if (place != places.end()) linked.node = place->second;
  } else if (input.source == InputSource::field) {
    const Index message = trace.find_message(node, input.message);
    if (message != no_index) linked.packet = trace.messages[message].packet;
  } else if (input.source == InputSource::configuration) {
    linked.setting = setting_of(trace, input.setting);
  }
  return linked;
}

/// Places the boxes: columns by depth, and in each column as near as can be to the height of their inputs.
void place_boxes(KeyGraph& graph) {
  std::vector<std::uint32_t> next_row;
  for (KeyNode& node : graph.nodes) {
    // Values stand in the order of their derivation: all inputs have their places.
    std::uint32_t rows = 0;
    std::uint32_t count = 0;
    for (const KeyInput& input : node.inputs) {
      if (input.node == no_index) continue;
      node.column = std::max(node.column, graph.nodes[input.node].column + 1);
      rows += graph.nodes[input.node].row;
      ++count;
    }
    if (next_row.size() <= node.column) next_row.resize(node.column + 1, 0);
    node.row = std::max(next_row[node.column], count == 0 ? 0 : rows / count);
    next_row[node.column] = node.row + 1;
    graph.rows = std::max(graph.rows, node.row + 1);
  }
  graph.columns = static_cast<std::uint32_t>(next_row.size());
}

}  // namespace

KeyGraph key_graph(const TraceIndex& index, Index node, SaId ike_sa, Index step, Viewpoint viewpoint) {
  KeyGraph graph;
  graph.node = node;
  graph.ike_sa = ike_sa;
  if (viewpoint == Viewpoint::eavesdropper) return graph;
  const sim::Trace& trace = index.trace();
  std::map<Index, std::uint32_t> places;
  for (Index row : choose_values(index, node, ike_sa, step)) {
    const sim::TraceValue& value = trace.values[row];
    KeyNode box;
    box.value = row;
    box.derived = &value.derived;
    box.known = value.step <= step;
    box.current = value.step == step;
    const auto place = static_cast<std::uint32_t>(graph.nodes.size());
    for (const ValueInput& input : value.derived.inputs) {
      KeyInput linked = link(trace, node, input, places);
      if (linked.node != no_index) graph.edges.push_back({linked.node, place});
      box.inputs.push_back(linked);
    }
    places[row] = place;
    graph.nodes.push_back(std::move(box));
  }
  place_boxes(graph);
  return graph;
}

SaId ike_sa_at(const TraceIndex& index, Index node, Index step) {
  const Index tunnel = index.tunnel_at(step);
  SaId latest = 0;
  SaId of_tunnel = 0;
  for (const TraceIndex::Subject& subject : index.ike_sas(node)) {
    if (subject.first_step > step) break;
    latest = subject.id;
    if (tunnel != no_index && tunnel_of_sa(index, node, subject.id) == tunnel) of_tunnel = subject.id;
  }
  return of_tunnel == 0 ? latest : of_tunnel;
}

}  // namespace viz
