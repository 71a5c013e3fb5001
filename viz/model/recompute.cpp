#include "viz/model/recompute.h"

#include <fmt/format.h>

#include <string_view>

#include "engine/crypto/algorithms.h"
#include "viz/model/recompute_dh.h"

namespace viz {
namespace {

using engine::Bytes;
using engine::ByteView;
using engine::ike::Operation;
using engine::ike::ValueDerived;
using engine::ike::ValueInput;

constexpr std::string_view hmac_prefix = "HMAC-";

/// The hash of "HMAC-SHA1", "SHA-1", "HMAC-SHA2-256".
const engine::crypto::HashInfo* find_hash(std::string_view algorithm) {
  if (algorithm.starts_with(hmac_prefix)) algorithm.remove_prefix(hmac_prefix.size());
  if (algorithm == "SHA1") algorithm = "SHA-1";
  for (const engine::crypto::HashInfo& hash : engine::crypto::all_hashes()) {
    if (hash.name == algorithm) return &hash;
  }
  return nullptr;
}

/// Octets for printf of a POSIX shell, which knows octal escapes alone.
std::string shell_octets(const std::vector<ValueInput>& inputs, std::size_t first) {
  std::string text;
  for (std::size_t row = first; row < inputs.size(); ++row) {
    for (std::uint8_t octet : inputs[row].bytes) text += fmt::format("\\{:03o}", octet);
  }
  return text;
}

/// A name from a trace file as it may stand in a comment: one line of printable ASCII.
std::string comment_of(std::string_view name) {
  std::string text;
  for (char letter : name) text += letter >= 0x20 && letter < 0x7f ? letter : '?';
  return text;
}

/// The inputs from `first` on, one a line, as the operands of +.
std::string python_sum(const std::vector<ValueInput>& inputs, std::size_t first) {
  std::string text;
  for (std::size_t row = first; row < inputs.size(); ++row) {
    text += fmt::format("    {} bytes.fromhex(\"{}\")  # {}\n", row == first ? " " : "+",
                        engine::to_hex(inputs[row].bytes), comment_of(inputs[row].name));
  }
  return text.empty() ? "    b\"\"\n" : text;
}

RecomputeCommand python(const std::string& program) {
  return {RecomputeTool::python, fmt::format("python3 - <<'EOF'\n{}EOF\n", program)};
}

RecomputeCommand openssl(std::string_view arguments, const std::string& data) {
  return {RecomputeTool::openssl, fmt::format("printf '{}' | openssl dgst {} -r | cut -d' ' -f1\n", data, arguments)};
}

std::vector<RecomputeCommand> hmac_commands(const ValueDerived& derived) {
  const engine::crypto::HashInfo* hash = find_hash(derived.algorithm);
  if (!hash || derived.inputs.empty()) return {};
  const ValueInput& key = derived.inputs.front();
  std::vector<RecomputeCommand> commands;
  // The openssl command refuses an empty key.
  if (!key.bytes.empty()) {
    commands.push_back(
        openssl(fmt::format("-{} -mac HMAC -macopt hexkey:{}", hash->openssl_name, engine::to_hex(key.bytes)),
                shell_octets(derived.inputs, 1)));
  }
  commands.push_back(python(
      fmt::format("import hmac\nkey = bytes.fromhex(\"{}\")  # {}\ndata = (\n{})\n"
                  "print(hmac.new(key, data, \"{}\").hexdigest())\n",
                  engine::to_hex(key.bytes), comment_of(key.name), python_sum(derived.inputs, 1), hash->openssl_name)));
  return commands;
}

std::vector<RecomputeCommand> hash_commands(const ValueDerived& derived) {
  const engine::crypto::HashInfo* hash = find_hash(derived.algorithm);
  if (!hash) return {};
  return {openssl(fmt::format("-{}", hash->openssl_name), shell_octets(derived.inputs, 0)),
          python(fmt::format("import hashlib\ndata = (\n{})\nprint(hashlib.new(\"{}\", data).hexdigest())\n",
                             python_sum(derived.inputs, 0), hash->openssl_name))};
}

std::vector<RecomputeCommand> slice_commands(const ValueDerived& derived) {
  if (derived.inputs.empty()) return {};
  const std::size_t end = derived.slice_offset + derived.bytes.size();
  return {python(fmt::format("whole = (\n{})\nprint(whole[{}:{}].hex())\n", python_sum({derived.inputs.front()}, 0),
                             derived.slice_offset, end))};
}

}  // namespace

std::vector<RecomputeCommand> recompute_commands(const ValueDerived& derived) {
  switch (derived.operation) {
    case Operation::random:
      return {};
    case Operation::hmac:
      return hmac_commands(derived);
    case Operation::hash:
      return hash_commands(derived);
    case Operation::concatenate:
      return {python(fmt::format("data = (\n{})\nprint(data.hex())\n", python_sum(derived.inputs, 0)))};
    case Operation::slice:
      return slice_commands(derived);
    case Operation::dh_public:
    case Operation::dh_shared:
      break;
  }
  const std::string program = dh_program(derived);
  if (program.empty()) return {};
  return {python(program)};
}

}  // namespace viz
