#pragma once

#include <string>
#include <string_view>

#include "engine/base/time.h"
#include "sim/trace/trace.h"
#include "viz/text/catalogue.h"

/// Names of a trace's things in one language.
namespace viz {

/// The node's name; its id where it has none in this language; "?" for no_index.
std::string node_name(const sim::Trace& trace, sim::Index node, Language language);

/// The tunnel's name; empty for no_index.
std::string tunnel_name(const sim::Trace& trace, sim::Index tunnel, Language language);

/// "Main Mode 1", for the id "main-mode-1".
std::string message_name(std::string_view id, Language language);

/// What the message is for, in one sentence.
std::string message_purpose(std::string_view id, Language language);

/// What a payload is, for its label: "KE", "N(INITIAL-CONTACT)". Empty where nothing is known.
std::string payload_meaning(std::string_view label, Language language);

/// A packet's name for a line: the message's name for IKE, else its label ("ICMP echo request").
std::string packet_name(const sim::Trace& trace, sim::Index packet, Language language);

/// A reason in a few words; empty for none.
std::string reason_line(engine::Reason reason, Language language);

/// The text of the language, or the English one where it is empty.
const std::string& in_language(const sim::Text& text, Language language);

/// "0.020041 s": seconds with six decimals.
std::string walk_time(sim::Time time);

/// A length of time for people: "51 min", "7 h 30 min", "10.3 s"; at most three units, none of them zero.
std::string duration_text(engine::Duration duration, Language language);

/// Octets for people: hex; of long values the beginning, an ellipsis and the length.
std::string abbreviated_hex(engine::ByteView bytes, Language language);

/// A word or a length of time that the engine gives in English ("clear", "10.000 s"), in the language where a
/// translation is known.
std::string engine_word(std::string_view word, Language language);

/// Ids in the catalogue.
std::string_view id_of(sim::StepKind kind);
std::string_view id_of(sim::PacketKind kind);
std::string_view id_of(sim::NodeType type);
std::string_view id_of(sim::TunnelPhase phase);

/// "0x1f2e3d4c"
std::string spi_text(std::uint32_t spi);

}  // namespace viz
