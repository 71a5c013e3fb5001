#pragma once

#include <memory>
#include <stdexcept>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

/// Ownership of libcrypto's objects. Internal to engine/crypto: no other folder includes libcrypto's headers.
namespace engine::crypto::openssl {

template <auto free_function>
struct Free {
  template <class T>
  void operator()(T* object) const {
    free_function(object);
  }
};

using Bignum = std::unique_ptr<BIGNUM, Free<BN_clear_free>>;
using BignumContext = std::unique_ptr<BN_CTX, Free<BN_CTX_free>>;
using CurveGroup = std::unique_ptr<EC_GROUP, Free<EC_GROUP_free>>;
using CurvePoint = std::unique_ptr<EC_POINT, Free<EC_POINT_clear_free>>;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Mac = std::unique_ptr<EVP_MAC, Free<EVP_MAC_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Free<EVP_MAC_CTX_free>>;

/// For calls that fail only when memory or an algorithm of the installed libcrypto is missing: a lost resource, not bad
/// input, hence an exception.
inline void require(bool ok) {
  if (!ok) throw std::runtime_error("libcrypto: out of memory, or an algorithm is missing from this installation");
}

/// The same, for calls that return a new object.
template <class T>
T* require(T* object) {
  require(object != nullptr);
  return object;
}

}  // namespace engine::crypto::openssl
