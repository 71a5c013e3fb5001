#include "viz/model/negotiation.h"

#include <algorithm>

namespace viz {
namespace {

using engine::ike::AttributeComparison;
using engine::ike::TransformComparison;

std::vector<std::string_view> attribute_names(const std::vector<TransformComparison>& comparisons) {
  std::vector<std::string_view> names;
  for (const TransformComparison& comparison : comparisons) {
    for (const AttributeComparison& attribute : comparison.attributes) {
      if (std::find(names.begin(), names.end(), attribute.name) == names.end()) names.push_back(attribute.name);
    }
  }
  return names;
}

NegotiationColumn column_of(const TransformComparison& comparison, const std::vector<std::string_view>& names) {
  NegotiationColumn column{comparison.proposal,
                           comparison.transform,
                           comparison.policy_entry,
                           comparison.matches,
                           false,
                           std::vector<NegotiationCell>(names.size())};
  for (const AttributeComparison& attribute : comparison.attributes) {
    const auto row = std::find(names.begin(), names.end(), attribute.name) - names.begin();
    column.cells[static_cast<std::size_t>(row)] = {true, attribute.offered, attribute.wanted, attribute.matches};
  }
  return column;
}

/// How near a comparison came: a match before all else, then the number of attributes that match.
std::pair<bool, std::ptrdiff_t> closeness(const NegotiationColumn& column) {
  const auto matching = std::count_if(column.cells.begin(), column.cells.end(),
                                      [](const NegotiationCell& cell) { return cell.present && cell.matches; });
  return {column.matches, matching};
}

std::vector<std::size_t> closest_columns(const std::vector<NegotiationColumn>& columns) {
  std::vector<std::size_t> closest;
  for (std::size_t row = 0; row < columns.size(); ++row) {
    const auto same = std::find_if(closest.begin(), closest.end(), [&](std::size_t other) {
      return columns[other].proposal == columns[row].proposal && columns[other].transform == columns[row].transform;
    });
    if (same == closest.end()) {
      closest.push_back(row);
    } else if (!columns[*same].chosen && (columns[row].chosen || closeness(columns[row]) > closeness(columns[*same]))) {
      *same = row;
    }
  }
  return closest;
}

}  // namespace

NegotiationTable negotiation_table(const TraceIndex& index, Index negotiation) {
  const sim::Trace& trace = index.trace();
  NegotiationTable table;
  table.negotiation = negotiation;
  if (negotiation >= trace.negotiations.size()) return table;
  const sim::TraceNegotiation& row = trace.negotiations[negotiation];
  table.node = row.node;
  table.tunnel = index.tunnel_of(row.node, row.compared.connection);
  table.message = trace.find_message(row.node, row.compared.message);
  table.phase = row.compared.phase;
  table.attributes = attribute_names(row.compared.comparisons);
  for (const TransformComparison& comparison : row.compared.comparisons) {
    table.columns.push_back(column_of(comparison, table.attributes));
  }
  if (row.compared.chosen && *row.compared.chosen < table.columns.size()) {
    table.chosen = row.compared.chosen;
    table.columns[*table.chosen].chosen = true;
  }
  table.closest = closest_columns(table.columns);
  table.policy.assign(row.compared.policy.begin(), row.compared.policy.end());
  table.rule = row.compared.rule;
  table.reason = row.compared.reason;
  return table;
}

Index negotiation_at(const TraceIndex& index, Index step, Viewpoint viewpoint) {
  if (viewpoint == Viewpoint::eavesdropper) return no_index;
  const auto latest = [&](Index tunnel) {
    const std::span<const Index> rows = index.negotiations(tunnel);
    const auto next = std::upper_bound(rows.begin(), rows.end(), step, [&index](Index wanted, Index row) {
      return wanted < index.trace().negotiations[row].step;
    });
    return next == rows.begin() ? no_index : *(next - 1);
  };
  const Index of_tunnel = latest(index.tunnel_at(step));
  return of_tunnel == no_index ? latest(no_index) : of_tunnel;
}

}  // namespace viz
