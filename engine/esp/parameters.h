#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/address.h"
#include "engine/base/secret.h"
#include "engine/base/time.h"
#include "engine/crypto/algorithms.h"

namespace engine::esp {

/// What becomes of the outer header's DF bit (RFC 4301 8.1).
enum class DfPolicy : std::uint8_t { copy, set, clear };

/// What becomes of the outer header's DSCP.
enum class DscpPolicy : std::uint8_t { copy, zero };

/// When an SA must be replaced (soft) and when it may no longer be used (hard). Zero: no such limit.
struct Lifetime {
  Duration soft_time{0};
  Duration hard_time{0};
  std::uint64_t soft_bytes = 0;
  std::uint64_t hard_bytes = 0;
};

/// One direction's SA in tunnel mode over IPv4 (RFC 4301 4.4.2.1), as IKE installs it.
struct SaParameters {
  std::uint32_t spi = 0;
  crypto::CipherAlgorithm cipher = crypto::CipherAlgorithm::aes_cbc;
  SecretBytes cipher_key;
  crypto::IntegrityAlgorithm integrity = crypto::IntegrityAlgorithm::hmac_sha1_96;
  SecretBytes integrity_key;
  Ipv4Address outer_source;
  Ipv4Address outer_destination;
  Ipv4Network source_selector;       ///< Inner source addresses (traffic as seen by this direction).
  Ipv4Network destination_selector;  ///< Inner destination addresses.
  DfPolicy df = DfPolicy::copy;
  DscpPolicy dscp = DscpPolicy::copy;
  std::uint8_t outer_ttl = 64;
  std::uint32_t replay_window = 64;  ///< Packets; 0 turns the check off (RFC 4303 3.4.3).
  Lifetime lifetime;
};

/// What a transform adds around an inner packet, beside the fixed headers.
struct Overhead {
  std::size_t iv = 0;   ///< Octets.
  std::size_t icv = 0;  ///< Octets.
  std::size_t alignment =
      4;  ///< The encrypted part is a multiple of it: the cipher's block, at least 4 (RFC 4303 2.4).
};

Overhead overhead(crypto::CipherAlgorithm cipher, crypto::IntegrityAlgorithm integrity);

/// Octets of the ESP packet, outer IPv4 header included, around an inner packet of `inner_size` octets.
std::size_t encapsulated_size(const SaParameters& sa, std::size_t inner_size);

/// The largest inner packet whose ESP packet fits `outer_mtu` octets (AWS's table: CBC + SHA1 on 1500 gives 1438); 0
/// where none fits. `udp`: eight octets for UDP encapsulation (RFC 3948).
std::size_t inner_mtu(const Overhead& overhead, std::size_t outer_mtu, bool udp);
std::size_t inner_mtu(crypto::CipherAlgorithm cipher, crypto::IntegrityAlgorithm integrity, std::size_t outer_mtu,
                      bool udp);

}  // namespace engine::esp
