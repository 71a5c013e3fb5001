#include "engine/crypto/dh.h"

#include <array>

#include <fmt/format.h>
#include <openssl/obj_mac.h>

#include "engine/crypto/openssl.h"

namespace engine::crypto {
namespace {

using openssl::Bignum;
using openssl::BignumContext;
using openssl::CurveGroup;
using openssl::CurvePoint;
using openssl::require;

/// A group as one row: a further MODP or ECP group needs no other code.
struct GroupRow {
  DhGroupInfo info;
  BIGNUM* (*prime)(BIGNUM*);    ///< MODP; null: an elliptic curve group. The generator is 2.
  std::uint16_t exponent_bits;  ///< MODP: of private exponents. RFC 3526 8, "Strength Estimate 2".
  int curve;                    ///< ECP: libcrypto's number of the curve.
};

constexpr GroupRow modp(DhGroup group, std::string_view name, std::string_view rfc, std::uint16_t bits,
                        BIGNUM* (*prime)(BIGNUM*), std::uint16_t exponent_bits) {
  const auto size = static_cast<std::uint16_t>(bits / 8);
  return {{group, name, rfc, bits, size, size}, prime, exponent_bits, 0};
}

/// "The Diffie-Hellman public value is obtained by concatenating the x and y values." "The Diffie-Hellman shared secret
/// value consists of the x value of the Diffie-Hellman common value." (RFC 5903 7)
constexpr GroupRow ecp(DhGroup group, std::string_view name, std::uint16_t bits, int curve) {
  const auto size = static_cast<std::uint16_t>((bits + 7) / 8);
  return {{group, name, "RFC 5903", bits, static_cast<std::uint16_t>(2 * size), size}, nullptr, 0, curve};
}

constexpr std::array rows = {
    modp(DhGroup::modp768, "MODP-768", "RFC 2409 6.1", 768, BN_get_rfc2409_prime_768, 160),
    modp(DhGroup::modp1024, "MODP-1024", "RFC 2409 6.2", 1024, BN_get_rfc2409_prime_1024, 160),
    modp(DhGroup::modp1536, "MODP-1536", "RFC 3526 2", 1536, BN_get_rfc3526_prime_1536, 240),
    modp(DhGroup::modp2048, "MODP-2048", "RFC 3526 3", 2048, BN_get_rfc3526_prime_2048, 320),
    modp(DhGroup::modp3072, "MODP-3072", "RFC 3526 4", 3072, BN_get_rfc3526_prime_3072, 420),
    modp(DhGroup::modp4096, "MODP-4096", "RFC 3526 5", 4096, BN_get_rfc3526_prime_4096, 480),
    ecp(DhGroup::ecp256, "ECP-256", 256, NID_X9_62_prime256v1),
    ecp(DhGroup::ecp384, "ECP-384", 384, NID_secp384r1),
    ecp(DhGroup::ecp521, "ECP-521", 521, NID_secp521r1),
};

constexpr std::array infos = [] {
  std::array<DhGroupInfo, rows.size()> result{};
  for (std::size_t i = 0; i < rows.size(); ++i) result[i] = rows[i].info;
  return result;
}();

const GroupRow* find_row(DhGroup group) {
  for (const GroupRow& row : rows) {
    if (row.info.group == group) return &row;
  }
  return nullptr;
}

Error refusal(std::string message) { return Error{Reason::invalid_key_exchange, std::move(message)}; }

Error unsupported(DhGroup group) {
  return refusal(fmt::format("Diffie-Hellman group {} is not supported", static_cast<unsigned>(group)));
}

/// A secret number: libcrypto then takes its constant-time paths.
Bignum secret_number(ByteView bytes) {
  Bignum number(require(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)));
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  return number;
}

Bignum number_of(ByteView bytes) {
  return Bignum(require(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)));
}

Bytes padded(const BIGNUM* number, std::size_t size) {
  Bytes bytes(size);
  require(BN_bn2binpad(number, bytes.data(), static_cast<int>(size)) >= 0);
  return bytes;
}

/// base ^ exponent mod the group's prime, left-padded to the prime's length.
Bytes power(const GroupRow& row, const BIGNUM* base, ByteView exponent) {
  const BignumContext context(require(BN_CTX_new()));
  const Bignum prime(require(row.prime(nullptr)));
  const Bignum secret = secret_number(exponent);
  const Bignum result(require(BN_new()));
  require(BN_mod_exp(result.get(), base, secret.get(), prime.get(), context.get()) == 1);
  return padded(result.get(), row.info.public_value);
}

Result<Bytes> modp_public_value(const GroupRow& row, ByteView private_value) {
  const Bignum exponent = secret_number(private_value);
  if (BN_is_zero(exponent.get())) return refusal("a private value of zero");
  const Bignum generator(require(BN_new()));
  require(BN_set_word(generator.get(), 2) == 1);
  return power(row, generator.get(), private_value);
}

Result<SecretBytes> modp_shared_secret(const GroupRow& row, ByteView private_value, ByteView peer) {
  const Bignum base = number_of(peer);
  const Bignum limit(require(row.prime(nullptr)));
  require(BN_sub_word(limit.get(), 1) == 1);
  // "Each recipient MUST verify that the peer's public value r is in the legal range (1 < r < p-1)." (RFC 6989 2.1)
  if (BN_is_zero(base.get()) || BN_is_one(base.get()) || BN_cmp(base.get(), limit.get()) >= 0) {
    return refusal("the peer's public value is outside 2..p-2");
  }
  return SecretBytes(power(row, base.get(), private_value));
}

Bytes draw_modp_private(const GroupRow& row, RandomSource& random) {
  Bytes bytes = random.bytes(RandomPurpose::dh_private, (row.exponent_bits + 7U) / 8);
  const unsigned spare_bits = static_cast<unsigned>(bytes.size() * 8) - row.exponent_bits;
  const unsigned top_bit = 0x80U >> spare_bits;
  // The top bit is set so that the exponent has its full length.
  bytes[0] = static_cast<std::uint8_t>((bytes[0] & (2 * top_bit - 1)) | top_bit);
  return bytes;
}

CurveGroup curve_of(const GroupRow& row) { return CurveGroup(require(EC_GROUP_new_by_curve_name(row.curve))); }

Bytes draw_ecp_private(const GroupRow& row, RandomSource& random) {
  const BignumContext context(require(BN_CTX_new()));
  const CurveGroup curve = curve_of(row);
  // Eight octets more than the order has make the bias of the reduction negligible (FIPS 186-4 B.4.1).
  const SecretBytes drawn(random.bytes(RandomPurpose::dh_private, row.info.secret + 8U));
  const Bignum scalar = secret_number(drawn);
  const Bignum order_less_one(require(BN_dup(EC_GROUP_get0_order(curve.get()))));
  require(BN_sub_word(order_less_one.get(), 1) == 1);
  require(BN_mod(scalar.get(), scalar.get(), order_less_one.get(), context.get()) == 1);
  require(BN_add_word(scalar.get(), 1) == 1);
  return padded(scalar.get(), row.info.secret);
}

/// Writes x, or x | y, each as long as the field.
Bytes coordinates(const GroupRow& row, const EC_GROUP* curve, const EC_POINT* point, bool with_y, BN_CTX* context) {
  const Bignum x(require(BN_new()));
  const Bignum y(require(BN_new()));
  require(EC_POINT_get_affine_coordinates(curve, point, x.get(), y.get(), context) == 1);
  Bytes bytes = padded(x.get(), row.info.secret);
  if (with_y) append(bytes, padded(y.get(), row.info.secret));
  return bytes;
}

Result<Bytes> ecp_public_value(const GroupRow& row, ByteView private_value) {
  const BignumContext context(require(BN_CTX_new()));
  const CurveGroup curve = curve_of(row);
  const Bignum scalar = secret_number(private_value);
  if (BN_is_zero(scalar.get()) || BN_cmp(scalar.get(), EC_GROUP_get0_order(curve.get())) >= 0) {
    return refusal("the private value is outside 1..n-1");
  }
  const CurvePoint point(require(EC_POINT_new(curve.get())));
  require(EC_POINT_mul(curve.get(), point.get(), scalar.get(), nullptr, nullptr, context.get()) == 1);
  return coordinates(row, curve.get(), point.get(), true, context.get());
}

Result<SecretBytes> ecp_shared_secret(const GroupRow& row, ByteView private_value, ByteView peer) {
  const BignumContext context(require(BN_CTX_new()));
  const CurveGroup curve = curve_of(row);
  const Bignum scalar = secret_number(private_value);
  const Bignum x = number_of(peer.first(row.info.secret));
  const Bignum y = number_of(peer.subspan(row.info.secret));
  const CurvePoint point(require(EC_POINT_new(curve.get())));
  // "the x and y parameters from the peer's public value satisfy the curve equation" (RFC 6989 2.3); libcrypto checks
  // it while setting them.
  if (EC_POINT_set_affine_coordinates(curve.get(), point.get(), x.get(), y.get(), context.get()) != 1) {
    return refusal(fmt::format("the peer's public value is not a point of {}", row.info.name));
  }
  const CurvePoint product(require(EC_POINT_new(curve.get())));
  require(EC_POINT_mul(curve.get(), product.get(), nullptr, point.get(), scalar.get(), context.get()) == 1);
  return SecretBytes(coordinates(row, curve.get(), product.get(), false, context.get()));
}

}  // namespace

std::span<const DhGroupInfo> all_dh_groups() { return infos; }

const DhGroupInfo* find(DhGroup group) {
  const GroupRow* row = find_row(group);
  return row == nullptr ? nullptr : &row->info;
}

Result<DhKeyPair> DhKeyPair::generate(DhGroup group, RandomSource& random) {
  const GroupRow* row = find_row(group);
  if (row == nullptr) return unsupported(group);
  const SecretBytes drawn(row->prime != nullptr ? draw_modp_private(*row, random) : draw_ecp_private(*row, random));
  return from_private(group, drawn);
}

Result<DhKeyPair> DhKeyPair::from_private(DhGroup group, ByteView private_value) {
  const GroupRow* row = find_row(group);
  if (row == nullptr) return unsupported(group);
  Result<Bytes> public_value =
      row->prime != nullptr ? modp_public_value(*row, private_value) : ecp_public_value(*row, private_value);
  if (!public_value) return public_value.error();
  DhKeyPair pair;
  pair.group_ = group;
  pair.private_value_ = SecretBytes(private_value);
  pair.public_value_ = std::move(*public_value);
  return pair;
}

Result<SecretBytes> DhKeyPair::shared_secret(ByteView peer_public_value) const {
  const GroupRow* row = find_row(group_);
  if (row == nullptr) return unsupported(group_);
  if (peer_public_value.size() != row->info.public_value) {
    return refusal(fmt::format("{} has public values of {} octets, not {}", row->info.name, row->info.public_value,
                               peer_public_value.size()));
  }
  return row->prime != nullptr ? modp_shared_secret(*row, private_value_, peer_public_value)
                               : ecp_shared_secret(*row, private_value_, peer_public_value);
}

Bytes modp_prime(DhGroup group) {
  const GroupRow* row = find_row(group);
  if (row == nullptr || row->prime == nullptr) return {};
  const Bignum prime(require(row->prime(nullptr)));
  return padded(prime.get(), row->info.public_value);
}

}  // namespace engine::crypto
