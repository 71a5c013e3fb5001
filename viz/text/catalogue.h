#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace viz {

enum class Language : unsigned char { en, ja };

/// One text in both languages, under a stable id ("reason.icv-mismatch", "field.isakmp.initiator_cookie",
/// "interface.export.title"). Named parts stand in braces: "waits {wait}".
struct CatalogueEntry {
  std::string_view id;
  std::string_view en;
  std::string_view ja;
};

/// The tables, one a kind of text, each in a file of its own name (interface.cpp, reasons.cpp, ...), sorted by id.
std::span<const CatalogueEntry> interface_texts();
std::span<const CatalogueEntry> reason_texts();
std::span<const CatalogueEntry> field_texts();
std::span<const CatalogueEntry> value_texts();
std::span<const CatalogueEntry> story_texts();

/// The text of an id, looked up in all tables. An id that is missing comes back as itself, so that a hole is seen; the
/// tests look for holes.
std::string_view text(std::string_view id, Language language);

/// Whether there is a text of this id.
bool has_text(std::string_view id);

/// The text with its named parts filled in.
std::string text(std::string_view id, Language language,
                 const std::vector<std::pair<std::string, std::string>>& values);

}  // namespace viz
