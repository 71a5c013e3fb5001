#pragma once

#include <cstdint>

#include "viz/gui/ui.h"
#include "viz/model/state_view.h"

namespace viz {

/// What one gateway knows: the machine of its exchange, its SAs with lifetimes counting down, counters, replay windows.
class StatePanel {
 public:
  void draw(Ui& ui);

 private:
  void draw_machines(Ui& ui, const NodeStateView& view, ImVec2 size);
  void draw_sas(Ui& ui, const NodeStateView& view, ImVec2 size);

  std::uint64_t seen_moves_ = ~std::uint64_t{0};
  Index seen_peer_ = no_index;
  std::size_t machine_ = 0;
};

}  // namespace viz
