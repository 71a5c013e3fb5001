#include "tests/support/synthetic_tunnel.h"

#include "engine/crypto/cipher.h"
#include "engine/wire/esp.h"
#include "engine/wire/icmp.h"
#include "engine/wire/ipv4.h"
#include "engine/wire/udp.h"

namespace tests {
namespace {

using namespace std::chrono_literals;
using engine::Bytes;
using engine::bytes_of;
using engine::ByteView;
using engine::concat;
using engine::Reason;
using engine::wire::ExchangeType;
using sim::Index;
using sim::no_index;

constexpr std::size_t sha1_size = 20;

engine::wire::SecurityAssociationPayload phase1_offer() {
  engine::wire::TransformPayload transform;
  transform.id = 1;
  transform.attributes = {engine::wire::Attribute::basic_value(1, 7), engine::wire::Attribute::basic_value(14, 128),
                          engine::wire::Attribute::basic_value(2, 2), engine::wire::Attribute::basic_value(3, 1),
                          engine::wire::Attribute::basic_value(4, 2)};
  engine::wire::ProposalPayload proposal;
  proposal.protocol = 1;
  proposal.transforms = {transform};
  engine::wire::SecurityAssociationPayload payload;
  payload.proposals = {proposal};
  return payload;
}

}  // namespace

SyntheticTunnel::SyntheticTunnel(TraceBuilder& builder, Index tunnel)
    : builder_(builder), trace_(builder.trace), tunnel_(tunnel), connection_("tunnel" + std::to_string(tunnel + 1)) {
  sim::TraceTunnel row;
  row.id = connection_;
  row.name = {"Tunnel " + std::to_string(tunnel + 1), "トンネル" + std::to_string(tunnel + 1)};
  row.initiator = node_of(true);
  row.responder = node_of(false);
  row.initiator_connection = connection_;
  row.responder_connection = connection_;
  trace_.tunnels.push_back(std::move(row));
}

Bytes SyntheticTunnel::encrypt(bool initiator, const Bytes& cleartext) {
  const SideKeys& keys = keys_of(initiator);
  auto cipher = std::move(engine::crypto::CipherContext::create(engine::crypto::CipherAlgorithm::aes_cbc,
                                                                value(keys.encryption_key)))
                    .value();
  Bytes wire = cleartext;
  const std::span<std::uint8_t> body = std::span(wire).subspan(engine::wire::isakmp_header_size);
  if (!cipher.encrypt(value(keys.iv), body, body)) wire.clear();
  return wire;
}

Index SyntheticTunnel::send(const MessagePlan& plan) {
  engine::wire::IsakmpHeader header;
  header.initiator_cookie = cookies_[0];
  const bool first = plan.exchange == ExchangeType::identity_protection && plan.number == 1;
  if (!first) header.responder_cookie = cookies_[1];
  header.exchange_type = plan.exchange;
  header.message_id = plan.message_id;
  if (plan.encrypted) header.flags = engine::wire::flag::encryption;
  Bytes cleartext = engine::wire::write_isakmp(header, plan.payloads);
  while (plan.encrypted && (cleartext.size() - engine::wire::isakmp_header_size) % 16 != 0) cleartext.push_back(0);
  engine::set_u32(cleartext, 24, static_cast<std::uint32_t>(cleartext.size()));

  const Index sender = node_of(plan.from_initiator);
  const Index receiver = node_of(!plan.from_initiator);
  const engine::Endpoint source{TraceBuilder::address(sender), 500};
  const engine::Endpoint destination{TraceBuilder::address(receiver), 500};
  sim::TraceMessage row;
  row.tunnel = tunnel_;
  row.sender = sender;
  row.repeats = plan.repeats;
  const bool again = plan.repeats != no_index;
  row.sent.message = again ? trace_.messages[plan.repeats].sent.message
                           : static_cast<engine::ike::MessageId>(trace_.messages.size()) + 1;
  row.sent.connection = connection_;
  row.sent.ike_sa = ike_sa_;
  row.sent.role = plan.from_initiator ? engine::ike::Role::initiator : engine::ike::Role::responder;
  row.sent.name = {plan.exchange, plan.number, plan.id};
  row.sent.retransmission = again ? 1 : 0;
  row.sent.encrypted = plan.encrypted;
  row.sent.payloads = plan.labels;
  row.sent.wire = plan.encrypted ? encrypt(plan.from_initiator, cleartext) : cleartext;
  if (plan.encrypted) row.sent.cleartext = cleartext;

  engine::wire::Ipv4Header ip;
  ip.protocol = engine::wire::ip_protocol::udp;
  ip.source = source.address;
  ip.destination = destination.address;
  const Bytes bytes = engine::wire::write_ipv4(ip, engine::wire::write_udp(source, destination, row.sent.wire));
  const Index packet = builder_.add_packet(sim::PacketKind::ike, "UDP 500 > 500", sender, receiver);
  const auto message = static_cast<Index>(trace_.messages.size());
  trace_.packets[packet].message = message;
  row.packet = packet;
  if (!plan.lost) {
    engine::ike::MessageReceived received;
    received.message = row.sent.message;
    received.connection = connection_;
    received.ike_sa = ike_sa_;
    received.role = plan.from_initiator ? engine::ike::Role::responder : engine::ike::Role::initiator;
    received.name = row.sent.name;
    received.encrypted = plan.encrypted;
    received.payloads = row.sent.payloads;
    received.wire = row.sent.wire;
    received.cleartext = row.sent.cleartext;
    row.received = std::move(received);
  }
  trace_.messages.push_back(std::move(row));
  const Journey journey = builder_.travel(packet, {sender, node::internet, receiver}, bytes, tunnel_, plan.lost);
  trace_.steps[journey.first_step].notes.push_back(sim::MessageNote{sim::MessageNote::What::sent, message});
  if (!plan.lost) builder_.note(sim::MessageNote{sim::MessageNote::What::received, message});
  return message;
}

Index SyntheticTunnel::send_main_mode(std::uint8_t number, std::vector<std::string> labels,
                                      std::vector<engine::wire::Payload> payloads, bool lost, Index repeats) {
  MessagePlan plan;
  plan.number = number;
  plan.id = "main-mode-" + std::to_string(number);
  plan.labels = std::move(labels);
  plan.payloads = std::move(payloads);
  plan.from_initiator = number % 2 == 1;
  plan.encrypted = number >= 5;
  plan.lost = lost;
  plan.repeats = repeats;
  return send(plan);
}

Index SyntheticTunnel::send_quick_mode(std::uint8_t number, std::vector<std::string> labels,
                                       std::vector<engine::wire::Payload> payloads) {
  MessagePlan plan;
  plan.exchange = ExchangeType::quick_mode;
  plan.number = number;
  plan.id = "quick-mode-" + std::to_string(number);
  plan.labels = std::move(labels);
  plan.payloads = std::move(payloads);
  plan.message_id = message_id_;
  plan.from_initiator = number % 2 == 1;
  plan.encrypted = true;
  return send(plan);
}

void SyntheticTunnel::main_mode(bool lose_5, bool fail) {
  ike_sa_ = tunnel_ * 1000 + ike_sa_ % 1000 + 1;
  builder_.step(sim::StepKind::timer, node_of(true), no_index, no_index, tunnel_);
  begin_exchange("main-mode-initiator", 1, 0);
  set_phase(sim::TunnelPhase::phase1);
  for (auto& cookie : cookies_) builder_.random.fill(engine::RandomPurpose::cookie, cookie);
  for (auto& nonce : nonces_) nonce = builder_.random.bytes(engine::RandomPurpose::nonce, 20);
  change_state(true, "idle", "awaiting-main-mode-2", "main-mode.initiator.send-1");
  report_ike_sa(true, "negotiating");
  const Index offer = send_main_mode(1, {"HDR", "SA"}, {phase1_offer()});
  compare_proposals(offer, 1);
  change_state(false, "idle", "awaiting-main-mode-3", "main-mode.responder.receive-1");
  report_ike_sa(false, "negotiating");
  send_main_mode(2, {"HDR", "SA"}, {phase1_offer()});
  change_state(true, "awaiting-main-mode-2", "awaiting-main-mode-4", "main-mode.initiator.receive-2");
  pairs_.clear();
  draw_dh(true);
  ke_messages_[0] = trace_
                        .messages[send_main_mode(3, {"HDR", "KE", "Ni"},
                                                 {engine::wire::KeyExchangePayload{pairs_[0].public_value()},
                                                  engine::wire::NoncePayload{nonces_[0]}})]
                        .sent.message;
  draw_dh(false);
  ke_messages_[1] = static_cast<engine::ike::MessageId>(trace_.messages.size()) + 1;
  derive_phase1(false);
  change_state(false, "awaiting-main-mode-3", "awaiting-main-mode-5", "main-mode.responder.receive-3");
  send_main_mode(4, {"HDR", "KE", "Nr"},
                 {engine::wire::KeyExchangePayload{pairs_[1].public_value()}, engine::wire::NoncePayload{nonces_[1]}});
  derive_phase1(true);
  change_state(true, "awaiting-main-mode-4", "awaiting-main-mode-6", "main-mode.initiator.receive-4");
  const auto identify = [&](bool initiator) {
    engine::wire::IdentificationPayload id;
    id.id_type = 1;
    id.data = engine::to_bytes(TraceBuilder::address(node_of(initiator)));
    return std::vector<engine::wire::Payload>{id, engine::wire::HashPayload{Bytes(sha1_size, 0x5a)}};
  };
  Index first = no_index;
  if (lose_5) {
    first = send_main_mode(5, {"HDR*", "IDii", "HASH_I"}, identify(true), true);
    builder_.wait(4s);
  }
  const Index fifth = send_main_mode(5, {"HDR*", "IDii", "HASH_I"}, identify(true), false, first);
  if (fail) {
    trace_.messages[fifth].refused = engine::ike::MessageRefused{trace_.messages[fifth].sent.message,
                                                                 Reason::authentication_failed, "HASH_I differs", ""};
    builder_.note(sim::MessageNote{sim::MessageNote::What::refused, fifth});
    change_state(false, "awaiting-main-mode-5", "failed", "main-mode.responder.refuse-5");
    report_ike_sa(false, "failed", Reason::authentication_failed);
    set_phase(sim::TunnelPhase::down, Reason::authentication_failed);
    end_exchange(Reason::authentication_failed);
    return;
  }
  established_ = builder_.now();
  change_state(false, "awaiting-main-mode-5", "established", "main-mode.responder.receive-5");
  report_ike_sa(false, "established");
  send_main_mode(6, {"HDR*", "IDir", "HASH_R"}, identify(false));
  established_ = builder_.now();
  change_state(true, "awaiting-main-mode-6", "established", "main-mode.initiator.receive-6");
  report_ike_sa(true, "established");
  set_phase(sim::TunnelPhase::isakmp_sa);
  end_exchange();
}

void SyntheticTunnel::quick_mode() {
  ipsec_sa_ = tunnel_ * 1000 + ipsec_sa_ % 1000 + 1;
  ++message_id_;
  builder_.step(sim::StepKind::timer, node_of(true), no_index, no_index, tunnel_);
  begin_exchange("quick-mode-initiator", 2, message_id_);
  change_state(true, "idle", "awaiting-quick-mode-2", "quick-mode.initiator.send-1");
  for (auto& nonce : nonces_) nonce = builder_.random.bytes(engine::RandomPurpose::nonce, 20);
  for (auto& spi : spis_)
    spi = 0xc0000000U + static_cast<std::uint32_t>(trace_.esp_sas.size()) * 16 + (&spi == spis_ ? 1 : 2);
  sequences_[0] = sequences_[1] = 0;
  const Bytes hash(sha1_size, 0xa5);
  const Index offer =
      send_quick_mode(1, {"HDR*", "HASH(1)", "SA", "Ni"},
                      {engine::wire::HashPayload{hash}, phase1_offer(), engine::wire::NoncePayload{nonces_[0]}});
  compare_proposals(offer, 2);
  change_state(false, "idle", "awaiting-quick-mode-3", "quick-mode.responder.receive-1");
  send_quick_mode(2, {"HDR*", "HASH(2)", "SA", "Nr"},
                  {engine::wire::HashPayload{hash}, phase1_offer(), engine::wire::NoncePayload{nonces_[1]}});
  derive_phase2(true);
  installed_ = builder_.now();
  change_state(true, "awaiting-quick-mode-2", "done", "quick-mode.initiator.receive-2");
  report_ipsec_sa(true, "installed");
  send_quick_mode(3, {"HDR*", "HASH(3)"}, {engine::wire::HashPayload{hash}});
  derive_phase2(false);
  change_state(false, "awaiting-quick-mode-3", "done", "quick-mode.responder.receive-3");
  report_ipsec_sa(false, "installed");
  set_phase(sim::TunnelPhase::up);
  end_exchange();
  for (int direction = 0; direction < 2; ++direction) {
    sim::TraceEspSa sa;
    sa.sender = node_of(direction == 1);
    sa.receiver = node_of(direction == 0);
    sa.tunnel = tunnel_;
    sa.spi = spis_[direction];
    sa.source = TraceBuilder::address(sa.sender);
    sa.destination = TraceBuilder::address(sa.receiver);
    sa.cipher_key = value(keys_[0].cipher_keys[direction]);
    sa.integrity_key = value(keys_[0].integrity_keys[direction]);
    sa.installed = installed_;
    trace_.esp_sas.push_back(std::move(sa));
  }
}

void SyntheticTunnel::dpd_round() {
  ++message_id_;
  for (bool request : {true, false}) {
    MessagePlan plan;
    plan.exchange = ExchangeType::informational;
    plan.id = request ? "informational-dpd-request" : "informational-dpd-ack";
    plan.labels = {"HDR*", "HASH(1)", request ? "N(R-U-THERE)" : "N(R-U-THERE-ACK)"};
    engine::wire::NotificationPayload notify;
    notify.protocol = 1;
    notify.type = request ? 36136 : 36137;
    notify.data = {0, 0, 1, 2};
    plan.payloads = {engine::wire::HashPayload{Bytes(sha1_size, 0x33)}, notify};
    plan.message_id = request ? message_id_ : message_id_ + 0x8000;
    plan.from_initiator = request;
    plan.encrypted = true;
    send(plan);
  }
}

void SyntheticTunnel::ping() {
  engine::wire::Ipv4Header ip;
  ip.protocol = engine::wire::ip_protocol::icmp;
  Index cause = no_index;
  for (bool request : {true, false}) {
    const engine::wire::IcmpMessage echo = engine::wire::echo_request(7, 1, bytes_of("a ping through the tunnel"));
    const Index from = request ? node::pc : node::ec2;
    const Index to = request ? node::ec2 : node::pc;
    ip.source = TraceBuilder::address(from);
    ip.destination = TraceBuilder::address(to);
    const Bytes bytes =
        engine::wire::write_ipv4(ip, engine::wire::write_icmp(request ? echo : engine::wire::echo_reply(echo)));
    const Index inner =
        builder_.add_packet(sim::PacketKind::icmp, request ? "ICMP echo request" : "ICMP echo reply", from, to);
    trace_.packets[inner].answers = cause;
    cause = inner;
    const Index near = request ? node_of(true) : node_of(false);
    const Index far = request ? node_of(false) : node_of(true);
    builder_.travel(inner, request ? std::vector<Index>{from, near} : std::vector<Index>{from, node::vgw, near}, bytes,
                    tunnel_);
    trace_.steps.pop_back();  // The gateway takes it into the tunnel: it has not arrived yet.
    send_esp(inner, request, bytes);
    builder_.travel(inner, request ? std::vector<Index>{far, node::vgw, to} : std::vector<Index>{far, to}, bytes,
                    tunnel_);
  }
}

Index SyntheticTunnel::send_esp(Index inner, bool from_initiator, const Bytes& inner_bytes) {
  const int direction = from_initiator ? 1 : 0;
  const Index sender = node_of(from_initiator);
  const Index receiver = node_of(!from_initiator);
  sim::TraceEsp row;
  row.tunnel = tunnel_;
  row.spi = spis_[direction];
  row.sequence = ++sequences_[from_initiator ? 0 : 1];
  row.iv_length = 16;
  row.icv_length = 12;
  row.plaintext = engine::wire::write_esp_plaintext(inner_bytes, engine::wire::ip_protocol::ipv4, 16);
  row.sender_sa = static_cast<Index>(trace_.esp_sas.size()) - 2 + static_cast<Index>(direction);
  for (Index sa = 0; sa < trace_.esp_sas.size(); ++sa) {
    if (trace_.esp_sas[sa].spi == row.spi) row.sender_sa = sa;
  }
  const sim::TraceEspSa& sa = trace_.esp_sas[row.sender_sa];
  const Bytes iv = builder_.random.bytes(engine::RandomPurpose::iv, 16);
  Bytes ciphertext(row.plaintext.size());
  auto cipher = std::move(engine::crypto::CipherContext::create(sa.cipher, sa.cipher_key)).value();
  if (!cipher.encrypt(iv, row.plaintext, ciphertext)) ciphertext.clear();
  Bytes esp = concat({engine::wire::write_esp_header({row.spi, row.sequence}), iv, ciphertext});
  Bytes icv(row.icv_length);
  auto integrity = std::move(engine::crypto::IntegrityContext::create(sa.integrity, sa.integrity_key)).value();
  integrity.compute(esp, icv);
  engine::append(esp, icv);
  engine::wire::Ipv4Header ip;
  ip.protocol = engine::wire::ip_protocol::esp;
  ip.source = sa.source;
  ip.destination = sa.destination;
  const Index packet = builder_.add_packet(sim::PacketKind::esp, "ESP", sender, receiver);
  trace_.packets[packet].esp = static_cast<Index>(trace_.esp.size());
  trace_.packets[packet].carries = inner;
  trace_.packets[inner].carried_by.push_back(packet);
  row.packet = packet;
  trace_.esp.push_back(std::move(row));
  const Bytes bytes = engine::wire::write_ipv4(ip, esp);
  const Journey journey = builder_.travel(packet, {sender, node::internet, receiver}, bytes, tunnel_);
  report_traffic(!from_initiator);
  return journey.packet;
}

void SyntheticTunnel::go_down(Reason reason) {
  builder_.step(sim::StepKind::timer, node_of(true), no_index, no_index, tunnel_);
  report_ike_sa(true, "deleted", reason);
  report_ipsec_sa(true, "deleted");
  set_phase(sim::TunnelPhase::down, reason);
}

}  // namespace tests
