#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/trace/trace.h"

namespace viz {

/// The files of a Wireshark configuration directory with which a trace's capture opens decrypted, as (name, content):
/// preferences, esp_sa, ikev1_decryption_table, ikev2_decryption_table, colorfilters. Tried with Wireshark 4.0.
std::vector<std::pair<std::string, std::string>> wireshark_profile(const sim::Trace& trace);

/// The keys of all ESP SAs for a Decryption Secrets Block of type ESPS: lines of comma-separated, quoted values, like
/// Wireshark's esp_sa with two columns more for extended sequence numbers. Empty where there is no SA.
std::string esp_secrets(const sim::Trace& trace);

}  // namespace viz
