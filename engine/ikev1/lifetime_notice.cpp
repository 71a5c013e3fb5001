#include <algorithm>

#include "engine/ike/lifetime.h"
#include "engine/ike/names.h"
#include "engine/ikev1/engine.h"
#include "engine/wire/names.h"

/// How two sides come to the same lifetime: the responder takes the initiator's offer as it is, since it may not change
/// it, and tells with RESPONDER-LIFETIME (RFC 2407 4.6.3.1) where it will hold for a shorter time.
namespace engine::ikev1 {
namespace {

constexpr std::uint16_t basic_form = 0x8000;
constexpr std::size_t most_attributes = 8;
constexpr std::uint64_t octets_per_kilobyte = 1024;

std::uint64_t in_seconds(Duration time) {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

/// "Notification Data - contains the ISAKMP attribute list" (RFC 2407 4.6.3.1).
Bytes write_attributes(const std::vector<wire::Attribute>& attributes) {
  Bytes data;
  for (const wire::Attribute& attribute : attributes) {
    put_u16(data, attribute.basic ? attribute.type | basic_form : attribute.type);
    if (!attribute.basic) put_u16(data, static_cast<std::uint16_t>(attribute.value.size()));
    append(data, attribute.value);
  }
  return data;
}

std::vector<wire::Attribute> read_attributes(ByteView data) {
  std::vector<wire::Attribute> attributes;
  std::size_t offset = 0;
  while (offset + 4 <= data.size() && attributes.size() < most_attributes) {
    const std::uint16_t head = read_u16(data, offset);
    const bool basic = (head & basic_form) != 0;
    const std::size_t start = basic ? offset + 2 : offset + 4;
    const std::size_t length = basic ? 2 : read_u16(data, offset + 2);
    if (length > data.size() - start) break;
    const ByteView value = data.subspan(start, length);
    attributes.push_back({static_cast<std::uint16_t>(head & ~basic_form), basic, Bytes(value.begin(), value.end())});
    offset = start + length;
  }
  return attributes;
}

}  // namespace

void Lifecycle::agree_life(IsakmpSa& sa) {
  const ike::SaLifetime& own = sa.tunnel->connection.phase1_lifetime;
  sa.life = agree(own, sa.negotiation.offered_life);
  const std::uint64_t offered = sa.negotiation.offered_life.seconds.value_or(0);
  if (offered <= in_seconds(sa.life.time)) return;
  engine_.core.remark(*sa.tunnel, ike::remark::lifetime_shortened, [&] {
    return decltype(ike::Remark::values){
        {"phase", "1"},
        {"offered", format_short(std::chrono::seconds(std::min<std::uint64_t>(offered, 0xffffffff)))},
        {"used", format_short(sa.life.time)}};
  });
}

std::optional<wire::NotificationPayload> Lifecycle::lifetime_notice(const ike::Tunnel& tunnel, std::uint8_t protocol,
                                                                    Bytes spi, const Life& offered,
                                                                    const AgreedLife& agreed) const {
  // Only what holds for less than was offered, or was not limited, is worth telling.
  const bool time = offered.seconds && in_seconds(agreed.time) < *offered.seconds;
  const bool volume = agreed.kilobytes != 0 && agreed.kilobytes < offered.kilobytes.value_or(agreed.kilobytes + 1);
  if (!time && !volume) return std::nullopt;
  std::vector<wire::Attribute> attributes;
  append_life(attributes, protocol, time ? agreed.time : Duration(0), volume ? agreed.kilobytes : 0);
  wire::NotificationPayload notice;
  notice.protocol = protocol;
  notice.spi = std::move(spi);
  notice.type = wire::notification::responder_lifetime;
  notice.data = write_attributes(attributes);
  engine_.core.remark(tunnel, ike::remark::responder_lifetime_sent, [&] {
    return decltype(ike::Remark::values){{"phase", protocol == wire::protocol_id::isakmp ? "1" : "2"},
                                         {"seconds", std::to_string(in_seconds(agreed.time))}};
  });
  return notice;
}

std::optional<wire::NotificationPayload> Lifecycle::phase1_lifetime_notice(const IsakmpSa& sa) {
  return lifetime_notice(*sa.tunnel, wire::protocol_id::isakmp, sa.cookies(), sa.negotiation.offered_life, sa.life);
}

std::optional<wire::NotificationPayload> Lifecycle::phase2_lifetime_notice(const IsakmpSa& sa,
                                                                           const QuickModeExchange& quick) {
  Bytes spi;
  put_u32(spi, quick.own_spi);
  return lifetime_notice(*sa.tunnel, wire::protocol_id::esp, std::move(spi), quick.choice->life,
                         agree(sa.tunnel->connection.phase2_lifetime, quick.choice->life));
}

void Lifecycle::take_lifetime_notices(const ike::Tunnel& tunnel, std::uint8_t phase, const wire::IsakmpMessage& message,
                                      Life& life) {
  const auto take = [](std::optional<std::uint64_t>& known, const std::optional<std::uint64_t>& told) {
    if (told) known = std::min(known.value_or(*told), *told);
  };
  for (const auto* notify : message.find_all<wire::NotificationPayload>()) {
    if (notify->type != wire::notification::responder_lifetime) continue;
    const std::uint8_t protocol = phase == 1 ? wire::protocol_id::isakmp : wire::protocol_id::esp;
    const Life told = read_life(read_attributes(notify->data), protocol);
    take(life.seconds, told.seconds);
    take(life.kilobytes, told.kilobytes);
    engine_.core.remark(tunnel, ike::remark::responder_lifetime_received, [&] {
      return decltype(ike::Remark::values){{"phase", std::to_string(phase)},
                                           {"seconds", std::to_string(told.seconds.value_or(0))}};
    });
  }
}

void Lifecycle::check_volume(Time now) {
  std::vector<ike::SaId> used_up;
  for (const auto& [id, sa] : engine_.store.isakmp) {
    if (!sa->usable() || sa->life.kilobytes == 0) continue;
    const ike::SaLifetime& own = sa->tunnel->connection.phase1_lifetime;
    const std::uint64_t soft = ike::rekey_after_bytes(own, sa->life.kilobytes);
    if (sa->octets >= sa->life.kilobytes * octets_per_kilobyte) {
      used_up.push_back(id);
    } else if (soft != 0 && sa->octets >= soft && !sa->volume_told) {
      sa->volume_told = true;
      // As a deadline of this moment, so that nothing is begun in the middle of something else.
      engine_.core.deadlines.set(ike::Timer::phase1_rekey, id, now);
    }
  }
  for (const ike::SaId id : used_up) engine_.core.deadlines.set(ike::Timer::phase1_expire, id, now);
}

}  // namespace engine::ikev1
