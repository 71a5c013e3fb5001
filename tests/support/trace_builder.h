#pragma once

#include <string>
#include <vector>

#include "engine/base/random.h"
#include "sim/trace/trace.h"

namespace tests {

/// Counting octets, so that a run repeats and fields are recognised.
class CountingRandom : public engine::RandomSource {
 public:
  void fill(engine::RandomPurpose purpose, std::span<std::uint8_t> out) override;

 private:
  std::uint8_t next_ = 1;
};

/// Rows of the synthetic world's nodes.
namespace node {
constexpr sim::Index pc = 0;
constexpr sim::Index yamaha = 1;
constexpr sim::Index internet = 2;
constexpr sim::Index aws1 = 3;
constexpr sim::Index aws2 = 4;
constexpr sim::Index vgw = 5;
constexpr sim::Index ec2 = 6;
}  // namespace node

/// Where a packet was put on its way and where that ended.
struct Journey {
  sim::Index packet = sim::no_index;
  sim::Index first_step = sim::no_index;
  sim::Index last_step = sim::no_index;
};

/// Writes a trace by hand: the world of the article, time, packets travelling hop by hop.
class TraceBuilder {
 public:
  TraceBuilder();

  sim::Trace trace;
  CountingRandom random;

  sim::Time now() const { return now_; }
  void wait(sim::Duration duration) { now_ += duration; }

  /// Adds a step at the present time.
  sim::Index step(sim::StepKind kind, sim::Index node, sim::Index packet = sim::no_index,
                  sim::Index hop = sim::no_index, sim::Index tunnel = sim::no_index);
  /// Adds a note to the last step.
  void note(sim::Note note) { trace.steps.back().notes.push_back(std::move(note)); }

  sim::Index add_packet(sim::PacketKind kind, std::string label, sim::Index origin, sim::Index destination);

  /// Sends a packet (or passes it on, if it has hops) over the nodes of `path`. It is lost on the last link if `lost`.
  Journey travel(sim::Index packet, const std::vector<sim::Index>& path, const sim::Bytes& bytes, sim::Index tunnel,
                 bool lost = false);

  /// The gateway of a tunnel at the AWS side.
  static sim::Index endpoint(sim::Index tunnel) { return tunnel == 0 ? node::aws1 : node::aws2; }
  /// Outside address of a node.
  static engine::Ipv4Address address(sim::Index node);

 private:
  void add_node(std::string id, sim::NodeType type, std::string profile, std::string zone, std::int32_t x,
                std::int32_t y);
  void add_link(std::string id, sim::Index a, sim::Index b, bool is_public, bool internal);

  sim::Time now_{};
};

}  // namespace tests
