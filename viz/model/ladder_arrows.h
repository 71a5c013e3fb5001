#pragma once

#include <vector>

#include "viz/model/ladder.h"

namespace viz {

/// Cuts the ways of packets into arrows between lifelines.
class ArrowMaker {
 public:
  /// `columns`: by node, the lifeline's column or no_index.
  ArrowMaker(const TraceIndex& index, const std::vector<Index>& columns, Viewpoint viewpoint)
      : index_(index), trace_(index.trace()), columns_(columns), viewpoint_(viewpoint) {}

  /// Appends the arrows of one packet in the order of its hops.
  void add(Index packet, std::vector<Arrow>& arrows) const;

 private:
  Index column_of(Index node) const { return node < columns_.size() ? columns_[node] : no_index; }
  Arrow start(Index packet, Index first_hop) const;
  void finish(Arrow& arrow, Index last_hop) const;
  void describe_message(Arrow& arrow) const;
  void judge(Arrow& arrow) const;
  Index step_of_departure(Index packet, Index hop) const;
  Index step_of_arrival(Index packet, Index hop) const;
  void add_without_hops(Index packet, std::vector<Arrow>& arrows) const;

  const TraceIndex& index_;
  const sim::Trace& trace_;
  const std::vector<Index>& columns_;
  Viewpoint viewpoint_;
};

}  // namespace viz
