// The way of the packets through a security gateway's tunnels (RFC 4301 5, RFC 4303 3).

#include <algorithm>

#include "engine/wire/esp.h"
#include "engine/wire/tcp.h"
#include "sim/nodes/security_gateway.h"

namespace sim {
namespace {

namespace wire = engine::wire;

constexpr std::uint32_t shown_window = 64;  // Packets of the replay window in a note.

/// Lowers the MSS of a TCP SYN that crosses the tunnel.
void clamp_mss(const TunnelInterface& tunnel, Bytes& packet) {
  if (!tunnel.mss_limit()) return;
  const auto parsed = wire::read_ipv4(packet);
  if (!parsed) return;
  const wire::Ipv4Header& header = parsed->header;
  if (header.protocol != wire::ip_protocol::tcp || header.fragment_offset != 0) return;
  wire::clamp_tcp_mss(std::span(packet).subspan(header.size()), *tunnel.mss_limit());
}

bool has_df(engine::ByteView packet) {
  const auto parsed = wire::read_ipv4(packet);
  return parsed && parsed->header.dont_fragment;
}

}  // namespace

void SecurityGateway::encapsulate(TunnelInterface& tunnel, Packet inner) {
  SaPair* pair = tunnel.newest();
  if (pair == nullptr) return drop_without_sa(tunnel, inner);
  clamp_mss(tunnel, inner.bytes);
  if (!fits_outside(*pair, inner)) return;

  engine::esp::PacketDetails details;
  auto outer =
      pair->outbound.encapsulate(simulator_.now(), inner.bytes, stack().next_identification(), random_, &details);
  if (!outer) {
    stack().drop(inner, outer.error().reason, outer.error().message);
    const Reason reason = outer.error().reason;
    if (reason == Reason::lifetime_expired || reason == Reason::sequence_exhausted) tell_hard_expiry(*pair);
    return;
  }
  Packet packet = stack().adopt(std::move(*outer));
  EspSending sending;
  sending.node = row();
  sending.connection = tunnel.connection();
  sending.packet = packet.record;
  sending.inner = inner.record;
  sending.spi = details.spi;
  sending.sequence = details.sequence;
  sending.iv_length = static_cast<std::uint8_t>(details.iv.size());
  sending.icv_length = static_cast<std::uint8_t>(details.icv.size());
  sending.plaintext = std::move(details.plaintext);
  recorder_.bind_esp(std::move(sending));
  stack().send(std::move(packet));
  note_state(tunnel, *pair);
  const engine::ike::SaId id = pair->id;
  command([&](engine::ike::Daemon& daemon) { daemon.note_outbound_traffic(simulator_.now(), id); });
  check_lifetimes(tunnel, id);
}

void SecurityGateway::drop_without_sa(TunnelInterface& tunnel, const Packet& inner) {
  const auto is_on_the_way = [&](const engine::ike::IkeSaState& sa) {
    return sa.connection == tunnel.connection() && (sa.state == "negotiating" || sa.state == "established");
  };
  const std::vector<engine::ike::IkeSaState> sas = daemon_->ike_sas();
  const bool coming_up = std::any_of(sas.begin(), sas.end(), is_on_the_way);
  // "If no SA exists [...] the packet is discarded" or held while IKE makes one (RFC 4301 5.1); routers of this kind
  // discard it.
  stack().drop(inner, coming_up ? Reason::no_sa : Reason::tunnel_down,
               tunnel.connection() + " has no IPsec SA to send with");
  if (tunnel.initiate_on_traffic() && !coming_up && !is_stopped_) initiate(tunnel.connection());
}

bool SecurityGateway::fits_outside(const SaPair& pair, const Packet& inner) {
  const engine::esp::SaParameters& sa = pair.outbound.parameters();
  const std::optional<std::uint32_t> outer_mtu = stack().mtu_towards(sa.outer_destination);
  const bool fits = !outer_mtu || engine::esp::encapsulated_size(sa, inner.bytes.size()) <= *outer_mtu;
  const bool inner_df = has_df(inner.bytes);
  const bool outer_df = sa.df == engine::esp::DfPolicy::set || (sa.df == engine::esp::DfPolicy::copy && inner_df);
  if (fits || !outer_df) return true;
  // "If the packet is too large and DF is set, the host or security gateway sends an ICMP PMTU message" about the
  // inner packet, less the room that ESP takes (RFC 4301 8.2.1, RFC 1191 4).
  const std::size_t room = engine::esp::inner_mtu(sa.cipher, sa.integrity, *outer_mtu, false);
  const auto error = wire::destination_unreachable(wire::unreachable_code::fragmentation_needed, inner.bytes,
                                                   static_cast<std::uint16_t>(room));
  stack().refuse(inner, error, Reason::mtu_exceeded,
                 "does not fit the outer MTU of " + std::to_string(*outer_mtu) + " octets once encapsulated");
  return false;
}

void SecurityGateway::on_esp(const wire::Ipv4Packet& parsed, const Packet& packet) {
  const auto header = wire::read_esp_header(parsed.payload);
  if (!header) return stack().drop(packet, header.error().reason, header.error().message);
  const auto found = tunnel_by_spi_.find(header->spi);
  if (found == tunnel_by_spi_.end()) {
    return stack().drop(packet, Reason::unknown_spi, "no SA of this node has the packet's SPI");
  }
  TunnelInterface& tunnel = *found->second;
  SaPair& pair = *tunnel.find_inbound(header->spi);
  auto inner = pair.inbound.decapsulate(simulator_.now(), packet.bytes, nullptr);
  note_state(tunnel, pair);
  if (!inner) {
    const engine::Error& error = inner.error();
    stack().drop(packet, error.reason, error.message);
    if (error.reason == Reason::lifetime_expired) tell_hard_expiry(pair);
    return;
  }
  const engine::ike::SaId id = pair.id;
  command([&](engine::ike::Daemon& daemon) { daemon.note_inbound_traffic(simulator_.now(), id); });
  check_lifetimes(tunnel, id);
  clamp_mss(tunnel, *inner);
  const Index carried = recorder_.trace_packet(packet.record).carries;
  stack().receive(carried == no_index ? stack().adopt(std::move(*inner)) : Packet{std::move(*inner), carried});
}

void SecurityGateway::check_lifetimes(TunnelInterface& tunnel, engine::ike::SaId id) {
  SaPair* pair = tunnel.find(id);
  if (pair == nullptr || pair->soft_expiry_told) return;
  const auto is_due = [&](const auto& sa) {
    return sa.lifetime_state(simulator_.now()) != engine::esp::LifetimeState::fresh;
  };
  if (!is_due(pair->outbound) && !is_due(pair->inbound)) return;
  pair->soft_expiry_told = true;
  command([&](engine::ike::Daemon& daemon) { daemon.note_soft_expiry(simulator_.now(), id); });
}

void SecurityGateway::tell_hard_expiry(SaPair& pair) {
  if (pair.hard_expiry_told) return;
  pair.hard_expiry_told = true;
  command([&](engine::ike::Daemon& daemon) { daemon.note_hard_expiry(simulator_.now(), pair.id); });
}

void SecurityGateway::note_state(const TunnelInterface& tunnel, const SaPair& pair) {
  EspSaState state;
  state.id = pair.id;
  state.connection = tunnel.connection();
  const engine::esp::InboundSa& inbound = pair.inbound;
  state.inbound_spi = inbound.parameters().spi;
  state.outbound_spi = pair.outbound.parameters().spi;
  state.packets_in = inbound.counters().packets;
  state.bytes_in = inbound.counters().bytes;
  state.packets_out = pair.outbound.counters().packets;
  state.bytes_out = pair.outbound.counters().bytes;
  state.refused = inbound.counters().refused;
  state.sequence_out = pair.outbound.sequence();
  const engine::esp::ReplayWindow& window = inbound.replay_window();
  state.replay_highest = window.highest();
  state.replay_size = window.size();
  const std::uint32_t shown = std::min({shown_window, window.size(), window.highest()});
  for (std::uint32_t back = 0; back < shown; ++back) state.replay_seen.push_back(window.seen(window.highest() - back));
  recorder_.note(std::move(state));
}

}  // namespace sim
