#pragma once

#include "engine/ikev1/messenger.h"
#include "engine/ikev1/tables.h"

namespace engine::ikev1 {

class Engine;

/// Main mode with pre-shared keys (RFC 2409 5.4), both roles.
class MainMode {
 public:
  explicit MainMode(Engine& engine) : engine_(engine) {}

  /// Begins a phase 1 as initiator.
  void begin(Time now, ike::Tunnel& tunnel);

  /// A main mode message: the next of an SA, or the first of a new one.
  void receive(Time now, Incoming& incoming);

  /// No answer came in time: repeat, or give up.
  void retransmit(Time now, IsakmpSa& sa);

  /// As responder, nothing came in time.
  void half_open_timeout(Time now, IsakmpSa& sa);

  /// The peer told that it refuses.
  void peer_refused(Time now, IsakmpSa& sa, ike::MessageId message, Reason reason);

  /// Ended by this side before it was established.
  void abandon(Time now, IsakmpSa& sa, Reason reason);

 private:
  using Outcome = std::optional<Refusal>;  ///< None: the message was accepted.

  IsakmpSa* find(const Incoming& incoming);
  void receive_first(Time now, Incoming& incoming);
  Outcome check_first(const ike::Tunnel* tunnel, const Incoming& incoming) const;
  bool make_room(Time now, const ike::Tunnel& tunnel);
  void receive_next(Time now, IsakmpSa& sa, Incoming& incoming);
  void read(IsakmpSa& sa, const ike::Transition& row, Incoming& incoming);
  void accept(Time now, IsakmpSa& sa, const ike::Transition& row, Incoming& incoming);
  Outcome run(Time now, IsakmpSa& sa, const ike::Transition& row, Incoming& incoming);
  void refuse(Time now, IsakmpSa& sa, const Incoming& incoming, const Refusal& refusal);
  void fail(Time now, IsakmpSa& sa, ike::Trigger trigger, MainModeAction action, ike::MessageId message, Reason reason);

  Outcome choose(IsakmpSa& sa, Incoming& incoming);
  Outcome take_choice(Time now, IsakmpSa& sa, Incoming& incoming);
  Outcome answer_key(IsakmpSa& sa, Incoming& incoming);
  Outcome identify(Time now, IsakmpSa& sa, Incoming& incoming);
  Outcome authenticate(IsakmpSa& sa, Incoming& incoming);
  Outcome finish(IsakmpSa& sa, Incoming& incoming);

  Outcome take_key(IsakmpSa& sa, const Incoming& incoming, Quoted& g_x, Quoted& n_b);
  Outcome make_key(IsakmpSa& sa, ike::MessageId message, std::vector<wire::Payload>& payloads);
  Outcome derive_keys(IsakmpSa& sa);
  Outcome check_identity(IsakmpSa& sa, const Incoming& incoming, ike::Role who);
  Draft identity_draft(IsakmpSa& sa, std::uint8_t number);
  void take_vendor_ids(IsakmpSa& sa, const Incoming& incoming);
  Derivation derivation(const IsakmpSa& sa) const;

  Engine& engine_;
};

/// The key schedule's inputs as far as they are known.
Phase1Inputs phase1_inputs(const IsakmpSa& sa);

}  // namespace engine::ikev1
