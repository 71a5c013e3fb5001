#include "viz/model/viewpoint.h"

namespace viz {

bool sees_hop(const sim::Trace& trace, const sim::TraceHop& hop, Viewpoint viewpoint) {
  if (viewpoint == Viewpoint::omniscient) return true;
  return hop.link < trace.links.size() && trace.links[hop.link].is_public;
}

sim::Index first_visible_hop(const sim::Trace& trace, const sim::TracePacket& packet, Viewpoint viewpoint) {
  for (sim::Index hop = 0; hop < packet.hops.size(); ++hop) {
    if (sees_hop(trace, packet.hops[hop], viewpoint)) return hop;
  }
  return sim::no_index;
}

}  // namespace viz
