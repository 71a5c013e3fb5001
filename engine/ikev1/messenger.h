#pragma once

#include "engine/ikev1/isakmp_sa.h"

namespace engine::ikev1 {

/// A message that came in, as far as it could be read.
struct Incoming {
  Endpoint source;
  Endpoint destination;
  ByteView wire;
  wire::IsakmpHeader header;
  ike::MessageId id = 0;
  ike::MessageName name;
  Bytes cleartext;                             ///< Header and decrypted body; empty when it was sent in clear.
  std::optional<wire::IsakmpMessage> message;  ///< None where it could not be read.
  Error problem;                               ///< Why not.
  ike::ValueId encryption_key = 0;
  ike::ValueId iv = 0;
  std::shared_ptr<const ike::MessageReceived> report;  ///< What was told of it; null where nobody watches.

  bool encrypted() const { return header.encrypted(); }
  ByteView ciphertext() const { return wire.subspan(wire::isakmp_header_size); }
  /// The octets in which the payloads' offsets count.
  ByteView readable() const { return encrypted() ? ByteView(cleartext) : wire; }
};

/// A message to be built.
struct Draft {
  ike::MessageId id = 0;  ///< From Reporter::new_message, so that values can be derived for it first.
  ike::MessageName name;
  std::uint32_t message_id = 0;
  std::vector<wire::Payload> payloads;
};

/// Builds, encrypts, decrypts, sends and reports messages.
class Messenger {
 public:
  explicit Messenger(ike::Core& core) : core_(core) {}

  SentMessage send_clear(const IsakmpSa& sa, Draft draft);

  /// Encrypts with the SA's key and `iv`, after padding with zeros to the block (RFC 2409 appendix B). `ciphertext`
  /// gets the body as sent, whose last block is the next message's IV.
  SentMessage send_encrypted(IsakmpSa& sa, Draft draft, const Value& iv, Quoted& ciphertext);

  /// Sends the same octets again: no answer came.
  void repeat(const IsakmpSa& sa, SentMessage& sent);

  /// Sends the same octets again, unless it was done too often: the peer repeated what they answer.
  void answer_again(const IsakmpSa& sa, SentMessage& sent);

  /// Reads a message that came in clear.
  void read_clear(Incoming& incoming);

  /// Decrypts a message and reads what comes out. What makes no sense is a problem of reason decryption_failed.
  void read_encrypted(IsakmpSa& sa, Incoming& incoming, const Value& iv);

  /// Reports a message; `sa` and `tunnel` may be null.
  void report_received(Incoming& incoming, const ike::Tunnel* tunnel, const IsakmpSa* sa);

  /// Reports a repetition of a message that was seen.
  void report_repeated(const Incoming& incoming, const SeenMessage& seen);

  /// Compares a HASH with what it should be, in constant time, and reports it as `what`.
  bool check_hash(ike::MessageId message, const ike::Tunnel& tunnel, std::string_view what, const Value& expected,
                  const Bytes& received);

  void refuse(ike::MessageId message, Reason reason, std::string_view detail, std::string_view field = {});

 private:
  void put_out(const IsakmpSa& sa, const SentMessage& sent);
  void put_out_again(const IsakmpSa& sa, SentMessage& sent);
  SentMessage finish(const IsakmpSa& sa, Draft& draft, Bytes wire, Bytes cleartext, ike::ValueId iv);

  ike::Core& core_;
};

/// Whether `incoming` was accepted in this exchange before; the place in `seen`, or null.
const SeenMessage* find_seen(const Exchange& exchange, const Incoming& incoming);

/// Marks it as accepted.
void remember(Exchange& exchange, const Incoming& incoming);

/// A chain of payloads as inputs of a HASH: one term a payload, generic header included, each under its label.
/// `labels` must outlive the terms.
std::vector<Term> chain_terms(ByteView chain, std::span<const wire::Payload> payloads,
                              const std::vector<std::string>& labels, ike::MessageId message);

/// The octets of the payloads after the first, padding excluded.
ByteView after_first_payload(const Incoming& incoming);

}  // namespace engine::ikev1
