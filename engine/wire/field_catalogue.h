#pragma once

#include <span>

#include "engine/wire/describe.h"

namespace engine::wire {

/// Every field and group of fields that an annotated packet can hold, each id once: collected from the
/// descriptions themselves. For the explanations' tests and for documents.
std::span<const FieldDescription> all_fields();

}  // namespace engine::wire
