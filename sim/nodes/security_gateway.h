#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ike/daemon.h"
#include "sim/nodes/node.h"
#include "sim/nodes/tunnel_interface.h"

namespace sim {

/// The end of an IPsec tunnel: an IKE daemon on UDP 500, ESP in tunnel mode, and route-based tunnel interfaces on a
/// router. The customer gateway and each endpoint of a VGW are of this class and differ in their connections alone.
///
/// A packet that is routed into a tunnel interface is encapsulated with the newest outbound SA; with none it is dropped
/// (no_sa while the tunnel is coming up, tunnel_down otherwise) and never goes another way. Packets too large for the
/// tunnel are fragmented before encryption, or answered with ICMP "fragmentation needed" where DF is set.
class SecurityGateway : public Node, private engine::ike::Observer {
 public:
  explicit SecurityGateway(const NodeContext& context);
  ~SecurityGateway() override;

  /// Adds a tunnel interface and the connection that protects it. Its name, and the connection's, must be new.
  TunnelInterface& add_tunnel(TunnelOptions options);

  /// The daemon's commands, for the script.
  void initiate(std::string_view connection);
  void terminate(std::string_view connection);
  void rekey_phase1(std::string_view connection);
  void rekey_phase2(std::string_view connection);

  /// Takes all tunnels down (the peers are told), and no packet goes through them any more.
  void shutdown();

  void power_off() override;
  void start() override;

  /// Whether one of its tunnels has an outbound IPsec SA.
  bool has_tunnel_up() const;

 private:
  friend class TunnelInterface;

  void observe(const engine::ike::Observation& observation) override;
  void on_ike(const UdpLayer::Received& datagram);
  void on_esp(const engine::wire::Ipv4Packet& parsed, const Packet& packet);
  void on_timer();

  /// Sends a packet through a tunnel; the tunnel interface does.
  void encapsulate(TunnelInterface& tunnel, Packet inner);
  void drop_without_sa(TunnelInterface& tunnel, const Packet& inner);
  bool fits_outside(const SaPair& pair, const Packet& inner);
  void check_lifetimes(TunnelInterface& tunnel, engine::ike::SaId id);
  void tell_hard_expiry(SaPair& pair);
  void note_state(const TunnelInterface& tunnel, const SaPair& pair);

  /// Gives the daemon something to do, as part of the event in hand, and carries out what it wants.
  template <class Command>
  void command(Command&& run) {
    recorder_.continue_event(simulator_.now(), row());
    run(*daemon_);
    carry_out();
  }
  void carry_out();
  void send(const engine::ike::SendDatagram& datagram);
  TunnelInterface* find_tunnel(std::string_view connection) const;
  void install(engine::ike::InstallSas sas);
  void remove(const engine::ike::RemoveSas& sas);
  void set_timer();
  void stop();

  std::unique_ptr<engine::ike::Daemon> daemon_;
  std::vector<std::unique_ptr<TunnelInterface>> tunnels_;
  std::map<std::uint32_t, TunnelInterface*> tunnel_by_spi_;  ///< Inbound SPIs.
  EventHandle timer_;
  std::optional<Time> timer_due_;
  bool carrying_out_ = false;
  bool is_stopped_ = false;
};

}  // namespace sim
