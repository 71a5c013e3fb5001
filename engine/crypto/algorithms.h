#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace engine::crypto {

enum class HashAlgorithm : std::uint8_t { md5, sha1, sha2_256, sha2_384, sha2_512 };

/// Ciphers of IKE and ESP. Key length is a separate number where a cipher has several.
enum class CipherAlgorithm : std::uint8_t { null, des3_cbc, aes_cbc };

/// Truncated MACs of ESP (and of IKEv2): the name tells the length of the ICV.
enum class IntegrityAlgorithm : std::uint8_t {
  none,
  hmac_md5_96,
  hmac_sha1_96,
  hmac_sha2_256_128,
  hmac_sha2_384_192,
  hmac_sha2_512_256,
};

/// Diffie-Hellman groups by IANA number.
enum class DhGroup : std::uint16_t {
  none = 0,
  modp768 = 1,
  modp1024 = 2,
  modp1536 = 5,
  modp2048 = 14,
  modp3072 = 15,
  modp4096 = 16,
  ecp256 = 19,
  ecp384 = 20,
  ecp521 = 21,
};

struct HashInfo {
  HashAlgorithm algorithm;
  std::string_view name;          ///< "SHA-1"
  std::string_view openssl_name;  ///< "sha1", for libcrypto and the openssl command
  std::uint16_t size;             ///< Octets of the digest.
  std::uint16_t block;            ///< Octets of the HMAC block.
};

struct CipherInfo {
  CipherAlgorithm algorithm;
  std::string_view name;  ///< "AES-CBC"
  std::string_view rfc;
  std::uint8_t block;                       ///< Octets; what padding aligns to (1 for NULL).
  std::uint8_t iv;                          ///< Octets of the explicit IV.
  std::span<const std::uint16_t> key_bits;  ///< Allowed key lengths, the default first.
};

struct IntegrityInfo {
  IntegrityAlgorithm algorithm;
  std::string_view name;  ///< "HMAC-SHA1-96"
  std::string_view rfc;
  std::optional<HashAlgorithm> hash;
  std::uint8_t key;  ///< Octets.
  std::uint8_t icv;  ///< Octets.
};

struct DhGroupInfo {
  DhGroup group;
  std::string_view name;  ///< "MODP-1024"
  std::string_view rfc;
  std::uint16_t bits;          ///< Of the prime or the field.
  std::uint16_t public_value;  ///< Octets in a KE payload.
  std::uint16_t secret;        ///< Octets of the shared secret as IKE uses it (ECP: the x coordinate, RFC 5903 7).
};

std::span<const HashInfo> all_hashes();
std::span<const CipherInfo> all_ciphers();
std::span<const IntegrityInfo> all_integrity_algorithms();
std::span<const DhGroupInfo> all_dh_groups();

const HashInfo& info(HashAlgorithm algorithm);
const CipherInfo& info(CipherAlgorithm algorithm);
const IntegrityInfo& info(IntegrityAlgorithm algorithm);

/// The entry of a group, or null where this build has none (an offer may name any number).
const DhGroupInfo* find(DhGroup group);

}  // namespace engine::crypto
