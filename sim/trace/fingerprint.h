#pragma once

#include <cstdint>
#include <string>

#include "sim/trace/trace.h"

namespace sim {

/// A trace in a few hashes (SHA-256, cut to 16 hex digits), so that when one changes, the difference says what kind of
/// change it was.
struct Fingerprint {
  std::string order;   ///< Which packets in which order, by kind, message name, origin and end.
  std::string times;   ///< When.
  std::string wire;    ///< Every octet on every link.
  std::string states;  ///< State changes, SAs, counters, reasons.
  std::string keys;    ///< Every derived value.
  std::string texts;   ///< Titles, beats, questions, in both languages.
  bool operator==(const Fingerprint&) const = default;
};

Fingerprint fingerprint(const Trace& trace);

/// The names of the parts that differ, comma-separated; empty if none do.
std::string difference(const Fingerprint& a, const Fingerprint& b);

}  // namespace sim
