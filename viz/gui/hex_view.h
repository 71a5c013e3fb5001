#pragma once

#include <cstdint>
#include <optional>

#include "viz/gui/ui.h"
#include "viz/model/inspector.h"

namespace viz {

/// Octets in rows of 8 or 16 with offsets and, where there is room, characters. The octets of the selected field are
/// marked.
class HexView {
 public:
  /// Draws into a child window of `size`. Returns the offset of an octet that was clicked.
  std::optional<std::uint32_t> draw(const Ui& ui, const InspectorBuffer& buffer, const engine::wire::Field* selected,
                                    ImVec2 size);

  /// Scrolls so that `offset` is in view, the next time it is drawn.
  void reveal(std::uint32_t offset) { reveal_ = offset; }

  /// Pixels that 8 octets a row take, without and with characters.
  static float least_width(const Ui& ui);

 private:
  std::optional<std::uint32_t> reveal_;
};

}  // namespace viz
