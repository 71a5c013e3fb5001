#pragma once

#include <vector>

#include "engine/wire/isakmp.h"

/// Well-formed messages for the tests: between them every payload that is known, and one that is not.

/// One payload of each alternative, each member set.
std::vector<engine::wire::Payload> one_of_each_payload();

/// Main Mode 1: an SA with two transforms, two vendor IDs.
engine::Bytes main_mode_1();

/// A message with one_of_each_payload().
engine::Bytes message_of_everything();
