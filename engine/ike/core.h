#pragma once

#include <memory>
#include <vector>

#include "engine/base/random.h"
#include "engine/ike/connection.h"
#include "engine/ike/daemon.h"
#include "engine/ike/deadlines.h"
#include "engine/ike/reporter.h"

namespace engine::ike {

/// A configured connection and whether it is to be up.
struct Tunnel {
  std::uint32_t index = 0;  ///< Place in Core::tunnels; owner of its deadline.
  Connection connection;
  bool wanted = false;  ///< Shall be up: brought up again when it goes down.
};

/// What every version of IKE in one daemon shares.
struct Core {
  Core(RandomSource& source, Observer* observer) : random(source), reporter(observer) {}

  RandomSource& random;
  Reporter reporter;
  Deadlines deadlines;
  std::vector<Output> outputs;
  std::vector<std::unique_ptr<Tunnel>> tunnels;
  bool running = false;  ///< Between start and shutdown.

  Tunnel* find(std::string_view name);

  /// The first tunnel between these addresses; 0.0.0.0 as a configured address fits any.
  Tunnel* find(Ipv4Address local, Ipv4Address remote);

  /// Tells something to the observer. `values` are built only when it is called for.
  template <class Values>
  void remark(const Tunnel& tunnel, std::string_view id, Values&& values) {
    reporter.tell([&] { return Remark{tunnel.connection.name, std::string(id), values()}; });
  }
  void remark(const Tunnel& tunnel, std::string_view id) {
    remark(tunnel, id, [] { return decltype(Remark::values){}; });
  }
};

}  // namespace engine::ike
