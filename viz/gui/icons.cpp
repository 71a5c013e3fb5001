#include "viz/gui/icons.h"

#include <algorithm>
#include <cmath>

namespace viz {

namespace {

constexpr float pi = 3.14159265F;

/// Draws in a unit square around a center: coordinates run from -1 to 1.
struct Pen {
  ImDrawList& list;
  ImVec2 center;
  float half;
  ImU32 color;

  ImVec2 at(float x, float y) const { return {center.x + x * half, center.y + y * half}; }
  float thickness() const { return std::max(1.0F, half * 0.2F); }
  void line(float x1, float y1, float x2, float y2) const { list.AddLine(at(x1, y1), at(x2, y2), color, thickness()); }
  void triangle(float x1, float y1, float x2, float y2, float x3, float y3) const {
    list.AddTriangleFilled(at(x1, y1), at(x2, y2), at(x3, y3), color);
  }
  void box(float x1, float y1, float x2, float y2, float rounding = 0) const {
    list.AddRectFilled(at(x1, y1), at(x2, y2), color, rounding * half);
  }
  void frame(float x1, float y1, float x2, float y2, float rounding = 0) const {
    list.AddRect(at(x1, y1), at(x2, y2), color, rounding * half, 0, thickness());
  }
  void ring(float x, float y, float radius) const { list.AddCircle(at(x, y), radius * half, color, 0, thickness()); }
  void disc(float x, float y, float radius) const { list.AddCircleFilled(at(x, y), radius * half, color); }
  void arc(float x, float y, float radius, float from, float to) const {
    list.PathArcTo(at(x, y), radius * half, from, to);
    list.PathStroke(color, 0, thickness());
  }
};

void draw_lock(const Pen& pen, bool open) {
  pen.box(-0.65F, -0.1F, 0.65F, 0.85F, 0.2F);
  const float x = open ? 0.42F : 0.0F;
  pen.arc(x, -0.3F, 0.42F, pi, 2 * pi);
  pen.line(x - 0.42F, -0.32F, x - 0.42F, -0.05F);
  if (!open) pen.line(0.42F, -0.32F, 0.42F, -0.05F);
}

void draw_gear(const Pen& pen) {
  pen.ring(0, 0, 0.5F);
  for (int tooth = 0; tooth < 8; ++tooth) {
    const float angle = static_cast<float>(tooth) * pi / 4;
    pen.line(0.55F * std::cos(angle), 0.55F * std::sin(angle), 0.9F * std::cos(angle), 0.9F * std::sin(angle));
  }
}

void draw_sun(const Pen& pen) {
  pen.disc(0, 0, 0.4F);
  for (int ray = 0; ray < 8; ++ray) {
    const float angle = static_cast<float>(ray) * pi / 4;
    pen.line(0.6F * std::cos(angle), 0.6F * std::sin(angle), 0.9F * std::cos(angle), 0.9F * std::sin(angle));
  }
}

void draw_eye(const Pen& pen) {
  pen.arc(0, 0.65F, 1.1F, 1.22F * pi, 1.78F * pi);
  pen.arc(0, -0.65F, 1.1F, 0.22F * pi, 0.78F * pi);
  pen.disc(0, 0, 0.32F);
}

void draw_transport(const Pen& pen, Icon icon) {
  switch (icon) {
    case Icon::play:
      pen.triangle(-0.6F, -0.8F, 0.85F, 0, -0.6F, 0.8F);
      break;
    case Icon::pause:
      pen.box(-0.65F, -0.75F, -0.15F, 0.75F);
      pen.box(0.15F, -0.75F, 0.65F, 0.75F);
      break;
    case Icon::first:
      pen.box(-0.8F, -0.7F, -0.58F, 0.7F);
      pen.triangle(0.75F, -0.7F, -0.5F, 0, 0.75F, 0.7F);
      break;
    case Icon::last:
      pen.box(0.58F, -0.7F, 0.8F, 0.7F);
      pen.triangle(-0.75F, -0.7F, -0.75F, 0.7F, 0.5F, 0);
      break;
    case Icon::next:
      pen.triangle(-0.4F, -0.6F, 0.55F, 0, -0.4F, 0.6F);
      break;
    case Icon::previous:
      pen.triangle(0.4F, -0.6F, -0.55F, 0, 0.4F, 0.6F);
      break;
    case Icon::next_phase:
      pen.triangle(-0.8F, -0.6F, 0.05F, 0, -0.8F, 0.6F);
      pen.triangle(0, -0.6F, 0.85F, 0, 0, 0.6F);
      break;
    default:
      pen.triangle(0.8F, -0.6F, -0.05F, 0, 0.8F, 0.6F);
      pen.triangle(0, -0.6F, -0.85F, 0, 0, 0.6F);
      break;
  }
}

void draw_key(const Pen& pen) {
  pen.ring(-0.45F, 0, 0.38F);
  pen.line(-0.08F, 0, 0.9F, 0);
  pen.line(0.85F, 0, 0.85F, 0.4F);
  pen.line(0.5F, 0, 0.5F, 0.32F);
}

void draw_globe(const Pen& pen) {
  pen.ring(0, 0, 0.85F);
  pen.line(-0.85F, 0, 0.85F, 0);
  pen.arc(-0.75F, 0, 1.1F, -0.27F * pi, 0.27F * pi);
  pen.arc(0.75F, 0, 1.1F, 0.73F * pi, 1.27F * pi);
}

void draw_warning(const Pen& pen) {
  pen.list.AddTriangle(pen.at(0, -0.8F), pen.at(0.9F, 0.75F), pen.at(-0.9F, 0.75F), pen.color, pen.thickness());
  pen.line(0, -0.25F, 0, 0.3F);
  pen.disc(0, 0.52F, 0.11F);
}

void draw_moon(const Pen& pen) {
  pen.list.PathArcTo(pen.at(0, 0), 0.8F * pen.half, 0.1F * pi, 1.4F * pi, 24);
  pen.list.PathArcTo(pen.at(0.42F, -0.3F), 0.62F * pen.half, 1.25F * pi, 0.35F * pi, 20);
  pen.list.PathStroke(pen.color, ImDrawFlags_Closed, pen.thickness());
}

void draw_save(const Pen& pen) {
  pen.line(0, -0.85F, 0, 0.3F);
  pen.triangle(-0.42F, 0, 0.42F, 0, 0, 0.5F);
  pen.line(-0.8F, 0.35F, -0.8F, 0.8F);
  pen.line(-0.85F, 0.8F, 0.85F, 0.8F);
  pen.line(0.8F, 0.35F, 0.8F, 0.8F);
}

void draw_question(const Pen& pen) {
  pen.arc(0, -0.38F, 0.4F, pi, 2.45F * pi);
  pen.line(0.1F, -0.02F, 0, 0.35F);
  pen.disc(0, 0.72F, 0.13F);
}

}  // namespace

void draw_icon(ImDrawList& list, Icon icon, ImVec2 center, float size, ImU32 color) {
  const Pen pen{list, center, size / 2, color};
  switch (icon) {
    case Icon::none:
      break;
    case Icon::lock:
      draw_lock(pen, false);
      break;
    case Icon::unlocked:
      draw_lock(pen, true);
      break;
    case Icon::check:
      pen.line(-0.75F, 0.05F, -0.2F, 0.6F);
      pen.line(-0.2F, 0.6F, 0.8F, -0.6F);
      break;
    case Icon::cross:
      pen.line(-0.65F, -0.65F, 0.65F, 0.65F);
      pen.line(-0.65F, 0.65F, 0.65F, -0.65F);
      break;
    case Icon::warning:
      draw_warning(pen);
      break;
    case Icon::eye:
      draw_eye(pen);
      break;
    case Icon::key:
      draw_key(pen);
      break;
    case Icon::globe:
      draw_globe(pen);
      break;
    case Icon::sun:
      draw_sun(pen);
      break;
    case Icon::moon:
      draw_moon(pen);
      break;
    case Icon::gear:
      draw_gear(pen);
      break;
    case Icon::open:
      pen.frame(-0.85F, -0.35F, 0.85F, 0.7F, 0.15F);
      pen.line(-0.8F, -0.6F, -0.15F, -0.6F);
      break;
    case Icon::save:
      draw_save(pen);
      break;
    case Icon::question:
      draw_question(pen);
      break;
    case Icon::copy:
      pen.frame(-0.75F, -0.3F, 0.3F, 0.8F, 0.15F);
      pen.frame(-0.3F, -0.8F, 0.75F, 0.3F, 0.15F);
      break;
    case Icon::enlarge:
      pen.frame(-0.75F, -0.75F, 0.75F, 0.75F, 0.15F);
      pen.triangle(0.5F, -0.5F, 0.5F, 0.2F, -0.2F, -0.5F);
      break;
    case Icon::pin:
      pen.disc(0, -0.3F, 0.42F);
      pen.line(0, 0.1F, 0, 0.9F);
      break;
    default:
      draw_transport(pen, icon);
      break;
  }
}

void draw_node(ImDrawList& list, sim::NodeType type, ImVec2 center, float size, ImU32 color, ImU32 fill) {
  Pen pen{list, center, size / 2, color};
  const auto plate = [&](float x1, float y1, float x2, float y2, float rounding) {
    list.AddRectFilled(pen.at(x1, y1), pen.at(x2, y2), fill, rounding * pen.half);
    list.AddRect(pen.at(x1, y1), pen.at(x2, y2), color, rounding * pen.half, 0, std::max(1.5F, size * 0.05F));
  };
  switch (type) {
    case sim::NodeType::host:
      plate(-0.9F, -0.75F, 0.9F, 0.4F, 0.12F);
      pen.line(0, 0.4F, 0, 0.75F);
      pen.line(-0.5F, 0.78F, 0.5F, 0.78F);
      break;
    case sim::NodeType::router:
      list.AddCircleFilled(center, pen.half * 0.9F, fill);
      list.AddCircle(center, pen.half * 0.9F, color, 0, std::max(1.5F, size * 0.05F));
      draw_globe({list, center, pen.half * 0.62F, color});
      break;
    default:
      plate(-0.9F, -0.6F, 0.9F, 0.6F, 0.2F);
      draw_lock({list, pen.at(0, -0.02F), pen.half * 0.42F, color}, false);
      break;
  }
}

void draw_dashed_line(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 color, float thickness, float dash, float gap,
                      float phase) {
  const float dx = to.x - from.x;
  const float dy = to.y - from.y;
  const float length = std::sqrt(dx * dx + dy * dy);
  if (length <= 0) return;
  for (float at = std::fmod(phase, dash + gap) - (dash + gap); at < length; at += dash + gap) {
    const float begin = std::max(at, 0.0F) / length;
    const float end = std::min(at + dash, length) / length;
    if (end <= begin) continue;
    list.AddLine({from.x + dx * begin, from.y + dy * begin}, {from.x + dx * end, from.y + dy * end}, color, thickness);
  }
}

}  // namespace viz
