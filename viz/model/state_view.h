#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/ike/state_machine.h"
#include "viz/model/trace_index.h"
#include "viz/model/viewpoint.h"

namespace viz {

/// One run of one exchange machine at one node, as it is after a step. Draw the machine with lay_out().
struct MachineView {
  const engine::ike::StateMachine* machine = nullptr;  ///< The engine's table; null for a machine of another version.
  std::string_view name;                               ///< "main-mode-initiator"
  std::uint32_t exchange = 0;
  std::uint32_t message_id = 0;
  engine::ike::SaId ike_sa = 0;
  Index tunnel = no_index;
  std::string_view current;           ///< State id.
  std::optional<std::uint8_t> state;  ///< Row of the machine's states.
  bool terminal = false;
  std::vector<std::uint8_t> visited;           ///< Rows of the machine's states, in the order of the first visit.
  std::vector<std::uint32_t> taken;            ///< Rows of the machine's transitions, in the order taken.
  std::optional<std::uint32_t> taken_at_step;  ///< The transition that was taken at this very step.
  Index since = no_index;                      ///< Step of the last change.
  engine::Reason reason = engine::Reason::none;
};

/// What is left of a lifetime at a moment.
struct Remaining {
  bool limited = false;      ///< false: there is no such limit; the rest is meaningless.
  engine::Duration left{0};  ///< Never negative.
  bool over = false;
};

struct IkeSaView {
  const engine::ike::IkeSaState* state = nullptr;  ///< Inside the trace.
  Index tunnel = no_index;
  Index since = no_index;  ///< Step of the last change.
  Remaining until_rekey;
  Remaining until_expiry;
};

/// A pair of IPsec SAs, one a direction.
struct IpsecSaView {
  const engine::ike::IpsecSaState* state = nullptr;  ///< Inside the trace.
  const sim::EspSaState* traffic = nullptr;          ///< Counters and replay window; null before the first packet.
  Index tunnel = no_index;
  Index since = no_index;
  Remaining until_rekey;
  Remaining until_expiry;
};

/// What one gateway knows after a step; lifetimes count down to `time`. SAs stand newest first.
struct NodeStateView {
  Index node = no_index;
  /// The latest run of each machine for each tunnel, in the order in which they first ran.
  std::vector<MachineView> machines;
  std::vector<IkeSaView> ike_sas;
  std::vector<IpsecSaView> ipsec_sas;
  const sim::NodeCounters* counters = nullptr;
};

/// Of each kind of SA, at most this many are shown: those that ended are left out first.
constexpr std::size_t max_state_rows = 16;

/// Empty for an eavesdropper.
NodeStateView state_at(const TraceIndex& index, Index node, Index step, Time time, Viewpoint viewpoint);

/// The nodes that speak IKE, in the trace's order.
std::vector<Index> gateways(const sim::Trace& trace);

}  // namespace viz
