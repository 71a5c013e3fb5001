#include "viz/model/topology.h"

#include <algorithm>

#include "viz/model/routine.h"

namespace viz {
namespace {

/// Of more packets than this on one link the oldest are not drawn: bounds a frame's work whatever the
/// trace says.
constexpr std::size_t max_flights_per_link = 4096;

std::uint32_t progress(const sim::TraceHop& hop, Time time) {
  if (time <= hop.departed) return 0;
  if (time >= hop.arrived) return 1000;
  const std::int64_t whole = (hop.arrived - hop.departed).count();
  const std::int64_t part = (time - hop.departed).count();
  // A way of months is measured in coarser units, lest it overflow.
  const std::int64_t permille = whole < (std::int64_t{1} << 50) ? part * 1000 / whole : part / (whole / 1000);
  return static_cast<std::uint32_t>(std::min<std::int64_t>(permille, 1000));
}

Flight flight_of(const sim::Trace& trace, Index packet, Index hop_row, Time time, Viewpoint viewpoint) {
  const sim::TracePacket& traveller = trace.packets[packet];
  const sim::TraceHop& hop = traveller.hops[hop_row];
  const bool sees_all = viewpoint == Viewpoint::omniscient;
  Flight flight;
  flight.packet = packet;
  flight.hop = hop_row;
  flight.link = hop.link;
  flight.from = hop.from;
  flight.to = hop.to;
  flight.permille = progress(hop, time);
  flight.kind = traveller.kind;
  flight.tunnel = tunnel_of_traffic(trace, packet);
  if (traveller.message == no_index && traveller.esp == no_index) flight.tunnel = no_index;
  flight.carries = sees_all ? traveller.carries : no_index;
  flight.will_be_lost = sees_all && hop.lost != engine::Reason::none;
  return flight;
}

/// The hops of a link up to `time`, the last to enter first.
std::span<const LinkHop> entered(std::span<const LinkHop> hops, Time time) {
  const auto next = std::upper_bound(hops.begin(), hops.end(), time,
                                     [](Time wanted, const LinkHop& hop) { return wanted < hop.departed; });
  return hops.first(static_cast<std::size_t>(next - hops.begin()));
}

void add_link(const TraceIndex& index, Index link, Time time, Viewpoint viewpoint, TopologyView& view) {
  const sim::Trace& trace = index.trace();
  LinkView shown;
  shown.visible = viewpoint == Viewpoint::omniscient || trace.links[link].is_public;
  const std::span<const LinkHop> hops = entered(index.hops_of_link(link), time);
  if (shown.visible && !hops.empty()) {
    const LinkHop& last = hops.back();
    shown.last_packet = last.packet;
    shown.last_traffic = last.departed;
    shown.up = trace.packets[last.packet].hops[last.hop].lost != engine::Reason::link_down;
    const std::size_t first_flight = view.flights.size();
    for (std::size_t row = hops.size(); row-- > 0 && hops[row].latest_arrival > time;) {
      if (hops[row].arrived <= time) continue;
      view.flights.push_back(flight_of(trace, hops[row].packet, hops[row].hop, time, viewpoint));
      if (view.flights.size() - first_flight >= max_flights_per_link) break;
    }
    std::reverse(view.flights.begin() + static_cast<std::ptrdiff_t>(first_flight), view.flights.end());
  }
  view.links.push_back(shown);
}

bool touches_public_link(const sim::Trace& trace, Index node) {
  return std::any_of(trace.links.begin(), trace.links.end(), [node](const sim::TraceLink& link) {
    return link.is_public && (link.a == node || link.b == node);
  });
}

}  // namespace

TopologyView topology_at(const TraceIndex& index, Index step, Time time, Viewpoint viewpoint) {
  const sim::Trace& trace = index.trace();
  const bool sees_all = viewpoint == Viewpoint::omniscient;
  TopologyView view;
  const Index active = step < trace.steps.size() ? trace.steps[step].node : no_index;
  for (Index node = 0; node < trace.nodes.size(); ++node) {
    view.nodes.push_back({sees_all || touches_public_link(trace, node), sees_all && node == active});
  }
  for (Index tunnel = 0; tunnel < trace.tunnels.size(); ++tunnel) {
    const sim::TunnelState state = sees_all ? index.tunnel_state(tunnel, step) : sim::TunnelState{};
    view.tunnels.push_back({state.phase, state.reason});
  }
  for (Index link = 0; link < trace.links.size(); ++link) add_link(index, link, time, viewpoint, view);
  return view;
}

Flight flight_of_step(const TraceIndex& index, Index step, Viewpoint viewpoint) {
  const sim::Trace& trace = index.trace();
  if (step >= trace.steps.size()) return {};
  const sim::Step& current = trace.steps[step];
  if (current.packet >= trace.packets.size()) return {};
  const std::vector<sim::TraceHop>& hops = trace.packets[current.packet].hops;
  if (current.hop >= hops.size() || !sees_hop(trace, hops[current.hop], viewpoint)) return {};
  Flight flight = flight_of(trace, current.packet, current.hop, current.time, viewpoint);
  const bool leaves = current.kind == sim::StepKind::send || current.kind == sim::StepKind::forward;
  flight.permille = leaves ? 0 : 1000;
  return flight;
}

}  // namespace viz
