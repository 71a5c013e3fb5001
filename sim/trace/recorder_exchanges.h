#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/trace/trace.h"

namespace sim {

/// Whether the state that was reached is a final one of its machine.
bool ends_exchange(const engine::ike::StateChanged& change);

/// The ISAKMP message ID in the message's header (RFC 2408 3.1); 0 in phase 1.
std::uint32_t message_id_of(const engine::ike::MessageSent& message);

/// Finds the runs of exchanges (the brackets of the ladder) in what the daemons of both ends report, and fills
/// Trace::exchanges.
class RecorderExchanges {
 public:
  explicit RecorderExchanges(Trace& trace) : trace_(trace) {}

  /// A message was put on its way. `row` of Trace::messages; `cause` is the message (row) whose arrival caused it, or
  /// none: an informational message that answers another (R-U-THERE-ACK) belongs to that one's exchange, although its
  /// message ID is another.
  void message_sent(Index node, Index row, Index cause, Index step);

  /// A message came in at `node`, which calls its ISAKMP SA `ike_sa`.
  void message_received(Index node, Index row, engine::ike::SaId ike_sa, Index step);

  /// An exchange moved on. `cause` is the message (row) that arrived in the same event, or none.
  void state_changed(Index node, Index tunnel, const engine::ike::StateChanged& change, Index cause, Index step);

 private:
  /// An exchange as one end names it: node, exchange type, ISAKMP SA of the daemon, message ID.
  using Key = std::tuple<Index, engine::wire::ExchangeType, engine::ike::SaId, std::uint32_t>;

  Index begin(const Key& key, Index tunnel, std::string machine, Index step);
  /// The exchange of a message (or no_index), if it is of this type.
  Index of_message(Index row, engine::wire::ExchangeType type) const;
  void finish(TraceExchange& exchange, bool at_initiator, Reason reason, Index step) const;

  /// Informational exchanges begin and end with their messages; the daemon's word counts where no answer came.
  void informational_changed(Index node, const engine::ike::StateChanged& change, Index step);

  Trace& trace_;
  std::map<Key, Index> rows_;
  /// Numbers of informational exchanges that wait for an answer: first by the message that is about to be sent, then
  /// with their rows.
  std::map<std::pair<Index, engine::ike::MessageId>, std::uint32_t> awaiting_answer_;
  std::map<std::pair<Index, std::uint32_t>, Index> unanswered_rows_;
  std::vector<Index> of_messages_;  ///< Row of Trace::exchanges by row of Trace::messages.
};

}  // namespace sim
