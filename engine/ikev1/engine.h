#pragma once

#include "engine/ikev1/dead_peer_detection.h"
#include "engine/ikev1/informational.h"
#include "engine/ikev1/lifecycle.h"
#include "engine/ikev1/main_mode.h"
#include "engine/ikev1/messenger.h"
#include "engine/ikev1/quick_mode.h"
#include "engine/ikev1/sa_store.h"

namespace engine::ikev1 {

/// IKEv1 of one daemon: its exchanges and SAs. The parts know each other through this.
class Engine {
 public:
  explicit Engine(ike::Core& shared);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// A message whose header says version 1.
  void receive(Time now, const Endpoint& source, const Endpoint& destination, const wire::IsakmpHeader& header,
               ByteView payload);

  /// One of its deadlines came.
  void expire(Time now, ike::Deadlines::Due due);

  /// To be called after each of the above.
  void finish(Time now) { lifecycle.check_volume(now); }

  ike::IkeSaState state_of(const IsakmpSa& sa) const;
  ike::IpsecSaState state_of(const IpsecPair& pair) const;

  ike::Core& core;
  SaStore store;
  Messenger messenger;
  MainMode main_mode;
  QuickMode quick_mode;
  Informational informational;
  DeadPeerDetection dpd;
  Lifecycle lifecycle;
};

}  // namespace engine::ikev1
