#include "engine/ike/deadlines.h"

namespace engine::ike {

void Deadlines::set(Timer timer, std::uint32_t owner, Time at) {
  cancel(timer, owner);
  const Key key{timer, owner};
  order_.insert({at, ++counter_, key});
  by_key_[key] = {at, counter_};
}

void Deadlines::cancel(Timer timer, std::uint32_t owner) {
  const auto found = by_key_.find({timer, owner});
  if (found == by_key_.end()) return;
  order_.erase({found->second.first, found->second.second, found->first});
  by_key_.erase(found);
}

std::optional<Time> Deadlines::at(Timer timer, std::uint32_t owner) const {
  const auto found = by_key_.find({timer, owner});
  if (found == by_key_.end()) return std::nullopt;
  return found->second.first;
}

std::optional<Time> Deadlines::next() const {
  if (order_.empty()) return std::nullopt;
  return std::get<Time>(*order_.begin());
}

std::optional<Deadlines::Due> Deadlines::take(Time now) {
  if (order_.empty() || std::get<Time>(*order_.begin()) > now) return std::nullopt;
  const Key key = std::get<Key>(*order_.begin());
  cancel(key.first, key.second);
  return Due{key.first, key.second};
}

void Deadlines::clear() {
  order_.clear();
  by_key_.clear();
}

}  // namespace engine::ike
