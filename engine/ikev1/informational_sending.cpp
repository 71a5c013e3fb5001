#include "engine/ikev1/engine.h"
#include "engine/ikev1/field_ids.h"
#include "engine/ikev1/message_name.h"
#include "engine/wire/names.h"

/// Informational messages of this side; those of the peer are in informational.cpp.
namespace engine::ikev1 {
namespace {

namespace notification = wire::notification;

constexpr std::size_t spi_size = 4;
constexpr std::size_t cookies_size = 16;

/// Of the ISAKMP header; 0 where nothing could be sent.
std::uint32_t message_id_of(const SentMessage& sent) {
  constexpr std::size_t message_id_offset = 20;
  return sent.empty() ? 0 : read_u32(sent.wire, message_id_offset);
}

}  // namespace

void Informational::begun(IsakmpSa& sa, InformationalAction action, const SentMessage& sent) {
  run(sa, ike::Trigger::start, action, sent.id, message_id_of(sent));
}

SentMessage Informational::send(IsakmpSa& sa, wire::Payload payload) {
  ike::Core& core = engine_.core;
  Draft draft;
  draft.id = core.reporter.new_message();
  draft.payloads = {std::move(payload)};
  draft.name = informational_message(draft.payloads);
  // "a M-ID unique to this exchange" (RFC 2409 5.7).
  draft.message_id = sa.draw_message_id(core.random);
  // "If the ISAKMP security association has not yet been established at the time of the Informational Exchange, the
  // exchange is done in the clear without an accompanying HASH payload" (RFC 2409 5.7). "This protocol protects ISAKMP
  // Informational Exchanges when possible": from the moment that there are keys.
  if (!sa.keys) return engine_.messenger.send_clear(sa, std::move(draft));

  Quoted message_id{{}, draft.id};
  put_u32(message_id.bytes, draft.message_id);
  const Bytes chain = wire::write_payloads(draft.payloads);
  const std::vector<std::string> labels = payload_labels(draft.name, draft.payloads);
  std::vector<Term> terms{from_field("M-ID", draft.id, field::message_id, message_id.bytes)};
  const std::vector<Term> rest = chain_terms(chain, draft.payloads, labels, draft.id);
  terms.insert(terms.end(), rest.begin(), rest.end());
  Derivation values(core.reporter, sa.tunnel->connection.name, sa.id);
  const Value hash =
      derive_phase2_hash(values, sa.hash(), sa.keys->skeyid_a, Phase2Hash::informational, terms, draft.id);
  draft.payloads.insert(draft.payloads.begin(),
                        wire::HashPayload{Bytes(hash.bytes.view().begin(), hash.bytes.view().end())});
  const Value iv = iv_for(sa, message_id, draft.id);
  Quoted ciphertext;
  return engine_.messenger.send_encrypted(sa, std::move(draft), iv, ciphertext);
}

wire::NotificationPayload Informational::phase1_notification(const IsakmpSa& sa, std::uint16_t type) const {
  wire::NotificationPayload notify;
  notify.protocol = wire::protocol_id::isakmp;
  notify.spi = sa.cookies();
  notify.type = type;
  return notify;
}

SentMessage Informational::refuse_phase1(IsakmpSa& sa, std::uint16_t type) {
  SentMessage sent = send(sa, phase1_notification(sa, type));
  begun(sa, InformationalAction::send_notification, sent);
  return sent;
}

SentMessage Informational::refuse_phase2(IsakmpSa& sa, std::uint16_t type, Bytes spi) {
  wire::NotificationPayload notify;
  notify.protocol = wire::protocol_id::esp;
  notify.spi = std::move(spi);
  notify.type = type;
  SentMessage sent = send(sa, notify);
  begun(sa, InformationalAction::send_notification, sent);
  return sent;
}

void Informational::delete_pair(IsakmpSa& sa, std::uint32_t inbound_spi) {
  wire::DeletePayload deletion;
  deletion.protocol = wire::protocol_id::esp;
  deletion.spi_size = spi_size;
  deletion.spis.emplace_back();
  put_u32(deletion.spis.back(), inbound_spi);
  const SentMessage sent = send(sa, deletion);
  begun(sa, InformationalAction::send_delete, sent);
}

void Informational::delete_isakmp(IsakmpSa& sa) {
  wire::DeletePayload deletion;
  deletion.protocol = wire::protocol_id::isakmp;
  deletion.spi_size = cookies_size;
  deletion.spis = {sa.cookies()};
  const SentMessage sent = send(sa, deletion);
  begun(sa, InformationalAction::send_delete, sent);
}

Exchange Informational::ask(IsakmpSa& sa, std::uint32_t sequence) {
  wire::NotificationPayload notify = phase1_notification(sa, notification::r_u_there);
  put_u32(notify.data, sequence);
  Exchange exchange;
  exchange.number = engine_.core.reporter.new_exchange();
  exchange.machine = &informational;
  exchange.sent = send(sa, notify);
  exchange.message_id = message_id_of(exchange.sent);
  const ike::Transition* row =
      find_row(exchange, ike::Trigger::start, static_cast<std::uint8_t>(InformationalAction::send_dpd_request));
  move_on(engine_.core, *sa.tunnel, sa.id, exchange, *row, exchange.sent.id, Reason::none);
  return exchange;
}

}  // namespace engine::ikev1
