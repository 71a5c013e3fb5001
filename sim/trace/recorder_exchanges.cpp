#include "sim/trace/recorder_exchanges.h"

#include "engine/base/bytes.h"
#include "engine/ike/state_machine.h"

namespace sim {
namespace {

using engine::wire::ExchangeType;

constexpr std::size_t message_id_offset = 20;  // In the ISAKMP header, RFC 2408 3.1.

ExchangeType type_of_machine(std::string_view machine) {
  if (machine.starts_with("main-mode")) return ExchangeType::identity_protection;
  if (machine.starts_with("quick-mode")) return ExchangeType::quick_mode;
  if (machine.starts_with("aggressive")) return ExchangeType::aggressive;
  return ExchangeType::informational;
}

std::string initiators_machine(ExchangeType type) {
  switch (type) {
    case ExchangeType::identity_protection:
      return "main-mode-initiator";
    case ExchangeType::quick_mode:
      return "quick-mode-initiator";
    case ExchangeType::aggressive:
      return "aggressive-initiator";
    default:
      return "informational";
  }
}

}  // namespace

std::uint32_t message_id_of(const engine::ike::MessageSent& message) {
  return message.wire.size() >= engine::wire::isakmp_header_size ? engine::read_u32(message.wire, message_id_offset)
                                                                 : 0;
}

bool ends_exchange(const engine::ike::StateChanged& change) {
  const engine::ike::StateMachine* machine = engine::ike::find_state_machine(change.machine);
  if (machine == nullptr) return false;
  for (const engine::ike::State& state : machine->states) {
    if (state.id == change.to) return state.terminal;
  }
  return false;
}

Index RecorderExchanges::begin(const Key& key, Index tunnel, std::string machine, Index step) {
  const auto row = static_cast<Index>(trace_.exchanges.size());
  const std::uint32_t message_id = std::get<3>(key);
  TraceExchange exchange;
  exchange.tunnel = tunnel;
  exchange.initiator = std::get<0>(key);
  exchange.machine = std::move(machine);
  exchange.phase = message_id == 0 ? 1 : 2;
  exchange.message_id = message_id;
  exchange.first_step = step;
  trace_.exchanges.push_back(std::move(exchange));
  rows_.insert_or_assign(key, row);
  return row;
}

Index RecorderExchanges::of_message(Index row, ExchangeType type) const {
  if (row >= of_messages_.size()) return no_index;
  const Index exchange = of_messages_[row];
  const bool is_of_type = exchange != no_index && type_of_machine(trace_.exchanges[exchange].machine) == type;
  return is_of_type ? exchange : no_index;
}

void RecorderExchanges::message_sent(Index node, Index row, Index cause, Index step) {
  const TraceMessage& message = trace_.messages[row];
  const ExchangeType type = message.sent.name.exchange;
  const Key key{node, type, message.sent.ike_sa, message_id_of(message.sent)};
  const auto known = rows_.find(key);
  Index exchange = known == rows_.end() ? no_index : known->second;
  if (exchange == no_index && type == ExchangeType::informational) {
    exchange = of_message(cause, type);
    if (exchange != no_index) rows_.emplace(key, exchange);
  }
  if (exchange == no_index) exchange = begin(key, message.tunnel, initiators_machine(type), step);
  // An informational exchange is one message: it is over when it is sent, or later when it arrives.
  if (type == ExchangeType::informational) trace_.exchanges[exchange].last_step = step;
  of_messages_.resize(trace_.messages.size(), no_index);
  of_messages_[row] = exchange;
  const auto awaited = awaiting_answer_.find({node, message.sent.message});
  if (awaited == awaiting_answer_.end()) return;
  unanswered_rows_[{node, awaited->second}] = exchange;
  awaiting_answer_.erase(awaited);
}

void RecorderExchanges::message_received(Index node, Index row, engine::ike::SaId ike_sa, Index step) {
  const engine::ike::MessageSent& sent = trace_.messages[row].sent;
  const Index exchange = of_message(row, sent.name.exchange);
  if (exchange == no_index) return;
  // The receiver of a first message has no number for the ISAKMP SA yet.
  if (ike_sa != 0) rows_.try_emplace(Key{node, sent.name.exchange, ike_sa, message_id_of(sent)}, exchange);
  if (sent.name.exchange == ExchangeType::informational) trace_.exchanges[exchange].last_step = step;
}

void RecorderExchanges::state_changed(Index node, Index tunnel, const engine::ike::StateChanged& change, Index cause,
                                      Index step) {
  const ExchangeType type = type_of_machine(change.machine);
  if (type == ExchangeType::informational) return informational_changed(node, change, step);
  const Key key{node, type, change.ike_sa, change.message_id};
  const auto known = rows_.find(key);
  Index row = known == rows_.end() ? no_index : known->second;
  if (row == no_index) {
    // The first that the responder's daemon says of an exchange that the message in hand began.
    row = of_message(cause, type);
    if (row == no_index) {
      row = begin(key, tunnel, initiators_machine(type), step);
    } else if (change.ike_sa != 0) {
      rows_.emplace(key, row);
    }
  }
  if (!ends_exchange(change)) return;
  TraceExchange& exchange = trace_.exchanges[row];
  finish(exchange, exchange.initiator == node, change.reason, step);
}

void RecorderExchanges::informational_changed(Index node, const engine::ike::StateChanged& change, Index step) {
  if (!ends_exchange(change)) {
    awaiting_answer_[{node, change.message}] = change.exchange;
    return;
  }
  const auto row = unanswered_rows_.find({node, change.exchange});
  if (row == unanswered_rows_.end()) return;
  if (change.reason != Reason::none) finish(trace_.exchanges[row->second], true, change.reason, step);
  unanswered_rows_.erase(row);
}

void RecorderExchanges::finish(TraceExchange& exchange, bool at_initiator, Reason reason, Index step) const {
  // The bracket ends with the end that learns last that all went well; after a failure, with the initiator's giving up:
  // a responder's half-open state may linger long after that.
  const bool extends = at_initiator || reason == Reason::none || exchange.last_step == no_index;
  if (extends) exchange.last_step = step;
  if (exchange.reason == Reason::none) exchange.reason = reason;
}

}  // namespace sim
