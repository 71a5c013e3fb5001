#pragma once

#include "sim/nodes/node.h"

namespace sim {

/// A node that forwards between its interfaces by static routes (RFC 1812).
class Router : public Node {
 public:
  explicit Router(const NodeContext& context) : Node(context, true) {}
};

}  // namespace sim
