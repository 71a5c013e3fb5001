#include "engine/ikev1/proposals.h"

#include <algorithm>

#include <fmt/format.h>

namespace engine::ikev1 {

Comparison::Comparison(std::uint8_t proposal, std::uint8_t transform) {
  result_.proposal = proposal;
  result_.transform = transform;
  result_.matches = true;
}

void Comparison::add(std::string_view name, bool matches, std::string offered, std::string wanted) {
  result_.attributes.push_back({std::string(name), std::move(offered), std::move(wanted), matches});
  result_.matches = result_.matches && matches;
}

bool same_transform(const wire::TransformPayload& offered, const wire::TransformPayload& answered) {
  if (offered.number != answered.number || offered.id != answered.id) return false;
  // Life type and duration come in pairs, so the order counts.
  return std::equal(
      offered.attributes.begin(), offered.attributes.end(), answered.attributes.begin(), answered.attributes.end(),
      [](const wire::Attribute& a, const wire::Attribute& b) { return a.type == b.type && a.number() == b.number(); });
}

std::string life_text(const Life& life) {
  std::string text;
  if (life.seconds) text = fmt::format("{} s", *life.seconds);
  if (life.kilobytes) text += fmt::format("{}{} KB", text.empty() ? "" : ", ", *life.kilobytes);
  return text.empty() ? std::string(absent) : text;
}

}  // namespace engine::ikev1
