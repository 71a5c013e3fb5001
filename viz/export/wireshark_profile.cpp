#include "viz/export/wireshark_profile.h"

#include <set>
#include <string_view>

#include <fmt/format.h>

namespace viz {
namespace {

using engine::crypto::CipherAlgorithm;
using engine::crypto::IntegrityAlgorithm;

std::string_view wireshark_name(CipherAlgorithm cipher) {
  switch (cipher) {
    case CipherAlgorithm::null:
      return "NULL";
    case CipherAlgorithm::des3_cbc:
      return "TripleDES-CBC [RFC2451]";
    case CipherAlgorithm::aes_cbc:
      return "AES-CBC [RFC3602]";
  }
  return "NULL";
}

std::string_view wireshark_name(IntegrityAlgorithm integrity) {
  switch (integrity) {
    case IntegrityAlgorithm::none:
      return "NULL";
    case IntegrityAlgorithm::hmac_md5_96:
      return "HMAC-MD5-96 [RFC2403]";
    case IntegrityAlgorithm::hmac_sha1_96:
      return "HMAC-SHA-1-96 [RFC2404]";
    case IntegrityAlgorithm::hmac_sha2_256_128:
      return "HMAC-SHA-256-128 [RFC4868]";
    case IntegrityAlgorithm::hmac_sha2_384_192:
      return "HMAC-SHA-384-192 [RFC4868]";
    case IntegrityAlgorithm::hmac_sha2_512_256:
      return "HMAC-SHA-512-256 [RFC4868]";
  }
  return "NULL";
}

std::string hex_key(const engine::Bytes& key) { return key.empty() ? std::string() : "0x" + engine::to_hex(key); }

/// The eight columns of Wireshark's table.
std::string esp_sa_row(const sim::TraceEspSa& sa) {
  return fmt::format(R"("IPv4","{}","{}","0x{:08x}","{}","{}","{}","{}")", to_string(sa.source),
                     to_string(sa.destination), sa.spi, wireshark_name(sa.cipher), hex_key(sa.cipher_key),
                     wireshark_name(sa.integrity), hex_key(sa.integrity_key));
}

std::string esp_sa_table(const sim::Trace& trace) {
  std::string table;
  for (const sim::TraceEspSa& sa : trace.esp_sas) table += esp_sa_row(sa) + "\n";
  return table;
}

/// Initiator cookie and phase 1 key of every ISAKMP SA. Where the two sides have different keys (the pre-shared keys
/// differ), the one of the side that encrypted first.
std::string ikev1_table(const sim::Trace& trace) {
  constexpr std::size_t cookie_size = 8;
  std::string table;
  std::set<engine::Bytes> listed;
  for (const sim::TraceMessage& message : trace.messages) {
    const engine::Bytes& wire = message.sent.wire;
    const sim::Index key = trace.find_value(message.sender, message.sent.encryption_key);
    if (!message.sent.encrypted || key == sim::no_index || wire.size() < cookie_size) continue;
    const engine::Bytes cookie(wire.begin(), wire.begin() + cookie_size);
    if (!listed.insert(cookie).second) continue;
    table += fmt::format("{},{}\n", engine::to_hex(cookie), engine::to_hex(trace.values[key].derived.bytes));
  }
  return table;
}

constexpr std::string_view preferences =
    R"(# Decrypts ESP and checks its integrity with the keys in esp_sa; shows each packet's comment in a column.
esp.enable_encryption_decode: TRUE
esp.enable_authentication_check: TRUE
nameres.network_name: TRUE
nameres.use_external_name_resolver: FALSE
gui.column.format:
	"No.", "%m",
	"Time", "%t",
	"Link", "%Cus:frame.interface_name:0:R",
	"Source", "%s",
	"Destination", "%d",
	"Protocol", "%p",
	"Info", "%i",
	"Comment", "%Cus:frame.comment:0:R"
)";

/// What went wrong stands out; then IKE in the clear, IKE encrypted, ESP.
constexpr std::string_view colour_filters =
    R"filters(@Lost, dropped or refused@frame.comment matches "^(LOST|DROPPED|REFUSED)"@[65535,55000,50000][30000,0,0]
@IKE, encrypted@isakmp.flag_e == 1@[58000,62000,65535][0,10000,30000]
@IKE, in the clear@isakmp@[65535,63000,52000][20000,12000,0]
@ESP@esp@[57000,65535,60000][0,20000,8000]
)filters";

}  // namespace

std::vector<std::pair<std::string, std::string>> wireshark_profile(const sim::Trace& trace) {
  return {
      {"preferences", std::string(preferences)},      {"esp_sa", esp_sa_table(trace)},
      {"ikev1_decryption_table", ikev1_table(trace)}, {"ikev2_decryption_table", std::string()},
      {"colorfilters", std::string(colour_filters)},
  };
}

std::string esp_secrets(const sim::Trace& trace) {
  std::string lines;
  for (const sim::TraceEspSa& sa : trace.esp_sas) lines += esp_sa_row(sa) + R"(,"32-bit","0x00000000")" + "\n";
  return lines;
}

}  // namespace viz
