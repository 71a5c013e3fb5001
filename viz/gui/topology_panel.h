#pragma once

#include <cstdint>
#include <vector>

#include "viz/gui/layout.h"
#include "viz/gui/ui.h"
#include "viz/model/topology.h"

namespace viz {

/// The drawing of nodes, links, tunnels and packets in flight.
class TopologyPanel {
 public:
  void draw(Ui& ui);

 private:
  /// The way of one tunnel over links, as nodes from initiator to responder.
  struct TunnelWay {
    std::vector<Index> nodes;
    std::vector<Index> links;  ///< One less than nodes.
    float lane = 0;            ///< Shift across the way, in units of the tube's width: tunnels side by side.
  };

  void find_ways(const sim::Trace& trace);
  void place_nodes(const Ui& ui, const Area& board);
  void draw_links(const Ui& ui, ImDrawList& list, const TopologyView& view) const;
  void draw_tunnels(const Ui& ui, ImDrawList& list, const TopologyView& view) const;
  void draw_nodes(Ui& ui, ImDrawList& list, const TopologyView& view);
  void draw_flights(Ui& ui, ImDrawList& list, const TopologyView& view);
  void draw_legend(const Ui& ui, ImDrawList& list, const TopologyView& view) const;
  void choose_node_by_key(Ui& ui);
  ImVec2 place_of(const Flight& flight) const;
  void draw_packet(const Ui& ui, ImDrawList& list, const Flight& flight, ImVec2 at, bool current) const;

  std::uint64_t document_ = 0;  ///< For which ways_ was found.
  std::vector<TunnelWay> ways_;
  std::vector<ImVec2> places_;  ///< Of the nodes, on the screen.
  Area board_{};
  float node_size_ = 0;
  float tube_ = 0;
  ImVec2 marker_{};  ///< Where the step's packet was drawn last; it glides from there.
  bool has_marker_ = false;
};

}  // namespace viz
