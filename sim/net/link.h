#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "sim/core/simulator.h"
#include "sim/net/interface.h"
#include "sim/trace/recorder.h"

namespace sim {

/// A point-to-point link's properties.
struct LinkOptions {
  std::string id;
  Duration latency{0};
  std::uint64_t bits_per_second = 0;  ///< 0: no serialization delay.
  std::uint32_t mtu = 1500;           ///< Octets of the largest IPv4 packet, 68 to 65535 (RFC 791 3.2).
  std::uint32_t queue_packets = 0;    ///< Packets that may wait for the line in one direction; 0: no limit.
  bool is_public = false;             ///< An eavesdropper on the Internet sees what crosses it.
  bool internal = false;              ///< Inside one machine.
};

/// What a fault does to one packet.
struct Fault {
  Reason lost = Reason::none;  ///< Not none: the packet leaves and does not arrive.
  Duration delay{0};           ///< Added to the latency.
};

/// A full-duplex link between two nodes. Limitations: no bit errors, no sharing by more than two nodes, IPv4 alone
/// counts as the packet's length (no frame headers).
class Link {
 public:
  /// Decides what befalls a packet that is about to leave in one direction (0: from the first end).
  using FaultHook = std::function<Fault(const Packet&, int direction)>;

  /// Takes a packet in at a node.
  using Receiver = std::function<void(Packet)>;

  /// `row` is the link's row in the trace.
  Link(Simulator& simulator, Recorder& recorder, Index row, LinkOptions options);
  ~Link();

  /// One end: the interface that a node's stack attaches.
  Interface& attach(int end, Index node, std::string name, engine::Ipv4Network address, Receiver receiver);

  /// Cutting a link loses what is on the way and what waits; packets sent while it is down are dropped.
  void set_up(bool up);

  void set_fault_hook(FaultHook hook) { fault_hook_ = std::move(hook); }
  const LinkOptions& options() const { return options_; }
  Index row() const { return row_; }

  /// Time that a packet of `octets` occupies the line, rounded up to whole nanoseconds.
  Duration serialization_delay(std::size_t octets) const;

 private:
  class End;

  struct Direction {
    engine::Time line_free{};
    std::deque<engine::Time> departures;  ///< Of the packets that wait.
  };

  void transmit(int direction, Packet packet);
  void arrive(int direction, std::uint32_t cuts, Index hop, Packet packet);
  /// When the line is free for a packet that comes now; none where the queue is full.
  std::optional<engine::Time> departure(Direction& line) const;

  Simulator& simulator_;
  Recorder& recorder_;
  Index row_;
  LinkOptions options_;
  FaultHook fault_hook_;
  std::array<std::unique_ptr<End>, 2> ends_;
  std::array<Direction, 2> directions_;
  bool up_ = true;
  std::uint32_t cuts_ = 0;  ///< How often the link was cut: a packet that left before a cut does not arrive after it.
};

}  // namespace sim
