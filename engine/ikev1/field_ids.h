#pragma once

#include <string_view>

/// The ids of engine/wire's field catalogue to which inputs of the key schedule and refusals point.
namespace engine::ikev1::field {

inline constexpr std::string_view initiator_cookie = "isakmp.initiator_cookie";
inline constexpr std::string_view responder_cookie = "isakmp.responder_cookie";
inline constexpr std::string_view exchange_type = "isakmp.exchange_type";
inline constexpr std::string_view flags = "isakmp.flags";
inline constexpr std::string_view message_id = "isakmp.message_id";
inline constexpr std::string_view encrypted_body = "isakmp.encrypted_payloads";
inline constexpr std::string_view sa = "ike.sa";
inline constexpr std::string_view sa_doi = "ike.sa.doi";
inline constexpr std::string_view sa_situation = "ike.sa.situation";
inline constexpr std::string_view key_exchange = "ike.ke";
inline constexpr std::string_view key_exchange_data = "ike.ke.key_exchange_data";
inline constexpr std::string_view nonce_data = "ike.nonce.nonce_data";
inline constexpr std::string_view id = "ike.id";
inline constexpr std::string_view hash_data = "ike.hash.hash_data";
inline constexpr std::string_view notification_data = "ike.notification.notification_data";
inline constexpr std::string_view notification_spi = "ike.notification.spi";
inline constexpr std::string_view proposal_protocol = "ike.proposal.protocol";
inline constexpr std::string_view proposal_spi = "ike.proposal.spi";

}  // namespace engine::ikev1::field
