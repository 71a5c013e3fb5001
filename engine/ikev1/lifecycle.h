#pragma once

#include "engine/ikev1/messenger.h"

namespace engine::ikev1 {

class Engine;

/// The life of ISAKMP SAs and pairs of IPsec SAs: made, replaced, expired, removed; and of tunnels: brought up, and
/// brought up again.
class Lifecycle {
 public:
  /// Whether the peer is told of a removal with a DELETE.
  enum class Tell : std::uint8_t { no, yes };

  explicit Lifecycle(Engine& engine) : engine_(engine) {}

  // Tunnels.
  void bring_up(Time now, ike::Tunnel& tunnel);
  void take_down(Time now, ike::Tunnel& tunnel, Reason reason);
  void schedule(Time now, ike::Tunnel& tunnel);

  // ISAKMP SAs.
  IsakmpSa& create(Time now, ike::Tunnel& tunnel, ike::Role role);
  /// Main mode is done; `last` was its last message to come in.
  void established(Time now, IsakmpSa& sa, const Incoming& last);
  /// `keep`: it stays a while to answer repetitions of what was refused.
  void phase1_failed(Time now, IsakmpSa& sa, Reason reason, bool keep);
  /// Drops a failed one, which so far answered repetitions.
  void forget(IsakmpSa& sa);
  void renegotiate(Time now, IsakmpSa& sa, std::string_view cause);
  void expire(Time now, IsakmpSa& sa);
  void remove(Time now, IsakmpSa& sa, Reason reason, Tell tell);
  void peer_dead(Time now, IsakmpSa& sa);
  /// The peer says that it knows of no other SAs (RFC 2407 4.6.3.3).
  void initial_contact(Time now, IsakmpSa& sa);
  /// Whether this side may say so.
  bool is_first_contact(const IsakmpSa& sa);

  // Pairs of IPsec SAs.
  void install(Time now, IsakmpSa& sa, const QuickModeExchange& quick, const EspKeys& inbound, const EspKeys& outbound);
  void phase2_failed(Time now, ike::Tunnel& tunnel, ike::Role role, ike::SaId replaces);
  void rekey(Time now, IpsecPair& pair, std::string_view cause);
  void expire(Time now, IpsecPair& pair);
  void remove(Time now, IpsecPair& pair, Reason reason, Tell tell);
  /// A replaced pair has served its time.
  void retire(Time now, IpsecPair& pair, std::string_view cause);
  /// Traffic came in: the pair that replaced others is in use.
  void used(Time now, IpsecPair& pair);

  // Lifetimes.
  void agree_life(IsakmpSa& sa);
  std::optional<wire::NotificationPayload> phase1_lifetime_notice(const IsakmpSa& sa);
  std::optional<wire::NotificationPayload> phase2_lifetime_notice(const IsakmpSa& sa, const QuickModeExchange& quick);
  void take_lifetime_notices(const ike::Tunnel& tunnel, std::uint8_t phase, const wire::IsakmpMessage& message,
                             Life& life);

  /// Whether ISAKMP SAs encrypted as much as they may: those are renegotiated, or end.
  void check_volume(Time now);

  // Retransmission.
  void await_answer(Time now, const ike::Tunnel& tunnel, ike::Timer timer, std::uint32_t owner);
  void repeated(Time now, const ike::Tunnel& tunnel, ike::Timer timer, std::uint32_t owner, const SentMessage& sent);

  void report(const IsakmpSa& sa);
  void report(const IpsecPair& pair);

 private:
  /// How long a replaced ISAKMP SA or pair is kept for what is still on its way: by the side that removes it, and,
  /// should that one not do so, by the other.
  static constexpr Duration grace = std::chrono::seconds(30);
  static constexpr Duration long_grace = std::chrono::seconds(60);

  void end(IsakmpSa& sa, Reason reason);
  void replace_others(Time now, IsakmpSa& sa);
  void supersede_others(Time now, IpsecPair& pair);
  /// Own attempts that the peer, which came first, did not answer yet.
  void abandon_attempts(Time now, const IsakmpSa& sa);
  void promote(Time now, ike::Tunnel& tunnel);
  void promote_pair(Time now, ike::Tunnel& tunnel);
  bool in_charge(const ike::Tunnel& tunnel) const;
  void went_down(Time now, ike::Tunnel& tunnel);
  std::optional<wire::NotificationPayload> lifetime_notice(const ike::Tunnel& tunnel, std::uint8_t protocol, Bytes spi,
                                                           const Life& offered, const AgreedLife& agreed) const;

  Engine& engine_;
};

}  // namespace engine::ikev1
