#include "viz/text/offer_text.h"

#include <fmt/format.h>

#include <vector>

#include "engine/wire/names.h"
#include "viz/text/story_names.h"

namespace viz {
namespace {

namespace wire = engine::wire;

constexpr std::size_t shown_transforms = 3;

const wire::Attribute* find_attribute(const wire::TransformPayload& transform, std::uint16_t type) {
  for (const wire::Attribute& attribute : transform.attributes) {
    if (attribute.type == type) return &attribute;
  }
  return nullptr;
}

std::string with_key_length(std::string name, const wire::Attribute* key_length) {
  return key_length == nullptr ? name : fmt::format("{}-{}", name, key_length->number());
}

/// The name of an attribute's value, appended if the attribute is there.
void add_value(std::vector<std::string>& parts, std::uint8_t protocol, const wire::Attribute* attribute) {
  if (attribute == nullptr) return;
  parts.push_back(wire::value_name(wire::attribute_value_names(protocol, attribute->type), attribute->number()));
}

std::vector<std::string> phase1_parts(const wire::TransformPayload& transform) {
  namespace type = wire::phase1_attribute;
  std::vector<std::string> parts;
  add_value(parts, wire::protocol_id::isakmp, find_attribute(transform, type::encryption_algorithm));
  if (!parts.empty()) parts[0] = with_key_length(parts[0], find_attribute(transform, type::key_length));
  add_value(parts, wire::protocol_id::isakmp, find_attribute(transform, type::hash_algorithm));
  add_value(parts, wire::protocol_id::isakmp, find_attribute(transform, type::authentication_method));
  add_value(parts, wire::protocol_id::isakmp, find_attribute(transform, type::group_description));
  return parts;
}

std::vector<std::string> phase2_parts(std::uint8_t protocol, const wire::TransformPayload& transform) {
  namespace type = wire::phase2_attribute;
  std::vector<std::string> parts = {with_key_length(wire::value_name(wire::transform_id_names(protocol), transform.id),
                                                    find_attribute(transform, type::key_length))};
  add_value(parts, protocol, find_attribute(transform, type::authentication_algorithm));
  add_value(parts, protocol, find_attribute(transform, type::encapsulation_mode));
  if (const wire::Attribute* group = find_attribute(transform, type::group_description)) {
    parts.push_back("PFS " + wire::value_name(wire::attribute_value_names(protocol, group->type), group->number()));
  }
  return parts;
}

}  // namespace

std::string offer_text(const wire::SecurityAssociationPayload& sa, Language language) {
  std::vector<std::string> transforms;
  for (const wire::ProposalPayload& proposal : sa.proposals) {
    for (const wire::TransformPayload& transform : proposal.transforms) {
      const bool is_phase1 = proposal.protocol == wire::protocol_id::isakmp;
      std::vector<std::string> parts = is_phase1 ? phase1_parts(transform) : phase2_parts(proposal.protocol, transform);
      for (std::string& part : parts) part = engine_word(part, language);
      transforms.push_back(fmt::format("{}", fmt::join(parts, ", ")));
    }
  }
  const std::size_t count = transforms.size();
  if (count > shown_transforms) {
    transforms.resize(shown_transforms);
    transforms.push_back(fmt::format("... ({})", count));
  }
  return fmt::format("{}", fmt::join(transforms, " / "));
}

}  // namespace viz
