#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/reason.h"

namespace engine::wire {

/// One named part of a packet, as the inspector shows it: the annotator's result. A tree; children lie inside their
/// parent and in wire order. Every octet of an annotated buffer is inside exactly one leaf; where bit fields share
/// octets, every bit is.
struct Field {
  std::string id;            ///< Stable id of the description: "isakmp.initiator_cookie", "ike.ke.key_exchange_data".
                             ///< Explanations for people are looked up by it.
  std::string name;          ///< As the RFC calls it: "Initiator Cookie".
  std::string value;         ///< For people: "Identity Protection (Main Mode) (2)", "0x1f2e3d4c", "32 octets".
  std::string rfc;           ///< "RFC 2408 3.1"
  std::uint32_t offset = 0;  ///< Octets from the start of the annotated buffer.
  std::uint32_t length = 0;  ///< Octets; a bit field has the octets that hold it.
  std::uint8_t bit_offset = 0;  ///< From the most significant bit of the first octet; bit fields only.
  std::uint8_t bit_length = 0;  ///< 0: not a bit field.
  Reason problem =
      Reason::none;  ///< What is wrong with it (bad checksum, reserved not zero, unknown value is no problem).
  std::vector<Field> children;
};

}  // namespace engine::wire
