#pragma once

#include <string>

#include "engine/base/bytes.h"

namespace viz {

/// A field of a packet that is to be shown: its id, and its octets where a packet may have several of that id.
struct WantedField {
  std::string id;
  engine::Bytes octets;
};

}  // namespace viz
