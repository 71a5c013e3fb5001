#include "sim/trace/recorder_tunnels.h"

#include <utility>

#include "sim/trace/recorder_exchanges.h"

namespace sim {
namespace {

template <class Number>
void keep(std::set<Number>& numbers, Number number, bool there) {
  if (there) {
    numbers.insert(number);
  } else {
    numbers.erase(number);
  }
}

}  // namespace

Index RecorderTunnels::find(Index node, std::string_view connection) const {
  for (Index row = 0; row < trace_.tunnels.size(); ++row) {
    const TraceTunnel& tunnel = trace_.tunnels[row];
    if (tunnel.initiator == node && tunnel.initiator_connection == connection) return row;
    if (tunnel.responder == node && tunnel.responder_connection == connection) return row;
  }
  return no_index;
}

RecorderTunnels::Tunnel* RecorderTunnels::touch(Index tunnel, Reason reason) {
  if (tunnel == no_index) return nullptr;
  tunnels_.resize(trace_.tunnels.size());
  Tunnel& state = tunnels_[tunnel];
  state.touched = touched_ = true;
  if (reason != Reason::none) state.reason = reason;
  return &state;
}

RecorderTunnels::End& RecorderTunnels::end_of(Index tunnel, Index node) {
  return tunnels_[tunnel].ends[trace_.tunnels[tunnel].initiator == node ? 0 : 1];
}

void RecorderTunnels::note(Index node, const engine::ike::IkeSaState& state) {
  const Index tunnel = find(node, state.connection);
  if (touch(tunnel, state.reason) == nullptr) return;
  End& end = end_of(tunnel, node);
  keep(end.negotiating, state.id, state.state == "negotiating");
  keep(end.isakmp_sas, state.id, state.state == "established" || state.state == "rekeyed");
}

void RecorderTunnels::note(Index node, const engine::ike::IpsecSaState& state) {
  const Index tunnel = find(node, state.connection);
  if (touch(tunnel, state.reason) == nullptr) return;
  keep(end_of(tunnel, node).ipsec_sas, state.id, state.state == "installed" || state.state == "rekeyed");
}

void RecorderTunnels::note(Index node, const engine::ike::StateChanged& change) {
  const Index tunnel = find(node, change.connection);
  if (touch(tunnel, change.reason) == nullptr || !change.machine.starts_with("quick-mode")) return;
  if (ends_exchange(change)) end_of(tunnel, node).quick_modes.erase(change.message_id);
}

void RecorderTunnels::note(Index node, const engine::ike::MessageSent& message, std::uint32_t message_id) {
  const bool opens = message.name.exchange == engine::wire::ExchangeType::quick_mode && message.name.number <= 2;
  if (!opens || message.retransmission != 0) return;
  const Index tunnel = find(node, message.connection);
  if (touch(tunnel, Reason::none) != nullptr) end_of(tunnel, node).quick_modes.insert(message_id);
}

std::vector<TunnelState> RecorderTunnels::take_changes() {
  std::vector<TunnelState> changes;
  if (!touched_) return changes;
  touched_ = false;
  for (Index row = 0; row < tunnels_.size(); ++row) {
    Tunnel& tunnel = tunnels_[row];
    if (!std::exchange(tunnel.touched, false)) continue;
    const TunnelPhase phase = phase_of(tunnel);
    if (std::exchange(tunnel.phase, phase) == phase) continue;
    changes.push_back({row, phase, phase == TunnelPhase::down ? tunnel.reason : Reason::none});
  }
  return changes;
}

TunnelPhase RecorderTunnels::phase_of(const Tunnel& tunnel) {
  const End& a = tunnel.ends[0];
  const End& b = tunnel.ends[1];
  if (!a.ipsec_sas.empty() && !b.ipsec_sas.empty()) return TunnelPhase::up;
  if (!a.isakmp_sas.empty() && !b.isakmp_sas.empty()) {
    return a.quick_modes.empty() && b.quick_modes.empty() ? TunnelPhase::isakmp_sa : TunnelPhase::phase2;
  }
  return a.negotiating.empty() && b.negotiating.empty() ? TunnelPhase::down : TunnelPhase::phase1;
}

}  // namespace sim
