#pragma once

#include <cstdint>

#include "viz/gui/ui.h"

namespace viz {

/// What happens at this step, why, and what comes next; lesson beats and their questions.
class StoryPanel {
 public:
  void draw(Ui& ui);

 private:
  void draw_section(const Ui& ui, std::string_view heading, std::string_view text) const;
  void draw_detail(Ui& ui, const StoryDetail& detail);
  void draw_question(Ui& ui, const StoryDetail& detail);
  void handle_keys(Ui& ui, const Story& story);

  std::uint64_t seen_moves_ = ~std::uint64_t{0};
  std::size_t answer_ = 0;  ///< The one that Enter gives.
};

}  // namespace viz
