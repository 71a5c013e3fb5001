#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/reason.h"
#include "engine/base/time.h"
#include "sim/core/random_streams.h"
#include "sim/scenario/aws_options.h"
#include "sim/scenario/yamaha_config.h"
#include "sim/trace/trace.h"

/// A scenario file as read: typed, checked, every reference resolvable. docs/scenario-format.md and
/// scenarios/scenario.schema.json describe the file; the names here are the file's names.
namespace sim {

enum class ScenarioNodeType : std::uint8_t { host, router, customer_gateway, aws_vgw };

struct ScenarioInterface {
  std::string name;             ///< "lan1"
  engine::Ipv4Network address;  ///< With host bits; unspecified: unnumbered.
};

/// A static route: through a neighbour, out of an interface, or into a tunnel (customer gateways).
struct ScenarioRoute {
  engine::Ipv4Network to;
  std::optional<engine::Ipv4Address> via;
  std::string interface;
  std::string tunnel;  ///< Id of a VPN tunnel.
};

struct ScenarioNode {
  std::string id;
  ScenarioNodeType type = ScenarioNodeType::host;
  std::string profile;  ///< "yamaha-rtx" or "aws"; empty for hosts and routers.
  Text name;
  std::string zone;    ///< Id of a zone; may be empty.
  std::int32_t x = 0;  ///< Place on the drawing board, in thousandths.
  std::int32_t y = 0;
  std::vector<ScenarioInterface> interfaces;
  std::vector<ScenarioRoute> routes;
  std::optional<std::uint16_t> mss;           ///< Hosts: the MSS they announce; none: the link's MTU less 40.
  std::vector<std::uint16_t> tcp_ports;       ///< Hosts: ports that answer a SYN with SYN-ACK.
  std::vector<std::uint16_t> udp_echo_ports;  ///< Hosts: ports that send datagrams back.
  YamahaConfiguration device;                 ///< Customer gateways: what their configuration files say.
};

struct ScenarioLink {
  /// One end: a node and one of its interfaces.
  struct End {
    std::string node;
    std::string interface;
  };
  std::string id;
  End a;
  End b;
  Duration latency{0};
  std::uint64_t bits_per_second = 0;  ///< 0: no serialization delay.
  std::uint32_t mtu = 1500;
  std::uint32_t queue = 0;  ///< Packets that may wait for the line; 0: no limit.
  bool is_public = false;
};

/// Name of the interface that an AWS tunnel endpoint has towards the Internet.
constexpr std::string_view endpoint_interface = "wan";

/// One tunnel of a VPN connection: AWS's end by its options, the customer's end by the device configuration.
struct ScenarioTunnel {
  /// AWS's end, a node of its own.
  struct Endpoint {
    std::string id;  ///< "vgw-1a"
    Text name;
    std::string zone;
    std::int32_t x = 0;
    std::int32_t y = 0;
  };
  std::string id;  ///< "tunnel1"
  Text name;
  Endpoint endpoint;
  AwsTunnelOptions options;
  AwsAssumptions assumptions;
  std::uint32_t device_tunnel = 0;  ///< Number of "tunnel select" at the customer gateway.
};

/// A Site-to-Site VPN connection between a customer gateway and a virtual private gateway.
struct ScenarioVpn {
  std::string id;
  std::string customer_gateway;  ///< Ids of nodes.
  std::string vgw;
  std::vector<engine::Ipv4Network> static_routes;  ///< The customer's networks, as told to AWS.
  std::vector<engine::Ipv4Network> vpc_networks;
  std::vector<ScenarioTunnel> tunnels;
};

/// What the script can do.
enum class ActionKind : std::uint8_t {
  ping,
  udp,
  tcp_syn,
  link_down,
  link_up,
  initiate,
  terminate,
  rekey_phase1,
  rekey_phase2,
  shutdown,
  power_off,
};

/// One line of the script. Which fields count depends on `kind`.
struct ScenarioAction {
  Time at{};
  ActionKind kind = ActionKind::ping;
  std::string id;           ///< Optional, for expectations to name it.
  std::string node;         ///< Who does it ("from").
  engine::Ipv4Address to;   ///< ping, udp, tcp_syn
  std::uint32_t count = 1;  ///< ping, udp
  Duration interval{1'000'000'000};
  std::uint32_t size = 56;  ///< Octets of payload.
  std::uint16_t port = 0;   ///< udp, tcp_syn
  bool dont_fragment = false;
  std::string link;        ///< link_down, link_up
  std::string tunnel;      ///< initiate, terminate, rekey_*
  std::uint32_t line = 0;  ///< In the scenario file.
};

/// What an event selector looks for in a trace.
enum class EventKind : std::uint8_t {
  start,  ///< The first step.
  end,    ///< The last step.
  message_sent,
  message_received,
  message_refused,
  proposals_compared,
  value_derived,
  exchange_ended,
  exchange_failed,
  sa_installed,  ///< A pair of IPsec SAs at a node.
  sa_removed,
  tunnel_up,
  tunnel_down,
  packet_sent,
  packet_forwarded,
  packet_received,
  packet_dropped,
  script,  ///< A script line was carried out.
};

/// Names one event of a run: the `nth` that fits everything that is set.
struct EventSelector {
  EventKind kind = EventKind::start;
  std::string tunnel;
  std::string node;
  std::string message;   ///< "main-mode-1"
  std::string exchange;  ///< "main-mode", "quick-mode", "informational"
  std::string value;     ///< "SKEYID"
  std::string action;    ///< Id of a script line.
  std::optional<PacketKind> packet;
  std::string label;  ///< Part of the packet's label.
  std::optional<Reason> reason;
  Time after{};  ///< Only events from then on.
  std::uint32_t nth = 1;
};

/// What must be true of the run.
enum class ExpectationKind : std::uint8_t {
  event,         ///< The event happens at least / at most so often.
  tunnel_up,     ///< The tunnel has come up by then.
  tunnel_down,   ///< The tunnel is not up then (or at the end).
  messages,      ///< The messages of the nth exchange, by name and in order.
  ping,          ///< How many echo requests of a script line were answered.
  rekey,         ///< A tunnel got new SAs between two times, while the old ones were alive.
  tcp_mss,       ///< MSS in the SYN of a script line as it arrives.
  no_plaintext,  ///< Nothing but IKE and ESP crosses public links.
};

/// One expectation. Which fields count depends on `kind`.
struct ScenarioExpectation {
  ExpectationKind kind = ExpectationKind::event;
  EventSelector on;      ///< event
  std::string tunnel;    ///< tunnel_up, tunnel_down, messages, rekey
  std::string exchange;  ///< messages
  std::vector<std::string> sequence;
  std::string action;            ///< Id of a script line: ping, tcp_mss
  std::optional<Reason> reason;  ///< tunnel_down
  std::uint32_t phase = 2;       ///< rekey
  std::uint32_t nth = 1;         ///< messages
  std::uint32_t at_least = 1;    ///< event
  std::optional<std::uint32_t> at_most;
  std::uint32_t value = 0;  ///< ping: answered; tcp_mss: the MSS
  Time after{};
  std::optional<Time> by;
  std::uint32_t line = 0;  ///< In the scenario file.
};

struct ScenarioBeat {
  std::string id;
  EventSelector on;
  Text title;
  Text text;
  std::optional<Question> question;
};

struct Scenario {
  std::string id;         ///< File name without its ending.
  std::string file_name;  ///< As given, for messages.
  std::string json;       ///< The file's content, self-contained: device configurations stand in it.
  Text title;
  Text summary;
  std::uint64_t seed = 1;
  RandomMode random = RandomMode::seeded;
  Time until{};  ///< End of the run.
  std::vector<TraceZone> zones;
  std::vector<ScenarioNode> nodes;
  std::vector<ScenarioLink> links;
  std::vector<ScenarioVpn> vpns;
  std::vector<ScenarioAction> script;
  std::vector<ScenarioExpectation> expectations;
  std::vector<ScenarioBeat> beats;
};

}  // namespace sim
