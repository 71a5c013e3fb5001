#pragma once

#include <map>

#include "engine/base/bytes.h"
#include "sim/trace/trace.h"

namespace viz {

/// Follows, frame by frame, whether Wireshark 4.0 can decrypt an encrypted IKEv1 message. It has one key and one state
/// for each ISAKMP SA: the first encrypted message has the IV made of the Diffie-Hellman values; a message ID other
/// than that of the frame before begins a new exchange (RFC 2409 appendix B: hash of the last phase 1 block and the
/// message ID); else the last block of the frame before is the IV. So a repeated message, or one after a message of
/// another exchange that came between, is decrypted with a wrong IV; and where the two sides have different keys (their
/// pre-shared keys differ), those of the side that encrypted second with a wrong key.
class WiresharkIvChain {
 public:
  /// Takes the next frame; whether Wireshark has the right key and IV for it.
  bool next_is_readable(const sim::Trace& trace, const sim::TraceMessage& message);

 private:
  struct Last {
    engine::Bytes key;  ///< Of the first encrypted message.
    std::uint32_t message_id = 0;
    engine::Bytes block;
  };
  std::map<engine::Bytes, Last> last_;  ///< By initiator cookie.
};

}  // namespace viz
