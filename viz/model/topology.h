#pragma once

#include <cstdint>
#include <vector>

#include "viz/model/trace_index.h"
#include "viz/model/viewpoint.h"

namespace viz {

/// One link as it is at a moment. Rows run parallel to Trace::links.
struct LinkView {
  bool visible = true;           ///< false: hidden from an eavesdropper.
  bool up = true;                ///< false: the last packet tried on it was lost because it is down.
  Index last_packet = no_index;  ///< The last that entered it.
  Time last_traffic{};           ///< When that was; meaningful if there is a last_packet.
};

/// One node as it is at a moment. Rows run parallel to Trace::nodes.
struct NodeView {
  bool visible = true;  ///< false: hidden from an eavesdropper (it touches no public link).
  bool active = false;  ///< The step at the cursor happens here.
};

/// One tunnel as it is at a moment. Rows run parallel to Trace::tunnels. An eavesdropper is told `down` always.
struct TunnelView {
  sim::TunnelPhase phase = sim::TunnelPhase::down;
  engine::Reason reason = engine::Reason::none;
};

/// A packet on its way over a link.
struct Flight {
  Index packet = no_index;
  Index hop = no_index;
  Index link = no_index;
  Index from = no_index;  ///< Nodes.
  Index to = no_index;
  std::uint32_t permille = 0;  ///< 0 at `from`, 1000 at `to`.
  sim::PacketKind kind = sim::PacketKind::other;
  Index tunnel = no_index;
  Index carries = no_index;  ///< The packet inside it, unless hidden.
  bool will_be_lost = false;
};

struct TopologyView {
  std::vector<NodeView> nodes;
  std::vector<LinkView> links;
  std::vector<TunnelView> tunnels;
  std::vector<Flight> flights;  ///< By link, then by departure.
};

/// The world after `step`, with the packets where they are at `time` (the step's time, or later while playing).
TopologyView topology_at(const TraceIndex& index, Index step, Time time, Viewpoint viewpoint);

/// The packet that a step is about, at the moment of the step, even where it has arrived already: for drawing it at its
/// place while stepping. No packet: Flight::packet is no_index.
Flight flight_of_step(const TraceIndex& index, Index step, Viewpoint viewpoint);

}  // namespace viz
