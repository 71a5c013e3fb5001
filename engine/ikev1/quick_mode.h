#pragma once

#include "engine/ikev1/messenger.h"
#include "engine/ikev1/tables.h"

namespace engine::ikev1 {

class Engine;

/// Quick mode (RFC 2409 5.5), both roles, with and without PFS and client identities.
class QuickMode {
 public:
  explicit QuickMode(Engine& engine) : engine_(engine) {}

  /// Begins a phase 2 as initiator. `replaces`: the pair that it is to replace; 0: none.
  void begin(Time now, IsakmpSa& sa, ike::SaId replaces);

  void receive(Time now, Incoming& incoming);

  /// No answer came in time: repeat, or give up.
  void retransmit(Time now, QuickModeExchange& quick);

  /// The peer told that it refuses the quick mode with this SPI, or the only one there is.
  void peer_refused(Time now, IsakmpSa& sa, ByteView spi, ike::MessageId message, Reason reason);

  /// Ends all of an ISAKMP SA, which itself ends.
  void abandon_all(Time now, IsakmpSa& sa, Reason reason);

  /// Drops a finished exchange, which so far answered repetitions.
  void forget(QuickModeExchange& quick);

 private:
  using Outcome = std::optional<Refusal>;  ///< None: the message was accepted.

  QuickModeExchange& create(IsakmpSa& sa, const ike::StateMachine& machine, ike::Role role, std::uint32_t message_id);
  bool make_room(IsakmpSa& sa);
  void receive_first(Time now, IsakmpSa& sa, Incoming& incoming);
  void receive_next(Time now, IsakmpSa& sa, QuickModeExchange& quick, Incoming& incoming);
  Outcome check(IsakmpSa& sa, const QuickModeExchange* quick, const ike::Transition& row, const Incoming& incoming);
  void accept(Time now, IsakmpSa& sa, QuickModeExchange& quick, const ike::Transition& row, Incoming& incoming);
  void refuse(Time now, IsakmpSa& sa, QuickModeExchange& quick, const Incoming& incoming, const Refusal& refusal);
  void fail(Time now, QuickModeExchange& quick, ike::Trigger trigger, QuickModeAction action, ike::MessageId message,
            Reason reason);
  void finish_keeping(Time now, QuickModeExchange& quick);

  Outcome choose(Time now, IsakmpSa& sa, QuickModeExchange& quick, Incoming& incoming);
  Outcome finish(IsakmpSa& sa, QuickModeExchange& quick, Incoming& incoming);

  Outcome take_client_ids(const IsakmpSa& sa, QuickModeExchange& quick, const Incoming& incoming);
  Outcome take_nonce(const Incoming& incoming, Quoted& n_b);
  Outcome make_key(const IsakmpSa& sa, QuickModeExchange& quick, Draft& draft);
  Outcome derive_shared(const IsakmpSa& sa, QuickModeExchange& quick, const Incoming& incoming);
  std::uint32_t draw_spi();
  void add_hash(const IsakmpSa& sa, const QuickModeExchange& quick, Draft& draft);
  std::vector<Term> hash_start(const QuickModeExchange& quick, std::uint8_t number) const;
  void send(IsakmpSa& sa, QuickModeExchange& quick, Draft draft, const Value& iv);
  Value first_iv(const IsakmpSa& sa, const Quoted& message_id, ike::MessageId message) const;
  Value next_iv(const IsakmpSa& sa, const QuickModeExchange& quick, ike::MessageId message, std::uint8_t number) const;
  void install(Time now, IsakmpSa& sa, QuickModeExchange& quick);
  Derivation derivation(const IsakmpSa& sa) const;

  Engine& engine_;
};

}  // namespace engine::ikev1
