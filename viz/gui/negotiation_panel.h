#pragma once

#include <cstdint>

#include "viz/gui/ui.h"
#include "viz/model/negotiation.h"

namespace viz {

/// The offer beside the policy, attribute by attribute, with what refused it or why it was chosen.
class NegotiationPanel {
 public:
  void draw(Ui& ui);

 private:
  void draw_head(const Ui& ui, const NegotiationTable& table) const;
  void draw_comparisons(Ui& ui, const NegotiationTable& table);
  void draw_attributes(const Ui& ui, const NegotiationTable& table) const;
  void draw_outcome(const Ui& ui, const NegotiationTable& table) const;
  void draw_settings(const Ui& ui, const NegotiationTable& table) const;

  Index seen_negotiation_ = no_index;
  std::size_t column_ = 0;
};

}  // namespace viz
