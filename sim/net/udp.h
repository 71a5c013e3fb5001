#pragma once

#include <functional>
#include <map>

#include "sim/net/ipv4_stack.h"

namespace sim {

/// The UDP layer of one node (RFC 768): ports and who listens on them.
class UdpLayer {
 public:
  struct Received {
    engine::Endpoint source;
    engine::Endpoint destination;
    engine::ByteView payload;
    Index packet = no_index;
  };
  using Handler = std::function<void(const Received&)>;

  /// Registers itself with the stack, which must outlive it.
  explicit UdpLayer(Ipv4Stack& stack);

  void listen(std::uint16_t port, Handler handler) { handlers_[port] = std::move(handler); }

  /// A datagram, not yet sent. An unspecified source address is filled in by the stack.
  Packet make(const engine::Endpoint& source, const engine::Endpoint& destination, engine::ByteView payload,
              bool dont_fragment = false, Index answers = no_index);

 private:
  void on_packet(const engine::wire::Ipv4Packet& parsed, const Packet& packet);

  Ipv4Stack& stack_;
  std::map<std::uint16_t, Handler> handlers_;
};

}  // namespace sim
