#include "engine/ikev1/lifecycle.h"

#include <algorithm>

#include "engine/ike/lifetime.h"
#include "engine/ike/names.h"
#include "engine/ike/retransmission.h"
#include "engine/ikev1/engine.h"
#include "engine/ikev1/field_ids.h"

/// Tunnels and ISAKMP SAs; pairs of IPsec SAs are in pair_lifecycle.cpp, lifetimes in lifetime_notice.cpp.
namespace engine::ikev1 {

void Lifecycle::report(const IsakmpSa& sa) {
  engine_.core.reporter.tell([&] { return engine_.state_of(sa); });
}

void Lifecycle::bring_up(Time now, ike::Tunnel& tunnel) {
  SaStore& store = engine_.store;
  if (store.newest_pair(tunnel) != nullptr || store.negotiating_pair(tunnel) || store.initiating(tunnel)) return;
  engine_.core.deadlines.cancel(ike::Timer::initiate, tunnel.index);
  engine_.core.remark(tunnel, ike::remark::initiate, [&] {
    return decltype(ike::Remark::values){{"peer", to_string(tunnel.connection.remote_address)}};
  });
  if (IsakmpSa* sa = store.newest(tunnel)) return engine_.quick_mode.begin(now, *sa, 0);
  engine_.main_mode.begin(now, tunnel);
}

void Lifecycle::take_down(Time now, ike::Tunnel& tunnel, Reason reason) {
  tunnel.wanted = false;
  engine_.core.deadlines.cancel(ike::Timer::initiate, tunnel.index);
  for (const ike::SaId id : engine_.store.pairs_of(tunnel)) {
    if (IpsecPair* pair = engine_.store.find_pair(id)) remove(now, *pair, reason, Tell::yes);
  }
  for (const ike::SaId id : engine_.store.isakmp_of(tunnel)) {
    IsakmpSa* sa = engine_.store.find(id);
    if (sa == nullptr) continue;
    if (sa->half_open()) {
      engine_.main_mode.abandon(now, *sa, reason);
    } else if (!sa->usable()) {
      forget(*sa);
    } else {
      remove(now, *sa, reason, Tell::yes);
    }
  }
}

void Lifecycle::schedule(Time now, ike::Tunnel& tunnel) {
  if (!tunnel.wanted || !engine_.core.running) return;
  if (engine_.core.deadlines.at(ike::Timer::initiate, tunnel.index)) return;
  engine_.core.deadlines.set(ike::Timer::initiate, tunnel.index, now + tunnel.connection.retry_after);
  engine_.core.remark(tunnel, ike::remark::initiate_scheduled, [&] {
    return decltype(ike::Remark::values){{"after", format_short(tunnel.connection.retry_after)}};
  });
}

void Lifecycle::went_down(Time now, ike::Tunnel& tunnel) {
  SaStore& store = engine_.store;
  if (store.newest_pair(tunnel) == nullptr && !store.negotiating_pair(tunnel) && !store.initiating(tunnel)) {
    schedule(now, tunnel);
  }
}

IsakmpSa& Lifecycle::create(Time now, ike::Tunnel& tunnel, ike::Role role) {
  const ike::SaId id = engine_.core.reporter.new_sa();
  auto& slot = engine_.store.isakmp[id];
  slot = std::make_unique<IsakmpSa>();
  slot->id = id;
  slot->tunnel = &tunnel;
  slot->role = role;
  slot->created = now;
  slot->main_mode.number = engine_.core.reporter.new_exchange();
  return *slot;
}

void Lifecycle::established(Time now, IsakmpSa& sa, const Incoming& last) {
  ike::Core& core = engine_.core;
  const ike::Connection& connection = sa.tunnel->connection;
  Derivation values(core.reporter, connection.name, sa.id);
  sa.last_block = derive_last_phase1_block(
      values, from_field("Main Mode 6", sa.last_ciphertext.message, field::encrypted_body, sa.last_ciphertext.bytes),
      sa.block_size());
  sa.negotiation = {};
  sa.status = SaStatus::established;
  sa.established = now;
  if (sa.role == ike::Role::initiator) take_lifetime_notices(*sa.tunnel, 1, *last.message, sa.negotiation.offered_life);
  if (const Life& told = sa.negotiation.offered_life; told.seconds || told.kilobytes)
    sa.life = agree({sa.life.time, sa.life.kilobytes}, told);
  if (sa.life.time > Duration(0)) {
    sa.expires_at = now + sa.life.time;
    core.deadlines.set(ike::Timer::phase1_expire, sa.id, sa.expires_at);
    const Duration after = ike::rekey_after(connection.phase1_lifetime, sa.life.time, sa.role, core.random);
    if (after > Duration(0)) {
      sa.rekey_at = now + after;
      core.deadlines.set(ike::Timer::phase1_rekey, sa.id, sa.rekey_at);
    }
  }
  report(sa);
  engine_.dpd.start(now, sa);
  for (const auto* notify : last.message->find_all<wire::NotificationPayload>()) {
    if (notify->type == wire::notification::initial_contact) initial_contact(now, sa);
  }
  replace_others(now, sa);
  abandon_attempts(now, sa);
  if (sa.role != ike::Role::initiator) return;
  const IpsecPair* pair = engine_.store.newest_pair(*sa.tunnel);
  const bool replace = pair != nullptr && pair->rekeying;
  if ((pair == nullptr || replace) && !engine_.store.negotiating_pair(*sa.tunnel)) {
    engine_.quick_mode.begin(now, sa, replace ? pair->id : 0);
  }
}

void Lifecycle::abandon_attempts(Time now, const IsakmpSa& sa) {
  for (const ike::SaId id : engine_.store.isakmp_of(*sa.tunnel)) {
    IsakmpSa* other = engine_.store.find(id);
    const bool unanswered = other != nullptr && other->half_open() && other->role == ike::Role::initiator &&
                            other->main_mode.state == static_cast<std::uint8_t>(MainModeInitiatorState::waiting_2);
    if (unanswered) engine_.main_mode.abandon(now, *other, Reason::replaced);
  }
}

bool Lifecycle::in_charge(const ike::Tunnel& tunnel) const {
  // Both sides see the same ISAKMP SAs. The initiator of the one with the lowest cookie removes those that are too
  // many: were both sides to do so, each might remove what the other keeps.
  const IsakmpSa* lowest = nullptr;
  for (const auto& [id, sa] : engine_.store.isakmp) {
    if (sa->tunnel != &tunnel || !sa->usable()) continue;
    if (lowest == nullptr || sa->initiator_cookie < lowest->initiator_cookie) lowest = sa.get();
  }
  return lowest != nullptr && lowest->role == ike::Role::initiator;
}

void Lifecycle::replace_others(Time now, IsakmpSa& sa) {
  const bool charge = in_charge(*sa.tunnel);
  for (const auto& [id, other] : engine_.store.isakmp) {
    if (other.get() == &sa || other->tunnel != sa.tunnel || other->status != SaStatus::established) continue;
    other->status = SaStatus::rekeyed;
    other->rekey_at = {};
    engine_.dpd.stop(*other);
    engine_.core.deadlines.cancel(ike::Timer::phase1_rekey, other->id);
    engine_.core.deadlines.set(ike::Timer::phase1_remove, other->id, now + (charge ? grace : long_grace));
    report(*other);
  }
  std::vector<ike::SaId> replaced = engine_.store.isakmp_of(*sa.tunnel);
  std::erase_if(replaced, [&](ike::SaId id) { return engine_.store.find(id)->status != SaStatus::rekeyed; });
  for (std::size_t i = 0; i + limits::replaced_isakmp < replaced.size(); ++i) {
    remove(now, *engine_.store.find(replaced[i]), Reason::replaced, Tell::yes);
  }
  for (auto& [id, pair] : engine_.store.pairs) {
    if (pair.tunnel != sa.tunnel || pair.ike_sa == sa.id) continue;
    pair.ike_sa = sa.id;
    report(pair);
  }
}

void Lifecycle::promote(Time now, ike::Tunnel& tunnel) {
  IsakmpSa* sa = engine_.store.newest(tunnel);
  if (sa == nullptr || sa->status != SaStatus::rekeyed) return;
  sa->status = SaStatus::established;
  engine_.core.deadlines.cancel(ike::Timer::phase1_remove, sa->id);
  if (sa->expires_at > now) {
    const Duration left =
        ike::rekey_after(tunnel.connection.phase1_lifetime, sa->expires_at - now, sa->role, engine_.core.random);
    sa->rekey_at = left > Duration(0) ? now + left : Time{};
    if (left > Duration(0)) engine_.core.deadlines.set(ike::Timer::phase1_rekey, sa->id, sa->rekey_at);
  }
  report(*sa);
  engine_.dpd.start(now, *sa);
}

void Lifecycle::end(IsakmpSa& sa, Reason reason) {
  for (const ike::Timer timer : {ike::Timer::phase1_retransmit, ike::Timer::phase1_half_open, ike::Timer::phase1_rekey,
                                 ike::Timer::phase1_expire, ike::Timer::phase1_remove, ike::Timer::dpd}) {
    engine_.core.deadlines.cancel(timer, sa.id);
  }
  sa.reason = reason;
  sa.rekey_at = {};
}

void Lifecycle::phase1_failed(Time now, IsakmpSa& sa, Reason reason, bool keep) {
  ike::Tunnel& tunnel = *sa.tunnel;
  const bool initiator = sa.role == ike::Role::initiator;
  end(sa, reason);
  report(sa);
  if (keep) {
    sa.status = SaStatus::ended;
    engine_.core.deadlines.set(ike::Timer::phase1_half_open, sa.id, now + tunnel.connection.negotiation_timeout);
    return;
  }
  engine_.store.isakmp.erase(sa.id);
  if (!initiator) return;
  IpsecPair* pair = engine_.store.newest_pair(tunnel);
  if (pair != nullptr && pair->rekeying) phase2_failed(now, tunnel, ike::Role::initiator, pair->id);
  if (IsakmpSa* current = engine_.store.newest(tunnel)) {
    const Time again = now + tunnel.connection.retry_after;
    // A renegotiation that failed is tried again; one that only crossed the peer's is not missed.
    const bool due = !engine_.core.deadlines.at(ike::Timer::phase1_rekey, current->id) && reason != Reason::replaced;
    if (due && current->status == SaStatus::established && again < current->expires_at) {
      current->rekey_at = again;
      engine_.core.deadlines.set(ike::Timer::phase1_rekey, current->id, again);
      engine_.core.remark(tunnel, ike::remark::rekey_retry, [&] {
        return decltype(ike::Remark::values){{"phase", "1"}, {"after", format_short(tunnel.connection.retry_after)}};
      });
    }
  }
  went_down(now, tunnel);
}

void Lifecycle::forget(IsakmpSa& sa) {
  engine_.core.deadlines.cancel(ike::Timer::phase1_half_open, sa.id);
  engine_.store.isakmp.erase(sa.id);
}

void Lifecycle::renegotiate(Time now, IsakmpSa& sa, std::string_view cause) {
  if (sa.status != SaStatus::established || engine_.store.initiating(*sa.tunnel)) return;
  engine_.core.remark(*sa.tunnel, ike::remark::rekey_due, [&] {
    return decltype(ike::Remark::values){{"phase", "1"}, {"cause", std::string(cause)}};
  });
  engine_.main_mode.begin(now, *sa.tunnel);
}

void Lifecycle::expire(Time now, IsakmpSa& sa) {
  engine_.core.remark(*sa.tunnel, ike::remark::lifetime_expired, [] {
    return decltype(ike::Remark::values){{"phase", "1"}};
  });
  remove(now, sa, Reason::lifetime_expired, Tell::yes);
}

void Lifecycle::remove(Time now, IsakmpSa& sa, Reason reason, Tell tell) {
  ike::Tunnel& tunnel = *sa.tunnel;
  const ike::SaId id = sa.id;
  const bool others = std::any_of(engine_.store.isakmp.begin(), engine_.store.isakmp.end(), [&](const auto& entry) {
    return entry.second->tunnel == &tunnel && entry.second->usable() && entry.first != id;
  });
  if (!others && tunnel.connection.dangling == ike::DanglingSaPolicy::remove) {
    for (const ike::SaId pair : engine_.store.pairs_of(tunnel)) {
      if (IpsecPair* found = engine_.store.find_pair(pair)) remove(now, *found, reason, tell);
    }
  }
  engine_.dpd.stop(sa);
  sa.status = SaStatus::ended;
  engine_.quick_mode.abandon_all(now, sa, reason);
  if (tell == Tell::yes) {
    sa.status = SaStatus::rekeyed;  // Usable once more, for its own DELETE.
    engine_.informational.delete_isakmp(sa);
    sa.status = SaStatus::ended;
  }
  end(sa, reason);
  report(sa);
  engine_.store.isakmp.erase(id);
  promote(now, tunnel);
  if (IsakmpSa* heir = engine_.store.newest(tunnel)) {
    for (auto& [pair_id, pair] : engine_.store.pairs) {
      if (pair.tunnel == &tunnel && pair.ike_sa == id) pair.ike_sa = heir->id;
    }
  }
  went_down(now, tunnel);
}

void Lifecycle::peer_dead(Time now, IsakmpSa& sa) {
  ike::Tunnel& tunnel = *sa.tunnel;
  const ike::DpdAction action = tunnel.connection.dpd.action;
  engine_.core.remark(tunnel, ike::remark::dpd_dead, [&] {
    static constexpr std::string_view names[] = {"clear", "none", "restart"};
    return decltype(ike::Remark::values){{"unanswered", std::to_string(sa.dpd.unanswered)},
                                         {"action", std::string(names[static_cast<std::size_t>(action)])}};
  });
  if (action == ike::DpdAction::none) {
    // The SAs stay as they are, and the counting starts anew.
    engine_.dpd.heard(now, sa);
    if (tunnel.connection.dpd.mode == ike::DpdMode::periodic) {
      engine_.core.deadlines.set(ike::Timer::dpd, sa.id, now + tunnel.connection.dpd.interval);
    }
    return report(sa);
  }
  // "An implementation SHOULD assume its peer to be unreachable and delete IPSec and IKE SAs to the peer" (RFC 3706
  // 5.4). Nobody is there to be told.
  const bool wanted = tunnel.wanted;
  tunnel.wanted = false;
  for (const ike::SaId id : engine_.store.pairs_of(tunnel)) {
    if (IpsecPair* pair = engine_.store.find_pair(id)) remove(now, *pair, Reason::peer_dead, Tell::no);
  }
  for (const ike::SaId id : engine_.store.isakmp_of(tunnel)) {
    IsakmpSa* other = engine_.store.find(id);
    if (other != nullptr && other->usable()) remove(now, *other, Reason::peer_dead, Tell::no);
  }
  tunnel.wanted = wanted || action == ike::DpdAction::restart;
  if (action == ike::DpdAction::restart) return bring_up(now, tunnel);
  went_down(now, tunnel);
}

bool Lifecycle::is_first_contact(const IsakmpSa& sa) {
  return sa.tunnel->connection.initial_contact && engine_.store.newest(*sa.tunnel) == nullptr &&
         engine_.store.newest_pair(*sa.tunnel) == nullptr;
}

void Lifecycle::initial_contact(Time now, IsakmpSa& sa) {
  // The peer has no other SAs with this side: those that are older than its attempt are left from before. Younger ones
  // were made while this one was.
  ike::Tunnel& tunnel = *sa.tunnel;
  std::size_t removed = 0;
  for (const ike::SaId id : engine_.store.pairs_of(tunnel)) {
    IpsecPair* pair = engine_.store.find_pair(id);
    if (pair == nullptr || pair->established >= sa.created) continue;
    remove(now, *pair, Reason::replaced, Tell::no);
    ++removed;
  }
  for (const ike::SaId id : engine_.store.isakmp_of(tunnel)) {
    IsakmpSa* other = engine_.store.find(id);
    if (other == nullptr || !other->usable() || other->id == sa.id || other->established >= sa.created) continue;
    remove(now, *other, Reason::replaced, Tell::no);
    ++removed;
  }
  engine_.core.remark(tunnel, ike::remark::initial_contact_received, [&] {
    return decltype(ike::Remark::values){{"removed", std::to_string(removed)}};
  });
}

void Lifecycle::await_answer(Time now, const ike::Tunnel& tunnel, ike::Timer timer, std::uint32_t owner) {
  engine_.core.deadlines.set(timer, owner, now + ike::retransmission_wait(tunnel.connection.retransmission, 0));
}

void Lifecycle::repeated(Time now, const ike::Tunnel& tunnel, ike::Timer timer, std::uint32_t owner,
                         const SentMessage& sent) {
  const ike::Retransmission& profile = tunnel.connection.retransmission;
  const Duration wait = ike::retransmission_wait(profile, sent.timeouts);
  engine_.core.deadlines.set(timer, owner, now + wait);
  engine_.core.remark(tunnel, ike::remark::retransmission, [&] {
    return decltype(ike::Remark::values){{"message", sent.name.id},
                                         {"number", std::to_string(sent.timeouts)},
                                         {"of", std::to_string(profile.tries)},
                                         {"next", format_short(wait)}};
  });
}

}  // namespace engine::ikev1
