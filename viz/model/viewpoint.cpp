#include "viz/model/viewpoint.h"

namespace viz {

bool sees_hop(const sim::Trace& trace, const sim::TraceHop& hop, Viewpoint viewpoint) {
  if (viewpoint == Viewpoint::omniscient) return true;
  return hop.link < trace.links.size() && trace.links[hop.link].is_public;
}

}  // namespace viz
