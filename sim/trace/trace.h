#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/bytes.h"
#include "engine/base/reason.h"
#include "engine/base/time.h"
#include "engine/esp/parameters.h"
#include "engine/ike/observation.h"

/// The result of a run: an ordered list of immutable steps with all that is needed to explain them. Window, text and
/// exports read this and nothing else. Everything is a flat table; records refer to each other by index.
namespace sim {

using engine::Bytes;
using engine::Duration;
using engine::Reason;
using engine::Time;

/// Index into one of the trace's tables.
using Index = std::uint32_t;
constexpr Index no_index = 0xffffffffU;

/// Text in both languages.
struct Text {
  std::string en;
  std::string ja;
  bool empty() const { return en.empty() && ja.empty(); }
};

enum class NodeType : std::uint8_t { host, router, customer_gateway, vgw_endpoint, vgw };

struct TraceNode {
  std::string id;  ///< As in the scenario: "yamaha".
  Text name;       ///< "Yamaha RTX router"
  NodeType type = NodeType::host;
  std::string profile;  ///< "yamaha-rtx", "aws"; empty for hosts and routers.
  std::string zone;     ///< Id of the zone it stands in; empty: none.
  std::string parent;   ///< A VGW's endpoints name the VGW; else empty.
  struct Interface {
    std::string name;  ///< "lan1"
    engine::Ipv4Network address;
    Index link = no_index;  ///< no_index for a tunnel interface.
  };
  std::vector<Interface> interfaces;
  std::int32_t x = 0;  ///< Place on the drawing board, in thousandths of its width and height.
  std::int32_t y = 0;
};

/// A part of the drawing: "Data center", "Internet", "AWS, VPC".
struct TraceZone {
  std::string id;
  Text name;
  bool is_public = false;  ///< Where an eavesdropper listens.
};

struct TraceLink {
  std::string id;
  Index a = no_index;  ///< Nodes.
  Index b = no_index;
  Duration latency{0};
  std::uint64_t bits_per_second = 0;  ///< 0: no serialization delay.
  std::uint32_t mtu = 1500;
  bool is_public = false;  ///< An eavesdropper on the Internet sees what crosses it.
  bool internal = false;   ///< Inside one machine (between a VGW and its endpoints).
};

/// A tunnel between two gateways; its end on each side is a connection of that node's daemon.
struct TraceTunnel {
  std::string id;  ///< "tunnel1"
  Text name;
  Index initiator = no_index;  ///< The node that is to initiate.
  Index responder = no_index;
  std::string initiator_connection;
  std::string responder_connection;
  engine::Ipv4Network inside;  ///< 169.254.97.128/30
};

/// How a packet's way over one link ended.
struct TraceHop {
  Index link = no_index;
  Index from = no_index;  ///< Nodes.
  Index to = no_index;
  Time departed{};             ///< The first bit leaves.
  Time arrived{};              ///< The last bit arrives, or would have.
  Bytes bytes;                 ///< The IPv4 packet as on this link.
  Reason lost = Reason::none;  ///< Not none: it did not arrive.
};

enum class PacketKind : std::uint8_t { ike, esp, icmp, udp, tcp, fragment, other };

/// One IPv4 packet from the node that made it to where it ended. A packet inside ESP is the same packet before and
/// after; the ESP packet is another one that carries it.
struct TracePacket {
  PacketKind kind = PacketKind::other;
  Index origin = no_index;  ///< Node that made it.
  Index destination =
      no_index;  ///< Node that has the destination address (for a carried packet, the far end's host); or none.
  Time created{};
  std::vector<TraceHop> hops;
  Index message = no_index;       ///< IKE message that it holds.
  Index esp = no_index;           ///< ESP record that it is.
  Index carries = no_index;       ///< The packet inside (ESP).
  std::vector<Index> carried_by;  ///< The ESP packets that carry (or carried) it.
  Index fragment_of = no_index;
  Index answers = no_index;   ///< The packet that caused it: echo request of a reply, packet of an ICMP error.
  std::string label;          ///< "ICMP echo request", "ESP", "UDP 500 > 500": short, for the ladder.
  Index ended_at = no_index;  ///< Node where it was consumed or dropped; none: lost on a link.
  Reason dropped = Reason::none;
  std::string drop_detail;
};

/// One sending of an IKE message with what both ends know of it.
struct TraceMessage {
  Index packet = no_index;
  Index tunnel = no_index;
  Index sender = no_index;
  engine::ike::MessageSent sent;
  std::optional<engine::ike::MessageReceived> received;
  std::optional<engine::ike::MessageRefused> refused;
  Index repeats = no_index;  ///< The first sending, where this is a retransmission.
};

/// One ESP packet with what both ends know of it.
struct TraceEsp {
  Index packet = no_index;
  Index tunnel = no_index;
  std::uint32_t spi = 0;
  std::uint32_t sequence = 0;
  std::uint8_t iv_length = 0;
  std::uint8_t icv_length = 0;
  Bytes plaintext;             ///< Before encryption: inner packet, padding, pad length, next header.
  Index sender_sa = no_index;  ///< Row of `esp_sas`.
};

/// One direction's SA with its keys, for decrypting.
struct TraceEspSa {
  Index sender = no_index;  ///< Node.
  Index receiver = no_index;
  Index tunnel = no_index;
  std::uint32_t spi = 0;
  engine::Ipv4Address source;
  engine::Ipv4Address destination;
  engine::crypto::CipherAlgorithm cipher = engine::crypto::CipherAlgorithm::aes_cbc;
  engine::crypto::IntegrityAlgorithm integrity = engine::crypto::IntegrityAlgorithm::hmac_sha1_96;
  Bytes cipher_key;
  Bytes integrity_key;
  Time installed{};
};

/// A value of some node's key schedule. Its inputs' numbers are those of the node's daemon; resolve them with
/// Trace::find_value and Trace::find_message.
struct TraceValue {
  Index node = no_index;
  Index step = no_index;
  engine::ike::ValueDerived derived;
};

struct TraceNegotiation {
  Index node = no_index;
  Index step = no_index;
  engine::ike::ProposalsCompared compared;
};

/// Traffic counters and window of one pair of IPsec SAs at one node.
struct EspSaState {
  engine::ike::SaId id = 0;
  std::string connection;
  std::uint32_t inbound_spi = 0;
  std::uint32_t outbound_spi = 0;
  std::uint64_t packets_in = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t packets_out = 0;
  std::uint64_t bytes_out = 0;
  std::uint64_t refused = 0;
  std::uint32_t sequence_out = 0;
  std::uint32_t replay_highest = 0;
  std::uint32_t replay_size = 0;
  std::vector<bool> replay_seen;  ///< The last min(64, size) numbers, the highest first.
};

/// A node's counters.
struct NodeCounters {
  std::uint64_t packets_sent = 0;
  std::uint64_t packets_received = 0;
  std::uint64_t packets_forwarded = 0;
  std::uint64_t packets_dropped = 0;
};

/// A tunnel as a whole, for the drawing.
enum class TunnelPhase : std::uint8_t { down, phase1, isakmp_sa, phase2, up };
struct TunnelState {
  Index tunnel = no_index;
  TunnelPhase phase = TunnelPhase::down;
  Reason reason = Reason::none;  ///< Why it is down.
};

/// References from a step into the tables.
struct ValueNote {
  Index value = no_index;
};
struct NegotiationNote {
  Index negotiation = no_index;
};
struct MessageNote {
  enum class What : std::uint8_t { sent, received, refused } what = What::sent;
  Index message = no_index;
};
/// A script line of the scenario was carried out, or an expectation was decided.
struct ScriptNote {
  std::string action;  ///< "ping pc 10.0.1.20"
};
/// A lesson beat is due here.
struct BeatNote {
  Index beat = no_index;
};

using Note = std::variant<ValueNote, NegotiationNote, MessageNote, engine::ike::StateChanged,
                          engine::ike::AuthenticationChecked, engine::ike::IkeSaState, engine::ike::IpsecSaState,
                          engine::ike::Remark, EspSaState, NodeCounters, TunnelState, ScriptNote, BeatNote>;

/// What kind of event a step is.
enum class StepKind : std::uint8_t {
  send,     ///< A node made a packet and put it on a link (hops[0]).
  forward,  ///< A node passed a packet on (hop n).
  receive,  ///< A packet reached the node it is for.
  drop,     ///< A node, or a link, dropped a packet.
  timer,    ///< A timer of a node ran out and something is to be seen of it.
  script,   ///< The scenario's script did something.
};

/// One event of the run. Ordered by (time, priority, node, per-node sequence); the index in Trace::steps is the order.
struct Step {
  Time time{};
  StepKind kind = StepKind::send;
  Index node = no_index;  ///< Where it happens.
  Index packet = no_index;
  Index hop = no_index;     ///< Of the packet.
  Index tunnel = no_index;  ///< That it belongs to, if to one.
  Reason reason = Reason::none;
  std::vector<Note> notes;  ///< In the order in which they happened.
};

/// One run of one exchange on one tunnel: a bracket on the ladder.
struct TraceExchange {
  Index tunnel = no_index;
  Index initiator = no_index;  ///< Node.
  std::string machine;         ///< Initiator's machine: "main-mode-initiator", "quick-mode-initiator", "informational"
  std::uint8_t phase = 1;
  std::uint32_t message_id = 0;
  Index first_step = no_index;
  Index last_step = no_index;    ///< no_index while it is not over.
  Reason reason = Reason::none;  ///< Why it failed; none: it went well (or is not over).
};

/// A question to predict what comes next.
struct Question {
  Text text;
  std::vector<Text> answers;
  std::uint32_t correct = 0;
  Text explanation;
};

/// A beat of the lesson, bound to the step at which its event happened.
struct TraceBeat {
  std::string id;
  Index step = no_index;  ///< no_index: its event did not happen.
  Text title;
  Text text;
  std::optional<Question> question;
};

struct ExpectationResult {
  std::string text;  ///< As in the scenario, in words.
  bool met = false;
  std::string detail;  ///< What was seen instead.
  Index step = no_index;
  std::uint32_t line = 0;  ///< In the scenario file.
};

struct Trace {
  std::string scenario_id;  ///< File name without its ending.
  Text title;
  Text summary;
  std::string scenario_json;  ///< The scenario as run, so that a trace can be run again and forked.
  std::vector<std::string> interventions;
  std::uint64_t seed = 0;
  Time end{};

  std::vector<TraceZone> zones;
  std::vector<TraceNode> nodes;
  std::vector<TraceLink> links;
  std::vector<TraceTunnel> tunnels;
  std::vector<engine::ike::Connection::SettingSource> settings;  ///< Lines of device configurations and what they set.
  std::vector<std::string> unknown_lines;                        ///< "yamaha.conf:12: line not known, kept: ..."

  std::vector<Step> steps;
  std::vector<TracePacket> packets;
  std::vector<TraceMessage> messages;
  std::vector<TraceEsp> esp;
  std::vector<TraceEspSa> esp_sas;
  std::vector<TraceValue> values;
  std::vector<TraceNegotiation> negotiations;
  std::vector<TraceExchange> exchanges;
  std::vector<TraceBeat> beats;
  std::vector<ExpectationResult> expectations;

  /// Row of `values` with this node's number; no_index if there is none.
  Index find_value(Index node, engine::ike::ValueId id) const;

  /// Row of `messages` that is this node's message number (sent by it, or received); no_index if there is none.
  Index find_message(Index node, engine::ike::MessageId id) const;

  /// Builds the look-up tables of the find functions; call once after filling or loading.
  void index();

 private:
  std::vector<std::pair<std::pair<Index, std::uint32_t>, Index>> value_rows_;
  std::vector<std::pair<std::pair<Index, std::uint32_t>, Index>> message_rows_;
};

}  // namespace sim
