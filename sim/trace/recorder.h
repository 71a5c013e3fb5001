#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/trace/recorder_exchanges.h"
#include "sim/trace/recorder_tunnels.h"
#include "sim/trace/trace.h"

namespace sim {

/// One ESP packet as its sender made it.
struct EspSending {
  Index node = no_index;
  std::string connection;
  Index packet = no_index;
  Index inner = no_index;  ///< The packet inside.
  std::uint32_t spi = 0;
  std::uint32_t sequence = 0;
  std::uint8_t iv_length = 0;
  std::uint8_t icv_length = 0;
  Bytes plaintext;
};

/// Fills a Trace from what happens in a world. Everything is told in the order in which it happens; the time is the
/// world's present.
///
/// An event that a node works on (a packet came in, a timer ran out, a script line) is opened with begin_*; what its
/// daemon observes and what is noted belongs to it. The step is written when the node then sends, forwards or drops
/// something, or when the next event begins. What belongs to a message that goes out (its HASH, its IV, MessageSent) is
/// held back for that sending's own step. A timer of which nothing is to be seen leaves no step.
class Recorder {
 public:
  Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// The trace so far, all open events written.
  Trace& trace();

  /// The finished trace, indexed. The recorder is empty afterwards.
  Trace take();

  /// Tells which node has an address, so that packets know their destination.
  void add_address(engine::Ipv4Address address, Index node) { nodes_by_address_[address] = node; }

  void begin_receive(Time now, Index node, Index packet);
  void begin_timer(Time now, Index node);
  void begin_script(Time now, Index node, std::string action);

  /// A node goes on with the event that is open if it is its own, else with one of its own (of kind timer).
  void continue_event(Time now, Index node);

  /// Adds to the event that is open, else to the last step.
  void note(Note note);

  /// What a node's daemon observed; an event of the node is open.
  void observe(Index node, const engine::ike::Observation& observation);

  /// A packet was made; returns its row. Origin, kind, label, time and relations are the caller's.
  Index add_packet(TracePacket packet, engine::Ipv4Address destination);

  /// For relations that are known only after a packet was made (answers, fragment_of).
  TracePacket& trace_packet(Index packet) { return trace_.packets[packet]; }

  /// The packet of which `packet` is a fragment (of a fragment ...), or itself.
  Index whole_of(Index packet) const;

  /// The packet holds this message of the node's daemon; told before the packet is sent.
  void bind_message(Index packet, Index node, engine::ike::MessageId message);

  /// The packet is ESP; told before it is sent.
  void bind_esp(EspSending sending);

  /// A packet was put on a link: the step is a send (of its origin, first link) or a forward. Returns the hop.
  Index transmitted(Time now, Index packet, TraceHop hop);

  /// Why a hop is to be lost, as transmitted() was told.
  Reason fault_of(Index packet, Index hop) const { return trace_.packets[packet].hops[hop].lost; }

  /// A packet did not get over a link.
  void lost(Time now, Index packet, Index hop, Reason reason, std::string detail);

  /// A packet arrived at a node that passes it on or drops it; counted, not a step.
  void arrived(Index node) { ++counters_of(node).packets_received; }

  /// A node dropped a packet. The event that is open becomes the drop if it is about the same packet.
  void dropped(Time now, Index node, Index packet, Reason reason, std::string detail);

  /// A node's daemon had SAs installed.
  void installed(Time now, Index node, const std::string& connection, const engine::esp::SaParameters& inbound,
                 const engine::esp::SaParameters& outbound);

 private:
  using Entry = std::variant<engine::ike::Observation, Note>;

  /// The event that a node is working on.
  struct OpenEvent {
    Time time{};
    StepKind kind = StepKind::timer;
    Index node = no_index;
    Index packet = no_index;
    Reason reason = Reason::none;
    std::vector<Entry> entries;
  };

  /// An observation that waits for its message to be sent.
  struct Outgoing {
    Index node = no_index;
    engine::ike::MessageId message = 0;
    engine::ike::Observation observation;
  };

  using DaemonMessage = std::pair<Index, engine::ike::MessageId>;

  void open(Time now, StepKind kind, Index node, Index packet);
  void close();
  void hold_back_outgoing();
  /// The step to which an entry belongs: a timer or a script line that moves several tunnels is one step for each.
  Index step_for(Index step, const Entry& entry);
  Index add_step(Time time, StepKind kind, Index node, Index packet, Index hop);
  void finish_step(Index step);

  void attach(Index step, const Entry& entry);
  void attach(Index step, const engine::ike::Observation& observation);
  void attach_outgoing(Index step);
  void apply(Index step, const engine::ike::MessageSent& observation);
  void apply(Index step, const engine::ike::MessageReceived& observation);
  void apply(Index step, const engine::ike::MessageRefused& observation);
  void apply(Index step, const engine::ike::ValueDerived& observation);
  void apply(Index step, const engine::ike::ProposalsCompared& observation);
  void apply(Index step, const engine::ike::AuthenticationChecked& observation);
  void apply(Index step, const engine::ike::StateChanged& observation);
  void apply(Index step, const engine::ike::IkeSaState& observation);
  void apply(Index step, const engine::ike::IpsecSaState& observation);
  void apply(Index step, const engine::ike::Remark& observation);

  void set_tunnel(Index step, std::string_view connection);
  Index add_esp_sa(TraceEspSa sa, const engine::esp::SaParameters& parameters);
  Index message_in(Index packet) const;
  NodeCounters& counters_of(Index node);

  Trace trace_;
  RecorderExchanges exchanges_{trace_};
  RecorderTunnels tunnels_{trace_};

  bool is_open_ = false;
  OpenEvent event_;
  std::vector<Outgoing> outgoing_;
  std::vector<std::pair<Index, DaemonMessage>> bound_;           ///< Packets that hold a message and are not sent yet.
  std::map<DaemonMessage, Index> messages_;                      ///< Rows, also of messages received.
  std::map<std::pair<Index, std::uint32_t>, Index> sender_sas_;  ///< Rows of Trace::esp_sas by sender and SPI.
  std::map<engine::Ipv4Address, Index> nodes_by_address_;
  std::vector<NodeCounters> counters_;
};

}  // namespace sim
