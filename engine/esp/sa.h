#pragma once

#include <cstdint>
#include <memory>

#include "engine/base/bytes.h"
#include "engine/base/random.h"
#include "engine/base/time.h"
#include "engine/crypto/cipher.h"
#include "engine/esp/parameters.h"
#include "engine/esp/replay_window.h"

namespace engine::esp {

/// What an SA has carried. Octets are those of the inner packets.
struct Counters {
  std::uint64_t packets = 0;
  std::uint64_t bytes = 0;
  std::uint64_t refused = 0;  ///< Failed the ICV, the replay check or the padding check.
};

/// Whether a lifetime limit was met.
enum class LifetimeState : std::uint8_t { fresh, soft_expired, hard_expired };

/// What the number of the last packet sent does to an SA's life: in the last sixteenth of the numbers it is to be
/// replaced, after the last one "the sender MUST NOT send a packet" (RFC 4303 3.3.3).
constexpr LifetimeState sequence_state(std::uint32_t last_sent) {
  if (last_sent == 0xffffffffU) return LifetimeState::hard_expired;
  return last_sent >= 0xf0000000U ? LifetimeState::soft_expired : LifetimeState::fresh;
}

/// What was done to one packet, for those who watch. Views point into the ESP packet (the result of encapsulation, the
/// argument of decapsulation) and live as long as it does.
struct PacketDetails {
  std::uint32_t spi = 0;
  std::uint32_t sequence = 0;
  ByteView iv;
  ByteView ciphertext;
  ByteView icv;
  Bytes plaintext;     ///< Inner packet, padding, pad length, next header.
  Bytes expected_icv;  ///< What the receiver computed.
};

/// The sending side of an SA (RFC 4303 3.3).
class OutboundSa {
 public:
  /// Error: Reason::bad_length where a key does not fit its algorithm.
  static Result<OutboundSa> create(SaParameters parameters, Time installed);

  /// Wraps `inner` (an IPv4 packet, its TTL already decremented by the gateway) in ESP and the outer IPv4 header
  /// (checksum filled in, identification `ip_identification`, DF, DSCP, TTL by policy; ECN copied). Errors:
  /// lifetime_expired, sequence_exhausted, selector_mismatch, limit_exceeded where the result would not be an IPv4
  /// packet, and what read_ipv4 finds wrong with `inner`. `details` may be null.
  Result<Bytes> encapsulate(Time now, ByteView inner, std::uint16_t ip_identification, RandomSource& random,
                            PacketDetails* details);

  const SaParameters& parameters() const { return parameters_; }
  const Counters& counters() const { return counters_; }
  std::uint32_t sequence() const { return sequence_; }  ///< Of the last packet sent; 0: none.
  Time installed() const { return installed_; }
  /// By time, octets and sequence numbers, whichever is furthest.
  LifetimeState lifetime_state(Time now) const;

 private:
  OutboundSa(SaParameters parameters, crypto::CipherContext cipher, crypto::IntegrityContext integrity, Time installed);
  SaParameters parameters_;
  crypto::CipherContext cipher_;
  crypto::IntegrityContext integrity_;
  Counters counters_;
  std::uint32_t sequence_ = 0;
  Time installed_;
};

/// The receiving side of an SA (RFC 4303 3.4).
class InboundSa {
 public:
  static Result<InboundSa> create(SaParameters parameters, Time installed);

  /// Unwraps an outer IPv4 packet that carries ESP. The order is the RFC's: replay window, ICV, window update,
  /// decryption, padding, next header, selectors. Errors: lifetime_expired, malformed (not a whole ESP packet),
  /// unknown_spi, truncated, bad_length, replayed, outside_replay_window, icv_mismatch, bad_padding,
  /// selector_mismatch, protocol_unreachable (a dummy packet, or not IPv4 inside), and what read_ipv4 finds wrong with
  /// either header. `details` may be null; it is filled as far as processing came, also on failure.
  Result<Bytes> decapsulate(Time now, ByteView outer, PacketDetails* details);

  const SaParameters& parameters() const { return parameters_; }
  const Counters& counters() const { return counters_; }
  const ReplayWindow& replay_window() const { return window_; }
  Time installed() const { return installed_; }
  LifetimeState lifetime_state(Time now) const;

 private:
  InboundSa(SaParameters parameters, crypto::CipherContext cipher, crypto::IntegrityContext integrity, Time installed);
  Result<void> check_sequence(std::uint32_t sequence) const;
  Result<void> check_icv(ByteView covered, ByteView icv, PacketDetails& details);
  Result<Bytes> decrypt(ByteView iv, ByteView ciphertext, PacketDetails& details, bool keep_plaintext);
  Result<Bytes> open(Time now, ByteView outer, PacketDetails& details, bool keep_plaintext);

  SaParameters parameters_;
  crypto::CipherContext cipher_;
  crypto::IntegrityContext integrity_;
  ReplayWindow window_;
  Counters counters_;
  Time installed_;
};

}  // namespace engine::esp
