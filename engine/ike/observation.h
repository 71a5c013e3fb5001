#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/bytes.h"
#include "engine/base/reason.h"
#include "engine/base/time.h"
#include "engine/esp/parameters.h"
#include "engine/ike/connection.h"
#include "engine/wire/isakmp.h"

/// What the engine tells those who watch. Everything that a window, a text or a file explains about IKE comes from
/// these; there is no other log. Numbers (MessageId, ValueId, SaId) are unique within one daemon and count from 1; 0 is
/// "none".
namespace engine::ike {

using MessageId = std::uint32_t;  ///< One message built or received (a retransmission keeps the number of the first).
using ValueId = std::uint32_t;    ///< One value of the key schedule.
using SaId = std::uint32_t;       ///< One ISAKMP SA, or one pair of IPsec SAs.

/// The name of a message in its exchange.
struct MessageName {
  wire::ExchangeType exchange = wire::ExchangeType::none;
  std::uint8_t number = 0;  ///< Main Mode 1 to 6, Quick Mode 1 to 3; 0 where the exchange has single messages.
  std::string id;           ///< "main-mode-1", "quick-mode-3", "informational-dpd-request", "informational-delete",
                   ///< "informational-no-proposal-chosen" ...: the notification's or delete's kind when readable.
};

/// A message was built and is sent (or sent again).
struct MessageSent {
  MessageId message = 0;
  std::string connection;
  SaId ike_sa = 0;
  Role role = Role::initiator;  ///< Of this daemon in the ISAKMP SA.
  MessageName name;
  std::uint32_t retransmission = 0;  ///< 0: the first time; n: the n-th repetition.
  bool encrypted = false;
  std::vector<std::string> payloads;  ///< Labels as in RFC 2409 5: "HDR*", "HASH(1)", "SA", "Ni", "KE", "IDci", "IDcr".
  Bytes wire;                         ///< The ISAKMP message as sent (without IP, UDP, non-ESP marker).
  Bytes cleartext;                    ///< With the body before encryption (padding included); empty when not encrypted.
  ValueId encryption_key = 0;         ///< The values with which it was encrypted.
  ValueId iv = 0;
};

/// A message came in. Reported once decryption and parsing were tried, before it is acted upon.
struct MessageReceived {
  MessageId message = 0;
  std::string connection;  ///< Empty where none fits.
  SaId ike_sa = 0;
  Role role = Role::responder;
  MessageName name;
  bool duplicate = false;  ///< A repetition of the peer's: answered from the cache, not run again.
  bool encrypted = false;
  std::vector<std::string> payloads;
  Bytes wire;
  Bytes cleartext;  ///< Decrypted with this side's key, even if it makes no sense (that is the lesson).
  ValueId encryption_key = 0;
  ValueId iv = 0;
};

/// A message was not accepted; what follows from it is told by other observations.
struct MessageRefused {
  MessageId message = 0;
  Reason reason = Reason::none;
  std::string detail;  ///< English: the values that differ. "the decrypted ID payload claims 51773 octets, 68 are left"
  std::string field;   ///< Id of the wire field at fault, if one is.
};

/// Where an input of a derived value comes from.
enum class InputSource : std::uint8_t {
  value,          ///< Another derived value of this daemon.
  field,          ///< A field of a message that was sent or received.
  configuration,  ///< A setting of the connection (the pre-shared key).
  constant,       ///< Laid down by the RFC (the octets 0, 1, 2; the protocol number).
};

struct ValueInput {
  std::string name;  ///< "SKEYID", "Ni_b", "CKY-I", "0"
  InputSource source = InputSource::constant;
  ValueId value = 0;      ///< source value
  MessageId message = 0;  ///< source field
  std::string field;      ///< source field: the wire field's id, such as "ike.nonce.nonce_data"
  std::string setting;    ///< source configuration: "pre_shared_key"
  Bytes bytes;
};

/// How a value is computed. Everything is broken down to these, so that each step can be recomputed with common tools.
enum class Operation : std::uint8_t {
  random,       ///< Drawn by this peer; no inputs.
  dh_public,    ///< g^x: inputs: private value. `algorithm` names the group.
  dh_shared,    ///< g^xy: inputs: own private value, peer's public value.
  hmac,         ///< inputs[0] is the key, the others are concatenated.
  hash,         ///< inputs are concatenated.
  concatenate,  ///< inputs in order.
  slice,        ///< inputs[0] from slice_offset on, as many octets as `bytes` has.
};

/// A value of the key schedule, HASH payload, or IV was computed.
struct ValueDerived {
  ValueId id = 0;
  std::string connection;
  SaId ike_sa = 0;
  MessageId message = 0;  ///< The message for which it was needed, if for one alone (HASH, IV); else 0.
  std::string name;       ///< "SKEYID_d", "HASH_I", "KEYMAT (inbound)", "IV (Quick Mode 1)"
  Operation operation = Operation::hmac;
  std::string algorithm;  ///< "HMAC-SHA1", "SHA-1", "MODP-1024"; empty for concatenate and slice.
  std::string formula;    ///< As in the RFC: "prf(SKEYID, SKEYID_d | g^xy | CKY-I | CKY-R | 1)".
  std::vector<ValueInput> inputs;
  std::uint32_t slice_offset = 0;
  Bytes bytes;
  bool secret = true;  ///< Not visible to an eavesdropper.
  std::string rfc;
};

/// One attribute of one offered transform beside what the policy wants.
struct AttributeComparison {
  std::string name;     ///< "Encryption Algorithm"
  std::string offered;  ///< "AES-CBC-128"; "(absent)" where not offered
  std::string wanted;   ///< "AES-CBC-256"; several: "MODP-2048 or MODP-1024"
  bool matches = false;
};

struct TransformComparison {
  std::uint8_t proposal = 0;     ///< Proposal number on the wire.
  std::uint8_t transform = 0;    ///< Transform number on the wire.
  std::size_t policy_entry = 0;  ///< Which of the own transforms it was held against.
  std::vector<AttributeComparison> attributes;
  bool matches = false;
};

/// A responder held an offer against its policy (or an initiator checked the answer).
struct ProposalsCompared {
  MessageId message = 0;  ///< That carried the offer.
  std::string connection;
  std::uint8_t phase = 1;
  std::vector<std::string> policy;  ///< The own transforms, in order, as text: "AES-CBC-128, SHA-1, PSK, MODP-1024".
  std::vector<TransformComparison> comparisons;
  std::optional<std::size_t> chosen;  ///< Index into `comparisons`.
  std::string rule;                   ///< Why this one: "first acceptable offer", "lowest configured value (AWS)".
  Reason reason = Reason::none;
};

/// A HASH (or later a signature) that proves who the peer is was checked.
struct AuthenticationChecked {
  MessageId message = 0;
  std::string connection;
  std::string what;  ///< "HASH_I", "HASH(1)"
  ValueId expected_value = 0;
  Bytes expected;
  Bytes received;
  bool ok = false;
};

/// An exchange moved along its table.
struct StateChanged {
  std::string connection;
  SaId ike_sa = 0;
  std::uint32_t exchange = 0;    ///< One run of one machine; unique within the daemon.
  std::uint32_t message_id = 0;  ///< ISAKMP message ID of a phase 2 exchange; 0 in phase 1.
  std::string machine;           ///< "main-mode-initiator": name of a StateMachine.
  std::string from;              ///< State ids of that machine.
  std::string to;
  std::string story;             ///< The transition's story id.
  MessageId message = 0;         ///< The message that caused it, if one did.
  Reason reason = Reason::none;  ///< Why it failed, when `to` is the failed state.
};

/// The life of an ISAKMP SA.
struct IkeSaState {
  SaId id = 0;
  std::string connection;
  Role role = Role::initiator;
  std::string state;  ///< "negotiating", "established", "rekeyed", "deleted", "failed"
  wire::Cookie initiator_cookie{};
  wire::Cookie responder_cookie{};
  Endpoint local;
  Endpoint remote;
  std::optional<Phase1Transform> transform;  ///< Once chosen.
  std::string transform_text;                ///< "AES-CBC-128, SHA-1, PSK, MODP-1024"
  Time created{};
  Time established{};
  Time rekey_at{};  ///< Zero: none.
  Time expires_at{};
  Reason reason = Reason::none;  ///< Why it ended.
  std::uint32_t dpd_sequence = 0;
  std::uint32_t dpd_unanswered = 0;
};

/// A pair of IPsec SAs (one a direction) as IKE negotiated it.
struct IpsecSaState {
  SaId id = 0;
  SaId ike_sa = 0;
  std::string connection;
  Role role = Role::initiator;
  std::string state;  ///< "installed", "rekeyed" (a newer pair sends, this one still receives), "deleted"
  std::uint32_t inbound_spi = 0;
  std::uint32_t outbound_spi = 0;
  Phase2Transform transform;
  std::string transform_text;  ///< "ESP AES-CBC-128, HMAC-SHA1-96, PFS MODP-1024"
  std::string local_selector;
  std::string remote_selector;
  Time established{};
  Time rekey_at{};
  Time expires_at{};
  std::uint64_t lifetime_kilobytes = 0;
  ValueId inbound_cipher_key = 0;
  ValueId inbound_integrity_key = 0;
  ValueId outbound_cipher_key = 0;
  ValueId outbound_integrity_key = 0;
  Reason reason = Reason::none;
};

/// Something else that a person should know: "retransmission 2 of 10, next in 5 s", "tunnel is initiated again".
struct Remark {
  std::string connection;
  std::string id;  ///< Story id: "dpd.probe", "retransmission", "rekey.due", "responder-lifetime".
  std::vector<std::pair<std::string, std::string>> values;  ///< Named parts of the sentence, in order.
};

using Observation = std::variant<MessageSent, MessageReceived, MessageRefused, ValueDerived, ProposalsCompared,
                                 AuthenticationChecked, StateChanged, IkeSaState, IpsecSaState, Remark>;

/// One who watches. With none attached, observations are not even built.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void observe(const Observation& observation) = 0;
};

}  // namespace engine::ike
