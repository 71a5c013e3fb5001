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

/// What is done about a message, by the first payload that says something.
InformationalAction action_of(const wire::IsakmpMessage& message) {
  for (const wire::PlacedPayload& placed : message.payloads) {
    if (std::holds_alternative<wire::DeletePayload>(placed.content)) return InformationalAction::take_delete;
    const auto* notify = std::get_if<wire::NotificationPayload>(&placed.content);
    if (notify == nullptr) continue;
    if (notify->type == notification::r_u_there) return InformationalAction::answer_dpd_request;
    if (notify->type == notification::r_u_there_ack) return InformationalAction::take_dpd_ack;
    return InformationalAction::take_notification;
  }
  return InformationalAction::take_notification;
}

/// The row for a message that comes in, by what is done about it.
const ike::Transition& row_of(InformationalAction action) {
  const auto rows = informational.transitions;
  return *std::find_if(rows.begin(), rows.end(), [&](const ike::Transition& row) {
    return row.trigger == ike::Trigger::message && row.action == static_cast<std::uint8_t>(action);
  });
}

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
                        std::uint32_t message_id) {
  Exchange exchange;
  exchange.number = engine_.core.reporter.new_exchange();
  exchange.machine = &informational;
  exchange.message_id = message_id;
  const ike::Transition* row = find_row(exchange, trigger, static_cast<std::uint8_t>(action));
  if (row != nullptr) move_on(engine_.core, *sa.tunnel, sa.id, exchange, *row, message, Reason::none);
}

void Informational::taken(IsakmpSa& sa, InformationalAction action, const Incoming& incoming) {
  run(sa, ike::Trigger::message, action, incoming.id, incoming.header.message_id);
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
                            "the ISAKMP SA is not half open: what is not encrypted is not believed", field::flags);
  }
  const ike::Transition& row = row_of(InformationalAction::take_clear_notification);
  if (const auto checked = check_payloads(row, *incoming.message, false); !checked) {
    return messenger.refuse(incoming.id, checked.error().reason, checked.error().message);
  }
  const auto* notify = incoming.message->find<wire::NotificationPayload>();
  if (is_dpd(notify->type)) {
    // "an entity MUST reject unencrypted R-U-THERE and R-U-THERE-ACK messages" (RFC 3706 5.2).
    return messenger.refuse(incoming.id, Reason::not_encrypted, "DPD messages must be encrypted", field::flags);
  }
  taken(sa, InformationalAction::take_clear_notification, incoming);
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
  // "a M-ID unique to this exchange" (RFC 2409 5.7): what comes under a number that was used is played again, or this
  // side's own message, reflected.
  if (sa.used_message_ids.count(incoming.header.message_id) != 0) {
    messenger.report_received(incoming, sa.tunnel, &sa);
    return messenger.refuse(incoming.id, Reason::duplicate_message, "its message ID was used before in this ISAKMP SA",
                            field::message_id);
  }
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
  const InformationalAction action = action_of(*incoming.message);
  if (const auto checked = check_payloads(row_of(action), *incoming.message, true); !checked) {
    return messenger.refuse(incoming.id, checked.error().reason, checked.error().message);
  }
  if (!authentic(sa, incoming)) return;
  if (!sa.take_message_id(incoming.header.message_id)) {
    return messenger.refuse(incoming.id, Reason::limit_exceeded, "too many exchanges in one ISAKMP SA");
  }
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
  const bool ok = engine_.messenger.check_hash(incoming.id, *sa.tunnel, "HASH(1)", expected, received->data);
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
    taken(*still, InformationalAction::take_delete, incoming);
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
  taken(sa, InformationalAction::take_notification, incoming);
  told(sa, notify, true);
  if (notify.type == notification::initial_contact && sa.usable()) return engine_.lifecycle.initial_contact(now, sa);
  const Reason reason = reason_of_notification(notify.type);
  if (reason == Reason::none) return;
  if (sa.half_open()) return engine_.main_mode.peer_refused(now, sa, incoming.id, reason);
  if (!sa.usable()) return;
  // The peer did not like message 6: it has no ISAKMP SA, whatever this side thinks.
  const bool of_this_sa = notify.protocol == wire::protocol_id::isakmp && notify.spi == sa.cookies();
  if (of_this_sa) return engine_.lifecycle.remove(now, sa, reason, Lifecycle::Tell::no);
  // INVALID-SPI is about ESP that came in, not about a negotiation.
  if (notify.type == notification::invalid_spi) return;
  engine_.quick_mode.peer_refused(now, sa, notify.spi, incoming.id, reason);
}

bool Informational::names_sa(const IsakmpSa& sa, const Incoming& incoming, const wire::NotificationPayload& notify) {
  // "both the receiver of the R-U-THERE and the R-U-THERE-ACK message SHOULD check the validity of the Initiator and
  // Responder cookies presented in the SPI field of the payload" (RFC 3706 6.1).
  if (!notify.spi.empty() && notify.spi != sa.cookies()) {
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
  taken(sa, InformationalAction::answer_dpd_request, incoming);
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
