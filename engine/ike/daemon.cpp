#include "engine/ike/daemon.h"

#include <cassert>
#include <utility>

#include <fmt/format.h>

#include "engine/ike/core.h"
#include "engine/ikev1/engine.h"

namespace engine::ike {

/// What the versions share, and the engine of each. A version's messages are told by the header, its SAs by their
/// numbers, which are the daemon's.
class Daemon::Implementation {
 public:
  Implementation(RandomSource& random, Observer* observer) : core(random, observer), v1(core) {}

  void receive(Time now, const Endpoint& source, const Endpoint& destination, ByteView payload);
  void refuse(const wire::IsakmpHeader& header, ByteView payload, const Error& error);

  Core core;
  ikev1::Engine v1;
};

void Daemon::Implementation::refuse(const wire::IsakmpHeader& header, ByteView payload, const Error& error) {
  const MessageId id = core.reporter.new_message();
  core.reporter.tell([&] {
    MessageReceived received;
    received.message = id;
    received.name = {header.exchange_type, 0, "unknown-exchange"};
    received.encrypted = header.encrypted();
    received.wire.assign(payload.begin(), payload.end());
    return received;
  });
  core.reporter.tell([&] { return MessageRefused{id, error.reason, error.message, {}}; });
}

void Daemon::Implementation::receive(Time now, const Endpoint& source, const Endpoint& destination, ByteView payload) {
  const auto header = wire::read_isakmp_header(payload);
  if (!header) return refuse({}, payload, header.error());
  if (header->length != payload.size()) {
    return refuse(*header, payload,
                  {Reason::bad_length,
                   fmt::format("the header says {} octets, the datagram has {}", header->length, payload.size()), 24});
  }
  switch (header->version >> 4) {
    case 1:
      v1.receive(now, source, destination, *header, payload);
      return v1.finish(now);
    default:
      break;
  }
  refuse(*header, payload,
         {Reason::unsupported_version, fmt::format("major version {} is not served", header->version >> 4), 17});
}

Daemon::Daemon(RandomSource& random, Observer* observer)
    : implementation_(std::make_unique<Implementation>(random, observer)) {}

Daemon::~Daemon() = default;

void Daemon::add(Connection connection) {
  assert(implementation_->core.find(connection.name) == nullptr);
  auto& tunnels = implementation_->core.tunnels;
  auto tunnel = std::make_unique<Tunnel>();
  tunnel->index = static_cast<std::uint32_t>(tunnels.size());
  tunnel->connection = std::move(connection);
  tunnels.push_back(std::move(tunnel));
}

void Daemon::start(Time now) {
  implementation_->core.running = true;
  for (const auto& tunnel : implementation_->core.tunnels) {
    if (!tunnel->connection.initiate) continue;
    tunnel->wanted = true;
    implementation_->v1.lifecycle.bring_up(now, *tunnel);
  }
}

void Daemon::initiate(Time now, std::string_view connection) {
  Tunnel* tunnel = implementation_->core.find(connection);
  if (tunnel == nullptr || !implementation_->core.running) return;
  tunnel->wanted = tunnel->connection.initiate;
  implementation_->v1.lifecycle.bring_up(now, *tunnel);
}

void Daemon::terminate(Time now, std::string_view connection) {
  Tunnel* tunnel = implementation_->core.find(connection);
  if (tunnel != nullptr) implementation_->v1.lifecycle.take_down(now, *tunnel, Reason::local_shutdown);
}

void Daemon::shutdown(Time now) {
  for (const auto& tunnel : implementation_->core.tunnels) {
    implementation_->v1.lifecycle.take_down(now, *tunnel, Reason::local_shutdown);
  }
  implementation_->core.running = false;
  implementation_->core.deadlines.clear();
}

void Daemon::rekey_phase2(Time now, std::string_view connection) {
  const Tunnel* tunnel = implementation_->core.find(connection);
  if (tunnel == nullptr) return;
  ikev1::IpsecPair* pair = implementation_->v1.store.newest_pair(*tunnel);
  if (pair != nullptr) implementation_->v1.lifecycle.rekey(now, *pair, "command");
}

void Daemon::rekey_phase1(Time now, std::string_view connection) {
  const Tunnel* tunnel = implementation_->core.find(connection);
  if (tunnel == nullptr) return;
  ikev1::IsakmpSa* sa = implementation_->v1.store.newest(*tunnel);
  if (sa != nullptr) implementation_->v1.lifecycle.renegotiate(now, *sa, "command");
}

void Daemon::receive(Time now, const Endpoint& source, const Endpoint& destination, ByteView payload) {
  implementation_->receive(now, source, destination, payload);
}

void Daemon::expire(Time now) {
  while (const auto due = implementation_->core.deadlines.take(now)) {
    implementation_->v1.expire(now, *due);
    implementation_->v1.finish(now);
  }
}

std::optional<Time> Daemon::next_deadline() const { return implementation_->core.deadlines.next(); }

void Daemon::note_inbound_traffic(Time now, SaId pair) {
  ikev1::Engine& v1 = implementation_->v1;
  ikev1::IpsecPair* found = v1.store.find_pair(pair);
  if (found == nullptr) return;
  if (ikev1::IsakmpSa* sa = v1.store.newest(*found->tunnel)) v1.dpd.heard(now, *sa);
  v1.lifecycle.used(now, *found);
}

void Daemon::note_outbound_traffic(Time now, SaId pair) {
  ikev1::Engine& v1 = implementation_->v1;
  const ikev1::IpsecPair* found = v1.store.find_pair(pair);
  if (found == nullptr) return;
  if (ikev1::IsakmpSa* sa = v1.store.newest(*found->tunnel)) v1.dpd.sent(now, *sa);
}

void Daemon::note_soft_expiry(Time now, SaId pair) {
  ikev1::IpsecPair* found = implementation_->v1.store.find_pair(pair);
  if (found != nullptr) implementation_->v1.lifecycle.rekey(now, *found, "volume");
}

void Daemon::note_hard_expiry(Time now, SaId pair) {
  ikev1::IpsecPair* found = implementation_->v1.store.find_pair(pair);
  if (found != nullptr) implementation_->v1.lifecycle.expire(now, *found);
}

std::vector<Output> Daemon::take_outputs() { return std::exchange(implementation_->core.outputs, {}); }

std::vector<IkeSaState> Daemon::ike_sas() const {
  std::vector<IkeSaState> states;
  for (const auto& [id, sa] : implementation_->v1.store.isakmp) {
    // One that failed is kept only for the peer's repetitions.
    if (sa->status != ikev1::SaStatus::ended) states.push_back(implementation_->v1.state_of(*sa));
  }
  return states;
}

std::vector<IpsecSaState> Daemon::ipsec_sas() const {
  std::vector<IpsecSaState> states;
  for (const auto& [id, pair] : implementation_->v1.store.pairs) {
    states.push_back(implementation_->v1.state_of(pair));
  }
  return states;
}

}  // namespace engine::ike
