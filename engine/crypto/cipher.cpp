#include "engine/crypto/cipher.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/crypto/mac.h"

namespace engine::crypto {
namespace {

using openssl::require;

enum Direction : int { decrypting = 0, encrypting = 1 };

const EVP_CIPHER* evp_cipher(CipherAlgorithm algorithm, std::size_t key_octets) {
  if (algorithm == CipherAlgorithm::des3_cbc) return EVP_des_ede3_cbc();
  switch (key_octets) {
    case 16:
      return EVP_aes_128_cbc();
    case 24:
      return EVP_aes_192_cbc();
    default:
      return EVP_aes_256_cbc();
  }
}

openssl::Cipher keyed_context(CipherAlgorithm algorithm, ByteView key, Direction direction) {
  openssl::Cipher context(require(EVP_CIPHER_CTX_new()));
  require(EVP_CipherInit_ex2(context.get(), evp_cipher(algorithm, key.size()), key.data(), nullptr, direction,
                             nullptr) == 1);
  require(EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1);
  return context;
}

bool allows_key(const CipherInfo& cipher, std::size_t key_octets) {
  const auto same = [&](std::uint16_t bits) { return bits == key_octets * 8; };
  return std::any_of(cipher.key_bits.begin(), cipher.key_bits.end(), same);
}

}  // namespace

struct CipherContext::State {
  CipherAlgorithm algorithm;
  openssl::Cipher encryption;  ///< Both are null for the NULL cipher.
  openssl::Cipher decryption;

  Result<void> run(EVP_CIPHER_CTX* context, ByteView iv, ByteView in, std::span<std::uint8_t> out) const;
};

Result<void> CipherContext::State::run(EVP_CIPHER_CTX* context, ByteView iv, ByteView in,
                                       std::span<std::uint8_t> out) const {
  const CipherInfo& cipher = info(algorithm);
  if (iv.size() != cipher.iv) {
    return Error{Reason::bad_length,
                 fmt::format("the IV of {} has {} octets, not {}", cipher.name, cipher.iv, iv.size())};
  }
  if (in.size() % cipher.block != 0 || out.size() != in.size()) {
    return Error{Reason::bad_length,
                 fmt::format("{} works on multiples of {} octets, not on {}", cipher.name, cipher.block, in.size())};
  }
  if (context == nullptr) {
    std::copy(in.begin(), in.end(), out.begin());
    return {};
  }
  int written = 0;
  require(EVP_CipherInit_ex2(context, nullptr, nullptr, iv.data(), -1, nullptr) == 1);
  require(EVP_CipherUpdate(context, out.data(), &written, in.data(), static_cast<int>(in.size())) == 1);
  return {};
}

CipherContext::CipherContext(std::unique_ptr<State> state) : state_(std::move(state)) {}
CipherContext::CipherContext(CipherContext&&) noexcept = default;
CipherContext& CipherContext::operator=(CipherContext&&) noexcept = default;
CipherContext::~CipherContext() = default;

Result<CipherContext> CipherContext::create(CipherAlgorithm algorithm, ByteView key) {
  const CipherInfo& cipher = info(algorithm);
  if (!allows_key(cipher, key.size())) {
    return Error{Reason::bad_length, fmt::format("{} has no key of {} bits", cipher.name, key.size() * 8)};
  }
  auto state = std::make_unique<State>();
  state->algorithm = algorithm;
  if (algorithm != CipherAlgorithm::null) {
    state->encryption = keyed_context(algorithm, key, encrypting);
    state->decryption = keyed_context(algorithm, key, decrypting);
  }
  return CipherContext(std::move(state));
}

Result<void> CipherContext::encrypt(ByteView iv, ByteView in, std::span<std::uint8_t> out) {
  return state_->run(state_->encryption.get(), iv, in, out);
}

Result<void> CipherContext::decrypt(ByteView iv, ByteView in, std::span<std::uint8_t> out) {
  return state_->run(state_->decryption.get(), iv, in, out);
}

struct IntegrityContext::State {
  openssl::MacContext mac;  ///< Null for IntegrityAlgorithm::none.
};

IntegrityContext::IntegrityContext(std::unique_ptr<State> state) : state_(std::move(state)) {}
IntegrityContext::IntegrityContext(IntegrityContext&&) noexcept = default;
IntegrityContext& IntegrityContext::operator=(IntegrityContext&&) noexcept = default;
IntegrityContext::~IntegrityContext() = default;

Result<IntegrityContext> IntegrityContext::create(IntegrityAlgorithm algorithm, ByteView key) {
  const IntegrityInfo& integrity = info(algorithm);
  // "a fixed key length equal to the output length of the hash functions MUST be supported, and key lengths other than
  // the output length of the associated hash function MUST NOT be supported" (RFC 4868 2.1.1; so RFC 2403 and 2404).
  if (key.size() != integrity.key) {
    return Error{Reason::bad_length,
                 fmt::format("{} has keys of {} octets, not {}", integrity.name, integrity.key, key.size())};
  }
  auto state = std::make_unique<State>();
  if (integrity.hash) state->mac = new_hmac(*integrity.hash, key);
  return IntegrityContext(std::move(state));
}

void IntegrityContext::compute(ByteView data, std::span<std::uint8_t> icv) {
  EVP_MAC_CTX* mac = state_->mac.get();
  if (mac == nullptr) return;
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest;
  std::size_t written = 0;
  require(EVP_MAC_init(mac, nullptr, 0, nullptr) == 1);
  require(EVP_MAC_update(mac, data.data(), data.size()) == 1);
  require(EVP_MAC_final(mac, digest.data(), &written, digest.size()) == 1);
  std::copy_n(digest.begin(), std::min(icv.size(), written), icv.begin());
}

}  // namespace engine::crypto
