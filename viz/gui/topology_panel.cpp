#include "viz/gui/topology_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/time.h"
#include "viz/gui/topology_zones.h"
#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"
#include "viz/model/state_view.h"

namespace viz {

namespace {

ImVec2 between(ImVec2 a, ImVec2 b, float share) { return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share}; }

/// The unit vector across the line from a to b.
ImVec2 across(ImVec2 a, ImVec2 b) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const float length = std::max(std::sqrt(dx * dx + dy * dy), 1.0F);
  return {-dy / length, dx / length};
}

ImVec2 shifted(ImVec2 at, ImVec2 direction, float by) { return {at.x + direction.x * by, at.y + direction.y * by}; }

ImU32 color_of(const Palette& colors, const Flight& flight) {
  switch (flight.kind) {
    case sim::PacketKind::ike:
      return colors.phase1;
    case sim::PacketKind::esp:
      return colors.esp;
    default:
      return colors.clear_traffic;
  }
}

std::string_view phase_id(sim::TunnelPhase phase) {
  switch (phase) {
    case sim::TunnelPhase::down:
      return "tunnel-phase.down";
    case sim::TunnelPhase::phase1:
      return "tunnel-phase.phase1";
    case sim::TunnelPhase::isakmp_sa:
      return "tunnel-phase.isakmp-sa";
    case sim::TunnelPhase::phase2:
      return "tunnel-phase.phase2";
    case sim::TunnelPhase::up:
      return "tunnel-phase.up";
  }
  return {};
}

}  // namespace

void TopologyPanel::draw(Ui& ui) {
  const sim::Trace& trace = ui.session.trace();
  if (trace.nodes.empty() || ui.session.empty()) {
    empty_message(ui, Icon::globe, ui.tr("interface.topology.empty"));
    return;
  }
  if (document_ != ui.session.documents()) find_ways(trace);
  document_ = ui.session.documents();
  const float em = ui.em();
  board_ = {ImGui::GetCursorScreenPos(), ImGui::GetContentRegionAvail()};
  place_nodes(ui, board_);
  const TopologyView view =
      topology_at(ui.session.index(), ui.session.step(), ui.session.time(), ui.session.viewpoint());
  ImDrawList& list = *ImGui::GetWindowDrawList();
  tube_ = std::round(em * 0.46F);
  draw_zones(ui, list, places_, board_);
  draw_links(ui, list, view);
  if (!ui.session.eavesdropping()) draw_tunnels(ui, list, view);
  draw_nodes(ui, list, view);
  draw_flights(ui, list, view);
  draw_legend(ui, list, view);
  choose_node_by_key(ui);
}

void TopologyPanel::find_ways(const sim::Trace& trace) {
  has_marker_ = false;
  ways_.assign(trace.tunnels.size(), {});
  for (std::size_t row = 0; row < trace.tunnels.size(); ++row) {
    const sim::TraceTunnel& tunnel = trace.tunnels[row];
    std::vector<Index> link_to(trace.nodes.size(), no_index);
    std::vector<Index> reached = {tunnel.initiator};
    for (std::size_t at = 0; at < reached.size(); ++at) {
      for (Index link = 0; link < trace.links.size(); ++link) {
        const sim::TraceLink& each = trace.links[link];
        if (each.a != reached[at] && each.b != reached[at]) continue;
        const Index other = each.a == reached[at] ? each.b : each.a;
        if (other == tunnel.initiator || other == no_index || link_to[other] != no_index) continue;
        link_to[other] = link;
        reached.push_back(other);
      }
    }
    TunnelWay& way = ways_[row];
    way.lane = static_cast<float>(row) - static_cast<float>(trace.tunnels.size() - 1) / 2;
    Index at = tunnel.responder;
    way.nodes.push_back(at);
    while (at != tunnel.initiator && link_to[at] != no_index) {
      const sim::TraceLink& link = trace.links[link_to[at]];
      way.links.push_back(link_to[at]);
      at = link.a == at ? link.b : link.a;
      way.nodes.push_back(at);
    }
    std::reverse(way.nodes.begin(), way.nodes.end());
    std::reverse(way.links.begin(), way.links.end());
  }
}

void TopologyPanel::place_nodes(const Ui& ui, const Area& board) {
  const std::vector<sim::TraceNode>& nodes = ui.session.trace().nodes;
  const float em = ui.em();
  std::int32_t left = nodes[0].x, right = nodes[0].x, top = nodes[0].y, bottom = nodes[0].y;
  for (const sim::TraceNode& node : nodes) {
    left = std::min(left, node.x);
    right = std::max(right, node.x);
    top = std::min(top, node.y);
    bottom = std::max(bottom, node.y);
  }
  node_size_ = std::round(std::clamp(std::min(board.size.x / 11, board.size.y / 6.5F), em * 1.4F, em * 4));
  const float margin_x = std::min(em * 3.4F, board.size.x * 0.12F);
  const float margin_top = node_size_ * 0.5F + em * 2.2F;
  const float margin_bottom = node_size_ * 0.5F + em * 3.1F;
  const float width = std::max(board.size.x - 2 * margin_x, em);
  const float height = std::max(board.size.y - margin_top - margin_bottom, em);
  places_.clear();
  for (const sim::TraceNode& node : nodes) {
    const float x = right == left ? 0.5F : static_cast<float>(node.x - left) / static_cast<float>(right - left);
    const float y = bottom == top ? 0.5F : static_cast<float>(node.y - top) / static_cast<float>(bottom - top);
    places_.push_back({board.at.x + margin_x + x * width, board.at.y + margin_top + y * height});
  }
}

void TopologyPanel::draw_links(const Ui& ui, ImDrawList& list, const TopologyView& view) const {
  const sim::Trace& trace = ui.session.trace();
  const float em = ui.em();
  for (std::size_t row = 0; row < trace.links.size(); ++row) {
    const sim::TraceLink& link = trace.links[row];
    if (link.a == no_index || link.b == no_index) continue;
    const ImVec2 a = places_[link.a];
    const ImVec2 b = places_[link.b];
    if (!view.links[row].visible) {
      draw_dashed_line(list, a, b, faded(ui.colors.faint, 0.5F), 1, em * 0.2F, em * 0.4F);
    } else if (view.links[row].up) {
      list.AddLine(a, b, ui.colors.faint, std::max(1.5F, em * 0.11F));
    } else {
      draw_dashed_line(list, a, b, ui.colors.bad, std::max(1.5F, em * 0.11F), em * 0.5F, em * 0.4F);
      draw_icon(list, Icon::cross, between(a, b, 0.5F), em, ui.colors.bad);
    }
  }
}

void TopologyPanel::draw_tunnels(const Ui& ui, ImDrawList& list, const TopologyView& view) const {
  const float em = ui.em();
  for (std::size_t row = 0; row < ways_.size(); ++row) {
    const TunnelWay& way = ways_[row];
    const TunnelView& tunnel = view.tunnels[row];
    const float shift = way.lane * tube_ * 2.3F;
    for (std::size_t part = 0; part + 1 < way.nodes.size(); ++part) {
      const ImVec2 a = places_[way.nodes[part]];
      const ImVec2 b = places_[way.nodes[part + 1]];
      const ImVec2 side = across(a, b);
      // From edge to edge of the nodes' pictures.
      const ImVec2 along{side.y, -side.x};
      const ImVec2 from = shifted(shifted(a, along, node_size_ * 0.4F), side, shift);
      const ImVec2 to = shifted(shifted(b, along, node_size_ * -0.4F), side, shift);
      const float edge = std::max(1.5F, em * 0.1F);
      const auto wall = [&](float by, ImU32 color) {
        list.AddLine(shifted(from, side, by), shifted(to, side, by), color, edge);
      };
      switch (tunnel.phase) {
        case sim::TunnelPhase::down:
          if (tunnel.reason != engine::Reason::none) {
            draw_dashed_line(list, from, to, ui.colors.bad, edge, em * 0.15F, em * 0.45F);
          }
          break;
        case sim::TunnelPhase::phase1:
          draw_dashed_line(list, from, to, ui.colors.phase1, edge, em * 0.5F, em * 0.4F);
          break;
        case sim::TunnelPhase::isakmp_sa:
          list.AddLine(from, to, ui.colors.phase1, std::max(2.0F, em * 0.16F));
          break;
        case sim::TunnelPhase::phase2:
          list.AddLine(from, to, ui.colors.phase1, std::max(2.0F, em * 0.16F));
          for (const float by : {-tube_ * 0.75F, tube_ * 0.75F}) {
            draw_dashed_line(list, shifted(from, side, by), shifted(to, side, by), ui.colors.phase2, edge, em * 0.5F,
                             em * 0.4F);
          }
          break;
        case sim::TunnelPhase::up:
          list.AddLine(from, to, faded(ui.colors.esp, 0.22F), tube_ * 1.5F);
          wall(-tube_ * 0.75F, ui.colors.esp);
          wall(tube_ * 0.75F, ui.colors.esp);
          break;
      }
    }
    if (tunnel.phase == sim::TunnelPhase::down && tunnel.reason != engine::Reason::none && way.nodes.size() > 1) {
      const std::size_t last = way.nodes.size() - 2;
      draw_icon(list, Icon::cross, between(places_[way.nodes[last]], places_[way.nodes[last + 1]], 0.5F), em * 0.9F,
                ui.colors.bad);
    }
  }
}

void TopologyPanel::draw_nodes(Ui& ui, ImDrawList& list, const TopologyView& view) {
  const sim::Trace& trace = ui.session.trace();
  const float em = ui.em();
  const std::vector<Index> peers = gateways(trace);
  for (Index row = 0; row < trace.nodes.size(); ++row) {
    const sim::TraceNode& node = trace.nodes[row];
    const ImVec2 at = places_[row];
    const bool visible = view.nodes[row].visible;
    const bool active = view.nodes[row].active;
    if (active) {
      list.AddCircleFilled(at, node_size_ * 0.78F, faded(ui.colors.accent, 0.22F));
      list.AddCircle(at, node_size_ * 0.78F, ui.colors.accent, 0, 2);
    }
    const ImU32 ink = visible ? ui.colors.text : ui.colors.faint;
    draw_node(list, node.type, at, node_size_, ink, ui.colors.panel);
    if (!visible) draw_icon(list, Icon::question, at, em * 0.8F, ui.colors.faint);

    const std::vector<std::string_view> lines = wrap_lines(*ui.fonts.small, ui.tr(node.name), em * 6.4F);
    float y = at.y + node_size_ * 0.5F + em * 0.35F;
    for (std::size_t i = 0; i < lines.size() && i < 2; ++i) {
      const float width = width_of(*ui.fonts.small, lines[i]);
      const float x = std::clamp(at.x - width / 2, board_.at.x, board_.at.x + board_.size.x - width);
      list.AddRectFilled({x - 2, y}, {x + width + 2, y + em}, faded(ui.colors.panel, 0.75F), em * 0.2F);
      draw_text(list, *ui.fonts.small, {x, y},
                active    ? ui.colors.text
                : visible ? ui.colors.muted
                          : ui.colors.faint,
                lines[i]);
      y += em * 1.0F;
    }
    ImGui::SetCursorScreenPos({at.x - node_size_ * 0.6F, at.y - node_size_ * 0.6F});
    ImGui::PushID(static_cast<int>(row));
    const bool clicked = ImGui::InvisibleButton("node", {node_size_ * 1.2F, node_size_ * 1.2F});
    ImGui::PopID();
    const bool is_peer = std::find(peers.begin(), peers.end(), row) != peers.end();
    if (clicked && is_peer) {
      ui.session.choose_peer(row);
      ui.wanted_focus = PanelId::state;
    }
    if (!ImGui::IsItemHovered() || !visible) continue;
    ImGui::BeginTooltip();
    line(ui, *ui.fonts.strong, ui.tr(node.name), ui.colors.text, em * 18);
    for (const sim::TraceNode::Interface& interface : node.interfaces) {
      const std::string entry = interface.name + "   " + engine::to_string(interface.address);
      line(ui, *ui.fonts.mono, entry, ui.colors.muted, em * 18);
    }
    for (const sim::TraceZone& zone : trace.zones) {
      if (zone.id == node.zone) label(ui, ui.tr(zone.name));
    }
    if (is_peer) label(ui, ui.tr("interface.topology.click-for-state"));
    ImGui::EndTooltip();
  }
}

ImVec2 TopologyPanel::place_of(const Flight& flight) const {
  const ImVec2 a = places_[flight.from];
  const ImVec2 b = places_[flight.to];
  const float share = 0.06F + 0.88F * static_cast<float>(flight.permille) / 1000;
  ImVec2 at = between(a, b, share);
  if (flight.tunnel == no_index || flight.tunnel >= ways_.size()) return at;
  const TunnelWay& way = ways_[flight.tunnel];
  for (std::size_t part = 0; part < way.links.size(); ++part) {
    if (way.links[part] != flight.link) continue;
    at = shifted(at, across(places_[way.nodes[part]], places_[way.nodes[part + 1]]), way.lane * tube_ * 2.3F);
  }
  return at;
}

void TopologyPanel::draw_packet(const Ui& ui, ImDrawList& list, const Flight& flight, ImVec2 at, bool current) const {
  const float em = ui.em();
  const ImU32 color = color_of(ui.colors, flight);
  const float w = em * (current ? 0.75F : 0.5F);
  const float h = em * (current ? 0.5F : 0.34F);
  list.AddRectFilled({at.x - w, at.y - h}, {at.x + w, at.y + h}, ui.colors.panel, em * 0.15F);
  list.AddRectFilled({at.x - w, at.y - h}, {at.x + w, at.y + h}, faded(color, 0.35F), em * 0.15F);
  list.AddRect({at.x - w, at.y - h}, {at.x + w, at.y + h}, color, em * 0.15F, 0, std::max(1.5F, em * 0.1F));
  if (flight.kind == sim::PacketKind::esp) {
    draw_icon(list, Icon::lock, at, h * 1.5F, color);
  } else {
    list.AddLine({at.x - w, at.y - h}, {at.x, at.y + h * 0.2F}, color, 1.2F);
    list.AddLine({at.x + w, at.y - h}, {at.x, at.y + h * 0.2F}, color, 1.2F);
  }
  if (flight.will_be_lost && flight.permille >= 500) draw_icon(list, Icon::cross, at, em * 1.3F, ui.colors.bad);
}

void TopologyPanel::draw_flights(Ui& ui, ImDrawList& list, const TopologyView& view) {
  const float em = ui.em();
  Flight current = flight_of_step(ui.session.index(), ui.session.step(), ui.session.viewpoint());
  for (const Flight& flight : view.flights) {
    if (flight.packet == current.packet) {
      if (ui.session.playing()) current = flight;
      continue;
    }
    draw_packet(ui, list, flight, place_of(flight), false);
  }
  if (current.packet == no_index || current.from == no_index || current.to == no_index) {
    has_marker_ = false;
    return;
  }
  const ImVec2 target = place_of(current);
  if (!has_marker_ || ui.still || ui.session.playing()) {
    marker_ = target;
  } else {
    const float share = std::min(1.0F, ImGui::GetIO().DeltaTime * 9);
    marker_ = between(marker_, target, share);
  }
  has_marker_ = true;
  draw_packet(ui, list, current, marker_, true);
  const std::string name = ui.packet_name(current.packet);
  const float width = width_of(*ui.fonts.strong, name);
  const float x = std::clamp(marker_.x - width / 2, board_.at.x + em * 0.3F,
                             std::max(board_.at.x + em * 0.3F, board_.at.x + board_.size.x - width - em * 0.5F));
  // Above the packet, or below the node's name, so that the middle of the drawing stays clear.
  const bool low = marker_.y > board_.at.y + board_.size.y * 0.6F || marker_.y - em * 2.25F < board_.at.y + em * 1.4F;
  const float y = low ? std::min(marker_.y + node_size_ * 0.5F + em * 1.6F, board_.at.y + board_.size.y - em * 3.0F)
                      : marker_.y - em * 2.25F;
  list.AddRectFilled({x - em * 0.35F, y - em * 0.15F}, {x + width + em * 0.35F, y + em * 1.2F}, ui.colors.panel,
                     em * 0.3F);
  list.AddRect({x - em * 0.35F, y - em * 0.15F}, {x + width + em * 0.35F, y + em * 1.2F}, color_of(ui.colors, current),
               em * 0.3F);
  draw_text(list, *ui.fonts.strong, {x, y}, ui.colors.text, name);
}

void TopologyPanel::draw_legend(const Ui& ui, ImDrawList& list, const TopologyView& view) const {
  const float em = ui.em();
  const sim::Trace& trace = ui.session.trace();
  float x = board_.at.x + em * 0.2F;
  const float y = board_.at.y + board_.size.y - em * 1.25F;
  const float right = board_.at.x + board_.size.x;
  if (ui.session.eavesdropping()) {
    draw_icon(list, Icon::eye, {x + em * 0.5F, y + em * 0.5F}, em, ui.colors.warning);
    draw_text(list, *ui.fonts.small, {x + em * 1.4F, y}, ui.colors.muted,
              fitted(*ui.fonts.small, ui.tr("interface.topology.eavesdropper"), board_.size.x - em * 2));
    return;
  }
  for (std::size_t row = 0; row < trace.tunnels.size(); ++row) {
    const TunnelView& tunnel = view.tunnels[row];
    std::string entry(ui.tr(trace.tunnels[row].name));
    entry += ": ";
    entry += ui.tr(phase_id(tunnel.phase));
    if (tunnel.reason != engine::Reason::none) {
      entry += " (" + ui.reason_name(tunnel.reason) + ")";
    }
    const bool up = tunnel.phase == sim::TunnelPhase::up;
    const bool failed = tunnel.phase == sim::TunnelPhase::down && tunnel.reason != engine::Reason::none;
    const Icon icon = up ? Icon::lock : failed ? Icon::cross : Icon::unlocked;
    const ImU32 color = up ? ui.colors.esp : failed ? ui.colors.bad : ui.colors.muted;
    const std::string shown = fitted(*ui.fonts.small, entry, right - x - em * 1.5F);
    if (shown.empty()) break;
    draw_icon(list, icon, {x + em * 0.45F, y + em * 0.45F}, em * 0.75F, color);
    draw_text(list, *ui.fonts.small, {x + em * 1.15F, y}, ui.colors.text, shown);
    x += width_of(*ui.fonts.small, shown) + em * 2.4F;
  }
}

void TopologyPanel::choose_node_by_key(Ui& ui) {
  if (ui.pressed(PanelId::topology, Action::item_down) || ui.pressed(PanelId::topology, Action::item_up)) {
    ui.session.next_peer();
  }
  if (ui.pressed(PanelId::topology, Action::activate)) ui.wanted_focus = PanelId::state;
}

}  // namespace viz
