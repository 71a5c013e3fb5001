#include "engine/ikev1/informational.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/ike/names.h"
#include "engine/ikev1/engine.h"
#include "engine/ikev1/field_ids.h"
#include "engine/ikev1/message_name.h"
#include "engine/wire/names.h"

namespace engine::ikev1 {
namespace {

namespace notification = wire::notification;

constexpr std::size_t sequence_size = 4;
constexpr std::size_t cookies_size = 16;

/// "Implementations MAY maintain a window of acceptable sequence numbers" (RFC 3706 6.2): as many R-U-THERE may be
/// lost.
constexpr std::uint32_t sequence_window = 64;

Bytes cookies_of(const IsakmpSa& sa) { return concat({sa.initiator_cookie, sa.responder_cookie}); }

bool is_dpd(std::uint16_t type) { return type == notification::r_u_there || type == notification::r_u_there_ack; }

}  // namespace

Value Informational::iv_for(const IsakmpSa& sa, const Quoted& message_id, ike::MessageId message) {
  Derivation values(engine_.core.reporter, sa.tunnel->connection.name, sa.id);
  const Term mid = from_field("M-ID", message_id.message, field::message_id, message_id.bytes);
  const IvPurpose purpose{message, "Informational", sa.block_size()};
  if (sa.usable()) return derive_phase2_iv(values, sa.hash(), sa.last_block.as("last phase 1 CBC block"), mid, purpose);
  // Main mode is not over: what counts is its last message so far.
  if (sa.last_ciphertext.bytes.empty()) {
    const Value first = derive_phase1_iv(values, phase1_inputs(sa), purpose);
    return derive_phase2_iv(values, sa.hash(), first.as("IV"), mid, purpose);
  }
  const Value last = derive_last_phase1_block(values,
                                              from_field("last message of phase 1", sa.last_ciphertext.message,
                                                         field::encrypted_body, sa.last_ciphertext.bytes),
                                              sa.block_size());
  return derive_phase2_iv(values, sa.hash(), last.as("last phase 1 CBC block"), mid, purpose);
}

void Informational::run(IsakmpSa& sa, ike::Trigger trigger, InformationalAction action, ike::MessageId message,
                        Reason reason) {
  Exchange exchange;
  exchange.number = engine_.core.reporter.new_exchange();
  exchange.machine = &informational;
  const ike::Transition* row = find_row(exchange, trigger, static_cast<std::uint8_t>(action));
  if (row != nullptr) move_on(engine_.core, *sa.tunnel, sa.id, exchange, *row, message, reason);
}

SentMessage Informational::send(IsakmpSa& sa, wire::Payload payload) {
  ike::Core& core = engine_.core;
  Draft draft;
  draft.id = core.reporter.new_message();
  draft.payloads = {std::move(payload)};
  draft.name = informational_message(draft.payloads);
  // "a M-ID unique to this exchange" (RFC 2409 5.7).
  draft.message_id = std::max(read_u32(core.random.bytes(RandomPurpose::message_id, 4), 0), 1U);
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
  notify.spi = cookies_of(sa);
  notify.type = type;
  return notify;
}

SentMessage Informational::refuse_phase1(IsakmpSa& sa, std::uint16_t type) {
  SentMessage sent = send(sa, phase1_notification(sa, type));
  run(sa, ike::Trigger::start, InformationalAction::send_notification, sent.id, Reason::none);
  return sent;
}

SentMessage Informational::refuse_phase2(IsakmpSa& sa, std::uint16_t type, Bytes spi) {
  wire::NotificationPayload notify;
  notify.protocol = wire::protocol_id::esp;
  notify.spi = std::move(spi);
  notify.type = type;
  SentMessage sent = send(sa, notify);
  run(sa, ike::Trigger::start, InformationalAction::send_notification, sent.id, Reason::none);
  return sent;
}

void Informational::delete_pair(IsakmpSa& sa, std::uint32_t inbound_spi) {
  wire::DeletePayload deletion;
  deletion.protocol = wire::protocol_id::esp;
  deletion.spi_size = 4;
  deletion.spis.emplace_back();
  put_u32(deletion.spis.back(), inbound_spi);
  const SentMessage sent = send(sa, deletion);
  run(sa, ike::Trigger::start, InformationalAction::send_delete, sent.id, Reason::none);
}

void Informational::delete_isakmp(IsakmpSa& sa) {
  wire::DeletePayload deletion;
  deletion.protocol = wire::protocol_id::isakmp;
  deletion.spi_size = cookies_size;
  deletion.spis = {cookies_of(sa)};
  const SentMessage sent = send(sa, deletion);
  run(sa, ike::Trigger::start, InformationalAction::send_delete, sent.id, Reason::none);
}

Exchange Informational::ask(IsakmpSa& sa, std::uint32_t sequence) {
  wire::NotificationPayload notify = phase1_notification(sa, notification::r_u_there);
  put_u32(notify.data, sequence);
  Exchange exchange;
  exchange.number = engine_.core.reporter.new_exchange();
  exchange.machine = &informational;
  exchange.sent = send(sa, notify);
  const ike::Transition* row =
      find_row(exchange, ike::Trigger::start, static_cast<std::uint8_t>(InformationalAction::send_dpd_request));
  move_on(engine_.core, *sa.tunnel, sa.id, exchange, *row, exchange.sent.id, Reason::none);
  return exchange;
}

void Informational::receive(Time now, Incoming& incoming) {
  const wire::IsakmpHeader& header = incoming.header;
  IsakmpSa* sa = engine_.store.find(header.initiator_cookie, header.responder_cookie);
  // A peer that refuses message 1 may answer with a responder cookie of its own, or with none.
  if (sa == nullptr && !incoming.encrypted()) {
    sa = engine_.store.find_half_open(header.initiator_cookie, incoming.source);
    const bool answers_first =
        sa != nullptr && sa->role == ike::Role::initiator && sa->responder_cookie == wire::Cookie{};
    if (!answers_first) sa = nullptr;
  }
  const bool known = sa != nullptr && sa->remote.address == incoming.source.address;
  if (!known) {
    incoming.id = engine_.core.reporter.new_message();
    if (!incoming.encrypted()) engine_.messenger.read_clear(incoming);
    if (incoming.message) incoming.name = informational_message(contents(*incoming.message));
    engine_.messenger.report_received(incoming, nullptr, nullptr);
    return engine_.messenger.refuse(incoming.id, Reason::invalid_cookie,
                                    "no ISAKMP SA with this peer has these cookies", field::initiator_cookie);
  }
  if (incoming.encrypted()) return receive_encrypted(now, *sa, incoming);
  receive_clear(now, *sa, incoming);
}

void Informational::receive_clear(Time now, IsakmpSa& sa, Incoming& incoming) {
  Messenger& messenger = engine_.messenger;
  incoming.id = engine_.core.reporter.new_message();
  messenger.read_clear(incoming);
  if (incoming.message) incoming.name = informational_message(contents(*incoming.message));
  messenger.report_received(incoming, sa.tunnel, &sa);
  if (!incoming.message) return messenger.refuse(incoming.id, incoming.problem.reason, incoming.problem.message);
  // What is not protected anyone can forge who saw the cookies. It is believed only while the SA is half open: then
  // there is nothing yet to take down but an attempt, and a true refusal (no acceptable proposal) cannot be protected,
  // because there are no keys.
  if (!sa.half_open()) {
    return messenger.refuse(incoming.id, Reason::not_encrypted,
                            "the ISAKMP SA is established: what is not encrypted is not believed", field::flags);
  }
  const auto* notify = incoming.message->find<wire::NotificationPayload>();
  if (notify == nullptr) {
    return messenger.refuse(incoming.id, Reason::not_encrypted, "only notifications may come in clear", field::flags);
  }
  if (is_dpd(notify->type)) {
    // "an entity MUST reject unencrypted R-U-THERE and R-U-THERE-ACK messages" (RFC 3706 5.2).
    return messenger.refuse(incoming.id, Reason::not_encrypted, "DPD messages must be encrypted", field::flags);
  }
  run(sa, ike::Trigger::message, InformationalAction::take_clear_notification, incoming.id, Reason::none);
  told(sa, *notify, false);
  const Reason reason = reason_of_notification(notify->type);
  if (reason != Reason::none) engine_.main_mode.peer_refused(now, sa, incoming.id, reason);
}

void Informational::receive_encrypted(Time now, IsakmpSa& sa, Incoming& incoming) {
  Messenger& messenger = engine_.messenger;
  const Bytes digest = digest_of(incoming.wire);
  for (const SeenInformational& seen : sa.seen_informational) {
    if (seen.message_id != incoming.header.message_id || seen.seen.digest != digest) continue;
    messenger.report_repeated(incoming, seen.seen);
    return messenger.refuse(seen.seen.id, Reason::duplicate_message, "informational messages are not repeated");
  }
  incoming.id = engine_.core.reporter.new_message();
  if (!sa.keys) {
    messenger.report_received(incoming, sa.tunnel, &sa);
    return messenger.refuse(incoming.id, Reason::unexpected_message, "there are no keys yet", field::flags);
  }
  Quoted message_id{{}, incoming.id};
  put_u32(message_id.bytes, incoming.header.message_id);
  messenger.read_encrypted(sa, incoming, iv_for(sa, message_id, incoming.id));
  if (incoming.message) incoming.name = informational_message(contents(*incoming.message));
  messenger.report_received(incoming, sa.tunnel, &sa);
  // "It is strongly suggested that these Informational exchanges not be responded to under any circumstances" (RFC 2409
  // 9): what cannot be read is dropped without a word.
  if (!incoming.message) return messenger.refuse(incoming.id, incoming.problem.reason, incoming.problem.message);
  if (incoming.header.message_id == 0) {
    return messenger.refuse(incoming.id, Reason::invalid_message_id, "the message ID of phase 2 is not 0",
                            field::message_id);
  }
  if (!authentic(sa, incoming)) return;
  sa.seen_informational.push_back({incoming.header.message_id, {digest, incoming.id, incoming.report}});
  if (sa.seen_informational.size() > limits::seen_informational) sa.seen_informational.pop_front();
  act(now, sa, incoming);
}

bool Informational::authentic(IsakmpSa& sa, const Incoming& incoming) {
  const auto& payloads = incoming.message->payloads;
  const auto* received = payloads.size() < 2 ? nullptr : std::get_if<wire::HashPayload>(&payloads.front().content);
  if (received == nullptr) {
    engine_.messenger.refuse(incoming.id, Reason::malformed, "HASH must come first, and something after it");
    return false;
  }
  Bytes message_id;
  put_u32(message_id, incoming.header.message_id);
  const std::vector<wire::Payload> all = contents(*incoming.message);
  const std::span<const wire::Payload> rest = std::span(all).subspan(1);
  const std::vector<std::string> labels = payload_labels(incoming.name, rest);
  std::vector<Term> terms{from_field("M-ID", incoming.id, field::message_id, message_id)};
  const std::vector<Term> chain = chain_terms(after_first_payload(incoming), rest, labels, incoming.id);
  terms.insert(terms.end(), chain.begin(), chain.end());
  Derivation values(engine_.core.reporter, sa.tunnel->connection.name, sa.id);
  const Value expected =
      derive_phase2_hash(values, sa.hash(), sa.keys->skeyid_a, Phase2Hash::informational, terms, incoming.id);
  const bool ok = equal_constant_time(expected.bytes, received->data);
  engine_.core.reporter.tell([&] {
    return ike::AuthenticationChecked{incoming.id,
                                      sa.tunnel->connection.name,
                                      "HASH(1)",
                                      expected.id,
                                      Bytes(expected.bytes.view().begin(), expected.bytes.view().end()),
                                      received->data,
                                      ok};
  });
  if (!ok) {
    engine_.messenger.refuse(incoming.id, Reason::invalid_hash, "HASH(1) is not what SKEYID_a gives", field::hash_data);
  }
  return ok;
}

void Informational::act(Time now, IsakmpSa& sa, const Incoming& incoming) {
  const ike::SaId id = sa.id;
  for (const wire::PlacedPayload& placed : incoming.message->payloads) {
    IsakmpSa* still = engine_.store.find(id);
    if (still == nullptr) return;
    if (const auto* notify = std::get_if<wire::NotificationPayload>(&placed.content)) {
      take_notification(now, *still, incoming, *notify);
    }
    const auto* deletion = std::get_if<wire::DeletePayload>(&placed.content);
    if (deletion == nullptr) continue;
    run(*still, ike::Trigger::message, InformationalAction::take_delete, incoming.id, Reason::none);
    if (still->usable()) take_delete(now, id, *deletion);
  }
}

void Informational::told(const IsakmpSa& sa, const wire::NotificationPayload& notify, bool authenticated) {
  engine_.core.remark(*sa.tunnel, ike::remark::notification_received, [&] {
    return decltype(ike::Remark::values){{"type", notification_text(notify.type)},
                                         {"authenticated", authenticated ? "yes" : "no"}};
  });
}

void Informational::take_notification(Time now, IsakmpSa& sa, const Incoming& incoming,
                                      const wire::NotificationPayload& notify) {
  if (notify.type == notification::r_u_there) return take_dpd_request(now, sa, incoming, notify);
  if (notify.type == notification::r_u_there_ack) return take_dpd_ack(now, sa, incoming, notify);
  run(sa, ike::Trigger::message, InformationalAction::take_notification, incoming.id, Reason::none);
  told(sa, notify, true);
  if (notify.type == notification::initial_contact && sa.usable()) return engine_.lifecycle.initial_contact(now, sa);
  const Reason reason = reason_of_notification(notify.type);
  if (reason == Reason::none) return;
  if (sa.half_open()) return engine_.main_mode.peer_refused(now, sa, incoming.id, reason);
  engine_.quick_mode.peer_refused(now, sa, notify.spi, incoming.id, reason);
}

bool Informational::names_sa(const IsakmpSa& sa, const Incoming& incoming, const wire::NotificationPayload& notify) {
  // "both the receiver of the R-U-THERE and the R-U-THERE-ACK message SHOULD check the validity of the Initiator and
  // Responder cookies presented in the SPI field of the payload" (RFC 3706 6.1).
  if (!notify.spi.empty() && notify.spi != cookies_of(sa)) {
    engine_.messenger.refuse(incoming.id, Reason::invalid_cookie, "the SPI is not the cookies of this ISAKMP SA",
                             field::notification_spi);
    return false;
  }
  if (notify.data.size() == sequence_size) return true;
  engine_.messenger.refuse(incoming.id, Reason::bad_length,
                           fmt::format("the sequence number has {} octets, not 4", notify.data.size()),
                           field::notification_data);
  return false;
}

void Informational::take_dpd_request(Time now, IsakmpSa& sa, const Incoming& incoming,
                                     const wire::NotificationPayload& notify) {
  if (!sa.usable() || !names_sa(sa, incoming, notify)) return;
  const std::uint32_t sequence = read_u32(notify.data, 0);
  // "an entity SHOULD reject the R-U-THERE message if it fails to match the expected sequence number" (RFC 3706 6.2).
  // The number of the last one is taken again, for peers that repeat a question under its number.
  if (sa.dpd.peer_sequence && sequence - *sa.dpd.peer_sequence > sequence_window) {
    return engine_.messenger.refuse(
        incoming.id, Reason::dpd_sequence_mismatch,
        fmt::format("sequence number {} came, the last was {}", sequence, *sa.dpd.peer_sequence),
        field::notification_data);
  }
  // A number that is new is itself a proof: "the receiver can be assured of the peer's liveliness by the very fact that
  // the sender initiated the query" (RFC 3706 7).
  if (sa.dpd.peer_sequence != sequence) engine_.dpd.heard(now, sa);
  sa.dpd.peer_sequence = sequence;
  wire::NotificationPayload answer = phase1_notification(sa, notification::r_u_there_ack);
  answer.data = notify.data;
  run(sa, ike::Trigger::message, InformationalAction::answer_dpd_request, incoming.id, Reason::none);
  send(sa, answer);
}

void Informational::take_dpd_ack(Time now, IsakmpSa& sa, const Incoming& incoming,
                                 const wire::NotificationPayload& notify) {
  if (!sa.usable() || !names_sa(sa, incoming, notify)) return;
  const std::uint32_t sequence = read_u32(notify.data, 0);
  if (!sa.dpd.probe || sequence != sa.dpd.sequence) {
    // "The initial sender SHOULD reject the R-U-THERE-ACK if the sequence number fails to match" (RFC 3706 6.1).
    return engine_.messenger.refuse(incoming.id, Reason::dpd_sequence_mismatch,
                                    fmt::format("no R-U-THERE with sequence number {} waits for an answer", sequence),
                                    field::notification_data);
  }
  engine_.dpd.acknowledged(now, sa, incoming.id);
}

void Informational::take_delete(Time now, ike::SaId id, const wire::DeletePayload& deletion) {
  const bool isakmp = deletion.protocol == wire::protocol_id::isakmp;
  for (const Bytes& spi : deletion.spis) {
    IsakmpSa* sa = engine_.store.find(id);
    if (sa == nullptr) return;
    ike::Tunnel& tunnel = *sa->tunnel;
    IsakmpSa* named = nullptr;
    if (isakmp && spi.size() == cookies_size) {
      wire::Cookie initiator{};
      wire::Cookie responder{};
      std::copy_n(spi.begin(), initiator.size(), initiator.begin());
      std::copy_n(spi.begin() + initiator.size(), responder.size(), responder.begin());
      named = engine_.store.find(initiator, responder);
    }
    IpsecPair* pair = deletion.protocol == wire::protocol_id::esp && spi.size() == 4
                          ? engine_.store.find_pair_by_outbound(tunnel, read_u32(spi, 0))
                          : nullptr;
    if (named != nullptr && named->tunnel == &tunnel && named->usable()) {
      engine_.lifecycle.remove(now, *named, Reason::peer_deleted, Lifecycle::Tell::no);
    } else if (pair != nullptr) {
      engine_.lifecycle.remove(now, *pair, Reason::peer_deleted, Lifecycle::Tell::no);
    } else {
      engine_.core.remark(tunnel, ike::remark::delete_unknown, [&] {
        return decltype(ike::Remark::values){
            {"protocol", wire::value_name(wire::protocol_id_names(), deletion.protocol)}, {"spi", to_hex(spi)}};
      });
    }
  }
}

}  // namespace engine::ikev1
