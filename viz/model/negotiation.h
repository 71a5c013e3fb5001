#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "viz/model/trace_index.h"
#include "viz/model/viewpoint.h"

namespace viz {

/// One attribute of one comparison.
struct NegotiationCell {
  bool present = false;  ///< false: this comparison has no such attribute.
  std::string_view offered;
  std::string_view wanted;
  bool matches = false;
};

/// One offered transform held against one entry of the policy.
struct NegotiationColumn {
  std::uint8_t proposal = 0;  ///< Numbers on the wire.
  std::uint8_t transform = 0;
  std::size_t policy_entry = 0;  ///< Row of NegotiationTable::policy.
  bool matches = false;
  bool chosen = false;
  std::vector<NegotiationCell> cells;  ///< One for each row of attributes.
};

/// An offer beside a policy, attribute by attribute. Views point into the trace.
struct NegotiationTable {
  Index negotiation = no_index;  ///< Row of Trace::negotiations.
  Index node = no_index;         ///< Whose policy it is.
  Index tunnel = no_index;
  Index message = no_index;  ///< Row of Trace::messages that carried the offer.
  std::uint8_t phase = 1;
  std::vector<std::string_view> attributes;  ///< In the order of their first appearance.
  std::vector<NegotiationColumn> columns;
  /// Rows of columns worth showing first: for each offered transform, the comparison that matched, else the one with
  /// the most matching attributes. (A policy of a hundred entries gives a hundred columns for each transform.)
  std::vector<std::size_t> closest;
  std::vector<std::string_view> policy;
  std::optional<std::size_t> chosen;  ///< Row of columns.
  std::string_view rule;
  engine::Reason reason = engine::Reason::none;
};

NegotiationTable negotiation_table(const TraceIndex& index, Index negotiation);

/// The negotiation to show at a step: the last one at or before it, of the step's tunnel if that has one; no_index
/// where there is none, and always for an eavesdropper.
Index negotiation_at(const TraceIndex& index, Index step, Viewpoint viewpoint);

}  // namespace viz
