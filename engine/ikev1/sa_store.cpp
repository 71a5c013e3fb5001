#include "engine/ikev1/sa_store.h"

#include <algorithm>

namespace engine::ikev1 {

bool IsakmpSa::take_message_id(std::uint32_t message_id) {
  return used_message_ids.size() < limits::message_ids && used_message_ids.insert(message_id).second;
}

std::uint32_t IsakmpSa::draw_message_id(RandomSource& random) {
  std::uint32_t message_id = read_u32(random.bytes(RandomPurpose::message_id, 4), 0);
  while (message_id == 0 || used_message_ids.count(message_id) != 0) ++message_id;
  used_message_ids.insert(message_id);
  return message_id;
}

IsakmpSa* SaStore::find(ike::SaId id) {
  const auto found = isakmp.find(id);
  return found == isakmp.end() ? nullptr : found->second.get();
}

IsakmpSa* SaStore::find(const wire::Cookie& initiator, const wire::Cookie& responder) {
  for (const auto& [id, sa] : isakmp) {
    if (sa->initiator_cookie == initiator && sa->responder_cookie == responder) return sa.get();
  }
  return nullptr;
}

IsakmpSa* SaStore::find_half_open(const wire::Cookie& initiator, const Endpoint& remote) {
  for (const auto& [id, sa] : isakmp) {
    if (sa->half_open() && sa->initiator_cookie == initiator && sa->remote.address == remote.address) return sa.get();
  }
  return nullptr;
}

std::vector<ike::SaId> SaStore::unfinished_of(const ike::Tunnel& tunnel) const {
  std::vector<ike::SaId> ids;
  for (const auto& [id, sa] : isakmp) {
    if (sa->tunnel == &tunnel && sa->role == ike::Role::responder && !sa->usable()) ids.push_back(id);
  }
  return ids;
}

IsakmpSa* SaStore::newest(const ike::Tunnel& tunnel) {
  IsakmpSa* result = nullptr;
  for (const auto& [id, sa] : isakmp) {
    if (sa->tunnel != &tunnel || !sa->usable()) continue;
    const bool better = result == nullptr || sa->established >= result->established;
    if (better) result = sa.get();
  }
  return result;
}

bool SaStore::initiating(const ike::Tunnel& tunnel) const {
  return std::any_of(isakmp.begin(), isakmp.end(), [&](const auto& entry) {
    return entry.second->tunnel == &tunnel && entry.second->half_open() && entry.second->role == ike::Role::initiator;
  });
}

IpsecPair* SaStore::find_pair(ike::SaId id) {
  const auto found = pairs.find(id);
  return found == pairs.end() ? nullptr : &found->second;
}

IpsecPair* SaStore::find_pair_by_outbound(const ike::Tunnel& tunnel, std::uint32_t spi) {
  for (auto& [id, pair] : pairs) {
    if (pair.tunnel == &tunnel && pair.outbound_spi == spi) return &pair;
  }
  return nullptr;
}

IpsecPair* SaStore::newest_pair(const ike::Tunnel& tunnel) {
  for (auto entry = pairs.rbegin(); entry != pairs.rend(); ++entry) {
    if (entry->second.tunnel == &tunnel) return &entry->second;
  }
  return nullptr;
}

IpsecPair* SaStore::find_superseded_pair(const ike::Tunnel& tunnel) {
  for (auto& [id, pair] : pairs) {
    if (pair.tunnel == &tunnel && pair.superseded) return &pair;
  }
  return nullptr;
}

std::vector<ike::SaId> SaStore::pairs_of(const ike::Tunnel& tunnel) const {
  std::vector<ike::SaId> ids;
  for (const auto& [id, pair] : pairs) {
    if (pair.tunnel == &tunnel) ids.push_back(id);
  }
  return ids;
}

std::vector<ike::SaId> SaStore::isakmp_of(const ike::Tunnel& tunnel) const {
  std::vector<ike::SaId> ids;
  for (const auto& [id, sa] : isakmp) {
    if (sa->tunnel == &tunnel) ids.push_back(id);
  }
  return ids;
}

QuickModeExchange* SaStore::find_quick_mode(const IsakmpSa& sa, std::uint32_t message_id) {
  const auto number = sa.quick_modes.find(message_id);
  if (number == sa.quick_modes.end()) return nullptr;
  const auto found = quick_modes.find(number->second);
  return found == quick_modes.end() ? nullptr : &found->second;
}

bool SaStore::negotiating_pair(const ike::Tunnel& tunnel) const {
  return std::any_of(quick_modes.begin(), quick_modes.end(), [&](const auto& entry) {
    const auto sa = isakmp.find(entry.second.ike_sa);
    return sa != isakmp.end() && sa->second->tunnel == &tunnel && !entry.second.exchange.ended() &&
           entry.second.role == ike::Role::initiator;
  });
}

bool SaStore::inbound_spi_taken(std::uint32_t spi) const {
  return std::any_of(pairs.begin(), pairs.end(), [&](const auto& entry) { return entry.second.inbound_spi == spi; }) ||
         std::any_of(quick_modes.begin(), quick_modes.end(),
                     [&](const auto& entry) { return !entry.second.exchange.ended() && entry.second.own_spi == spi; });
}

}  // namespace engine::ikev1
