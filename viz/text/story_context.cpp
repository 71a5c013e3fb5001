#include "viz/text/story_context.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/wire/ipv4.h"
#include "engine/wire/tcp.h"
#include "viz/text/offer_text.h"
#include "viz/text/story_names.h"

namespace viz {
namespace {

namespace ike = engine::ike;
namespace wire = engine::wire;

/// What stands where a value is not known.
constexpr std::string_view unknown = "-";

std::string cookie_text(const wire::Cookie& cookie) { return engine::to_hex(cookie); }

/// The MSS that the TCP SYN in an IPv4 packet announces.
std::optional<std::uint16_t> mss_of(engine::ByteView packet) {
  const auto ip = wire::read_ipv4(packet);
  if (!ip || ip->header.protocol != wire::ip_protocol::tcp || ip->header.is_fragment()) return std::nullopt;
  const auto segment = wire::read_tcp(ip->payload, ip->header.source, ip->header.destination);
  if (!segment || !segment->header.has(wire::tcp_flag::syn)) return std::nullopt;
  const wire::TcpOption* option = segment->header.find(wire::tcp_option::maximum_segment_size);
  if (option == nullptr || option->data.size() != 2) return std::nullopt;
  return engine::read_u16(option->data, 0);
}

/// The last ISAKMP SA state that `node` told of `connection` up to a step; null if none.
const ike::IkeSaState* latest_ike_sa(const sim::Trace& trace, sim::Index step, sim::Index node,
                                     std::string_view connection) {
  for (sim::Index at = step + 1; at-- > 0;) {
    if (trace.steps[at].node != node) continue;
    const std::vector<sim::Note>& notes = trace.steps[at].notes;
    for (auto note = notes.rbegin(); note != notes.rend(); ++note) {
      const auto* state = std::get_if<ike::IkeSaState>(&*note);
      if (state != nullptr && state->connection == connection) return state;
    }
  }
  return nullptr;
}

/// The tunnel whose connection at `node` has this name.
sim::Index tunnel_of(const sim::Trace& trace, sim::Index node, std::string_view connection) {
  for (sim::Index row = 0; row < trace.tunnels.size(); ++row) {
    const sim::TraceTunnel& tunnel = trace.tunnels[row];
    if (tunnel.initiator == node && tunnel.initiator_connection == connection) return row;
    if (tunnel.responder == node && tunnel.responder_connection == connection) return row;
  }
  return sim::no_index;
}

}  // namespace

StoryContext::StoryContext(const sim::Trace& trace, sim::Index step, Language language)
    : trace_(trace), step_(trace.steps[step]), step_number_(step), language_(language) {
  set("time", walk_time(step_.time));
  set("reason", reason_line(step_.reason, language));
  add_nodes();
  add_packet();
  add_message();
  add_esp();
  find_mss_change();
}

std::string StoryContext::text(std::string_view id) const {
  if (!has_text(id)) return {};
  std::vector<std::pair<std::string, std::string>> values = values_;
  for (const std::string& part : named_parts(viz::text(id, language_))) values.emplace_back(part, unknown);
  return viz::text(id, language_, values);
}

void StoryContext::set(std::string_view name, std::string value) {
  if (value.empty()) value = unknown;
  const auto known = std::find_if(values_.begin(), values_.end(), [&](const auto& pair) { return pair.first == name; });
  if (known != values_.end()) {
    known->second = std::move(value);
  } else {
    values_.emplace_back(name, std::move(value));
  }
}

void StoryContext::set_reason(const ike::StateChanged& change) {
  set_connection(change.connection);
  engine::Reason reason = change.reason;
  for (const sim::Note& note : step_.notes) {
    if (reason != engine::Reason::none) break;
    if (const auto* sa = std::get_if<ike::IkeSaState>(&note)) reason = sa->reason;
    const auto* told = std::get_if<sim::MessageNote>(&note);
    if (told == nullptr || told->what != sim::MessageNote::What::refused) continue;
    if (told->message < trace_.messages.size() && trace_.messages[told->message].refused) {
      reason = trace_.messages[told->message].refused->reason;
    }
  }
  set("reason", reason_line(reason == engine::Reason::none ? step_.reason : reason, language_));
}

void StoryContext::set_parts(const ike::Remark& remark) {
  set_connection(remark.connection);
  for (const auto& [name, value] : remark.values) {
    if (name == "peer" || name == "node") continue;
    set(name, name == "message" ? message_name(value, language_) : engine_word(value, language_));
  }
}

std::string StoryContext::address_of(sim::Index node) const {
  if (node >= trace_.nodes.size()) return {};
  for (const sim::TraceNode::Interface& interface : trace_.nodes[node].interfaces) {
    if (interface.link < trace_.links.size() && trace_.links[interface.link].is_public) {
      return engine::to_string(interface.address.address);
    }
  }
  return {};
}

void StoryContext::add_nodes() {
  set("node", node_name(trace_, step_.node, language_));
  set("node_address", address_of(step_.node));
  if (step_.tunnel < trace_.tunnels.size()) set_tunnel(step_.tunnel);
}

void StoryContext::set_tunnel(sim::Index row) {
  const sim::TraceTunnel& tunnel = trace_.tunnels[row];
  peer_ = tunnel.initiator == step_.node ? tunnel.responder : tunnel.initiator;
  set("tunnel", tunnel_name(trace_, row, language_));
  set("peer", node_name(trace_, peer_, language_));
  set("peer_address", address_of(peer_));
}

void StoryContext::add_packet() {
  if (step_.packet >= trace_.packets.size()) return;
  const sim::TracePacket& packet = trace_.packets[step_.packet];
  set("label", packet_name(trace_, step_.packet, language_));
  set("origin", node_name(trace_, packet.origin, language_));
  set("destination", node_name(trace_, packet.destination, language_));
  if (packet.hops.empty()) return;
  const sim::TraceHop& hop = packet.hops[std::min<std::size_t>(step_.hop, packet.hops.size() - 1)];
  set("from", node_name(trace_, hop.from, language_));
  set("to", node_name(trace_, hop.to, language_));
  set("size", std::to_string(hop.bytes.size()));
  if (const auto ip = wire::read_ipv4(hop.bytes)) {
    set("source", engine::to_string(ip->header.source));
    set("target", engine::to_string(ip->header.destination));
    if (packet.destination == sim::no_index) set("destination", engine::to_string(ip->header.destination));
  }
}

void StoryContext::add_message() {
  if (step_.packet >= trace_.packets.size()) return;
  const sim::Index row = trace_.packets[step_.packet].message;
  if (row >= trace_.messages.size()) return;
  message_ = &trace_.messages[row];
  const ike::MessageSent& sent = message_->sent;
  if (peer_ == sim::no_index) {
    const sim::TracePacket& packet = trace_.packets[step_.packet];
    set("peer", node_name(trace_, packet.origin == step_.node ? packet.destination : packet.origin, language_));
  }
  if (sent.retransmission > 0) set("number", std::to_string(sent.retransmission));
  set("payloads", fmt::format("{}", fmt::join(sent.payloads, ", ")));
  set("message", message_name(sent.name.id, language_));
  set("purpose", message_purpose(sent.name.id, language_));
  const engine::Bytes& readable = sent.cleartext.empty() ? sent.wire : sent.cleartext;
  if (const auto content = wire::read_isakmp(readable)) add_message_content(*content);
}

void StoryContext::add_message_content(const wire::IsakmpMessage& content) {
  set("cookie_i", cookie_text(content.header.initiator_cookie));
  set("cookie_r", cookie_text(content.header.responder_cookie));
  if (const auto* sa = content.find<wire::SecurityAssociationPayload>()) {
    set("offer", offer_text(*sa, language_));
    if (!sa->proposals.empty() && sa->proposals[0].spi.size() == 4) {
      set("spi", spi_text(engine::read_u32(sa->proposals[0].spi, 0)));
    }
  }
  if (const auto* key = content.find<wire::KeyExchangePayload>()) set("ke_size", std::to_string(key->data.size()));
  if (const auto* nonce = content.find<wire::NoncePayload>()) set("nonce_size", std::to_string(nonce->data.size()));
}

void StoryContext::add_esp() {
  if (step_.packet >= trace_.packets.size()) return;
  const sim::TracePacket& packet = trace_.packets[step_.packet];
  if (packet.esp >= trace_.esp.size()) return;
  const sim::TraceEsp& esp = trace_.esp[packet.esp];
  set("spi", spi_text(esp.spi));
  set("sequence", std::to_string(esp.sequence));
  set("inner", packet_name(trace_, packet.carries, language_));
  if (const auto ip = wire::read_ipv4(esp.plaintext)) {
    set("inner_source", engine::to_string(ip->header.source));
    set("inner_destination", engine::to_string(ip->header.destination));
    set("inner_size", std::to_string(ip->header.total_length));
  }
}

void StoryContext::set_connection(std::string_view connection) {
  const sim::Index tunnel = tunnel_of(trace_, step_.node, connection);
  if (tunnel != sim::no_index) set_tunnel(tunnel);
  const ike::IkeSaState* sa = latest_ike_sa(trace_, step_number_, step_.node, connection);
  if (sa == nullptr) return;
  set("node_address", engine::to_string(sa->local.address));
  set("peer_address", engine::to_string(sa->remote.address));
  set("transform", sa->transform_text);
  set("cookie_i", cookie_text(sa->initiator_cookie));
  set("cookie_r", cookie_text(sa->responder_cookie));
}

void StoryContext::find_mss_change() {
  if (step_.packet >= trace_.packets.size()) return;
  const sim::TracePacket& packet = trace_.packets[step_.packet];
  const bool is_wrapped =
      step_.kind == sim::StepKind::send && packet.carries < trace_.packets.size() && packet.esp < trace_.esp.size();
  const bool is_passed_on = step_.kind == sim::StepKind::forward && packet.kind == sim::PacketKind::tcp &&
                            step_.hop > 0 && step_.hop < packet.hops.size();
  if (!is_wrapped && !is_passed_on) return;
  const sim::TracePacket& inner = is_wrapped ? trace_.packets[packet.carries] : packet;
  const engine::ByteView now =
      is_wrapped ? engine::ByteView(trace_.esp[packet.esp].plaintext) : engine::ByteView(packet.hops[step_.hop].bytes);
  const std::optional<std::uint16_t> after = mss_of(now);
  if (!after) return;
  const std::optional<std::uint16_t> before = mss_of(as_it_reached(inner, step_.node));
  if (!before || *before == *after) return;
  mss_change_ = {*before, *after};
  set("mss_before", std::to_string(*before));
  set("mss", std::to_string(*after));
  if (const auto ip = wire::read_ipv4(now)) {
    set("inner_source", engine::to_string(ip->header.source));
    set("inner_destination", engine::to_string(ip->header.destination));
  }
}

engine::ByteView StoryContext::as_it_reached(const sim::TracePacket& packet, sim::Index node) const {
  for (const sim::TraceHop& hop : packet.hops) {
    if (hop.to == node) return hop.bytes;
  }
  for (const sim::Index carrier : packet.carried_by) {
    if (carrier >= trace_.packets.size()) continue;
    const sim::TracePacket& esp = trace_.packets[carrier];
    if (esp.ended_at == node && esp.esp < trace_.esp.size()) return trace_.esp[esp.esp].plaintext;
  }
  return {};
}

}  // namespace viz
