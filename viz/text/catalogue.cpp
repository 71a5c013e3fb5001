#include "viz/text/catalogue.h"

#include <algorithm>
#include <array>

namespace viz {
namespace {

using Table = std::span<const CatalogueEntry> (*)();

constexpr auto tables = std::to_array<Table>({
    &interface_texts,
    &network_reason_texts,
    &ike_reason_texts,
    &esp_reason_texts,
    &header_field_texts,
    &field_texts,
    &value_texts,
    &name_texts,
    &message_texts,
    &main_mode_texts,
    &quick_mode_texts,
    &failure_texts,
    &informational_texts,
    &remark_texts,
    &traffic_texts,
    &walk_texts,
});

/// All entries ordered by id; made once, never changed.
const std::vector<CatalogueEntry>& sorted_index() {
  static const std::vector<CatalogueEntry> index = [] {
    std::vector<CatalogueEntry> entries = all_texts();
    std::stable_sort(entries.begin(), entries.end(),
                     [](const CatalogueEntry& a, const CatalogueEntry& b) { return a.id < b.id; });
    return entries;
  }();
  return index;
}

const CatalogueEntry* find_entry(std::string_view id) {
  const std::vector<CatalogueEntry>& index = sorted_index();
  const auto found = std::lower_bound(index.begin(), index.end(), id,
                                      [](const CatalogueEntry& entry, std::string_view key) { return entry.id < key; });
  return found != index.end() && found->id == id ? &*found : nullptr;
}

}  // namespace

std::vector<CatalogueEntry> all_texts() {
  std::vector<CatalogueEntry> entries;
  for (const Table table : tables) {
    const std::span<const CatalogueEntry> part = table();
    entries.insert(entries.end(), part.begin(), part.end());
  }
  return entries;
}

std::string_view text(std::string_view id, Language language) {
  const CatalogueEntry* entry = find_entry(id);
  if (entry == nullptr) return id;
  return language == Language::ja ? entry->ja : entry->en;
}

bool has_text(std::string_view id) { return find_entry(id) != nullptr; }

std::string text(std::string_view id, Language language,
                 const std::vector<std::pair<std::string, std::string>>& values) {
  const std::string_view pattern = text(id, language);
  std::string result;
  std::size_t at = 0;
  while (at < pattern.size()) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    const auto value = std::find_if(values.begin(), values.end(), [&](const auto& pair) { return pair.first == name; });
    result += pattern.substr(at, open - at);
    result += value == values.end() ? pattern.substr(open, close - open + 1) : std::string_view(value->second);
    at = close + 1;
  }
  result += pattern.substr(at);
  return result;
}

std::vector<std::string> named_parts(std::string_view pattern) {
  std::vector<std::string> names;
  for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
    const std::size_t close = pattern.find('}', open);
    if (close == std::string_view::npos) break;
    names.emplace_back(pattern.substr(open + 1, close - open - 1));
  }
  return names;
}

}  // namespace viz
