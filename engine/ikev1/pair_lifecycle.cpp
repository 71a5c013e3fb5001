#include "engine/ike/lifetime.h"
#include "engine/ike/names.h"
#include "engine/ikev1/engine.h"

/// Pairs of IPsec SAs: installed, replaced, expired, removed.
namespace engine::ikev1 {
namespace {

constexpr std::uint64_t octets_per_kilobyte = 1024;

}  // namespace

void Lifecycle::report(const IpsecPair& pair) {
  engine_.core.reporter.tell([&] { return engine_.state_of(pair); });
}

void Lifecycle::install(Time now, IsakmpSa& sa, const QuickModeExchange& quick, const EspKeys& inbound,
                        const EspKeys& outbound) {
  ike::Core& core = engine_.core;
  const ike::Connection& connection = sa.tunnel->connection;
  const Phase2Choice& choice = *quick.choice;
  IpsecPair pair;
  pair.id = core.reporter.new_sa();
  pair.ike_sa = sa.id;
  pair.tunnel = sa.tunnel;
  pair.role = quick.role;
  pair.inbound_spi = quick.own_spi;
  pair.outbound_spi = choice.peer_spi;
  pair.transform = choice.transform;
  pair.pfs = choice.pfs;
  pair.local_selector = quick.local_selector;
  pair.remote_selector = quick.remote_selector;
  pair.life = agree(connection.phase2_lifetime, choice.life);
  pair.established = now;
  pair.inbound_cipher_key = inbound.cipher_key.id;
  pair.inbound_integrity_key = inbound.integrity_key.id;
  pair.outbound_cipher_key = outbound.cipher_key.id;
  pair.outbound_integrity_key = outbound.integrity_key.id;

  // When to replace it by time is kept here; ESP tells of octets.
  const Duration rekey_after = ike::rekey_after(connection.phase2_lifetime, pair.life.time, pair.role, core.random);
  esp::Lifetime lifetime;
  lifetime.hard_time = pair.life.time;
  lifetime.soft_bytes = ike::rekey_after_bytes(connection.phase2_lifetime, pair.life.kilobytes);
  lifetime.hard_bytes = pair.life.kilobytes * octets_per_kilobyte;
  if (lifetime.hard_time > Duration(0)) {
    pair.expires_at = now + lifetime.hard_time;
    core.deadlines.set(ike::Timer::pair_expire, pair.id, pair.expires_at);
  }
  if (rekey_after > Duration(0)) {
    pair.rekey_at = now + rekey_after;
    core.deadlines.set(ike::Timer::pair_rekey, pair.id, pair.rekey_at);
  }

  ike::InstallSas install;
  install.connection = connection.name;
  install.id = pair.id;
  const auto fill = [&](esp::SaParameters& parameters, const EspKeys& keys, std::uint32_t spi) {
    parameters.spi = spi;
    parameters.cipher = pair.transform.cipher;
    parameters.cipher_key = keys.cipher_key.bytes;
    parameters.integrity = pair.transform.integrity;
    parameters.integrity_key = keys.integrity_key.bytes;
    parameters.df = connection.df;
    parameters.dscp = connection.dscp;
    parameters.outer_ttl = connection.outer_ttl;
    parameters.replay_window = connection.replay_window;
    parameters.lifetime = lifetime;
  };
  fill(install.inbound, inbound, pair.inbound_spi);
  install.inbound.outer_source = sa.remote.address;
  install.inbound.outer_destination = sa.local.address;
  install.inbound.source_selector = pair.remote_selector;
  install.inbound.destination_selector = pair.local_selector;
  fill(install.outbound, outbound, pair.outbound_spi);
  install.outbound.outer_source = sa.local.address;
  install.outbound.outer_destination = sa.remote.address;
  install.outbound.source_selector = pair.local_selector;
  install.outbound.destination_selector = pair.remote_selector;
  core.outputs.push_back(std::move(install));
  core.deadlines.cancel(ike::Timer::initiate, sa.tunnel->index);

  IpsecPair& placed = engine_.store.pairs[pair.id] = pair;
  report(placed);
  supersede_others(now, placed);
  while (engine_.store.pairs_of(*pair.tunnel).size() > limits::pairs) {
    retire(now, *engine_.store.find_superseded_pair(*pair.tunnel), "there are too many");
  }
}

void Lifecycle::supersede_others(Time now, IpsecPair& pair) {
  // Of two pairs that crossing quick modes made, each side may take another for the newer. One side alone removes
  // pairs, else both might go; the other waits longer, and acts only should that side not do so.
  const bool charge = in_charge(*pair.tunnel);
  for (auto& [id, other] : engine_.store.pairs) {
    if (id == pair.id || other.tunnel != pair.tunnel || other.superseded) continue;
    other.superseded = true;
    other.rekeying = false;
    other.rekey_at = {};
    engine_.core.deadlines.cancel(ike::Timer::pair_rekey, id);
    engine_.core.deadlines.set(ike::Timer::pair_remove, id, now + (charge ? grace : long_grace));
    report(other);
  }
}

void Lifecycle::phase2_failed(Time now, ike::Tunnel& tunnel, ike::Role role, ike::SaId replaces) {
  if (role != ike::Role::initiator) return;
  IpsecPair* pair = engine_.store.find_pair(replaces);
  if (pair == nullptr) return went_down(now, tunnel);
  pair->rekeying = false;
  const Time again = now + tunnel.connection.retry_after;
  if (pair->superseded || (pair->expires_at != Time{} && again >= pair->expires_at)) return;
  pair->rekey_at = again;
  engine_.core.deadlines.set(ike::Timer::pair_rekey, pair->id, again);
  engine_.core.remark(tunnel, ike::remark::rekey_retry, [&] {
    return decltype(ike::Remark::values){{"phase", "2"}, {"after", format_short(tunnel.connection.retry_after)}};
  });
  report(*pair);
}

void Lifecycle::rekey(Time now, IpsecPair& pair, std::string_view cause) {
  if (pair.superseded || pair.rekeying || !engine_.core.running) return;
  ike::Tunnel& tunnel = *pair.tunnel;
  pair.rekeying = true;
  engine_.core.deadlines.cancel(ike::Timer::pair_rekey, pair.id);
  engine_.core.remark(tunnel, ike::remark::rekey_due, [&] {
    return decltype(ike::Remark::values){{"phase", "2"}, {"cause", std::string(cause)}};
  });
  if (engine_.store.negotiating_pair(tunnel)) {
    // What runs may make this needless; if not, it is done a little later.
    return phase2_failed(now, tunnel, ike::Role::initiator, pair.id);
  }
  if (IsakmpSa* sa = engine_.store.newest(tunnel)) return engine_.quick_mode.begin(now, *sa, pair.id);
  if (!engine_.store.initiating(tunnel)) engine_.main_mode.begin(now, tunnel);
}

void Lifecycle::expire(Time now, IpsecPair& pair) {
  engine_.core.remark(*pair.tunnel, ike::remark::lifetime_expired, [] {
    return decltype(ike::Remark::values){{"phase", "2"}};
  });
  remove(now, pair, Reason::lifetime_expired, Tell::yes);
}

void Lifecycle::remove(Time now, IpsecPair& pair, Reason reason, Tell tell) {
  ike::Tunnel& tunnel = *pair.tunnel;
  const ike::SaId id = pair.id;
  for (const ike::Timer timer : {ike::Timer::pair_rekey, ike::Timer::pair_expire, ike::Timer::pair_remove}) {
    engine_.core.deadlines.cancel(timer, id);
  }
  pair.reason = reason;
  pair.rekey_at = {};
  const std::uint32_t inbound_spi = pair.inbound_spi;
  engine_.core.outputs.push_back(ike::RemoveSas{tunnel.connection.name, id, inbound_spi, pair.outbound_spi, reason});
  report(pair);
  engine_.store.pairs.erase(id);
  if (IsakmpSa* sa = engine_.store.newest(tunnel); sa != nullptr && tell == Tell::yes) {
    engine_.informational.delete_pair(*sa, inbound_spi);
  }
  promote_pair(now, tunnel);
  went_down(now, tunnel);
}

void Lifecycle::promote_pair(Time now, ike::Tunnel& tunnel) {
  IpsecPair* pair = engine_.store.newest_pair(tunnel);
  if (pair == nullptr || !pair->superseded) return;
  pair->superseded = false;
  engine_.core.deadlines.cancel(ike::Timer::pair_remove, pair->id);
  const Duration left = pair->expires_at > now ? pair->expires_at - now : Duration(0);
  const Duration after = ike::rekey_after(tunnel.connection.phase2_lifetime, left, pair->role, engine_.core.random);
  if (after > Duration(0)) {
    pair->rekey_at = now + after;
    engine_.core.deadlines.set(ike::Timer::pair_rekey, pair->id, pair->rekey_at);
  }
  report(*pair);
}

void Lifecycle::retire(Time now, IpsecPair& pair, std::string_view cause) {
  engine_.core.remark(*pair.tunnel, ike::remark::rekey_old_removed, [&] {
    return decltype(ike::Remark::values){{"phase", "2"}, {"cause", std::string(cause)}};
  });
  remove(now, pair, Reason::replaced, Tell::yes);
}

void Lifecycle::used(Time now, IpsecPair& pair) {
  const ike::Tunnel& tunnel = *pair.tunnel;
  if (pair.superseded || engine_.store.find_superseded_pair(tunnel) == nullptr || !in_charge(tunnel)) return;
  while (IpsecPair* other = engine_.store.find_superseded_pair(tunnel)) retire(now, *other, "the new pair is in use");
}

}  // namespace engine::ikev1
