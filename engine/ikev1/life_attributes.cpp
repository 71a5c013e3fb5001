#include "engine/ikev1/life_attributes.h"

#include <algorithm>

#include "engine/wire/names.h"

namespace engine::ikev1 {
namespace {

constexpr std::uint16_t in_seconds = 1;
constexpr std::uint16_t in_kilobytes = 2;
constexpr std::uint64_t shortest_seconds = 60;
constexpr std::uint64_t longest_seconds = 0xffffffff;
constexpr std::uint64_t most_kilobytes = 0xffffffff;

}  // namespace

LifeAttributeTypes life_attribute_types(std::uint8_t protocol) {
  if (protocol == wire::protocol_id::isakmp) {
    return {wire::phase1_attribute::life_type, wire::phase1_attribute::life_duration};
  }
  return {wire::phase2_attribute::sa_life_type, wire::phase2_attribute::sa_life_duration};
}

Life read_life(const std::vector<wire::Attribute>& attributes, std::uint8_t protocol) {
  const LifeAttributeTypes types = life_attribute_types(protocol);
  Life life;
  std::uint64_t unit = 0;
  for (const wire::Attribute& attribute : attributes) {
    if (attribute.type == types.type) unit = attribute.number();
    if (attribute.type != types.duration) continue;
    if (unit == in_seconds) life.seconds = attribute.number();
    if (unit == in_kilobytes) life.kilobytes = attribute.number();
    unit = 0;
  }
  return life;
}

void append_life(std::vector<wire::Attribute>& attributes, std::uint8_t protocol, Duration time,
                 std::uint64_t kilobytes) {
  const LifeAttributeTypes types = life_attribute_types(protocol);
  const auto seconds = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(time).count());
  if (seconds != 0) {
    attributes.push_back(wire::Attribute::basic_value(types.type, in_seconds));
    attributes.push_back(
        wire::Attribute::long_value(types.duration, static_cast<std::uint32_t>(std::min(seconds, longest_seconds))));
  }
  if (kilobytes != 0) {
    attributes.push_back(wire::Attribute::basic_value(types.type, in_kilobytes));
    attributes.push_back(
        wire::Attribute::long_value(types.duration, static_cast<std::uint32_t>(std::min(kilobytes, most_kilobytes))));
  }
}

AgreedLife agree(const ike::SaLifetime& own, const Life& peer) {
  AgreedLife agreed{own.time, own.kilobytes};
  if (peer.seconds) {
    const Duration offered = std::chrono::seconds(std::clamp(*peer.seconds, shortest_seconds, longest_seconds));
    agreed.time = own.time == Duration(0) ? offered : std::min(own.time, offered);
  }
  if (peer.kilobytes && *peer.kilobytes != 0) {
    const std::uint64_t offered = std::min(*peer.kilobytes, most_kilobytes);
    agreed.kilobytes = own.kilobytes == 0 ? offered : std::min(own.kilobytes, offered);
  }
  return agreed;
}

}  // namespace engine::ikev1
