#include "engine/crypto/hash.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include "engine/crypto/mac.h"

namespace engine::crypto {
namespace {

using openssl::require;

const EVP_MD* digest_of(HashAlgorithm algorithm) {
  switch (algorithm) {
    case HashAlgorithm::md5:
      return EVP_md5();
    case HashAlgorithm::sha1:
      return EVP_sha1();
    case HashAlgorithm::sha2_256:
      return EVP_sha256();
    case HashAlgorithm::sha2_384:
      return EVP_sha384();
    case HashAlgorithm::sha2_512:
      return EVP_sha512();
  }
  return nullptr;
}

}  // namespace

openssl::MacContext new_hmac(HashAlgorithm algorithm, ByteView key) {
  const openssl::Mac mac(require(EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr)));
  openssl::MacContext context(require(EVP_MAC_CTX_new(mac.get())));
  std::string name(info(algorithm).openssl_name);
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), name.size()),
      OSSL_PARAM_construct_end(),
  };
  // A null key would mean "the key of before"; an empty one still needs an address.
  static constexpr std::uint8_t empty_key = 0;
  require(EVP_MAC_init(context.get(), key.empty() ? &empty_key : key.data(), key.size(), parameters) == 1);
  return context;
}

Bytes hash(HashAlgorithm algorithm, std::initializer_list<ByteView> parts) {
  const openssl::Digest context(require(EVP_MD_CTX_new()));
  require(EVP_DigestInit_ex(context.get(), digest_of(algorithm), nullptr) == 1);
  for (ByteView part : parts) require(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
  Bytes digest(info(algorithm).size);
  require(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1);
  return digest;
}

Bytes hmac(HashAlgorithm algorithm, ByteView key, std::initializer_list<ByteView> parts) {
  const openssl::MacContext context = new_hmac(algorithm, key);
  for (ByteView part : parts) {
    if (!part.empty()) require(EVP_MAC_update(context.get(), part.data(), part.size()) == 1);
  }
  Bytes digest(info(algorithm).size);
  std::size_t written = 0;
  require(EVP_MAC_final(context.get(), digest.data(), &written, digest.size()) == 1 && written == digest.size());
  return digest;
}

}  // namespace engine::crypto
