#pragma once

#include "engine/ikev1/isakmp_sa.h"

namespace engine::ikev1 {

class Engine;

/// Dead peer detection (RFC 3706): when to ask, and when to take silence for death.
class DeadPeerDetection {
 public:
  explicit DeadPeerDetection(Engine& engine) : engine_(engine) {}

  /// The SA was established.
  void start(Time now, IsakmpSa& sa);
  void stop(IsakmpSa& sa);

  /// The peer proved that it lives.
  void heard(Time now, IsakmpSa& sa);

  /// ESP went out.
  void sent(Time now, IsakmpSa& sa);

  /// The answer to the waiting R-U-THERE came.
  void acknowledged(Time now, IsakmpSa& sa, ike::MessageId message);

  /// The SA's deadline came: ask, ask again, or declare the peer dead.
  void expire(Time now, IsakmpSa& sa);

 private:
  bool idle(Time now, IsakmpSa& sa);
  void ask(Time now, IsakmpSa& sa);

  Engine& engine_;
};

}  // namespace engine::ikev1
