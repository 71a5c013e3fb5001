#include "engine/base/reason.h"

#include <array>

namespace engine {
namespace {

constexpr std::array reasons = {
    ReasonInfo{Reason::none, "none", "", "no failure"},
    ReasonInfo{Reason::malformed, "malformed", "RFC 2408 5.3", "malformed"},
    ReasonInfo{Reason::truncated, "truncated", "RFC 2408 5.1", "ends too early"},
    ReasonInfo{Reason::bad_length, "bad-length", "RFC 2408 5.1", "a length field does not fit"},
    ReasonInfo{Reason::bad_checksum, "bad-checksum", "RFC 1071", "wrong checksum"},
    ReasonInfo{Reason::unsupported_version, "unsupported-version", "RFC 2408 5.2", "version not supported"},
    ReasonInfo{Reason::limit_exceeded, "limit-exceeded", "", "more than this implementation accepts"},
    ReasonInfo{Reason::link_down, "link-down", "", "the link is down"},
    ReasonInfo{Reason::link_loss, "link-loss", "", "lost on the link"},
    ReasonInfo{Reason::queue_full, "queue-full", "", "the link's queue is full"},
    ReasonInfo{Reason::no_route, "no-route", "RFC 1812 5.2.1", "no route to the destination"},
    ReasonInfo{Reason::ttl_expired, "ttl-expired", "RFC 1812 5.3.1", "time to live ran out"},
    ReasonInfo{Reason::mtu_exceeded, "mtu-exceeded", "RFC 1191 4", "larger than the MTU and DF is set"},
    ReasonInfo{Reason::reassembly_timeout, "reassembly-timeout", "RFC 1122 3.3.2", "not all fragments arrived in time"},
    ReasonInfo{Reason::host_unreachable, "host-unreachable", "RFC 1812 5.2.7.1", "no node has this address"},
    ReasonInfo{Reason::protocol_unreachable, "protocol-unreachable", "RFC 1122 3.2.2.1", "protocol not served here"},
    ReasonInfo{Reason::port_unreachable, "port-unreachable", "RFC 1122 4.1.3.1", "nothing listens on the port"},
    ReasonInfo{Reason::not_for_this_node, "not-for-this-node", "RFC 1122 3.2.1.3", "not addressed to this node"},
    ReasonInfo{Reason::administratively_prohibited, "administratively-prohibited", "RFC 1812 5.2.7.1",
               "refused by a filter"},
    ReasonInfo{Reason::no_proposal_chosen, "no-proposal-chosen", "RFC 2408 5.4", "no offered proposal is acceptable"},
    ReasonInfo{Reason::invalid_exchange_type, "invalid-exchange-type", "RFC 2408 5.2", "exchange type not accepted"},
    ReasonInfo{Reason::invalid_cookie, "invalid-cookie", "RFC 2408 5.2", "no ISAKMP SA has these cookies"},
    ReasonInfo{Reason::invalid_message_id, "invalid-message-id", "RFC 2408 5.2", "message ID does not fit"},
    ReasonInfo{Reason::invalid_key_exchange, "invalid-key-exchange", "RFC 2408 5.7",
               "the public value does not fit the group"},
    ReasonInfo{Reason::invalid_identity, "invalid-identity", "RFC 2408 5.8", "identity not accepted"},
    ReasonInfo{Reason::invalid_hash, "invalid-hash", "RFC 2408 5.11", "the HASH payload is wrong"},
    ReasonInfo{Reason::decryption_failed, "decryption-failed", "RFC 2409 5",
               "does not decrypt to a message: the keys differ"},
    ReasonInfo{Reason::authentication_failed, "authentication-failed", "RFC 2409 5", "the peer was not authenticated"},
    ReasonInfo{Reason::pfs_mismatch, "pfs-mismatch", "RFC 2409 5.5", "one side wants PFS, the other does not"},
    ReasonInfo{Reason::unexpected_message, "unexpected-message", "RFC 2408 4.1", "not expected in this state"},
    ReasonInfo{Reason::duplicate_message, "duplicate-message", "RFC 2408 4.1", "seen before: answered from the cache"},
    ReasonInfo{Reason::unknown_peer, "unknown-peer", "", "no tunnel is configured for this peer"},
    ReasonInfo{Reason::not_encrypted, "not-encrypted", "RFC 2409 5.7", "must be encrypted and is not"},
    ReasonInfo{Reason::peer_not_responding, "peer-not-responding", "RFC 2408 5.1",
               "no answer after the last retransmission"},
    ReasonInfo{Reason::peer_dead, "peer-dead", "RFC 3706 5.5", "declared dead by DPD"},
    ReasonInfo{Reason::lifetime_expired, "lifetime-expired", "RFC 2407 4.5", "the lifetime ran out"},
    ReasonInfo{Reason::peer_deleted, "peer-deleted", "RFC 2408 5.15", "deleted by the peer"},
    ReasonInfo{Reason::local_shutdown, "local-shutdown", "", "taken down by its operator"},
    ReasonInfo{Reason::replaced, "replaced", "RFC 2409 5.5", "replaced by a newer one"},
    ReasonInfo{Reason::dpd_sequence_mismatch, "dpd-sequence-mismatch", "RFC 3706 6.2",
               "the DPD sequence number does not fit"},
    ReasonInfo{Reason::no_sa, "no-sa", "RFC 4301 5.1", "no SA to protect it"},
    ReasonInfo{Reason::unknown_spi, "unknown-spi", "RFC 4303 3.4.2", "no SA has this SPI"},
    ReasonInfo{Reason::icv_mismatch, "icv-mismatch", "RFC 4303 3.4.4.1", "the integrity check value is wrong"},
    ReasonInfo{Reason::replayed, "replayed", "RFC 4303 3.4.3", "this sequence number was received before"},
    ReasonInfo{Reason::outside_replay_window, "outside-replay-window", "RFC 4303 3.4.3",
               "older than the anti-replay window"},
    ReasonInfo{Reason::bad_padding, "bad-padding", "RFC 4303 2.4", "the padding is not 1, 2, 3, ..."},
    ReasonInfo{Reason::sequence_exhausted, "sequence-exhausted", "RFC 4303 3.3.3", "the sequence number would cycle"},
    ReasonInfo{Reason::selector_mismatch, "selector-mismatch", "RFC 4301 5.2", "outside the SA's traffic selectors"},
    ReasonInfo{Reason::tunnel_down, "tunnel-down", "", "the tunnel is down"},
};

static_assert([] {
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (static_cast<std::size_t>(reasons[i].reason) != i) return false;
  }
  return static_cast<std::size_t>(Reason::tunnel_down) + 1 == reasons.size();
}());

}  // namespace

std::span<const ReasonInfo> all_reasons() { return reasons; }

const ReasonInfo& info(Reason reason) { return reasons[static_cast<std::size_t>(reason)]; }

std::optional<Reason> reason_from_id(std::string_view id) {
  for (const ReasonInfo& entry : reasons) {
    if (entry.id == id) return entry.reason;
  }
  return std::nullopt;
}

}  // namespace engine
