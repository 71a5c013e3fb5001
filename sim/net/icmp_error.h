#pragma once

#include "engine/base/bytes.h"
#include "engine/wire/ipv4.h"

namespace sim {

/// Whether an ICMP error may be sent about `packet`: "An ICMP error message MUST NOT be sent as the result of
/// receiving: an ICMP error message, [...] a packet destined to an IP broadcast or IP multicast address, [...] a packet
/// whose source address [...] does not define a single host, [...] any fragment of a datagram other than the first
/// fragment" (RFC 1812 4.3.2.7, RFC 1122 3.2.2).
bool may_cause_icmp_error(const engine::wire::Ipv4Packet& packet);

}  // namespace sim
