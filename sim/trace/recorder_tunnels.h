#pragma once

#include <array>
#include <map>
#include <set>
#include <vector>

#include "sim/trace/trace.h"

namespace sim {

/// Derives the phase of each tunnel as a whole from what both ends' daemons report.
class RecorderTunnels {
 public:
  explicit RecorderTunnels(Trace& trace) : trace_(trace) {}

  /// The tunnel to which a connection of a node belongs; no_index if none was described.
  Index find(Index node, std::string_view connection) const;

  /// Each takes a report of one end. Phase 2 begins for the eye when its first message is sent, not when the daemon
  /// decides upon it: that is in the event in which the ISAKMP SA came to be.
  void note(Index node, const engine::ike::IkeSaState& state);
  void note(Index node, const engine::ike::IpsecSaState& state);
  void note(Index node, const engine::ike::StateChanged& change);
  void note(Index node, const engine::ike::MessageSent& message, std::uint32_t message_id);

  /// The tunnels that are in another phase since the last call. To be called at the end of a step: within one, an
  /// exchange may be over before its SA is reported.
  std::vector<TunnelState> take_changes();

 private:
  /// What one end holds, by the daemon's numbers.
  struct End {
    std::set<engine::ike::SaId> negotiating;
    std::set<engine::ike::SaId> isakmp_sas;
    std::set<engine::ike::SaId> ipsec_sas;
    std::set<std::uint32_t> quick_modes;  ///< Message IDs of those that are running.
  };
  struct Tunnel {
    std::array<End, 2> ends;  ///< Initiator, responder.
    TunnelPhase phase = TunnelPhase::down;
    Reason reason = Reason::none;  ///< The latest reason for which something ended.
    bool touched = false;          ///< Something was reported since the last take_changes().
  };

  /// The tunnel that a report is about, marked as touched; null if none was described.
  Tunnel* touch(Index tunnel, Reason reason);
  End& end_of(Index tunnel, Index node);
  static TunnelPhase phase_of(const Tunnel& tunnel);

  Trace& trace_;
  std::vector<Tunnel> tunnels_;
  bool touched_ = false;  ///< One of them is.
};

}  // namespace sim
