#include "engine/ikev1/exchange.h"

#include <fmt/format.h>

#include "engine/crypto/hash.h"
#include "engine/ikev1/field_ids.h"
#include "engine/ikev1/table_rows.h"
#include "engine/wire/names.h"

namespace engine::ikev1 {
namespace {

constexpr std::uint32_t always_allowed = notify_bit | bit(wire::PayloadType::vendor_id) |
                                         bit(wire::PayloadType::nat_discovery) |
                                         bit(wire::PayloadType::nat_original_address);

constexpr unsigned last_known_type = 31;

std::string payload_name(unsigned type) { return wire::value_name(wire::payload_type_names(), type); }

}  // namespace

Bytes digest_of(ByteView message) { return crypto::hash(crypto::HashAlgorithm::sha2_256, {message}); }

const ike::Transition* find_row(const Exchange& exchange, ike::Trigger trigger, std::uint8_t action) {
  for (const ike::Transition& row : exchange.machine->transitions) {
    if (row.from == exchange.state && row.trigger == trigger && row.action == action) return &row;
  }
  return nullptr;
}

const ike::Transition* awaited_row(const Exchange& exchange) {
  for (const ike::Transition& row : exchange.machine->transitions) {
    if (row.from == exchange.state && row.trigger == ike::Trigger::message) return &row;
  }
  return nullptr;
}

Result<void> check_payloads(const ike::Transition& row, const wire::IsakmpMessage& message, bool encrypted) {
  if (row.encrypted && !encrypted) return Error{Reason::not_encrypted, "this message must be encrypted", 0};
  if (!row.encrypted && encrypted) {
    return Error{Reason::unexpected_message, "this message must not be encrypted yet", 0};
  }
  std::uint32_t present = 0;
  for (const wire::PlacedPayload& placed : message.payloads) {
    const unsigned type = wire::type_of(placed.content);
    if (type > last_known_type || std::holds_alternative<wire::UnknownPayload>(placed.content)) continue;
    const std::uint32_t type_bit = 1U << type;
    if (((row.required | row.optional | always_allowed) & type_bit) == 0) {
      return Error{Reason::unexpected_message, fmt::format("a {} payload does not belong here", payload_name(type)),
                   placed.offset};
    }
    if ((row.required & present & type_bit) != 0 && (type_bit & (notify_bit | delete_bit)) == 0) {
      return Error{Reason::malformed, fmt::format("there are several {} payloads", payload_name(type)), placed.offset};
    }
    present |= type_bit;
  }
  for (unsigned type = 0; type <= last_known_type; ++type) {
    if ((row.required & ~present & (1U << type)) != 0) {
      return Error{Reason::malformed, fmt::format("there is no {} payload", payload_name(type)), 0};
    }
  }
  return {};
}

std::optional<Refusal> check_situation(const wire::SecurityAssociationPayload& sa) {
  constexpr std::uint32_t ipsec_doi = 1;
  constexpr std::uint32_t identity_only = 1;
  if (sa.doi != ipsec_doi) {
    return Refusal{{Reason::no_proposal_chosen, fmt::format("the DOI is {}, served is IPSEC (1)", sa.doi), 0},
                   field::sa_doi,
                   wire::notification::doi_not_supported};
  }
  if (sa.situation != identity_only) {
    return Refusal{{Reason::no_proposal_chosen,
                    fmt::format("the situation is {}, served is SIT_IDENTITY_ONLY (1)", sa.situation), 0},
                   field::sa_situation,
                   wire::notification::situation_not_supported};
  }
  return std::nullopt;
}

void move_on(ike::Core& core, const ike::Tunnel& tunnel, ike::SaId ike_sa, Exchange& exchange,
             const ike::Transition& row, ike::MessageId message, Reason reason) {
  exchange.state = row.to;
  core.reporter.tell([&] {
    ike::StateChanged change;
    change.connection = tunnel.connection.name;
    change.ike_sa = ike_sa;
    change.exchange = exchange.number;
    change.message_id = exchange.message_id;
    change.machine = exchange.machine->name;
    change.from = exchange.machine->states[row.from].id;
    change.to = exchange.machine->states[row.to].id;
    change.story = row.story;
    change.message = message;
    change.reason = reason;
    return change;
  });
}

}  // namespace engine::ikev1
