#include "engine/crypto/algorithms.h"

#include <array>

namespace engine::crypto {
namespace {

constexpr std::array<std::uint16_t, 1> no_key = {0};
constexpr std::array<std::uint16_t, 1> des3_keys = {192};
constexpr std::array<std::uint16_t, 3> aes_keys = {128, 192, 256};

constexpr std::array hashes = {
    HashInfo{HashAlgorithm::md5, "MD5", "md5", 16, 64},
    HashInfo{HashAlgorithm::sha1, "SHA-1", "sha1", 20, 64},
    HashInfo{HashAlgorithm::sha2_256, "SHA2-256", "sha256", 32, 64},
    HashInfo{HashAlgorithm::sha2_384, "SHA2-384", "sha384", 48, 128},
    HashInfo{HashAlgorithm::sha2_512, "SHA2-512", "sha512", 64, 128},
};

constexpr std::array ciphers = {
    CipherInfo{CipherAlgorithm::null, "NULL", "RFC 2410", 1, 0, no_key},
    CipherInfo{CipherAlgorithm::des3_cbc, "3DES-CBC", "RFC 2451", 8, 8, des3_keys},
    CipherInfo{CipherAlgorithm::aes_cbc, "AES-CBC", "RFC 3602", 16, 16, aes_keys},
};

constexpr std::array integrity_algorithms = {
    IntegrityInfo{IntegrityAlgorithm::none, "NONE", "RFC 4303 2.8", std::nullopt, 0, 0},
    IntegrityInfo{IntegrityAlgorithm::hmac_md5_96, "HMAC-MD5-96", "RFC 2403", HashAlgorithm::md5, 16, 12},
    IntegrityInfo{IntegrityAlgorithm::hmac_sha1_96, "HMAC-SHA1-96", "RFC 2404", HashAlgorithm::sha1, 20, 12},
    IntegrityInfo{IntegrityAlgorithm::hmac_sha2_256_128, "HMAC-SHA2-256-128", "RFC 4868", HashAlgorithm::sha2_256, 32,
                  16},
    IntegrityInfo{IntegrityAlgorithm::hmac_sha2_384_192, "HMAC-SHA2-384-192", "RFC 4868", HashAlgorithm::sha2_384, 48,
                  24},
    IntegrityInfo{IntegrityAlgorithm::hmac_sha2_512_256, "HMAC-SHA2-512-256", "RFC 4868", HashAlgorithm::sha2_512, 64,
                  32},
};

/// info() looks rows up by the enum's number.
template <class Table>
constexpr bool in_enum_order(const Table& table) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].algorithm) != i) return false;
  }
  return true;
}
static_assert(in_enum_order(hashes) && in_enum_order(ciphers) && in_enum_order(integrity_algorithms));

}  // namespace

std::span<const HashInfo> all_hashes() { return hashes; }
std::span<const CipherInfo> all_ciphers() { return ciphers; }
std::span<const IntegrityInfo> all_integrity_algorithms() { return integrity_algorithms; }

const HashInfo& info(HashAlgorithm algorithm) { return hashes[static_cast<std::size_t>(algorithm)]; }
const CipherInfo& info(CipherAlgorithm algorithm) { return ciphers[static_cast<std::size_t>(algorithm)]; }
const IntegrityInfo& info(IntegrityAlgorithm algorithm) {
  return integrity_algorithms[static_cast<std::size_t>(algorithm)];
}

}  // namespace engine::crypto
