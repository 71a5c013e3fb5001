#include "sim/net/link.h"

namespace sim {

/// The interface at one end.
class Link::End final : public Interface {
 public:
  End(Link& link, int direction, Index at_node, std::string name, engine::Ipv4Network address, Receiver receiver)
      : Interface(std::move(name), address),
        node(at_node),
        receive(std::move(receiver)),
        link_(link),
        direction_(direction) {}

  std::uint32_t mtu() const override { return link_.options_.mtu; }
  // A router does not see that a distant part of its line was cut, so that a link is up even then.
  bool is_up() const override { return true; }
  void transmit(Packet packet) override { link_.transmit(direction_, std::move(packet)); }

  const Index node;
  const Receiver receive;

 private:
  Link& link_;
  int direction_;
};

Link::Link(Simulator& simulator, Recorder& recorder, Index row, LinkOptions options)
    : simulator_(simulator), recorder_(recorder), row_(row), options_(std::move(options)) {}

Link::~Link() = default;

Interface& Link::attach(int end, Index node, std::string name, engine::Ipv4Network address, Receiver receiver) {
  auto& place = ends_[static_cast<std::size_t>(end)];
  place = std::make_unique<End>(*this, end, node, std::move(name), address, std::move(receiver));
  return *place;
}

void Link::set_up(bool up) {
  if (up_ && !up) ++cuts_;
  up_ = up;
}

Duration Link::serialization_delay(std::size_t octets) const {
  if (options_.bits_per_second == 0) return Duration{0};
  // 65535 octets x 8 x 10^9 fits 64 bits.
  const std::uint64_t scaled = std::uint64_t{octets} * 8 * 1'000'000'000U;
  return Duration((scaled + options_.bits_per_second - 1) / options_.bits_per_second);
}

std::optional<engine::Time> Link::departure(Direction& line) const {
  const engine::Time now = simulator_.now();
  while (!line.departures.empty() && line.departures.front() <= now) line.departures.pop_front();
  if (options_.queue_packets != 0 && line.departures.size() >= options_.queue_packets) return std::nullopt;
  return std::max(now, line.line_free);
}

void Link::transmit(int direction, Packet packet) {
  const auto from = static_cast<std::size_t>(direction);
  const engine::Time now = simulator_.now();
  Direction& line = directions_[from];

  TraceHop hop;
  hop.link = row_;
  hop.from = ends_[from]->node;
  hop.to = ends_[1 - from]->node;
  hop.departed = hop.arrived = now;
  hop.bytes = packet.bytes;

  const std::optional<engine::Time> departs = up_ ? departure(line) : now;
  if (!up_ || !departs) {
    const Index number = recorder_.transmitted(now, packet.record, std::move(hop));
    const Reason reason = up_ ? Reason::queue_full : Reason::link_down;
    recorder_.lost(now, packet.record, number, reason,
                   up_ ? "the queue holds as many packets as it may" : "the link is cut");
    return;
  }

  const Fault fault = fault_hook_ ? fault_hook_(packet, direction) : Fault{};
  line.line_free = *departs + serialization_delay(packet.bytes.size());
  if (*departs > now) line.departures.push_back(*departs);
  hop.departed = *departs;
  hop.arrived = line.line_free + options_.latency + fault.delay;
  hop.lost = fault.lost;
  const engine::Time arrives = hop.arrived;
  const Index to = hop.to;
  const Index number = recorder_.transmitted(now, packet.record, std::move(hop));
  simulator_.at(arrives, EventPriority::arrival, to,
                [this, direction, cuts = cuts_, number, moved = std::move(packet)]() mutable {
                  arrive(direction, cuts, number, std::move(moved));
                });
}

void Link::arrive(int direction, std::uint32_t cuts, Index hop, Packet packet) {
  const Reason fault = recorder_.fault_of(packet.record, hop);
  if (fault != Reason::none) {
    recorder_.lost(simulator_.now(), packet.record, hop, fault, "lost on the way");
  } else if (cuts != cuts_) {
    recorder_.lost(simulator_.now(), packet.record, hop, Reason::link_down, "the link was cut while it was on the way");
  } else {
    const End& end = *ends_[static_cast<std::size_t>(1 - direction)];
    recorder_.arrived(end.node);
    end.receive(std::move(packet));
  }
}

}  // namespace sim
