#pragma once

#include <map>
#include <memory>

#include "engine/ikev1/isakmp_sa.h"

namespace engine::ikev1 {

/// Limits on what peers can make this daemon keep.
namespace limits {
constexpr std::size_t half_open = 64;           ///< ISAKMP SAs of one tunnel that the peer began and did not finish.
constexpr std::size_t replaced_isakmp = 2;      ///< Replaced ISAKMP SAs of one tunnel.
constexpr std::size_t message_ids = 65536;      ///< Phase 2 exchanges of one ISAKMP SA.
constexpr std::size_t quick_modes = 32;         ///< Quick modes of one ISAKMP SA, those that ended lately included.
constexpr std::size_t seen_informational = 64;  ///< Informational messages remembered by an ISAKMP SA.
constexpr std::size_t pairs = 32;               ///< Pairs of IPsec SAs of one tunnel.
}  // namespace limits

/// All SAs of a daemon, by number: so their order is that of their making, the same in every run.
class SaStore {
 public:
  std::map<ike::SaId, std::unique_ptr<IsakmpSa>> isakmp;
  std::map<ike::SaId, IpsecPair> pairs;
  std::map<std::uint32_t, QuickModeExchange> quick_modes;  ///< By exchange number.

  IsakmpSa* find(ike::SaId id);
  IsakmpSa* find(const wire::Cookie& initiator, const wire::Cookie& responder);
  /// Whose responder cookie is not known yet, or that this side answered under another.
  IsakmpSa* find_half_open(const wire::Cookie& initiator, const Endpoint& remote);
  /// Those of a tunnel that the peer began and that did not come to an SA, oldest first: half open, or failed and kept
  /// for repetitions.
  std::vector<ike::SaId> unfinished_of(const ike::Tunnel& tunnel) const;

  /// The newest established ISAKMP SA of a tunnel, or null.
  IsakmpSa* newest(const ike::Tunnel& tunnel);
  /// Whether this side is making an ISAKMP SA for the tunnel.
  bool initiating(const ike::Tunnel& tunnel) const;

  IpsecPair* find_pair(ike::SaId id);
  IpsecPair* find_pair_by_outbound(const ike::Tunnel& tunnel, std::uint32_t spi);
  /// The newest pair of a tunnel, or null.
  IpsecPair* newest_pair(const ike::Tunnel& tunnel);
  /// The oldest pair of a tunnel that a newer one replaced, or null.
  IpsecPair* find_superseded_pair(const ike::Tunnel& tunnel);
  std::vector<ike::SaId> pairs_of(const ike::Tunnel& tunnel) const;
  std::vector<ike::SaId> isakmp_of(const ike::Tunnel& tunnel) const;

  QuickModeExchange* find_quick_mode(const IsakmpSa& sa, std::uint32_t message_id);
  /// Whether a quick mode that this side began runs for the tunnel.
  bool negotiating_pair(const ike::Tunnel& tunnel) const;

  /// Whether `spi` is in use by, or promised to, an inbound SA.
  bool inbound_spi_taken(std::uint32_t spi) const;
};

}  // namespace engine::ikev1
