/// An ESP peer on standard input and output, for tests that hold it against other implementations. Each input line is
/// a JSON object with the SA's parameters and either "inner" (to be encapsulated) or "outer" (to be decapsulated), in
/// hexadecimal; each output line has "outer", "inner", or "reason".

#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/esp/sa.h"

namespace {

using engine::Bytes;
using nlohmann::json;

/// Octets 0, 1, 2, ...
class CountingSource : public engine::RandomSource {
 public:
  void fill(engine::RandomPurpose, std::span<std::uint8_t> out) override {
    for (std::uint8_t& octet : out) octet = next_++;
  }

 private:
  std::uint8_t next_ = 0;
};

Bytes octets(const json& line, const char* member) {
  return engine::from_hex(line.at(member).get<std::string>()).value();
}

template <class Info>
auto algorithm_named(std::span<const Info> table, const std::string& name) {
  for (const Info& entry : table) {
    if (entry.name == name) return entry.algorithm;
  }
  throw std::invalid_argument("unknown algorithm " + name);
}

engine::esp::SaParameters parameters_of(const json& line) {
  engine::esp::SaParameters sa;
  sa.spi = line.at("spi").get<std::uint32_t>();
  sa.cipher = algorithm_named(engine::crypto::all_ciphers(), line.at("cipher"));
  sa.cipher_key = engine::SecretBytes(octets(line, "cipher_key"));
  sa.integrity = algorithm_named(engine::crypto::all_integrity_algorithms(), line.at("integrity"));
  sa.integrity_key = engine::SecretBytes(octets(line, "integrity_key"));
  sa.outer_source = engine::parse_ipv4_address(line.at("source").get<std::string>()).value();
  sa.outer_destination = engine::parse_ipv4_address(line.at("destination").get<std::string>()).value();
  return sa;
}

json answer(const json& line) {
  const bool seal = line.contains("inner");
  engine::Result<Bytes> result = Bytes{};
  if (seal) {
    CountingSource random;
    auto sa = engine::esp::OutboundSa::create(parameters_of(line), engine::time_at(0)).value();
    result = sa.encapsulate(engine::time_at(0), octets(line, "inner"), 1, random, nullptr);
  } else {
    auto sa = engine::esp::InboundSa::create(parameters_of(line), engine::time_at(0)).value();
    result = sa.decapsulate(engine::time_at(0), octets(line, "outer"), nullptr);
  }
  if (!result) return {{"reason", engine::info(result.error().reason).id}};
  return {{seal ? "outer" : "inner", engine::to_hex(*result)}};
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(json::parse(line)).dump() << std::endl;
}
