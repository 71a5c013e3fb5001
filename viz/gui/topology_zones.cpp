#include "viz/gui/topology_zones.h"

#include <algorithm>
#include <utility>

#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

namespace {

/// A zone's place: first the box around its nodes, then the room that it is given.
struct ZonePlate {
  const sim::TraceZone* zone;
  ImVec2 min;
  ImVec2 max;
};

/// Widens the boxes until they meet in the middle between their nodes and fill the board: side by side, and zones one
/// above the other (the availability zones) share a column.
std::vector<ZonePlate> spread(std::vector<ZonePlate> plates, ImVec2 board_min, ImVec2 board_max, float gap) {
  std::sort(plates.begin(), plates.end(), [](const ZonePlate& a, const ZonePlate& b) {
    return std::pair(a.min.x, a.min.y) < std::pair(b.min.x, b.min.y);
  });
  std::vector<std::pair<std::size_t, std::size_t>> columns;  // First and last plate of each.
  for (std::size_t i = 0; i < plates.size(); ++i) {
    if (!columns.empty() && plates[i].min.x <= plates[columns.back().second].max.x) {
      columns.back().second = i;
    } else {
      columns.push_back({i, i});
    }
  }
  std::vector<ZonePlate> result = plates;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const auto [first, last] = columns[column];
    const float left =
        column == 0 ? board_min.x : (plates[columns[column - 1].second].max.x + plates[first].min.x) / 2 + gap;
    const float right = column + 1 == columns.size()
                            ? board_max.x
                            : (plates[last].max.x + plates[columns[column + 1].first].min.x) / 2 - gap;
    for (std::size_t i = first; i <= last; ++i) {
      result[i].min = {left, i == first ? board_min.y : (plates[i - 1].max.y + plates[i].min.y) / 2 + gap};
      result[i].max = {right, i == last ? board_max.y : (plates[i].max.y + plates[i + 1].min.y) / 2 - gap};
    }
  }
  return result;
}

void draw_zone(const Ui& ui, ImDrawList& list, const ZonePlate& plate) {
  const float em = ui.em();
  if (plate.max.x <= plate.min.x || plate.max.y <= plate.min.y) return;
  list.AddRectFilled(plate.min, plate.max, faded(ui.colors.raised, plate.zone->is_public ? 0.3F : 0.65F), em * 0.5F);
  const std::string_view name = ui.tr(plate.zone->name);
  float y = plate.min.y + em * 0.35F;
  // A name of one long word that does not fit is left to the tooltips of the zone's nodes.
  const float room = plate.max.x - plate.min.x - em * 0.5F;
  const bool ascii = std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii && name.find(' ') == std::string_view::npos && width_of(*ui.fonts.small, name) > room) return;
  const std::vector<std::string_view> lines = wrap_lines(*ui.fonts.small, name, room);
  for (std::size_t i = 0; i < lines.size() && i < 2; ++i) {
    draw_text(list, *ui.fonts.small, {plate.min.x + em * 0.4F, y}, ui.colors.muted, lines[i]);
    y += em * 1.05F;
  }
}

}  // namespace

void draw_zones(const Ui& ui, ImDrawList& list, const std::vector<ImVec2>& places, const Area& board) {
  const sim::Trace& trace = ui.session.trace();
  std::vector<ZonePlate> plates;
  for (const sim::TraceZone& zone : trace.zones) {
    ZonePlate plate{&zone, {1e9F, 1e9F}, {-1e9F, -1e9F}};
    for (std::size_t row = 0; row < trace.nodes.size(); ++row) {
      if (trace.nodes[row].zone != zone.id) continue;
      plate.min = {std::min(plate.min.x, places[row].x), std::min(plate.min.y, places[row].y)};
      plate.max = {std::max(plate.max.x, places[row].x), std::max(plate.max.y, places[row].y)};
    }
    if (plate.min.x <= plate.max.x) plates.push_back(plate);
  }
  const ImVec2 board_max{board.at.x + board.size.x, board.at.y + board.size.y - ui.em() * 1.7F};
  for (const ZonePlate& plate : spread(plates, board.at, board_max, ui.em() * 0.2F)) {
    draw_zone(ui, list, plate);
  }
}

}  // namespace viz
