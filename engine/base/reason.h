#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace engine {

/// Every reason for which a packet is dropped, an offer refused or an exchange given up. One list for the whole
/// project: it is drawn on the ladder, written into captures and named by scenario expectations. The explanation for
/// people, in each language, stands in viz/text.
enum class Reason : std::uint8_t {
  none,
  // Reading bytes or files.
  malformed,
  truncated,
  bad_length,
  bad_checksum,
  unsupported_version,
  limit_exceeded,
  // The network.
  link_down,
  link_loss,
  queue_full,
  no_route,
  ttl_expired,
  mtu_exceeded,
  reassembly_timeout,
  host_unreachable,
  protocol_unreachable,
  port_unreachable,
  not_for_this_node,
  administratively_prohibited,
  // IKE.
  no_proposal_chosen,
  invalid_exchange_type,
  invalid_cookie,
  invalid_message_id,
  invalid_key_exchange,
  invalid_identity,
  invalid_hash,
  decryption_failed,
  authentication_failed,
  pfs_mismatch,
  unexpected_message,
  duplicate_message,
  unknown_peer,
  not_encrypted,
  peer_not_responding,
  peer_dead,
  lifetime_expired,
  peer_deleted,
  local_shutdown,
  replaced,
  dpd_sequence_mismatch,
  // ESP.
  no_sa,
  unknown_spi,
  icv_mismatch,
  replayed,
  outside_replay_window,
  bad_padding,
  sequence_exhausted,
  selector_mismatch,
  tunnel_down,
};

/// What is fixed about a Reason.
struct ReasonInfo {
  Reason reason;
  std::string_view id;       ///< Stable name in files and on the command line, such as "icv-mismatch".
  std::string_view rfc;      ///< Where the behaviour is laid down, such as "RFC 4303 3.4.4.1"; empty where no RFC does.
  std::string_view summary;  ///< A few English words for logs and capture comments.
};

/// All reasons, in the enum's order.
std::span<const ReasonInfo> all_reasons();

/// The entry of one reason.
const ReasonInfo& info(Reason reason);

/// The reason whose id is `id`.
std::optional<Reason> reason_from_id(std::string_view id);

}  // namespace engine
