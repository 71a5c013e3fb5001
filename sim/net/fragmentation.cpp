#include "sim/net/fragmentation.h"

#include <algorithm>
#include <limits>

namespace sim {
namespace {

using engine::wire::Ipv4Header;

constexpr std::uint8_t copied_flag = 0x80;  // Of an option's type, RFC 791 3.1.

/// The options that stand in every fragment: "Copied [...] 1 = copied" (RFC 791 3.1).
Bytes copied_options(const Bytes& options) {
  Bytes copied;
  for (std::size_t at = 0; at < options.size() && options[at] != 0;) {
    const bool is_single = options[at] == 1;
    if (!is_single && at + 1 >= options.size()) break;
    const std::size_t length = is_single ? 1 : std::max<std::size_t>(options[at + 1], 2);
    if (at + length > options.size()) break;
    const auto begin = options.begin() + static_cast<std::ptrdiff_t>(at);
    if ((options[at] & copied_flag) != 0)
      copied.insert(copied.end(), begin, begin + static_cast<std::ptrdiff_t>(length));
    at += length;
  }
  copied.resize((copied.size() + 3) / 4 * 4);
  return copied;
}

}  // namespace

std::vector<Bytes> fragment(engine::ByteView packet, std::uint32_t mtu) {
  std::vector<Bytes> fragments;
  const auto parsed = engine::wire::read_ipv4(packet);
  if (!parsed) return fragments;
  Ipv4Header header = parsed->header;
  const bool more_follow = header.more_fragments;
  const std::uint16_t first_offset = header.fragment_offset;
  engine::ByteView rest = parsed->payload;
  while (!rest.empty()) {
    // "The data [...] is divided into two portions on a 8 octet (64 bit) boundary" (RFC 791 3.2).
    const std::size_t room = std::max<std::size_t>((mtu - header.size()) / 8 * 8, 8);
    const bool is_last = rest.size() <= mtu - header.size();
    const std::size_t size = is_last ? rest.size() : room;
    const std::size_t done = parsed->payload.size() - rest.size();
    header.fragment_offset = static_cast<std::uint16_t>(first_offset + done / 8);
    header.more_fragments = !is_last || more_follow;
    fragments.push_back(engine::wire::write_ipv4(header, rest.first(size)));
    rest = rest.subspan(size);
    if (done == 0) {
      header.options = copied_options(header.options);
      header.header_words = static_cast<std::uint8_t>(5 + header.options.size() / 4);
    }
  }
  return fragments;
}

Reassembler::Key Reassembler::key_of(const Ipv4Header& header) {
  return {header.source, header.destination, header.protocol, header.identification};
}

Reassembler::Outcome Reassembler::add(const engine::wire::Ipv4Packet& fragment, Packet packet) {
  Outcome outcome;
  const Ipv4Header& header = fragment.header;
  Piece piece;
  piece.begin = std::uint32_t{header.fragment_offset} * 8;
  piece.end = piece.begin + static_cast<std::uint32_t>(fragment.payload.size());
  piece.last = !header.more_fragments;
  piece.header_size = static_cast<std::uint8_t>(header.size());
  piece.packet = std::move(packet);

  auto datagram = datagrams_.find(key_of(header));
  const bool is_new = datagram == datagrams_.end();
  if (is_new && datagrams_.size() >= max_datagrams) {
    outcome.what = Outcome::What::refused;
    outcome.reason = Reason::limit_exceeded;
    return outcome;
  }
  if (is_new) datagram = datagrams_.try_emplace(key_of(header)).first;
  Pieces& pieces = datagram->second;

  const bool is_ragged = !piece.last && fragment.payload.size() % 8 != 0;
  const bool is_too_long = piece.end + engine::wire::ipv4_header_size > std::numeric_limits<std::uint16_t>::max();
  if (fragment.payload.empty() || is_ragged) return refuse(datagram, Reason::malformed);
  if (is_too_long || pieces.size() >= max_fragments) return refuse(datagram, Reason::limit_exceeded);

  const auto place = std::lower_bound(pieces.begin(), pieces.end(), piece.begin,
                                      [](const Piece& other, std::uint32_t begin) { return other.begin < begin; });
  const bool is_repetition = place != pieces.end() && place->begin == piece.begin && place->end == piece.end;
  if (is_repetition) return outcome;
  const bool overlaps_next = place != pieces.end() && piece.end > place->begin;
  const bool overlaps_previous = place != pieces.begin() && std::prev(place)->end > piece.begin;
  if (overlaps_next || overlaps_previous) return refuse(datagram, Reason::malformed);
  pieces.insert(place, std::move(piece));

  if (is_complete(pieces)) {
    outcome.what = Outcome::What::complete;
    outcome.whole = join(pieces);
    datagrams_.erase(datagram);
  } else {
    outcome.what = is_new ? Outcome::What::first : Outcome::What::waiting;
  }
  return outcome;
}

Reassembler::Outcome Reassembler::refuse(std::map<Key, Pieces>::iterator datagram, Reason reason) {
  Outcome outcome;
  outcome.what = Outcome::What::refused;
  outcome.reason = reason;
  for (Piece& piece : datagram->second) outcome.given_up.push_back(std::move(piece.packet));
  datagrams_.erase(datagram);
  return outcome;
}

std::vector<Packet> Reassembler::expire(const Key& key) {
  const auto datagram = datagrams_.find(key);
  if (datagram == datagrams_.end()) return {};
  return refuse(datagram, Reason::reassembly_timeout).given_up;
}

bool Reassembler::is_complete(const Pieces& pieces) {
  std::uint32_t expected = 0;
  for (const Piece& piece : pieces) {
    if (piece.begin != expected) return false;
    expected = piece.end;
  }
  return pieces.back().last;
}

Bytes Reassembler::join(const Pieces& pieces) {
  const auto first = engine::wire::read_ipv4(pieces.front().packet.bytes);
  Bytes payload;
  for (const Piece& piece : pieces) {
    engine::append(payload, engine::ByteView(piece.packet.bytes).subspan(piece.header_size, piece.end - piece.begin));
  }
  Ipv4Header header = first->header;
  header.more_fragments = false;
  return engine::wire::write_ipv4(header, payload);
}

}  // namespace sim
