#pragma once

#include <string>

#include "engine/wire/isakmp.h"
#include "viz/text/catalogue.h"

namespace viz {

/// What an SA payload offers, in a line: "AES-CBC-128, SHA, pre-shared key, ..."; alternatives are separated by " / ".
/// A list of more than three is cut and its length given.
std::string offer_text(const engine::wire::SecurityAssociationPayload& sa, Language language);

}  // namespace viz
