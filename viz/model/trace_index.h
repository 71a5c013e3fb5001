#pragma once

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/trace/trace.h"

namespace viz {

using sim::Index;
using sim::no_index;
using sim::Time;

/// The states of one subject (an SA, a tunnel, a machine) over the run, in step order.
template <class State>
struct History {
  struct Entry {
    Index step = no_index;
    const State* state = nullptr;  ///< Inside the trace.
  };
  std::vector<Entry> entries;

  /// The entry that holds after `step`; null if there was none yet. O(log n).
  const Entry* entry_at(Index step) const {
    auto next = std::upper_bound(entries.begin(), entries.end(), step,
                                 [](Index wanted, const Entry& entry) { return wanted < entry.step; });
    return next == entries.begin() ? nullptr : &*(next - 1);
  }
  /// The state after `step`; null if there was none yet.
  const State* at(Index step) const {
    const Entry* entry = entry_at(step);
    return entry ? entry->state : nullptr;
  }
};

/// A subject that belongs to a node: the number is the daemon's (SaId, exchange number).
using NodeSubject = std::pair<Index, std::uint32_t>;

/// One hop as the link sees it.
struct LinkHop {
  Index packet = no_index;
  Index hop = no_index;
  Time departed{};
  Time arrived{};
  Time latest_arrival{};  ///< Of this and all earlier hops of the link: bounds the search for packets in flight.
};

/// Look-up tables over one trace, built once in O(n log n); all questions of "what holds at step k" are then O(log n).
/// Keeps a reference: the trace must outlive it and stay unchanged.
class TraceIndex {
 public:
  explicit TraceIndex(const sim::Trace& trace);

  const sim::Trace& trace() const { return trace_; }
  Index step_count() const { return static_cast<Index>(trace_.steps.size()); }

  /// The last step at or before `time`; step 0 if `time` is before it; no_index in an empty trace.
  Index step_at(Time time) const;

  /// Steps at which some packet is put on its first link.
  std::span<const Index> packet_steps() const { return packet_steps_; }
  /// Steps at which an IKE message or an ESP packet is sent.
  std::span<const Index> message_steps() const { return message_steps_; }
  /// Steps at which an exchange begins or ends, or a tunnel changes its phase.
  std::span<const Index> phase_steps() const { return phase_steps_; }
  /// The steps of one packet, in order.
  std::span<const Index> steps_of_packet(Index packet) const;

  /// The packet that a step is about; where it has none, that of the last step before it that has one; else no_index.
  Index packet_at(Index step) const;
  /// The tunnel that a step is about; where it has none, that of the last step before it; else no_index.
  Index tunnel_at(Index step) const;

  /// The state of one tunnel after a step (down if never told).
  sim::TunnelState tunnel_state(Index tunnel, Index step) const;
  const History<sim::TunnelState>* tunnel(Index tunnel) const;

  /// The history of one subject; null if nothing was ever told of it.
  const History<engine::ike::IkeSaState>* ike_sa(Index node, engine::ike::SaId id) const;
  const History<engine::ike::IpsecSaState>* ipsec_sa(Index node, engine::ike::SaId id) const;
  const History<sim::EspSaState>* esp_sa(Index node, engine::ike::SaId id) const;
  const History<engine::ike::StateChanged>* machine(Index node, std::uint32_t exchange) const;
  const History<sim::NodeCounters>* counters(Index node) const;
  const std::map<NodeSubject, History<engine::ike::IkeSaState>>& ike_sa_histories() const { return ike_sas_; }
  const std::map<NodeSubject, History<engine::ike::IpsecSaState>>& ipsec_sa_histories() const { return ipsec_sas_; }

  /// Numbers of a node's subjects in the order in which they were first told of.
  struct Subject {
    Index first_step = no_index;
    std::uint32_t id = 0;
  };
  std::span<const Subject> ike_sas(Index node) const;
  std::span<const Subject> ipsec_sas(Index node) const;

  /// The runs of one machine for one connection at a node: of each, the latest is its present state.
  struct MachineTrack {
    std::string_view machine;
    std::string_view connection;
    std::vector<Subject> runs;  ///< By first step; the numbers are those of machine().
  };
  /// In the order in which they first ran.
  std::span<const MachineTrack> machine_tracks(Index node) const;

  /// Rows of Trace::values of one node's ISAKMP SA, by step.
  std::span<const Index> values_of(Index node, engine::ike::SaId ike_sa) const;
  /// Rows of Trace::negotiations, by step: of one tunnel, or with no_index of all.
  std::span<const Index> negotiations(Index tunnel) const;
  /// Rows of Trace::exchanges of one tunnel, by first step.
  std::span<const Index> exchanges_of(Index tunnel) const;
  /// The exchange of `tunnel` that is running at `step`, the latest begun first; no_index if none is.
  Index exchange_at(Index tunnel, Index step) const;

  /// The hops of one link, by departure.
  std::span<const LinkHop> hops_of_link(Index link) const;

  /// The tunnel whose connection at `node` has this name; no_index if there is none.
  Index tunnel_of(Index node, std::string_view connection) const;

 private:
  template <class State>
  using Histories = std::map<NodeSubject, History<State>>;
  using Subjects = std::vector<std::vector<Subject>>;

  void index_steps();
  void index_packets();
  void index_hops();
  void index_values();
  void index_negotiations();
  void index_exchanges();
  void add_note(Index step, const sim::Note& note);
  void add_to_track(Index node, Index step, const engine::ike::StateChanged& change);

  const sim::Trace& trace_;
  std::vector<Index> packet_steps_;
  std::vector<Index> message_steps_;
  std::vector<Index> phase_steps_;
  std::vector<Index> packet_at_;
  std::vector<Index> tunnel_at_;
  std::vector<Index> packet_step_offsets_;  ///< First row in steps_of_packets_, one entry more than packets.
  std::vector<Index> steps_of_packets_;
  std::map<Index, History<sim::TunnelState>> tunnels_;
  Histories<engine::ike::IkeSaState> ike_sas_;
  Histories<engine::ike::IpsecSaState> ipsec_sas_;
  Histories<sim::EspSaState> esp_sas_;
  Histories<engine::ike::StateChanged> machines_;
  Histories<sim::NodeCounters> counters_;
  Subjects ike_sa_subjects_;
  Subjects ipsec_sa_subjects_;
  std::vector<std::vector<MachineTrack>> machine_tracks_;  ///< By node.
  std::map<NodeSubject, std::vector<Index>> values_;
  std::map<Index, std::vector<Index>> negotiations_;
  std::map<Index, std::vector<Index>> exchanges_;
  std::map<Index, std::vector<Index>> exchange_reach_;  ///< The last step of this and all earlier exchanges.
  std::vector<std::vector<LinkHop>> link_hops_;
};

}  // namespace viz
