#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "engine/base/address.h"
#include "sim/net/packet.h"

namespace sim {

/// What an IPv4 stack sends through: the end of a link, or a tunnel.
class Interface {
 public:
  /// `address` may be unspecified (an unnumbered interface).
  Interface(std::string name, engine::Ipv4Network address) : name_(std::move(name)), address_(address) {}
  virtual ~Interface() = default;
  Interface(const Interface&) = delete;
  Interface& operator=(const Interface&) = delete;

  const std::string& name() const { return name_; }
  const engine::Ipv4Network& address() const { return address_; }

  /// Octets of the largest IPv4 packet that transmit() takes.
  virtual std::uint32_t mtu() const = 0;

  /// Whether routes through it may be preferred over others of the same length.
  virtual bool is_up() const = 0;

  /// Sends a packet that fits the MTU. What cannot be sent is dropped and recorded by the interface.
  virtual void transmit(Packet packet) = 0;

 private:
  std::string name_;
  engine::Ipv4Network address_;
};

}  // namespace sim
