#pragma once

#include <optional>
#include <vector>

#include "engine/ike/connection.h"
#include "engine/wire/isakmp.h"

namespace engine::ikev1 {

/// The life that attributes tell of: pairs of a life type and a duration (RFC 2409 appendix A, RFC 2407 4.5).
struct Life {
  std::optional<std::uint64_t> seconds;
  std::optional<std::uint64_t> kilobytes;
};

/// The attribute types of life type and duration, which differ between the phases.
struct LifeAttributeTypes {
  std::uint16_t type;
  std::uint16_t duration;
};
LifeAttributeTypes life_attribute_types(std::uint8_t protocol);

Life read_life(const std::vector<wire::Attribute>& attributes, std::uint8_t protocol);

/// Appends the pair for seconds, and that for kilobytes where they are limited.
void append_life(std::vector<wire::Attribute>& attributes, std::uint8_t protocol, Duration time,
                 std::uint64_t kilobytes);

/// What both sides use: "the shorter", where the peer names a life at all. Lives shorter than a minute are taken as a
/// minute, so that a peer cannot make this side rekey without pause.
struct AgreedLife {
  Duration time{0};
  std::uint64_t kilobytes = 0;  ///< 0: not limited.
};
AgreedLife agree(const ike::SaLifetime& own, const Life& peer);

}  // namespace engine::ikev1
