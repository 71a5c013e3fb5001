#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/secret.h"
#include "engine/base/time.h"
#include "engine/crypto/algorithms.h"
#include "engine/esp/parameters.h"
#include "engine/ike/identity.h"

namespace engine::ike {

/// Which side of an exchange.
enum class Role : std::uint8_t { initiator, responder };

/// Authentication methods of RFC 2409 appendix A (attribute 3).
enum class AuthenticationMethod : std::uint16_t { pre_shared_key = 1, dss_signature = 2, rsa_signature = 3 };

/// One acceptable set of phase 1 attributes (RFC 2409 appendix A).
struct Phase1Transform {
  crypto::CipherAlgorithm cipher = crypto::CipherAlgorithm::aes_cbc;
  std::uint16_t key_bits = 128;  ///< Ignored where the cipher has one key length.
  crypto::HashAlgorithm hash = crypto::HashAlgorithm::sha1;
  AuthenticationMethod authentication = AuthenticationMethod::pre_shared_key;
  crypto::DhGroup group = crypto::DhGroup::modp1024;
};

/// One acceptable set of phase 2 attributes (RFC 2407 4.5), ESP in tunnel mode.
struct Phase2Transform {
  crypto::CipherAlgorithm cipher = crypto::CipherAlgorithm::aes_cbc;
  std::uint16_t key_bits = 128;
  crypto::IntegrityAlgorithm integrity = crypto::IntegrityAlgorithm::hmac_sha1_96;
};

/// The responder's way to choose among acceptable transforms.
enum class Preference : std::uint8_t {
  initiator_order,  ///< The first that the initiator offers and the policy accepts.
  own_order,  ///< The first of the own policy that was offered (AWS: "starting with the lowest configured value").
};

/// What a side says of, and does about, an SA's life. An SA is replaced `rekey_margin` (drawn from margin to margin +
/// margin x fuzz) before its end, or at `rekey_at_percent` of it where that is not 0.
struct SaLifetime {
  Duration time{std::chrono::hours(8)};
  std::uint64_t kilobytes = 0;  ///< 0: not limited, not offered.
  Duration rekey_margin{std::chrono::minutes(9)};
  std::uint32_t rekey_fuzz_percent = 0;
  std::uint32_t rekey_at_percent = 0;
  bool rekey = true;  ///< false: this side lets it expire.
};

enum class DpdMode : std::uint8_t { off, periodic, on_demand };

/// What is done when DPD finds the peer dead.
enum class DpdAction : std::uint8_t { clear, none, restart };

/// Dead peer detection (RFC 3706).
struct Dpd {
  DpdMode mode = DpdMode::off;
  Duration interval{std::chrono::seconds(10)};  ///< Idle time before a probe, and between probes.
  std::uint32_t retries = 3;                    ///< Unanswered probes after which the peer is dead.
  DpdAction action = DpdAction::clear;
};

/// Retransmission timers of a profile: the n-th wait is first x (factor / 1000)^n.
struct Retransmission {
  Duration first{std::chrono::seconds(4)};
  std::uint32_t factor_permille = 1800;
  std::uint32_t tries = 5;  ///< Retransmissions before giving up.
};

/// What becomes of the IPsec SAs when their ISAKMP SA ends.
enum class DanglingSaPolicy : std::uint8_t { keep, remove };

/// One configured tunnel: the local policy for one peer. In the words of its origin, `setting_names` tells how the
/// operator wrote each setting.
struct Connection {
  std::string name;  ///< Unique in a daemon: "tunnel1".
  Ipv4Address local_address;
  Ipv4Address remote_address;
  Identity local_id;                  ///< Phase 1 identity; an empty data means the address in use.
  std::optional<Identity> remote_id;  ///< Phase 1 identity demanded of the peer; none: the peer's address.
  SecretBytes pre_shared_key;

  std::vector<Phase1Transform> phase1;  ///< In order of preference.
  std::vector<Phase2Transform> phase2;
  std::vector<crypto::DhGroup> pfs;  ///< Groups acceptable (the first is offered); empty: PFS off.
  bool pfs_required = true;          ///< As responder, refuse a quick mode without KE when `pfs` is not empty.
  Preference preference = Preference::initiator_order;

  bool send_client_ids = true;  ///< Send IDci/IDcr in quick mode (RFC 2409 5.5).
  Ipv4Network local_subnet;     ///< Traffic selectors; 0.0.0.0/0 for a route-based tunnel.
  Ipv4Network remote_subnet;

  SaLifetime phase1_lifetime;
  SaLifetime phase2_lifetime;
  Dpd dpd;
  Retransmission retransmission;
  Duration negotiation_timeout{
      std::chrono::seconds(30)};  ///< A half-open exchange as responder is forgotten after this.
  DanglingSaPolicy dangling = DanglingSaPolicy::keep;

  bool initiate = false;  ///< Bring it up by itself at the start, and again after it went down.
  Duration retry_after{std::chrono::seconds(30)};  ///< Wait before initiating again after a failure.
  bool accept = true;                              ///< Answer the peer's negotiations.
  bool initial_contact = true;                     ///< Send INITIAL-CONTACT (RFC 2407 4.6.3.3) with the first phase 1.

  esp::DfPolicy df = esp::DfPolicy::copy;
  esp::DscpPolicy dscp = esp::DscpPolicy::copy;
  std::uint8_t outer_ttl = 64;  ///< Of the ESP packets.
  std::uint32_t replay_window = 64;

  /// How the operator wrote a setting, by the setting's id ("phase1.group" -> "ipsec ike group 1 modp1024", with the
  /// line number of the file). Shown beside what it caused; may be empty.
  struct SettingSource {
    std::string id;
    std::string text;
    std::uint32_t line = 0;
  };
  std::vector<SettingSource> setting_sources;
};

}  // namespace engine::ike
