#pragma once

#include <memory>
#include <optional>

#include "engine/ike/core.h"
#include "engine/ike/state_machine.h"
#include "engine/wire/isakmp.h"

namespace engine::ikev1 {

/// Octets of a message, or a part of it, that later computations refer to.
struct Quoted {
  Bytes bytes;
  ike::MessageId message = 0;
};

/// The last message that an exchange sent: what is repeated when no answer comes, or when the peer repeats its own.
struct SentMessage {
  ike::MessageId id = 0;
  Bytes wire;
  ike::MessageName name;
  std::uint32_t repetitions = 0;             ///< How often it was sent again, for whatever cause.
  std::uint32_t timeouts = 0;                ///< How often, because no answer came.
  std::uint32_t answers = 0;                 ///< How often, because the peer repeated what it answers.
  std::unique_ptr<ike::MessageSent> report;  ///< Null where nobody watches.

  bool empty() const { return wire.empty(); }
};

/// A peer that repeats itself more often than this gets no more answers.
constexpr std::uint32_t most_answers = 64;

/// A message that was accepted, to know it again.
struct SeenMessage {
  Bytes digest;
  ike::MessageId id = 0;
  std::shared_ptr<const ike::MessageReceived> report;  ///< Null where nobody watches.
};

/// SHA-256 of a whole message, by which a repetition is recognised.
Bytes digest_of(ByteView message);

/// One run of one of the machines in tables.h.
struct Exchange {
  std::uint32_t number = 0;  ///< Unique within the daemon.
  const ike::StateMachine* machine = nullptr;
  std::uint8_t state = 0;
  std::uint32_t message_id = 0;  ///< 0 in phase 1.
  SentMessage sent;
  std::vector<SeenMessage> seen;       ///< Oldest first; `sent` answers the last one.
  SeenMessage refused;                 ///< The last message that was answered by a refusal,
  SentMessage refusal;                 ///< and the refusal.
  Reason last_refusal = Reason::none;  ///< Why the peer's last message was not accepted.

  bool ended() const { return machine->states[state].terminal; }
};

/// Why a message was not accepted, and what is done about it.
struct Refusal {
  Error error;
  std::string_view field = {};     ///< Id of the wire field at fault.
  std::uint16_t notification = 0;  ///< What the peer is told; 0: nothing.
  bool stay = false;               ///< The message may have been forged: the exchange goes on waiting.
};

/// The row that leads on from the exchange's state.
const ike::Transition* find_row(const Exchange& exchange, ike::Trigger trigger, std::uint8_t action);

/// The row for the message that the exchange waits for; null in a state that waits for none.
const ike::Transition* awaited_row(const Exchange& exchange);

/// Whether a message has the payloads that a row demands and no others, and is encrypted as it should be. Vendor IDs,
/// notifications, NAT payloads and unknown payloads may always be there. Errors: not_encrypted, unexpected_message,
/// malformed.
Result<void> check_payloads(const ike::Transition& row, const wire::IsakmpMessage& message, bool encrypted);

/// Whether an SA payload is for the IPsec DOI with the situation SIT_IDENTITY_ONLY, the only ones that are served (RFC
/// 2407 4.2, 4.4). Reason: no_proposal_chosen.
std::optional<Refusal> check_situation(const wire::SecurityAssociationPayload& sa);

/// Goes along `row` and reports it. `reason`: why, where the row leads to failure.
void move_on(ike::Core& core, const ike::Tunnel& tunnel, ike::SaId ike_sa, Exchange& exchange,
             const ike::Transition& row, ike::MessageId message, Reason reason);

}  // namespace engine::ikev1
