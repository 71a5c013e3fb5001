#pragma once

#include <string_view>
#include <vector>

#include "engine/base/secret.h"
#include "engine/crypto/dh.h"
#include "engine/crypto/hash.h"
#include "engine/ike/reporter.h"

/// Computing values of the key schedule in steps that each can be recomputed with common tools, and telling of each
/// step what went into it and where that came from.
namespace engine::ikev1 {

/// An input of a computation: octets, and where they come from. A view: it lives as long as what it names.
struct Term {
  std::string_view name;
  ByteView bytes;
  ike::InputSource source = ike::InputSource::constant;
  ike::ValueId value = 0;
  ike::MessageId message = 0;
  std::string_view where;  ///< Field id or setting id.
};

inline Term from_field(std::string_view name, ike::MessageId message, std::string_view field, ByteView bytes) {
  return {name, bytes, ike::InputSource::field, 0, message, field};
}
inline Term from_setting(std::string_view name, std::string_view setting, ByteView bytes) {
  return {name, bytes, ike::InputSource::configuration, 0, 0, setting};
}
inline Term constant(std::string_view name, ByteView bytes) {
  return {name, bytes, ike::InputSource::constant, 0, 0, {}};
}

/// A computed value; its number is 0 where nobody watches.
struct Value {
  SecretBytes bytes;
  ike::ValueId id = 0;

  /// As an input, under the name that the formula gives it.
  Term as(std::string_view name) const { return {name, bytes, ike::InputSource::value, id, 0, {}}; }
};

/// What to tell of a value.
struct Description {
  std::string_view name;
  std::string_view formula;
  std::string_view rfc;
  std::string_view suffix = {};  ///< Which of several of this name: "Quick Mode 1".
  ike::MessageId message = 0;    ///< The message for which it is needed, if for one alone.
  bool secret = true;
};

/// Computes, and reports, for one ISAKMP SA.
class Derivation {
 public:
  Derivation(ike::Reporter& reporter, std::string_view connection, ike::SaId ike_sa)
      : reporter_(reporter), connection_(connection), ike_sa_(ike_sa) {}

  /// Octets that were drawn at random.
  Value drawn(const Description& description, ByteView bytes);
  Value hmac(const Description& description, crypto::HashAlgorithm hash, const Term& key,
             const std::vector<Term>& data);
  Value hash(const Description& description, crypto::HashAlgorithm hash, const std::vector<Term>& data);
  Value concatenate(const Description& description, const std::vector<Term>& parts);
  Value slice(const Description& description, const Term& whole, std::size_t offset, std::size_t length);
  Value dh_public(const Description& description, const crypto::DhKeyPair& pair, const Value& private_value);
  /// Error: invalid_key_exchange, as DhKeyPair::shared_secret.
  Result<Value> dh_shared(const Description& description, const crypto::DhKeyPair& pair, const Value& private_value,
                          const Term& peer_public);

 private:
  Value finish(const Description& description, ike::Operation operation, std::string_view algorithm_prefix,
               std::string_view algorithm, const std::vector<Term>& inputs, std::size_t offset, SecretBytes bytes);

  ike::Reporter& reporter_;
  std::string_view connection_;
  ike::SaId ike_sa_;
};

}  // namespace engine::ikev1
