#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/ike/observation.h"

namespace viz {

enum class RecomputeTool : std::uint8_t { openssl, python };

/// A command for a POSIX shell that prints a value as lower-case hexadecimal, computed again from its inputs with
/// nothing of this project.
struct RecomputeCommand {
  RecomputeTool tool = RecomputeTool::python;
  std::string text;
};

/// The commands that recompute `derived.bytes`: with the `openssl` command (version 3) where that can do it (HMAC with
/// a key, hash), and with Python 3 and its standard library. Empty for a value that was drawn at random, and for an
/// algorithm or inputs that make no sense.
std::vector<RecomputeCommand> recompute_commands(const engine::ike::ValueDerived& derived);

}  // namespace viz
