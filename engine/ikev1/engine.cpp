#include "engine/ikev1/engine.h"

#include <fmt/format.h>

#include "engine/ikev1/field_ids.h"
#include "engine/ikev1/message_name.h"

namespace engine::ikev1 {

Engine::Engine(ike::Core& shared)
    : core(shared),
      messenger(shared),
      main_mode(*this),
      quick_mode(*this),
      informational(*this),
      dpd(*this),
      lifecycle(*this) {}

void Engine::receive(Time now, const Endpoint& source, const Endpoint& destination, const wire::IsakmpHeader& header,
                     ByteView payload) {
  Incoming incoming;
  incoming.source = source;
  incoming.destination = destination;
  incoming.wire = payload;
  incoming.header = header;
  incoming.name = message_of(header.exchange_type);
  switch (header.exchange_type) {
    case wire::ExchangeType::identity_protection:
      return main_mode.receive(now, incoming);
    case wire::ExchangeType::quick_mode:
      return quick_mode.receive(now, incoming);
    case wire::ExchangeType::informational:
      return informational.receive(now, incoming);
    default:
      break;
  }
  incoming.id = core.reporter.new_message();
  messenger.report_received(incoming, nullptr, nullptr);
  messenger.refuse(incoming.id, Reason::invalid_exchange_type,
                   fmt::format("exchange type {} is not served", static_cast<unsigned>(header.exchange_type)),
                   field::exchange_type);
}

void Engine::expire(Time now, ike::Deadlines::Due due) {
  IsakmpSa* sa = store.find(due.owner);
  IpsecPair* pair = store.find_pair(due.owner);
  const auto quick = store.quick_modes.find(due.owner);
  const bool has_quick = quick != store.quick_modes.end();
  switch (due.timer) {
    case ike::Timer::initiate:
      return lifecycle.bring_up(now, *core.tunnels[due.owner]);
    case ike::Timer::phase1_retransmit:
      return sa != nullptr ? main_mode.retransmit(now, *sa) : void();
    case ike::Timer::phase1_half_open:
      return sa != nullptr ? main_mode.half_open_timeout(now, *sa) : void();
    case ike::Timer::phase1_rekey:
      return sa != nullptr ? lifecycle.renegotiate(now, *sa, "lifetime") : void();
    case ike::Timer::phase1_expire:
      return sa != nullptr ? lifecycle.expire(now, *sa) : void();
    case ike::Timer::phase1_remove:
      return sa != nullptr ? lifecycle.remove(now, *sa, Reason::replaced, Lifecycle::Tell::yes) : void();
    case ike::Timer::dpd:
      return sa != nullptr ? dpd.expire(now, *sa) : void();
    case ike::Timer::phase2_retransmit:
      return has_quick ? quick_mode.retransmit(now, quick->second) : void();
    case ike::Timer::phase2_forget:
      return has_quick ? quick_mode.forget(quick->second) : void();
    case ike::Timer::pair_rekey:
      return pair != nullptr ? lifecycle.rekey(now, *pair, "lifetime") : void();
    case ike::Timer::pair_expire:
      return pair != nullptr ? lifecycle.expire(now, *pair) : void();
    case ike::Timer::pair_remove:
      return pair != nullptr ? lifecycle.retire(now, *pair, "its grace is over") : void();
  }
}

ike::IkeSaState Engine::state_of(const IsakmpSa& sa) const {
  ike::IkeSaState state;
  state.id = sa.id;
  state.connection = sa.tunnel->connection.name;
  state.role = sa.role;
  switch (sa.status) {
    case SaStatus::negotiating:
      state.state = sa.reason == Reason::none ? "negotiating" : "failed";
      break;
    case SaStatus::established:
      state.state = "established";
      break;
    case SaStatus::rekeyed:
      state.state = "rekeyed";
      break;
    case SaStatus::ended:
      state.state = "deleted";
      break;
  }
  state.initiator_cookie = sa.initiator_cookie;
  state.responder_cookie = sa.responder_cookie;
  state.local = sa.local;
  state.remote = sa.remote;
  state.transform = sa.transform;
  if (sa.transform) state.transform_text = ike::to_string(*sa.transform);
  state.created = sa.created;
  state.established = sa.established;
  state.rekey_at = sa.rekey_at;
  state.expires_at = sa.expires_at;
  state.reason = sa.reason;
  state.dpd_sequence = sa.dpd.sequence;
  state.dpd_unanswered = sa.dpd.unanswered;
  return state;
}

ike::IpsecSaState Engine::state_of(const IpsecPair& pair) const {
  ike::IpsecSaState state;
  state.id = pair.id;
  state.ike_sa = pair.ike_sa;
  state.connection = pair.tunnel->connection.name;
  state.role = pair.role;
  state.state = pair.reason != Reason::none ? "deleted" : pair.superseded ? "rekeyed" : "installed";
  state.inbound_spi = pair.inbound_spi;
  state.outbound_spi = pair.outbound_spi;
  state.transform = pair.transform;
  state.transform_text = ike::to_string(pair.transform);
  if (pair.pfs != crypto::DhGroup::none) state.transform_text += ", PFS " + ike::group_text(pair.pfs);
  state.local_selector = to_string(pair.local_selector);
  state.remote_selector = to_string(pair.remote_selector);
  state.established = pair.established;
  state.rekey_at = pair.rekey_at;
  state.expires_at = pair.expires_at;
  state.lifetime_kilobytes = pair.life.kilobytes;
  state.inbound_cipher_key = pair.inbound_cipher_key;
  state.inbound_integrity_key = pair.inbound_integrity_key;
  state.outbound_cipher_key = pair.outbound_cipher_key;
  state.outbound_integrity_key = pair.outbound_integrity_key;
  state.reason = pair.reason;
  return state;
}

}  // namespace engine::ikev1
