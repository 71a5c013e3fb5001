#pragma once

#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/base/bytes.h"

namespace tests {

/// The "vectors" of tests/vectors/NAME.
inline nlohmann::json load_vectors(const std::string& name) {
  std::ifstream file(std::string(TUNNELWALK_SOURCE_DIR) + "/tests/vectors/" + name);
  return nlohmann::json::parse(file).at("vectors");
}

/// A member that holds octets in hexadecimal.
inline engine::Bytes octets(const nlohmann::json& vector, const char* member) {
  return engine::from_hex(vector.at(member).get<std::string>()).value();
}

}  // namespace tests
