#include "engine/ikev1/proposals.h"

#include <algorithm>

#include <fmt/format.h>

namespace engine::ikev1 {
namespace {

/// Type and value of all attributes but those of the lifetime, sorted.
std::vector<std::pair<std::uint16_t, std::uint64_t>> fixed_attributes(const wire::TransformPayload& transform,
                                                                      std::uint8_t protocol) {
  const LifeAttributeTypes life = life_attribute_types(protocol);
  std::vector<std::pair<std::uint16_t, std::uint64_t>> attributes;
  for (const wire::Attribute& attribute : transform.attributes) {
    if (attribute.type == life.type || attribute.type == life.duration) continue;
    attributes.emplace_back(attribute.type, attribute.number());
  }
  std::sort(attributes.begin(), attributes.end());
  return attributes;
}

}  // namespace

Comparison::Comparison(std::uint8_t proposal, std::uint8_t transform) {
  result_.proposal = proposal;
  result_.transform = transform;
  result_.matches = true;
}

void Comparison::add(std::string_view name, bool matches, std::string offered, std::string wanted) {
  result_.attributes.push_back({std::string(name), std::move(offered), std::move(wanted), matches});
  result_.matches = result_.matches && matches;
}

bool same_transform(const wire::TransformPayload& offered, const wire::TransformPayload& answered,
                    std::uint8_t protocol) {
  return offered.number == answered.number && offered.id == answered.id &&
         fixed_attributes(offered, protocol) == fixed_attributes(answered, protocol);
}

std::optional<std::uint64_t> find_attribute(const wire::TransformPayload& transform, std::uint16_t type) {
  for (const wire::Attribute& entry : transform.attributes) {
    if (entry.type == type) return entry.number();
  }
  return std::nullopt;
}

bool has_key_lengths(crypto::CipherAlgorithm cipher) { return crypto::info(cipher).key_bits.size() > 1; }

std::uint64_t offered_key_bits(const wire::TransformPayload& offer, std::uint16_t key_length_type) {
  return find_attribute(offer, key_length_type).value_or(128);
}

bool key_length_fits(const wire::TransformPayload& offer, std::uint16_t key_length_type, crypto::CipherAlgorithm cipher,
                     std::uint16_t key_bits) {
  if (has_key_lengths(cipher)) return offered_key_bits(offer, key_length_type) == key_bits;
  // "This attribute MUST NOT be used when the specified Encryption Algorithm uses a fixed length key" (RFC 2409
  // appendix A).
  return !find_attribute(offer, key_length_type).has_value();
}

std::string group_offer_text(std::optional<std::uint64_t> number) {
  if (!number) return std::string(absent);
  return *number <= 0xffff ? ike::group_text(static_cast<crypto::DhGroup>(*number)) : fmt::format("group {}", *number);
}

std::string life_text(const Life& life) {
  std::string text;
  if (life.seconds) text = fmt::format("{} s", *life.seconds);
  if (life.kilobytes) text += fmt::format("{}{} KB", text.empty() ? "" : ", ", *life.kilobytes);
  return text.empty() ? std::string(absent) : text;
}

}  // namespace engine::ikev1
