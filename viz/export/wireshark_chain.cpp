#include "viz/export/wireshark_chain.h"

#include "engine/wire/isakmp.h"

namespace viz {
namespace {

/// Quick mode 1 and every informational message: their IV is made of the message ID, not taken from a message before.
bool begins_chain(const engine::ike::MessageName& name) { return name.number <= 1; }

}  // namespace

bool WiresharkIvChain::next_is_readable(const sim::Trace& trace, const sim::TraceMessage& message) {
  const engine::Bytes& wire = message.sent.wire;
  const auto header = engine::wire::read_isakmp_header(wire);
  const sim::Index iv = trace.find_value(message.sender, message.sent.iv);
  const sim::Index key_row = trace.find_value(message.sender, message.sent.encryption_key);
  if (!message.sent.encrypted || !header || iv == sim::no_index || key_row == sim::no_index) return true;
  const engine::Bytes& right_iv = trace.values[iv].derived.bytes;
  const std::size_t block = right_iv.size();
  if (block == 0 || wire.size() < engine::wire::isakmp_header_size + block) return true;

  const engine::Bytes cookie(header->initiator_cookie.begin(), header->initiator_cookie.end());
  const auto [place, is_first] = last_.try_emplace(cookie);
  Last& last = place->second;
  const engine::Bytes& key = trace.values[key_row].derived.bytes;
  if (is_first) last.key = key;
  const bool same_exchange = header->message_id == last.message_id;
  const bool right_chain = is_first || (same_exchange ? last.block == right_iv : begins_chain(message.sent.name));
  last.message_id = header->message_id;
  last.block.assign(wire.end() - static_cast<std::ptrdiff_t>(block), wire.end());
  return right_chain && key == last.key;
}

}  // namespace viz
