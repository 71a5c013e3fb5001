#include "engine/ikev1/quick_mode.h"

#include <algorithm>

#include "engine/ike/names.h"
#include "engine/ike/retransmission.h"
#include "engine/ikev1/engine.h"
#include "engine/ikev1/field_ids.h"
#include "engine/ikev1/message_name.h"
#include "engine/wire/names.h"

namespace engine::ikev1 {
namespace {

/// A finished exchange answers repetitions as long as the peer may send some, but not without end.
constexpr Duration longest_memory = std::chrono::minutes(3);

/// The SPI of the first proposal of a message; empty where it has none.
Bytes offered_spi(const Incoming& incoming) {
  const auto* offer = incoming.message->find<wire::SecurityAssociationPayload>();
  return offer == nullptr || offer->proposals.empty() ? Bytes() : offer->proposals.front().spi;
}

}  // namespace

Derivation QuickMode::derivation(const IsakmpSa& sa) const {
  return {engine_.core.reporter, sa.tunnel->connection.name, sa.id};
}

QuickModeExchange& QuickMode::create(IsakmpSa& sa, const ike::StateMachine& machine, ike::Role role,
                                     std::uint32_t message_id) {
  const std::uint32_t number = engine_.core.reporter.new_exchange();
  QuickModeExchange& quick = engine_.store.quick_modes[number];
  quick.exchange.number = number;
  quick.exchange.machine = &machine;
  quick.exchange.message_id = message_id;
  quick.ike_sa = sa.id;
  quick.role = role;
  put_u32(quick.message_id.bytes, message_id);
  sa.quick_modes[message_id] = number;
  return quick;
}

bool QuickMode::make_room(IsakmpSa& sa) {
  if (sa.quick_modes.size() < limits::quick_modes) return true;
  for (auto& [number, quick] : engine_.store.quick_modes) {
    if (quick.ike_sa != sa.id || !quick.exchange.ended()) continue;
    forget(quick);
    return true;
  }
  return false;
}

void QuickMode::receive(Time now, Incoming& incoming) {
  Messenger& messenger = engine_.messenger;
  const auto refuse_at_once = [&](const IsakmpSa* sa, Reason reason, std::string_view detail, std::string_view field) {
    incoming.id = engine_.core.reporter.new_message();
    messenger.report_received(incoming, sa != nullptr ? sa->tunnel : nullptr, sa);
    messenger.refuse(incoming.id, reason, detail, field);
  };
  IsakmpSa* sa = engine_.store.find(incoming.header.initiator_cookie, incoming.header.responder_cookie);
  if (sa == nullptr) {
    return refuse_at_once(nullptr, Reason::invalid_cookie, "no ISAKMP SA has these cookies", field::initiator_cookie);
  }
  if (sa->remote.address != incoming.source.address) {
    return refuse_at_once(sa, Reason::unknown_peer, "the SA is with another address", {});
  }
  if (!sa->usable()) {
    return refuse_at_once(sa, Reason::unexpected_message, "quick mode needs an established ISAKMP SA", {});
  }
  if (!incoming.encrypted()) {
    return refuse_at_once(sa, Reason::not_encrypted, "quick mode must be encrypted", field::flags);
  }
  if (incoming.header.message_id == 0) {
    return refuse_at_once(sa, Reason::invalid_message_id, "the message ID of phase 2 is not 0", field::message_id);
  }
  QuickModeExchange* quick = engine_.store.find_quick_mode(*sa, incoming.header.message_id);
  if (quick == nullptr && sa->used_message_ids.count(incoming.header.message_id) != 0) {
    return refuse_at_once(sa, Reason::duplicate_message, "its message ID was used before in this ISAKMP SA",
                          field::message_id);
  }
  if (quick == nullptr) return receive_first(now, *sa, incoming);
  receive_next(now, *sa, *quick, incoming);
}

void QuickMode::receive_first(Time now, IsakmpSa& sa, Incoming& incoming) {
  Messenger& messenger = engine_.messenger;
  incoming.id = engine_.core.reporter.new_message();
  incoming.name = quick_mode_message(1);
  Quoted message_id{{}, incoming.id};
  put_u32(message_id.bytes, incoming.header.message_id);
  messenger.read_encrypted(sa, incoming, first_iv(sa, message_id, incoming.id));
  messenger.report_received(incoming, sa.tunnel, &sa);

  // Nothing is kept for a message before its HASH(1) proved that the peer made it.
  QuickModeExchange candidate;
  candidate.exchange.machine = &quick_mode_responder;
  candidate.message_id = message_id;
  const ike::Transition& row = *awaited_row(candidate.exchange);
  if (const Outcome refusal = check(sa, &candidate, row, incoming)) {
    return messenger.refuse(incoming.id, refusal->error.reason, refusal->error.message, refusal->field);
  }
  const bool accepts = sa.tunnel->connection.accept && engine_.core.running;
  if (!accepts || !make_room(sa) || !sa.take_message_id(incoming.header.message_id)) {
    messenger.refuse(
        incoming.id, accepts ? Reason::limit_exceeded : Reason::administratively_prohibited,
        accepts ? "too many quick modes in one ISAKMP SA" : "this connection does not accept negotiations");
    engine_.informational.refuse_phase2(sa, wire::notification::no_proposal_chosen, offered_spi(incoming));
    return;
  }
  QuickModeExchange& quick = create(sa, quick_mode_responder, ike::Role::responder, incoming.header.message_id);
  quick.message_id = message_id;
  quick.last_ciphertext = {Bytes(incoming.ciphertext().begin(), incoming.ciphertext().end()), incoming.id};
  accept(now, sa, quick, row, incoming);
}

void QuickMode::receive_next(Time now, IsakmpSa& sa, QuickModeExchange& quick, Incoming& incoming) {
  Messenger& messenger = engine_.messenger;
  Exchange& exchange = quick.exchange;
  if (const SeenMessage* seen = find_seen(exchange, incoming)) {
    messenger.report_repeated(incoming, *seen);
    if (seen == &exchange.seen.back() && !exchange.sent.empty()) return messenger.answer_again(sa, exchange.sent);
    return messenger.refuse(seen->id, Reason::duplicate_message, "it was seen before, and needs no answer");
  }
  incoming.id = engine_.core.reporter.new_message();
  const ike::Transition* row = awaited_row(exchange);
  if (row != nullptr) {
    incoming.name = quick_mode_message(row->message_number);
    messenger.read_encrypted(sa, incoming, next_iv(sa, quick, incoming.id, row->message_number));
  }
  messenger.report_received(incoming, sa.tunnel, &sa);
  if (row == nullptr) {
    return messenger.refuse(incoming.id, Reason::unexpected_message, "this quick mode is over");
  }
  if (const Outcome refusal = check(sa, &quick, *row, incoming)) {
    // Not even authenticated: the exchange goes on as if it had not come.
    return messenger.refuse(incoming.id, refusal->error.reason, refusal->error.message, refusal->field);
  }
  engine_.dpd.heard(now, sa);
  quick.last_ciphertext = {Bytes(incoming.ciphertext().begin(), incoming.ciphertext().end()), incoming.id};
  accept(now, sa, quick, *row, incoming);
}

void QuickMode::accept(Time now, IsakmpSa& sa, QuickModeExchange& quick, const ike::Transition& row,
                       Incoming& incoming) {
  Outcome refusal;
  switch (static_cast<QuickModeAction>(row.action)) {
    case QuickModeAction::choose:
      refusal = choose(now, sa, quick, incoming);
      break;
    case QuickModeAction::finish:
      refusal = finish(sa, quick, incoming);
      break;
    default:
      break;
  }
  remember(quick.exchange, incoming);
  if (refusal) return refuse(now, sa, quick, incoming, *refusal);
  move_on(engine_.core, *sa.tunnel, sa.id, quick.exchange, row, incoming.id, Reason::none);
  if (!quick.exchange.ended()) return;
  if (quick.role == ike::Role::responder) quick.exchange.sent = {};
  finish_keeping(now, quick);
  install(now, sa, quick);
}

void QuickMode::refuse(Time now, IsakmpSa& sa, QuickModeExchange& quick, const Incoming& incoming,
                       const Refusal& refusal) {
  engine_.messenger.refuse(incoming.id, refusal.error.reason, refusal.error.message, refusal.field);
  quick.exchange.sent = {};
  if (refusal.notification != 0) {
    // Kept as the answer to repetitions of the refused message.
    quick.exchange.sent = engine_.informational.refuse_phase2(sa, refusal.notification, offered_spi(incoming));
  }
  fail(now, quick, ike::Trigger::refusal, QuickModeAction::refuse, incoming.id, refusal.error.reason);
}

void QuickMode::retransmit(Time now, QuickModeExchange& quick) {
  IsakmpSa* sa = engine_.store.find(quick.ike_sa);
  if (sa == nullptr) return;
  const ike::Retransmission& profile = sa->tunnel->connection.retransmission;
  const std::uint32_t done = quick.exchange.sent.timeouts;
  if (done < profile.tries && !quick.exchange.sent.empty()) {
    engine_.messenger.repeat(*sa, quick.exchange.sent);
    return engine_.lifecycle.repeated(now, *sa->tunnel, ike::Timer::phase2_retransmit, quick.exchange.number,
                                      quick.exchange.sent);
  }
  engine_.core.remark(*sa->tunnel, ike::remark::give_up, [&] {
    return decltype(ike::Remark::values){{"message", quick.exchange.sent.name.id},
                                         {"retransmissions", std::to_string(done)}};
  });
  const ike::SaId id = sa->id;
  const bool initiated = quick.role == ike::Role::initiator;
  const Time begun = quick.begun;
  fail(now, quick, ike::Trigger::timeout, QuickModeAction::give_up, 0, Reason::peer_not_responding);
  // A peer that gave no sign of life since has lost the ISAKMP SA, or itself.
  IsakmpSa* still = engine_.store.find(id);
  if (initiated && still != nullptr && still->dpd.last_heard <= begun) {
    engine_.lifecycle.remove(now, *still, Reason::peer_not_responding, Lifecycle::Tell::no);
  }
}

void QuickMode::peer_refused(Time now, IsakmpSa& sa, ByteView spi, ike::MessageId message, Reason reason) {
  const bool unnamed = std::all_of(spi.begin(), spi.end(), [](std::uint8_t octet) { return octet == 0; });
  std::vector<QuickModeExchange*> meant;
  for (const auto& [message_id, number] : sa.quick_modes) {
    QuickModeExchange& quick = engine_.store.quick_modes.at(number);
    const bool named = spi.size() == 4 && read_u32(spi, 0) == quick.own_spi;
    if (!quick.exchange.ended() && (named || unnamed)) meant.push_back(&quick);
  }
  // Of several that may be meant, none is given up on a guess.
  if (meant.size() != 1) return;
  fail(now, *meant.front(), ike::Trigger::refusal, QuickModeAction::peer_refused, message, reason);
}

void QuickMode::abandon_all(Time now, IsakmpSa& sa, Reason reason) {
  const std::map<std::uint32_t, std::uint32_t> numbers = sa.quick_modes;
  for (const auto& [message_id, number] : numbers) {
    QuickModeExchange& quick = engine_.store.quick_modes.at(number);
    if (!quick.exchange.ended()) fail(now, quick, ike::Trigger::command, QuickModeAction::abandon, 0, reason);
    forget(quick);
  }
}

void QuickMode::fail(Time now, QuickModeExchange& quick, ike::Trigger trigger, QuickModeAction action,
                     ike::MessageId message, Reason reason) {
  IsakmpSa& sa = *engine_.store.find(quick.ike_sa);
  const ike::Transition* row = find_row(quick.exchange, trigger, static_cast<std::uint8_t>(action));
  if (row != nullptr) move_on(engine_.core, *sa.tunnel, sa.id, quick.exchange, *row, message, reason);
  if (action != QuickModeAction::refuse) quick.exchange.sent = {};
  quick.g_qm_xy.reset();
  finish_keeping(now, quick);
  engine_.lifecycle.phase2_failed(now, *sa.tunnel, quick.role, quick.replaces);
}

void QuickMode::finish_keeping(Time now, QuickModeExchange& quick) {
  quick.key_pair.reset();
  quick.private_value = {};
  ike::Deadlines& deadlines = engine_.core.deadlines;
  deadlines.cancel(ike::Timer::phase2_retransmit, quick.exchange.number);
  const IsakmpSa& sa = *engine_.store.find(quick.ike_sa);
  const Duration memory = std::min(ike::retransmission_total(sa.tunnel->connection.retransmission), longest_memory);
  deadlines.set(ike::Timer::phase2_forget, quick.exchange.number, now + memory);
}

void QuickMode::forget(QuickModeExchange& quick) {
  engine_.core.deadlines.cancel(ike::Timer::phase2_forget, quick.exchange.number);
  engine_.core.deadlines.cancel(ike::Timer::phase2_retransmit, quick.exchange.number);
  if (IsakmpSa* sa = engine_.store.find(quick.ike_sa)) sa->quick_modes.erase(quick.exchange.message_id);
  engine_.store.quick_modes.erase(quick.exchange.number);
}

}  // namespace engine::ikev1
