#include "viz/model/recompute_dh.h"

#include <fmt/format.h>

#include <string_view>

#include "engine/crypto/dh.h"

namespace viz {
namespace {

using engine::crypto::DhGroup;
using engine::crypto::DhGroupInfo;
using engine::ike::Operation;
using engine::ike::ValueDerived;

/// A curve y^2 = x^3 - 3x + b over the integers modulo p, with its base point (FIPS 186-4 D.1.2, RFC 5903 3).
struct Curve {
  DhGroup group;
  std::string_view p;  ///< As a Python expression.
  std::string_view b;
  std::string_view gx;
  std::string_view gy;
};

constexpr Curve curves[] = {
    {DhGroup::ecp256, "2**256 - 2**224 + 2**192 + 2**96 - 1",
     "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
     "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
     "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"},
    {DhGroup::ecp384, "2**384 - 2**128 - 2**96 + 2**32 - 1",
     "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
     "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
     "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f"},
    {DhGroup::ecp521, "2**521 - 1",
     "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c"
     "34f1ef451fd46b503f00",
     "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a"
     "429bf97e7e31c2e5bd66",
     "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272"
     "c24088be94769fd16650"},
};

/// Double and add. A point is a pair, infinity is None.
constexpr std::string_view group_law = R"(def add(P, Q):
    if P is None or Q is None:
        return P or Q
    if P[0] == Q[0] and (P[1] + Q[1]) % p == 0:
        return None
    if P == Q:
        m = (3 * P[0] * P[0] - 3) * pow(2 * P[1], -1, p) % p
    else:
        m = (Q[1] - P[1]) * pow(Q[0] - P[0], -1, p) % p
    x = (m * m - P[0] - Q[0]) % p
    return (x, (m * (P[0] - x) - P[1]) % p)

def multiply(k, P):
    R = None
    while k:
        if k & 1:
            R = add(R, P)
        P = add(P, P)
        k >>= 1
    return R

)";

const DhGroupInfo* find_group(std::string_view name) {
  for (const DhGroupInfo& group : engine::crypto::all_dh_groups()) {
    if (group.name == name) return &group;
  }
  return nullptr;
}

std::string modp_program(const ValueDerived& derived, const DhGroupInfo& group) {
  const bool is_public = derived.operation == Operation::dh_public;
  const std::string base = is_public ? "2" : fmt::format("0x{}", engine::to_hex(derived.inputs[1].bytes));
  return fmt::format("p = 0x{}\nbase = {}\nx = 0x{}\nprint(pow(base, x, p).to_bytes({}, \"big\").hex())\n",
                     engine::to_hex(engine::crypto::modp_prime(group.group)), base,
                     engine::to_hex(derived.inputs[0].bytes), group.public_value);
}

std::string ecp_program(const ValueDerived& derived, const DhGroupInfo& group, const Curve& curve) {
  const bool is_public = derived.operation == Operation::dh_public;
  std::string x(curve.gx);
  std::string y(curve.gy);
  if (!is_public) {
    const std::string point = engine::to_hex(derived.inputs[1].bytes);
    x = point.substr(0, point.size() / 2);
    y = point.substr(point.size() / 2);
  }
  const std::string_view result =
      is_public ? "R[0].to_bytes(size, \"big\") + R[1].to_bytes(size, \"big\")" : "R[0].to_bytes(size, \"big\")";
  return fmt::format(
      "p = {}\n{}size = {}\nk = 0x{}\npoint = (0x{}, 0x{})\n"
      "assert (point[1] ** 2 - point[0] ** 3 + 3 * point[0] - 0x{}) % p == 0\n"
      "R = multiply(k, point)\nprint(({}).hex())\n",
      curve.p, group_law, group.secret, engine::to_hex(derived.inputs[0].bytes), x, y, curve.b, result);
}

}  // namespace

std::string dh_program(const ValueDerived& derived) {
  const DhGroupInfo* group = find_group(derived.algorithm);
  const std::size_t wanted = derived.operation == Operation::dh_public ? 1 : 2;
  if (!group || derived.inputs.size() < wanted) return {};
  for (std::size_t row = 0; row < wanted; ++row) {
    if (derived.inputs[row].bytes.empty()) return {};
  }
  for (const Curve& curve : curves) {
    if (curve.group != group->group) continue;
    const bool is_point = wanted == 1 || derived.inputs[1].bytes.size() == group->public_value;
    return is_point ? ecp_program(derived, *group, curve) : std::string();
  }
  return engine::crypto::modp_prime(group->group).empty() ? std::string() : modp_program(derived, *group);
}

}  // namespace viz
