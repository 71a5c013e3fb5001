#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "engine/wire/ipv4.h"
#include "sim/net/packet.h"

namespace sim {

/// Cuts a packet into fragments of at most `mtu` octets (RFC 791 3.2). The packet is valid, larger than `mtu`, and may
/// itself be a fragment; `mtu` holds a header and eight octets.
std::vector<Bytes> fragment(engine::ByteView packet, std::uint32_t mtu);

/// Puts fragments together (RFC 791 3.2, RFC 1122 3.3.2).
class Reassembler {
 public:
  /// Bounds what a hostile sender can make a node hold.
  static constexpr std::size_t max_datagrams = 64;
  static constexpr std::size_t max_fragments = 256;

  /// "There MUST be a reassembly timeout. The reassembly timeout value SHOULD be a fixed value, not set from the
  /// remaining TTL. It is recommended that the value lie between 60 seconds and 120 seconds" (RFC 1122 3.3.2).
  static constexpr Duration timeout = std::chrono::seconds(60);

  /// What names the datagram to which a fragment belongs (RFC 791 3.2).
  using Key = std::tuple<engine::Ipv4Address, engine::Ipv4Address, std::uint8_t, std::uint16_t>;
  static Key key_of(const engine::wire::Ipv4Header& header);

  struct Outcome {
    enum class What : std::uint8_t {
      first,     ///< A new datagram was begun: the caller starts its timer.
      waiting,   ///< Parts are missing still.
      complete,  ///< `whole` is the datagram.
      refused,   ///< The fragment, and what was there of its datagram, were given up for `reason`.
    };
    What what = What::waiting;
    Bytes whole;
    Reason reason = Reason::none;
    std::vector<Packet> given_up;  ///< The fragments that were held and are lost with it.
  };

  /// Takes a fragment. Fragments that overlap are an attack or a fault (RFC 1858, RFC 5722): the datagram is given up;
  /// an exact repetition is ignored.
  Outcome add(const engine::wire::Ipv4Packet& fragment, Packet packet);

  /// Gives up a datagram whose time is over: the fragments held, by offset; empty if it was completed.
  std::vector<Packet> expire(const Key& key);

 private:
  struct Piece {
    std::uint32_t begin = 0;  ///< Octets of the datagram's payload.
    std::uint32_t end = 0;
    bool last = false;
    std::uint8_t header_size = 0;
    Packet packet;
  };
  using Pieces = std::vector<Piece>;  ///< By offset.

  static bool is_complete(const Pieces& pieces);
  static Bytes join(const Pieces& pieces);
  Outcome refuse(std::map<Key, Pieces>::iterator datagram, Reason reason);

  std::map<Key, Pieces> datagrams_;
};

}  // namespace sim
