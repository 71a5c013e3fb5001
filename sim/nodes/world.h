#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/simulator.h"
#include "sim/net/link.h"
#include "sim/nodes/host.h"
#include "sim/nodes/router.h"
#include "sim/nodes/security_gateway.h"
#include "sim/nodes/vgw.h"
#include "sim/trace/recorder.h"

namespace sim {

struct WorldOptions {
  std::uint64_t seed = 1;
  RandomMode random = RandomMode::seeded;
};

/// Who a node is and where it is drawn.
struct Place {
  std::string id;  ///< Unique in the world.
  Text name;
  std::string zone;    ///< Id of a zone; may be empty.
  std::int32_t x = 0;  ///< In thousandths of the drawing board.
  std::int32_t y = 0;
};

/// One end of a link: a node and the interface it gets there.
struct Attachment {
  Node& node;
  std::string interface;        ///< Unique at the node: "lan1".
  engine::Ipv4Network address;  ///< With host bits; unspecified: unnumbered.
};

/// A tunnel as both gateways configured it.
struct TunnelDescription {
  std::string id;
  Text name;
  SecurityGateway& initiator;        ///< The one that is to initiate.
  std::string initiator_connection;  ///< Names of connections that were added to the gateways.
  SecurityGateway& responder;
  std::string responder_connection;
  engine::Ipv4Network inside;  ///< 169.254.97.128/30
};

/// A simulated network: the clock, the nodes, the links and the trace of what happens. Build it with the add functions
/// and connect(), then run it. The same building calls with the same options give the same trace.
class World {
 public:
  explicit World(const WorldOptions& options = {});
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  void add_zone(TraceZone zone);
  Host& add_host(const Place& place);
  Router& add_router(const Place& place);

  /// A customer gateway; `profile` ("yamaha-rtx") is for display: behaviour is in its connections.
  SecurityGateway& add_gateway(const Place& place, const std::string& profile);

  /// AWS's virtual private gateway, the router on the VPC's side.
  Vgw& add_vgw(const Place& place);

  /// An endpoint of a VGW, joined to it by an internal link without delay ("to-VGWID" at the endpoint, "to-ENDPOINTID"
  /// at the VGW). The endpoint's default way into the VPC is its own to set: add_route(vpc, "to-VGWID").
  SecurityGateway& add_vgw_endpoint(const Place& place, Vgw& vgw);

  Link& connect(const LinkOptions& options, const Attachment& a, const Attachment& b);

  /// Tells the trace of a tunnel whose two ends were added with SecurityGateway::add_tunnel. Do so before running.
  void add_tunnel(const TunnelDescription& tunnel);

  /// Null where there is none of this id.
  Node* find_node(std::string_view id);
  Link* find_link(std::string_view id);

  /// Schedules a line of the script. Its step in the trace has `text` as its note, and `node` (which may be null) as
  /// its place; what `action` causes follows it.
  void at(Time time, const Node* node, std::string text, std::function<void()> action);

  /// Runs up to and including `end`; the first call starts the nodes. May be called again to go on.
  void run_until(Time end);

  Simulator& simulator() { return simulator_; }

  /// What happened so far. Tables about the world may be written to (title, settings, ...).
  Trace& trace();

  /// The finished trace, indexed. The world must not be run afterwards.
  Trace take_trace();

 private:
  struct ScriptLine {
    Index node = no_index;
    std::string text;
    std::function<void()> action;
  };

  template <class NodeClass>
  NodeClass& add_node(const Place& place, NodeType type, const std::string& profile = {},
                      const std::string& parent = {});
  void attach(Link& link, int end, const Attachment& attachment);
  void run_line(const ScriptLine& line);

  WorldOptions options_;
  Simulator simulator_;
  Recorder recorder_;
  std::vector<std::unique_ptr<Node>> nodes_;
  std::vector<std::unique_ptr<Link>> links_;
  std::vector<std::unique_ptr<ScriptLine>> script_;
  bool started_ = false;
};

}  // namespace sim
