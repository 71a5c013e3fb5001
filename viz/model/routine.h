#pragma once

#include <cstdint>
#include <map>
#include <tuple>

#include "sim/trace/trace.h"

namespace viz {

/// Traffic of which one round tells as much as a thousand.
enum class Routine : std::uint8_t { none, dpd, ping, data };

/// What kind of routine traffic a packet is: DPD, echo request or reply, other data; also inside ESP. none: negotiation
/// and errors, and whatever was lost, refused, repeated or dropped, for that is worth a look.
Routine routine_of(const sim::Trace& trace, sim::Index packet);

/// A number that all packets of one round share: of a ping, the request, the reply and the ESP packets around them.
/// For DPD a round is not known from one packet; its own number is returned.
sim::Index round_of(const sim::Trace& trace, sim::Index packet);

/// Whether a DPD packet begins a round (R-U-THERE, RFC 3706 5.3).
bool is_dpd_request(const sim::Trace& trace, sim::Index packet);

/// The tunnel of the packet's message, of the ESP packet that it is, or of the first that carries it; no_index if none.
sim::Index tunnel_of_traffic(const sim::Trace& trace, sim::Index packet);

/// Walks through a trace in order and tells what merely repeats: of each kind of routine traffic in each tunnel, the
/// first round since the last interruption is worth showing, the others are not.
class RoutineTracker {
 public:
  explicit RoutineTracker(const sim::Trace& trace) : trace_(trace) {}

  /// Whether the packet belongs to a later round. A packet that is no routine interrupts.
  bool is_repetition(sim::Index packet);

  /// Something happened after which the next round is worth showing again.
  void interrupt() { first_rounds_.clear(); }

 private:
  const sim::Trace& trace_;
  /// Whose rounds: the kind, the tunnel, and for DPD the node that asks (both ends may ask at once).
  using Series = std::tuple<Routine, sim::Index, sim::Index>;
  std::map<Series, sim::Index> first_rounds_;
  std::map<Series, sim::Index> dpd_requests_;  ///< The last one.
};

}  // namespace viz
