#include "sim/nodes/security_gateway.h"

#include <algorithm>

#include "engine/wire/udp.h"

namespace sim {

namespace wire = engine::wire;

SecurityGateway::SecurityGateway(const NodeContext& context)
    : Node(context, true),
      daemon_(std::make_unique<engine::ike::Daemon>(random_, static_cast<engine::ike::Observer*>(this))) {
  udp_.listen(wire::udp_port::isakmp, [this](const UdpLayer::Received& datagram) { on_ike(datagram); });
  stack().set_handler(wire::ip_protocol::esp,
                      [this](const wire::Ipv4Packet& parsed, const Packet& packet) { on_esp(parsed, packet); });
}

SecurityGateway::~SecurityGateway() = default;

TunnelInterface& SecurityGateway::add_tunnel(TunnelOptions options) {
  tunnels_.push_back(std::make_unique<TunnelInterface>(*this, options));
  TunnelInterface& tunnel = *tunnels_.back();
  stack().attach(tunnel);
  recorder_.trace().nodes[row()].interfaces.push_back({options.name, options.inside, no_index});
  if (!options.inside.address.is_unspecified()) recorder_.add_address(options.inside.address, row());
  daemon_->add(std::move(options.connection));
  return tunnel;
}

TunnelInterface* SecurityGateway::find_tunnel(std::string_view connection) const {
  for (const auto& tunnel : tunnels_) {
    if (tunnel->connection() == connection) return tunnel.get();
  }
  return nullptr;
}

bool SecurityGateway::has_tunnel_up() const {
  return std::any_of(tunnels_.begin(), tunnels_.end(), [](const auto& tunnel) { return tunnel->is_up(); });
}

void SecurityGateway::start() {
  command([&](engine::ike::Daemon& daemon) { daemon.start(simulator_.now()); });
}

void SecurityGateway::initiate(std::string_view connection) {
  command([&](engine::ike::Daemon& daemon) { daemon.initiate(simulator_.now(), connection); });
}

void SecurityGateway::terminate(std::string_view connection) {
  command([&](engine::ike::Daemon& daemon) { daemon.terminate(simulator_.now(), connection); });
}

void SecurityGateway::rekey_phase1(std::string_view connection) {
  command([&](engine::ike::Daemon& daemon) { daemon.rekey_phase1(simulator_.now(), connection); });
}

void SecurityGateway::rekey_phase2(std::string_view connection) {
  command([&](engine::ike::Daemon& daemon) { daemon.rekey_phase2(simulator_.now(), connection); });
}

void SecurityGateway::shutdown() {
  command([&](engine::ike::Daemon& daemon) { daemon.shutdown(simulator_.now()); });
  stop();
}

void SecurityGateway::power_off() {
  stop();
  Node::power_off();
}

void SecurityGateway::stop() {
  is_stopped_ = true;
  simulator_.cancel(timer_);
  tunnel_by_spi_.clear();
  for (const auto& tunnel : tunnels_) tunnel->clear();
}

void SecurityGateway::observe(const engine::ike::Observation& observation) { recorder_.observe(row(), observation); }

void SecurityGateway::on_ike(const UdpLayer::Received& datagram) {
  if (is_stopped_) {
    return stack().drop({{}, datagram.packet}, Reason::local_shutdown, "the IKE daemon was shut down");
  }
  command([&](engine::ike::Daemon& daemon) {
    daemon.receive(simulator_.now(), datagram.source, datagram.destination, datagram.payload);
  });
}

void SecurityGateway::on_timer() {
  timer_due_.reset();
  recorder_.begin_timer(simulator_.now(), row());
  command([&](engine::ike::Daemon& daemon) { daemon.expire(simulator_.now()); });
}

void SecurityGateway::carry_out() {
  // Sending may lead back here (an IKE message that is routed into a tunnel); its outputs join the queue.
  if (carrying_out_) return;
  carrying_out_ = true;
  for (auto outputs = daemon_->take_outputs(); !outputs.empty(); outputs = daemon_->take_outputs()) {
    for (engine::ike::Output& output : outputs) {
      if (const auto* datagram = std::get_if<engine::ike::SendDatagram>(&output)) send(*datagram);
      if (auto* sas = std::get_if<engine::ike::InstallSas>(&output)) install(std::move(*sas));
      if (const auto* sas = std::get_if<engine::ike::RemoveSas>(&output)) remove(*sas);
    }
  }
  carrying_out_ = false;
  set_timer();
}

void SecurityGateway::set_timer() {
  const std::optional<Time> due = daemon_->next_deadline();
  if (due == timer_due_) return;
  simulator_.cancel(timer_);
  timer_due_ = due;
  if (due) timer_ = simulator_.at(*due, EventPriority::timer, row(), [this] { on_timer(); });
}

void SecurityGateway::send(const engine::ike::SendDatagram& datagram) {
  Packet packet = udp_.make(datagram.source, datagram.destination, datagram.payload);
  recorder_.bind_message(packet.record, row(), datagram.message);
  stack().send(std::move(packet));
}

void SecurityGateway::install(engine::ike::InstallSas sas) {
  TunnelInterface* tunnel = find_tunnel(sas.connection);
  if (tunnel == nullptr) return;
  const Time now = simulator_.now();
  recorder_.installed(now, row(), sas.connection, sas.inbound, sas.outbound);
  const std::uint32_t inbound_spi = sas.inbound.spi;
  auto inbound = engine::esp::InboundSa::create(std::move(sas.inbound), now);
  auto outbound = engine::esp::OutboundSa::create(std::move(sas.outbound), now);
  if (!inbound || !outbound) return;
  tunnel_by_spi_[inbound_spi] = tunnel;
  tunnel->add({sas.id, std::move(*inbound), std::move(*outbound)});
  note_state(*tunnel, *tunnel->newest());
}

void SecurityGateway::remove(const engine::ike::RemoveSas& sas) {
  TunnelInterface* tunnel = find_tunnel(sas.connection);
  if (tunnel == nullptr) return;
  tunnel_by_spi_.erase(sas.inbound_spi);
  tunnel->remove(sas.id);
}

}  // namespace sim
