#include "engine/ikev1/derivation.h"

#include <fmt/format.h>

namespace engine::ikev1 {
namespace {

SecretBytes join(const std::vector<Term>& parts) {
  std::size_t size = 0;
  for (const Term& part : parts) size += part.bytes.size();
  Bytes joined;
  joined.reserve(size);
  for (const Term& part : parts) append(joined, part.bytes);
  return SecretBytes(std::move(joined));
}

ike::ValueInput report_of(const Term& term) {
  ike::ValueInput input;
  input.name = term.name;
  input.source = term.source;
  input.value = term.value;
  input.message = term.message;
  if (term.source == ike::InputSource::field) input.field = term.where;
  if (term.source == ike::InputSource::configuration) input.setting = term.where;
  input.bytes.assign(term.bytes.begin(), term.bytes.end());
  return input;
}

std::string_view group_name(crypto::DhGroup group) {
  const crypto::DhGroupInfo* entry = crypto::find(group);
  return entry != nullptr ? entry->name : std::string_view();
}

/// "SHA1" in "HMAC-SHA1", as RFC 2104 based algorithms are called; the hash alone is "SHA-1".
std::string hmac_name(crypto::HashAlgorithm hash) {
  std::string name(crypto::info(hash).name);
  if (hash == crypto::HashAlgorithm::sha1) name = "SHA1";
  return name;
}

}  // namespace

Value Derivation::finish(const Description& description, ike::Operation operation, std::string_view algorithm_prefix,
                         std::string_view algorithm, const std::vector<Term>& inputs, std::size_t offset,
                         SecretBytes bytes) {
  Value value{std::move(bytes), reporter_.new_value()};
  reporter_.tell([&] {
    ike::ValueDerived report;
    report.id = value.id;
    report.connection = connection_;
    report.ike_sa = ike_sa_;
    report.message = description.message;
    report.name = description.suffix.empty() ? std::string(description.name)
                                             : fmt::format("{} ({})", description.name, description.suffix);
    report.operation = operation;
    report.algorithm = fmt::format("{}{}", algorithm_prefix, algorithm);
    report.formula = description.formula;
    for (const Term& input : inputs) report.inputs.push_back(report_of(input));
    report.slice_offset = static_cast<std::uint32_t>(offset);
    report.bytes.assign(value.bytes.view().begin(), value.bytes.view().end());
    report.secret = description.secret;
    report.rfc = description.rfc;
    return report;
  });
  return value;
}

Value Derivation::drawn(const Description& description, ByteView bytes) {
  return finish(description, ike::Operation::random, "", "", {}, 0, SecretBytes(bytes));
}

Value Derivation::hmac(const Description& description, crypto::HashAlgorithm hash, const Term& key,
                       const std::vector<Term>& data) {
  SecretBytes bytes(crypto::hmac(hash, key.bytes, {join(data)}));
  std::vector<Term> inputs{key};
  if (reporter_.watched()) inputs.insert(inputs.end(), data.begin(), data.end());
  return finish(description, ike::Operation::hmac, "HMAC-", hmac_name(hash), inputs, 0, std::move(bytes));
}

Value Derivation::hash(const Description& description, crypto::HashAlgorithm hash, const std::vector<Term>& data) {
  return finish(description, ike::Operation::hash, "", crypto::info(hash).name, data, 0,
                SecretBytes(crypto::hash(hash, {join(data)})));
}

Value Derivation::concatenate(const Description& description, const std::vector<Term>& parts) {
  return finish(description, ike::Operation::concatenate, "", "", parts, 0, join(parts));
}

Value Derivation::slice(const Description& description, const Term& whole, std::size_t offset, std::size_t length) {
  return finish(description, ike::Operation::slice, "", "", {whole}, offset,
                SecretBytes(whole.bytes.subspan(offset, length)));
}

Value Derivation::dh_public(const Description& description, const crypto::DhKeyPair& pair, const Value& private_value) {
  return finish(description, ike::Operation::dh_public, "", group_name(pair.group()), {private_value.as("x")}, 0,
                SecretBytes(ByteView(pair.public_value())));
}

Result<Value> Derivation::dh_shared(const Description& description, const crypto::DhKeyPair& pair,
                                    const Value& private_value, const Term& peer_public) {
  auto secret = pair.shared_secret(peer_public.bytes);
  if (!secret) return secret.error();
  return finish(description, ike::Operation::dh_shared, "", group_name(pair.group()),
                {private_value.as("x"), peer_public}, 0, std::move(secret).value());
}

}  // namespace engine::ikev1
