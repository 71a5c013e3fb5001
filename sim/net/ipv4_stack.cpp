#include "sim/net/ipv4_stack.h"

#include <fmt/format.h>

#include "sim/net/icmp_error.h"
#include "sim/net/packet_label.h"

namespace sim {
namespace {

namespace wire = engine::wire;

constexpr std::size_t ttl_offset = 8;  // In the IPv4 header, RFC 791 3.1.
constexpr std::size_t checksum_offset = 10;

/// "A router MUST [...] decrement the TTL by at least one" (RFC 1812 5.3.1), and adjusts the checksum (RFC 1624).
void decrement_ttl(Bytes& packet) {
  const std::uint16_t before = engine::read_u16(packet, ttl_offset);
  --packet[ttl_offset];
  const std::uint16_t after = engine::read_u16(packet, ttl_offset);
  const std::uint16_t checksum = engine::read_u16(packet, checksum_offset);
  engine::set_u16(packet, checksum_offset, wire::updated_checksum(checksum, before, after));
}

}  // namespace

Ipv4Stack::Ipv4Stack(Simulator& simulator, Recorder& recorder, engine::RandomSource& random, Index node, bool forwards)
    : simulator_(simulator),
      recorder_(recorder),
      node_(node),
      forwards_(forwards),
      identification_(engine::read_u16(random.bytes(engine::RandomPurpose::ip_identification, 2), 0)) {
  handlers_[wire::ip_protocol::icmp] = [this](const wire::Ipv4Packet& parsed, const Packet& packet) {
    on_icmp(parsed, packet);
  };
}

void Ipv4Stack::attach(Interface& interface) {
  interfaces_.push_back(&interface);
  if (!interface.address().address.is_unspecified()) routes_.add(interface.address(), interface);
}

Interface* Ipv4Stack::find_interface(std::string_view name) const {
  for (Interface* interface : interfaces_) {
    if (interface->name() == name) return interface;
  }
  return nullptr;
}

Interface* Ipv4Stack::find_neighbour(engine::Ipv4Address neighbour) const {
  for (Interface* interface : interfaces_) {
    const engine::Ipv4Network& network = interface->address();
    if (!network.address.is_unspecified() && network.contains(neighbour)) return interface;
  }
  return nullptr;
}

bool Ipv4Stack::owns(engine::Ipv4Address address) const {
  for (const Interface* interface : interfaces_) {
    if (interface->address().address == address) return !address.is_unspecified();
  }
  return false;
}

engine::Ipv4Address Ipv4Stack::source_address(engine::Ipv4Address destination) const {
  const Interface* interface = routes_.find(destination);
  if (interface == nullptr) return {};
  if (!interface->address().address.is_unspecified()) return interface->address().address;
  // "If the interface [...] has no IP addresses [...] the router's router-id" (RFC 1812 4.3.2.4): the first address.
  for (const Interface* other : interfaces_) {
    if (!other->address().address.is_unspecified()) return other->address().address;
  }
  return {};
}

std::optional<std::uint32_t> Ipv4Stack::mtu_towards(engine::Ipv4Address destination) const {
  const Interface* interface = routes_.find(destination);
  if (interface == nullptr) return std::nullopt;
  return interface->mtu();
}

void Ipv4Stack::receive(Packet packet) {
  if (!powered_) return drop(packet, Reason::link_down, "the node is switched off");
  const auto parsed = wire::read_ipv4(packet.bytes);
  if (!parsed) return drop(packet, parsed.error().reason, parsed.error().message);
  if (owns(parsed->header.destination)) return deliver(*parsed, std::move(packet));
  if (forwards_) return forward(*parsed, std::move(packet));
  // "A host MUST silently discard an incoming datagram that is not destined for the host" (RFC 1122 3.2.1.3).
  drop(packet, Reason::not_for_this_node,
       fmt::format("{} is not an address of this node", engine::to_string(parsed->header.destination)));
}

void Ipv4Stack::deliver(const wire::Ipv4Packet& parsed, Packet packet) {
  recorder_.begin_receive(simulator_.now(), node_, packet.record);
  if (parsed.header.is_fragment()) return deliver_fragment(parsed, std::move(packet));
  const ProtocolHandler& handler = handlers_[parsed.header.protocol];
  if (handler) return handler(parsed, packet);
  // "2 = protocol unreachable" is sent when "the designated transport protocol is not supported" (RFC 1122 3.2.2.1).
  const auto error = wire::destination_unreachable(wire::unreachable_code::protocol, packet.bytes);
  refuse(packet, error, Reason::protocol_unreachable,
         fmt::format("IP protocol {} is not served here", parsed.header.protocol));
}

void Ipv4Stack::deliver_fragment(const wire::Ipv4Packet& parsed, Packet packet) {
  using What = Reassembler::Outcome::What;
  const Reassembler::Key key = Reassembler::key_of(parsed.header);
  const Index record = packet.record;
  const Packet kept{{}, record};
  Reassembler::Outcome outcome = reassembler_.add(parsed, std::move(packet));
  if (outcome.what == What::first) {
    simulator_.after(Reassembler::timeout, EventPriority::timer, node_, [this, key] { expire_reassembly(key); });
  } else if (outcome.what == What::refused) {
    drop(kept, outcome.reason, "the fragments do not make up a datagram");
    for (const Packet& lost : outcome.given_up) drop(lost, outcome.reason, "given up with its datagram");
  } else if (outcome.what == What::complete) {
    const auto whole = wire::read_ipv4(outcome.whole);
    if (whole) deliver(*whole, {outcome.whole, recorder_.whole_of(record)});
  }
}

void Ipv4Stack::expire_reassembly(const Reassembler::Key& key) {
  const std::vector<Packet> given_up = reassembler_.expire(key);
  for (const Packet& packet : given_up) {
    const auto parsed = wire::read_ipv4(packet.bytes);
    const std::string detail = "not all fragments arrived in time";
    // "If this timeout expires, the partially-reassembled datagram MUST be discarded and an ICMP Time Exceeded message
    // sent to the source host (if fragment zero has been received)" (RFC 1122 3.3.2).
    const bool is_first = parsed && parsed->header.fragment_offset == 0;
    if (is_first) {
      refuse(packet, wire::time_exceeded(1, packet.bytes), Reason::reassembly_timeout, detail);
    } else {
      drop(packet, Reason::reassembly_timeout, detail);
    }
  }
}

void Ipv4Stack::forward(const wire::Ipv4Packet& parsed, Packet packet) {
  // "If the TTL is reduced to zero (or less), the packet MUST be discarded, and if the destination is not a multicast
  // address the router MUST send an ICMP Time Exceeded message, Code 0" (RFC 1812 5.3.1).
  if (parsed.header.time_to_live <= 1) {
    return refuse(packet, wire::time_exceeded(0, packet.bytes), Reason::ttl_expired, "the time to live ran out here");
  }
  decrement_ttl(packet.bytes);
  route(std::move(packet));
}

void Ipv4Stack::route(Packet packet) {
  if (!powered_) return drop(packet, Reason::link_down, "the node is switched off");
  const auto parsed = wire::read_ipv4(packet.bytes);
  if (!parsed) return drop(packet, parsed.error().reason, parsed.error().message);
  const engine::Ipv4Address destination = parsed->header.destination;
  Interface* interface = routes_.find(destination);
  if (interface != nullptr) return output(*interface, std::move(packet));
  const auto error = wire::destination_unreachable(wire::unreachable_code::net, packet.bytes);
  refuse(packet, error, Reason::no_route, fmt::format("no route to {}", engine::to_string(destination)));
}

void Ipv4Stack::output(Interface& interface, Packet packet) {
  const std::uint32_t mtu = interface.mtu();
  if (packet.bytes.size() <= mtu) return interface.transmit(std::move(packet));
  const auto parsed = wire::read_ipv4(packet.bytes);
  if (!parsed->header.dont_fragment) return output_fragments(interface, std::move(packet));
  // "The router MUST include the MTU of that next-hop network in the low-order 16 bits of the ICMP header field that is
  // labelled "unused" in the ICMP specification" (RFC 1191 4).
  const auto error = wire::destination_unreachable(wire::unreachable_code::fragmentation_needed, packet.bytes,
                                                   static_cast<std::uint16_t>(mtu));
  refuse(packet, error, Reason::mtu_exceeded,
         fmt::format("{} octets do not fit the MTU of {} ({} octets), and DF is set", packet.bytes.size(),
                     interface.name(), mtu));
}

void Ipv4Stack::output_fragments(Interface& interface, Packet packet) {
  for (Bytes& bytes : fragment(packet.bytes, interface.mtu())) {
    Packet piece = adopt(std::move(bytes));
    recorder_.trace_packet(piece.record).fragment_of = packet.record;
    interface.transmit(std::move(piece));
  }
}

Packet Ipv4Stack::make(const SendOptions& options, engine::ByteView payload) {
  wire::Ipv4Header header;
  header.source = options.source.is_unspecified() ? source_address(options.destination) : options.source;
  header.destination = options.destination;
  header.protocol = options.protocol;
  header.dont_fragment = options.dont_fragment;
  header.time_to_live = options.time_to_live;
  header.identification = next_identification();
  Packet packet = adopt(wire::write_ipv4(header, payload));
  recorder_.trace_packet(packet.record).answers = options.answers;
  return packet;
}

Packet Ipv4Stack::adopt(Bytes bytes) {
  TracePacket record;
  record.origin = node_;
  record.created = simulator_.now();
  engine::Ipv4Address destination;
  if (const auto parsed = wire::read_ipv4(bytes)) {
    PacketLabel label = label_of(*parsed);
    record.kind = label.kind;
    record.label = std::move(label.text);
    destination = parsed->header.destination;
  }
  return {std::move(bytes), recorder_.add_packet(std::move(record), destination)};
}

void Ipv4Stack::drop(const Packet& packet, Reason reason, std::string detail) {
  recorder_.dropped(simulator_.now(), node_, packet.record, reason, std::move(detail));
}

void Ipv4Stack::refuse(const Packet& packet, const wire::IcmpMessage& error, Reason reason, std::string detail) {
  drop(packet, reason, std::move(detail));
  const auto parsed = wire::read_ipv4(packet.bytes);
  if (!powered_ || !parsed || owns(parsed->header.source) || !may_cause_icmp_error(*parsed)) return;
  SendOptions options;
  options.destination = parsed->header.source;
  options.protocol = wire::ip_protocol::icmp;
  options.answers = packet.record;
  if (routes_.find(options.destination) == nullptr) return;
  send(make(options, wire::write_icmp(error)));
}

void Ipv4Stack::on_icmp(const wire::Ipv4Packet& parsed, const Packet& packet) {
  const auto message = wire::read_icmp(parsed.payload);
  if (!message) return drop(packet, message.error().reason, message.error().message);
  if (message->type != wire::icmp_type::echo_request) return;
  // "A host MUST implement an ICMP Echo server function [...] The IP source address in an ICMP Echo Reply MUST be the
  // same as the specific-destination address of the corresponding ICMP Echo Request message" (RFC 1122 3.2.2.6).
  SendOptions options;
  options.source = parsed.header.destination;
  options.destination = parsed.header.source;
  options.protocol = wire::ip_protocol::icmp;
  options.answers = packet.record;
  send(make(options, wire::write_icmp(wire::echo_reply(*message))));
}

}  // namespace sim
