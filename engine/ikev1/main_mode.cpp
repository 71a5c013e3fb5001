#include "engine/ikev1/main_mode.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/ike/names.h"
#include "engine/ikev1/engine.h"
#include "engine/ikev1/field_ids.h"
#include "engine/ikev1/message_name.h"
#include "engine/wire/names.h"

namespace engine::ikev1 {
namespace {

constexpr wire::Cookie no_cookie{};

}  // namespace

Derivation MainMode::derivation(const IsakmpSa& sa) const {
  return {engine_.core.reporter, sa.tunnel->connection.name, sa.id};
}

IsakmpSa* MainMode::find(const Incoming& incoming) {
  const wire::IsakmpHeader& header = incoming.header;
  if (IsakmpSa* sa = engine_.store.find(header.initiator_cookie, header.responder_cookie)) return sa;
  const bool first = header.responder_cookie == no_cookie;
  for (const auto& [id, sa] : engine_.store.isakmp) {
    if (sa->initiator_cookie != header.initiator_cookie || sa->remote.address != incoming.source.address) continue;
    // A repeated message 1 has no responder cookie yet; message 2 brings it.
    if (first && sa->role == ike::Role::responder) return sa.get();
    if (!first && sa->role == ike::Role::initiator && sa->responder_cookie == no_cookie) return sa.get();
  }
  return nullptr;
}

void MainMode::receive(Time now, Incoming& incoming) {
  if (IsakmpSa* sa = find(incoming)) return receive_next(now, *sa, incoming);
  if (incoming.header.responder_cookie == no_cookie) return receive_first(now, incoming);
  incoming.id = engine_.core.reporter.new_message();
  engine_.messenger.report_received(incoming, nullptr, nullptr);
  engine_.messenger.refuse(incoming.id, Reason::invalid_cookie, "no ISAKMP SA has these cookies",
                           field::responder_cookie);
}

MainMode::Outcome MainMode::check_first(const ike::Tunnel* tunnel, const Incoming& incoming) const {
  if (tunnel == nullptr) return Refusal{{Reason::unknown_peer, "no connection is configured for this peer", 0}};
  if (!tunnel->connection.accept || !engine_.core.running) {
    return Refusal{{Reason::administratively_prohibited, "this connection does not accept negotiations", 0}};
  }
  if (incoming.header.initiator_cookie == no_cookie) {
    return Refusal{{Reason::invalid_cookie, "the initiator cookie is zero", 0}, field::initiator_cookie};
  }
  if (incoming.encrypted()) {
    return Refusal{{Reason::unexpected_message, "the first message cannot be encrypted", 0}, field::flags};
  }
  if (!incoming.message) return Refusal{incoming.problem};
  Exchange fresh;
  fresh.machine = &main_mode_responder;
  if (const auto checked = check_payloads(*awaited_row(fresh), *incoming.message, false); !checked) {
    return Refusal{checked.error()};
  }
  return std::nullopt;
}

void MainMode::receive_first(Time now, Incoming& incoming) {
  ike::Core& core = engine_.core;
  incoming.id = core.reporter.new_message();
  incoming.name = main_mode_message(1);
  if (!incoming.encrypted()) engine_.messenger.read_clear(incoming);
  ike::Tunnel* tunnel = core.find(incoming.destination.address, incoming.source.address);
  Outcome refusal = check_first(tunnel, incoming);
  if (!refusal && !make_room(now, *tunnel)) {
    refusal = Refusal{{Reason::limit_exceeded, "too many negotiations are half open", 0}};
  }
  if (refusal) {
    engine_.messenger.report_received(incoming, tunnel, nullptr);
    return engine_.messenger.refuse(incoming.id, refusal->error.reason, refusal->error.message, refusal->field);
  }

  IsakmpSa& sa = engine_.lifecycle.create(now, *tunnel, ike::Role::responder);
  sa.initiator_cookie = incoming.header.initiator_cookie;
  sa.local = incoming.destination;
  sa.remote = incoming.source;
  sa.main_mode.machine = &main_mode_responder;
  engine_.messenger.report_received(incoming, tunnel, &sa);
  engine_.lifecycle.report(sa);
  core.deadlines.set(ike::Timer::phase1_half_open, sa.id, now + tunnel->connection.negotiation_timeout);
  accept(now, sa, *awaited_row(sa.main_mode), incoming);
}

bool MainMode::make_room(Time now, const ike::Tunnel& tunnel) {
  // Whoever can forge the peer's address can begin negotiations, but not see the answers: those in which message 3 came
  // are the peer's, or of one who sees all. The oldest of the others makes room, so that the newcomer, who may be the
  // true peer, is heard.
  const std::vector<ike::SaId> unfinished = engine_.store.unfinished_of(tunnel);
  if (unfinished.size() < limits::half_open) return true;
  engine_.core.remark(tunnel, ike::remark::half_open_limit, [] {
    return decltype(ike::Remark::values){{"limit", std::to_string(limits::half_open)}};
  });
  for (const ike::SaId id : unfinished) {
    IsakmpSa& sa = *engine_.store.find(id);
    if (!sa.half_open()) {
      engine_.lifecycle.forget(sa);
      return true;
    }
    if (sa.main_mode.state != static_cast<std::uint8_t>(MainModeResponderState::waiting_3)) continue;
    fail(now, sa, ike::Trigger::timeout, MainModeAction::give_up, 0, Reason::limit_exceeded);
    return true;
  }
  return false;
}

void MainMode::receive_next(Time now, IsakmpSa& sa, Incoming& incoming) {
  Exchange& exchange = sa.main_mode;
  Messenger& messenger = engine_.messenger;
  if (const SeenMessage* seen = find_seen(exchange, incoming)) {
    messenger.report_repeated(incoming, *seen);
    if (seen == &exchange.seen.back() && !exchange.sent.empty()) return messenger.answer_again(sa, exchange.sent);
    return messenger.refuse(seen->id, Reason::duplicate_message, "it was answered before, and the exchange went on");
  }
  if (!exchange.refused.digest.empty() && exchange.refused.digest == digest_of(incoming.wire)) {
    messenger.report_repeated(incoming, exchange.refused);
    return messenger.answer_again(sa, exchange.refusal);
  }

  incoming.id = engine_.core.reporter.new_message();
  const ike::Transition* row = awaited_row(exchange);
  const bool from_peer = incoming.source.address == sa.remote.address;
  if (row != nullptr) incoming.name = main_mode_message(row->message_number);
  if (row != nullptr && from_peer) read(sa, *row, incoming);
  messenger.report_received(incoming, sa.tunnel, &sa);
  if (!from_peer) return messenger.refuse(incoming.id, Reason::unknown_peer, "the SA is with another address");
  if (row == nullptr) {
    return messenger.refuse(incoming.id, Reason::unexpected_message, "main mode is over");
  }
  if (incoming.header.message_id != 0) {
    return messenger.refuse(incoming.id, Reason::invalid_message_id, "the message ID of phase 1 is 0",
                            field::message_id);
  }
  if (!incoming.message) {
    const bool garbage = incoming.problem.reason == Reason::decryption_failed;
    const std::uint16_t notification = garbage ? wire::notification::payload_malformed : 0;
    return refuse(now, sa, incoming, {incoming.problem, {}, notification, true});
  }
  accept(now, sa, *row, incoming);
}

void MainMode::read(IsakmpSa& sa, const ike::Transition& row, Incoming& incoming) {
  if (!incoming.encrypted()) return engine_.messenger.read_clear(incoming);
  if (!row.encrypted) {
    incoming.problem = {Reason::unexpected_message, "this message must not be encrypted yet", 0};
    return;
  }
  Derivation values = derivation(sa);
  const std::string suffix = fmt::format("Main Mode {}", row.message_number);
  const IvPurpose purpose{incoming.id, suffix, sa.block_size()};
  if (sa.role == ike::Role::responder) {
    const Value iv = derive_phase1_iv(values, phase1_inputs(sa), purpose);
    return engine_.messenger.read_encrypted(sa, incoming, iv);
  }
  const Term previous =
      from_field("Main Mode 5", sa.last_ciphertext.message, field::encrypted_body, sa.last_ciphertext.bytes);
  engine_.messenger.read_encrypted(sa, incoming, derive_next_iv(values, previous, purpose));
}

void MainMode::accept(Time now, IsakmpSa& sa, const ike::Transition& row, Incoming& incoming) {
  if (const auto checked = check_payloads(row, *incoming.message, incoming.encrypted()); !checked) {
    return refuse(now, sa, incoming, {checked.error(), {}, 0, true});
  }
  const ike::SaId id = sa.id;
  if (const Outcome refusal = run(now, sa, row, incoming)) return refuse(now, sa, incoming, *refusal);
  remember(sa.main_mode, incoming);
  sa.main_mode.last_refusal = Reason::none;
  move_on(engine_.core, *sa.tunnel, id, sa.main_mode, row, incoming.id, Reason::none);
  if (sa.main_mode.ended()) engine_.lifecycle.established(now, sa, incoming);
}

MainMode::Outcome MainMode::run(Time now, IsakmpSa& sa, const ike::Transition& row, Incoming& incoming) {
  switch (static_cast<MainModeAction>(row.action)) {
    case MainModeAction::choose:
      return choose(sa, incoming);
    case MainModeAction::take_choice:
      return take_choice(now, sa, incoming);
    case MainModeAction::answer_key:
      return answer_key(sa, incoming);
    case MainModeAction::identify:
      return identify(now, sa, incoming);
    case MainModeAction::authenticate:
      return authenticate(sa, incoming);
    case MainModeAction::finish:
      return finish(sa, incoming);
    default:
      return Refusal{{Reason::unexpected_message, "nothing can be done with it", 0}};
  }
}

void MainMode::refuse(Time now, IsakmpSa& sa, const Incoming& incoming, const Refusal& refusal) {
  Exchange& exchange = sa.main_mode;
  const Reason reason = refusal.error.reason;
  engine_.messenger.refuse(incoming.id, reason, refusal.error.message, refusal.field);
  exchange.last_refusal = reason;
  const ike::Transition* stay_row =
      find_row(exchange, ike::Trigger::refusal, static_cast<std::uint8_t>(MainModeAction::refuse_and_stay));
  const bool tell = refusal.notification != 0 && (!refusal.stay || stay_row != nullptr);
  if (tell) {
    // What this message leaves behind is the start of the IV of the refusal (RFC 2409 appendix B).
    if (incoming.encrypted()) {
      sa.last_ciphertext = {Bytes(incoming.ciphertext().begin(), incoming.ciphertext().end()), incoming.id};
    }
    exchange.refused = {digest_of(incoming.wire), incoming.id, incoming.report};
    exchange.refusal = engine_.informational.refuse_phase1(sa, refusal.notification);
  }
  if (!refusal.stay) return fail(now, sa, ike::Trigger::refusal, MainModeAction::refuse, incoming.id, reason);
  if (stay_row != nullptr && tell) {
    move_on(engine_.core, *sa.tunnel, sa.id, exchange, *stay_row, incoming.id, reason);
  }
}

void MainMode::retransmit(Time now, IsakmpSa& sa) {
  Exchange& exchange = sa.main_mode;
  const ike::Retransmission& profile = sa.tunnel->connection.retransmission;
  const std::uint32_t done = exchange.sent.timeouts;
  if (done >= profile.tries || exchange.sent.empty()) {
    engine_.core.remark(*sa.tunnel, ike::remark::give_up, [&] {
      return decltype(ike::Remark::values){{"message", exchange.sent.name.id},
                                           {"retransmissions", std::to_string(done)}};
    });
    const Reason reason = exchange.last_refusal == Reason::none ? Reason::peer_not_responding : exchange.last_refusal;
    return fail(now, sa, ike::Trigger::timeout, MainModeAction::give_up, 0, reason);
  }
  engine_.messenger.repeat(sa, exchange.sent);
  engine_.lifecycle.repeated(now, *sa.tunnel, ike::Timer::phase1_retransmit, sa.id, exchange.sent);
}

void MainMode::half_open_timeout(Time now, IsakmpSa& sa) {
  if (!sa.half_open()) return engine_.lifecycle.forget(sa);
  const Reason last = sa.main_mode.last_refusal;
  fail(now, sa, ike::Trigger::timeout, MainModeAction::give_up, 0,
       last == Reason::none ? Reason::peer_not_responding : last);
}

void MainMode::peer_refused(Time now, IsakmpSa& sa, ike::MessageId message, Reason reason) {
  fail(now, sa, ike::Trigger::refusal, MainModeAction::peer_refused, message, reason);
}

void MainMode::abandon(Time now, IsakmpSa& sa, Reason reason) {
  fail(now, sa, ike::Trigger::command, MainModeAction::abandon, 0, reason);
}

void MainMode::fail(Time now, IsakmpSa& sa, ike::Trigger trigger, MainModeAction action, ike::MessageId message,
                    Reason reason) {
  const ike::Transition* row = find_row(sa.main_mode, trigger, static_cast<std::uint8_t>(action));
  if (row != nullptr) move_on(engine_.core, *sa.tunnel, sa.id, sa.main_mode, *row, message, reason);
  const bool keep =
      action == MainModeAction::refuse && sa.role == ike::Role::responder && !sa.main_mode.refusal.empty();
  engine_.lifecycle.phase1_failed(now, sa, reason, keep);
}

}  // namespace engine::ikev1
