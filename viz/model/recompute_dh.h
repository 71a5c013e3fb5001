#pragma once

#include <string>

#include "engine/ike/observation.h"

namespace viz {

/// A Python 3 program, standard library alone, that computes a Diffie-Hellman public value or shared secret and prints
/// it as hexadecimal. MODP groups: pow(). ECP groups: the group law in affine coordinates. Empty where the group is not
/// known or an input is missing.
std::string dh_program(const engine::ike::ValueDerived& derived);

}  // namespace viz
