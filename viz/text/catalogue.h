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

/// The tables, one a kind of text, each in a file of its own name (interface.cpp, reasons.cpp, ...), in the order in
/// which a person reads them.
std::span<const CatalogueEntry> interface_texts();
std::span<const CatalogueEntry> network_reason_texts();  ///< Reasons of parsers, links and the network.
std::span<const CatalogueEntry> ike_reason_texts();      ///< Reasons of IKE.
std::span<const CatalogueEntry> esp_reason_texts();      ///< Reasons of ESP and of the tunnel.
std::span<const CatalogueEntry> header_field_texts();    ///< Fields of IPv4, UDP, ICMP, TCP, ESP (fields_ip.cpp).
std::span<const CatalogueEntry> field_texts();           ///< Fields of ISAKMP and its payloads.
std::span<const CatalogueEntry> value_texts();           ///< Values of the key schedule.
std::span<const CatalogueEntry> name_texts();            ///< Payloads, states, node types, packet kinds.
std::span<const CatalogueEntry> message_texts();         ///< IKE messages: name and purpose.
std::span<const CatalogueEntry> main_mode_texts();       ///< Stories of phase 1.
std::span<const CatalogueEntry> quick_mode_texts();      ///< Stories of phase 2.
std::span<const CatalogueEntry> failure_texts();         ///< Stories of phase 1 and 2 that end badly.
std::span<const CatalogueEntry> informational_texts();   ///< Stories of informational exchanges: DPD, DELETE, errors.
std::span<const CatalogueEntry> remark_texts();          ///< Stories of timers and other remarks of the engine.
std::span<const CatalogueEntry> traffic_texts();         ///< Stories of packets that are not IKE.
std::span<const CatalogueEntry> walk_texts();            ///< Words of the walk and of a story's details.

/// All tables one after the other.
std::vector<CatalogueEntry> all_texts();

/// The text of an id, looked up in all tables. An id that is missing comes back as itself, so that a hole is seen; the
/// tests look for holes.
std::string_view text(std::string_view id, Language language);

/// Whether there is a text of this id.
bool has_text(std::string_view id);

/// The text with its named parts filled in. A part without a value stays as it stands, so that it is seen.
std::string text(std::string_view id, Language language,
                 const std::vector<std::pair<std::string, std::string>>& values);

/// The names of the parts that stand in braces in a text, in order.
std::vector<std::string> named_parts(std::string_view pattern);

}  // namespace viz
