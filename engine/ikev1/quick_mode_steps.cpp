#include <algorithm>

#include <fmt/format.h>

#include "engine/ike/names.h"
#include "engine/ikev1/engine.h"
#include "engine/ikev1/field_ids.h"
#include "engine/ikev1/message_name.h"
#include "engine/ikev1/nonce.h"
#include "engine/wire/names.h"

/// What quick mode does with each message, beside the dispatching in quick_mode.cpp.
namespace engine::ikev1 {
namespace {

namespace notification = wire::notification;

constexpr std::uint32_t first_free_spi = 256;
constexpr std::uint8_t esp[] = {wire::protocol_id::esp};

Phase2Hash hash_kind(std::uint8_t number) {
  return number == 1 ? Phase2Hash::quick_1 : number == 2 ? Phase2Hash::quick_2 : Phase2Hash::quick_3;
}

/// "ID_IPV4_ADDR" for a host, "ID_IPV4_ADDR_SUBNET" for anything larger (RFC 2407 4.6.2).
wire::IdentificationPayload client_id(const Ipv4Network& network) {
  const ike::Identity identity =
      network.prefix_length == 32 ? ike::Identity::address(network.address) : ike::Identity::subnet(network);
  return {static_cast<std::uint8_t>(identity.type), 0, 0, identity.data};
}

Ipv4Network normalized(const Ipv4Network& network) { return {network.network(), network.prefix_length}; }

std::string to_text(const wire::IdentificationPayload& id) {
  return ike::to_string(ike::Identity{static_cast<ike::IdType>(id.id_type), 0, 0, id.data});
}

/// Whether an identity payload names exactly this network, all protocols and ports.
bool names(const wire::IdentificationPayload& id, const Ipv4Network& network) {
  const auto named = ike::network_of({static_cast<ike::IdType>(id.id_type), 0, 0, id.data});
  return named && id.protocol == 0 && id.port == 0 && *named == normalized(network);
}

}  // namespace

Value QuickMode::first_iv(const IsakmpSa& sa, const Quoted& message_id, ike::MessageId message) const {
  Derivation values = derivation(sa);
  return derive_phase2_iv(values, sa.hash(), sa.last_block.as("last phase 1 CBC block"),
                          from_quoted("M-ID", message_id, field::message_id),
                          {message, "Quick Mode 1", sa.block_size()});
}

Value QuickMode::next_iv(const IsakmpSa& sa, const QuickModeExchange& quick, ike::MessageId message,
                         std::uint8_t number) const {
  Derivation values = derivation(sa);
  const std::string previous = fmt::format("Quick Mode {}", number - 1);
  const std::string suffix = fmt::format("Quick Mode {}", number);
  return derive_next_iv(values, from_quoted(previous, quick.last_ciphertext, field::encrypted_body),
                        {message, suffix, sa.block_size()});
}

std::vector<Term> QuickMode::hash_start(const QuickModeExchange& quick, std::uint8_t number) const {
  std::vector<Term> terms{from_quoted("M-ID", quick.message_id, field::message_id)};
  if (number >= 2) terms.push_back(from_quoted("Ni_b", quick.ni_b, field::nonce_data));
  if (number == 3) terms.push_back(from_quoted("Nr_b", quick.nr_b, field::nonce_data));
  return terms;
}

void QuickMode::add_hash(const IsakmpSa& sa, const QuickModeExchange& quick, Draft& draft) {
  const Bytes chain = wire::write_payloads(draft.payloads);
  const std::vector<std::string> labels = payload_labels(draft.name, draft.payloads);
  std::vector<Term> terms = hash_start(quick, draft.name.number);
  const std::vector<Term> rest = chain_terms(chain, draft.payloads, labels, draft.id);
  terms.insert(terms.end(), rest.begin(), rest.end());
  Derivation values = derivation(sa);
  const Value hash =
      derive_phase2_hash(values, sa.hash(), sa.keys->skeyid_a, hash_kind(draft.name.number), terms, draft.id);
  draft.payloads.insert(draft.payloads.begin(),
                        wire::HashPayload{Bytes(hash.bytes.view().begin(), hash.bytes.view().end())});
}

void QuickMode::send(IsakmpSa& sa, QuickModeExchange& quick, Draft draft, const Value& iv) {
  draft.message_id = quick.exchange.message_id;
  quick.exchange.sent = engine_.messenger.send_encrypted(sa, std::move(draft), iv, quick.last_ciphertext);
}

std::uint32_t QuickMode::draw_spi() {
  std::uint32_t spi = read_u32(engine_.core.random.bytes(RandomPurpose::spi, 4), 0);
  while (spi < first_free_spi || engine_.store.inbound_spi_taken(spi)) ++spi;
  return spi;
}

QuickMode::Outcome QuickMode::make_key(const IsakmpSa& sa, QuickModeExchange& quick, Draft& draft) {
  auto pair = crypto::DhKeyPair::generate(quick.pfs, engine_.core.random);
  if (!pair) return Refusal{pair.error(), {}, notification::no_proposal_chosen};
  const bool initiator = quick.role == ike::Role::initiator;
  Derivation values = derivation(sa);
  quick.private_value =
      values.drawn({initiator ? "xi(qm)" : "xr(qm)", "drawn at random", "RFC 2409 5.5"}, pair->private_value());
  values.dh_public({initiator ? "g(qm)^xi" : "g(qm)^xr", initiator ? "g^xi" : "g^xr", "RFC 2409 5.5", {}, draft.id},
                   *pair, quick.private_value);
  draft.payloads.push_back(wire::KeyExchangePayload{pair->public_value()});
  quick.key_pair = std::move(pair).value();
  return std::nullopt;
}

void QuickMode::begin(Time now, IsakmpSa& sa, ike::SaId replaces) {
  ike::Core& core = engine_.core;
  const ike::Connection& connection = sa.tunnel->connection;
  if (!make_room(sa)) return engine_.lifecycle.phase2_failed(now, *sa.tunnel, ike::Role::initiator, replaces);
  const std::uint32_t message_id = sa.draw_message_id(core.random);
  QuickModeExchange& quick = create(sa, quick_mode_initiator, ike::Role::initiator, message_id);
  quick.begun = now;
  quick.replaces = replaces;
  quick.own_spi = draw_spi();
  quick.pfs = connection.pfs.empty() ? crypto::DhGroup::none : connection.pfs.front();
  quick.local_selector = normalized(connection.local_subnet);
  quick.remote_selector = normalized(connection.remote_subnet);
  quick.offer = offer_phase2(connection, quick.pfs, quick.own_spi);

  Draft draft{core.reporter.new_message(), quick_mode_message(1), message_id, {quick.offer}};
  quick.offer_message = draft.id;
  quick.message_id.message = draft.id;
  quick.ni_b = {core.random.bytes(RandomPurpose::nonce, nonce_size), draft.id};
  draft.payloads.push_back(wire::NoncePayload{quick.ni_b.bytes});
  const bool key_made = quick.pfs == crypto::DhGroup::none || !make_key(sa, quick, draft);
  if (connection.send_client_ids) {
    quick.client_ids = {client_id(quick.local_selector), client_id(quick.remote_selector)};
    draft.payloads.push_back(quick.client_ids[0]);
    draft.payloads.push_back(quick.client_ids[1]);
  }
  const ike::Transition* row =
      find_row(quick.exchange, ike::Trigger::start, static_cast<std::uint8_t>(QuickModeAction::offer));
  if (!key_made) {
    // The policy names a group that this build has not: nothing can be offered.
    quick.exchange.state = row->to;
    return fail(now, quick, ike::Trigger::refusal, QuickModeAction::refuse, 0, Reason::invalid_key_exchange);
  }
  add_hash(sa, quick, draft);
  const Value iv = first_iv(sa, quick.message_id, draft.id);
  send(sa, quick, std::move(draft), iv);
  move_on(core, *sa.tunnel, sa.id, quick.exchange, *row, quick.exchange.sent.id, Reason::none);
  engine_.lifecycle.await_answer(now, *sa.tunnel, ike::Timer::phase2_retransmit, quick.exchange.number);
}

QuickMode::Outcome QuickMode::check(IsakmpSa& sa, const QuickModeExchange* quick, const ike::Transition& row,
                                    const Incoming& incoming) {
  if (!incoming.message) return Refusal{incoming.problem};
  if (const auto checked = check_payloads(row, *incoming.message, true); !checked) return Refusal{checked.error()};
  // "a HASH payload MUST immediately follow the ISAKMP header and a SA payload MUST immediately follow the HASH" (RFC
  // 2409 5.5).
  const auto& payloads = incoming.message->payloads;
  if (!std::holds_alternative<wire::HashPayload>(payloads.front().content) ||
      ((row.required & (1U << 1)) != 0 &&
       !std::holds_alternative<wire::SecurityAssociationPayload>(payloads[1].content))) {
    return Refusal{{Reason::malformed, "HASH must come first and SA second", payloads.front().offset}};
  }
  const ike::MessageName& name = incoming.name;
  const std::vector<wire::Payload> all = contents(*incoming.message);
  const std::span<const wire::Payload> rest = std::span(all).subspan(1);
  const std::vector<std::string> labels = payload_labels(name, rest);
  std::vector<Term> terms = hash_start(*quick, name.number);
  if (name.number != 3) {
    const std::vector<Term> chain = chain_terms(after_first_payload(incoming), rest, labels, incoming.id);
    terms.insert(terms.end(), chain.begin(), chain.end());
  }
  Derivation values = derivation(sa);
  const Value expected =
      derive_phase2_hash(values, sa.hash(), sa.keys->skeyid_a, hash_kind(name.number), terms, incoming.id);
  const Bytes& received = std::get<wire::HashPayload>(payloads.front().content).data;
  const std::string what = fmt::format("HASH({})", name.number);
  const bool ok = engine_.messenger.check_hash(incoming.id, *sa.tunnel, what, expected, received);
  if (!ok) return Refusal{{Reason::invalid_hash, what + " is not what SKEYID_a gives", 0}, field::hash_data};
  return std::nullopt;
}

QuickMode::Outcome QuickMode::take_nonce(const Incoming& incoming, Quoted& n_b) {
  n_b = {incoming.message->find<wire::NoncePayload>()->data, incoming.id};
  return check_nonce(n_b.bytes);
}

QuickMode::Outcome QuickMode::take_client_ids(const IsakmpSa& sa, QuickModeExchange& quick, const Incoming& incoming) {
  const ike::Connection& connection = sa.tunnel->connection;
  const auto ids = incoming.message->find_all<wire::IdentificationPayload>();
  const auto refuse = [](std::string text) {
    return Refusal{{Reason::invalid_identity, std::move(text), 0}, field::id, notification::invalid_id_information};
  };
  quick.local_selector = normalized(connection.local_subnet);
  quick.remote_selector = normalized(connection.remote_subnet);
  if (ids.empty()) {
    // "The identities [...] are implicitly assumed to be the IP addresses of the ISAKMP peers [...] unless client
    // identifiers are specified" (RFC 2409 5.5). Route-based gateways that send none mean "whatever is routed here";
    // a policy that names networks does not take that.
    const Ipv4Network any{};
    const bool any_to_any = quick.local_selector == any && quick.remote_selector == any;
    if (!connection.send_client_ids || any_to_any) return std::nullopt;
    return refuse(fmt::format("no client identities, wanted are {} and {}", to_string(quick.remote_selector),
                              to_string(quick.local_selector)));
  }
  if (ids.size() != 2) return refuse(fmt::format("{} client identities, wanted are two", ids.size()));
  if (!names(*ids[0], quick.remote_selector) || !names(*ids[1], quick.local_selector)) {
    return refuse(fmt::format("the client identities are {} and {}, wanted are {} and {}", to_text(*ids[0]),
                              to_text(*ids[1]), to_string(quick.remote_selector), to_string(quick.local_selector)));
  }
  quick.client_ids = {*ids[0], *ids[1]};
  return std::nullopt;
}

QuickMode::Outcome QuickMode::derive_shared(const IsakmpSa& sa, QuickModeExchange& quick, const Incoming& incoming) {
  const Bytes& data = incoming.message->find<wire::KeyExchangePayload>()->data;
  Derivation values = derivation(sa);
  auto shared = values.dh_shared(
      {"g(qm)^xy", quick.role == ike::Role::initiator ? "(g(qm)^xr)^xi" : "(g(qm)^xi)^xr", "RFC 2409 5.5"},
      *quick.key_pair, quick.private_value,
      from_field(quick.role == ike::Role::initiator ? "g(qm)^xr" : "g(qm)^xi", incoming.id, field::key_exchange_data,
                 data));
  if (!shared) {
    return Refusal{shared.error(), field::key_exchange_data, notification::invalid_key_information};
  }
  quick.g_qm_xy = std::move(shared).value();
  return std::nullopt;
}

QuickMode::Outcome QuickMode::choose(Time now, IsakmpSa& sa, QuickModeExchange& quick, Incoming& incoming) {
  ike::Core& core = engine_.core;
  if (engine_.store.negotiating_pair(*sa.tunnel)) {
    core.remark(*sa.tunnel, ike::remark::rekey_crossing, [] { return decltype(ike::Remark::values){{"phase", "2"}}; });
  }
  quick.offer_message = incoming.id;
  quick.offer = *incoming.message->find<wire::SecurityAssociationPayload>();
  if (Outcome refusal = check_situation(quick.offer)) return refusal;
  if (Outcome refusal = take_nonce(incoming, quick.ni_b)) return refusal;
  if (Outcome refusal = take_client_ids(sa, quick, incoming)) return refusal;
  const bool with_ke = incoming.message->find<wire::KeyExchangePayload>() != nullptr;
  ike::ProposalsCompared report;
  report.message = incoming.id;
  auto choice = choose_phase2(sa.tunnel->connection, quick.offer, with_ke, report);
  core.reporter.tell([&] { return report; });
  if (!choice) return Refusal{choice.error(), field::sa, notification::no_proposal_chosen};
  if (engine_.store.pairs_of(*sa.tunnel).size() >= limits::pairs) {
    return Refusal{{Reason::limit_exceeded, "too many pairs of IPsec SAs", 0}, {}, notification::no_proposal_chosen};
  }
  quick.choice = std::move(choice).value();
  quick.pfs = quick.choice->pfs;
  quick.own_spi = draw_spi();

  wire::SecurityAssociationPayload answer;
  answer.doi = quick.offer.doi;
  answer.situation = quick.offer.situation;
  answer.proposals = {quick.choice->answer};
  answer.proposals.front().spi.clear();
  put_u32(answer.proposals.front().spi, quick.own_spi);
  Draft draft{core.reporter.new_message(), quick_mode_message(2), 0, {answer}};
  quick.answer_message = draft.id;
  quick.nr_b = {core.random.bytes(RandomPurpose::nonce, nonce_size), draft.id};
  draft.payloads.push_back(wire::NoncePayload{quick.nr_b.bytes});
  if (with_ke) {
    if (Outcome refusal = make_key(sa, quick, draft)) return refusal;
    if (Outcome refusal = derive_shared(sa, quick, incoming)) return refusal;
  }
  for (const wire::IdentificationPayload& id : quick.client_ids) draft.payloads.push_back(id);
  if (const auto shorter = engine_.lifecycle.phase2_lifetime_notice(sa, quick)) draft.payloads.push_back(*shorter);
  add_hash(sa, quick, draft);
  const Value iv = next_iv(sa, quick, draft.id, 2);
  send(sa, quick, std::move(draft), iv);
  engine_.lifecycle.await_answer(now, *sa.tunnel, ike::Timer::phase2_retransmit, quick.exchange.number);
  return std::nullopt;
}

QuickMode::Outcome QuickMode::finish(IsakmpSa& sa, QuickModeExchange& quick, Incoming& incoming) {
  ike::Core& core = engine_.core;
  quick.answer_message = incoming.id;
  if (Outcome refusal = take_nonce(incoming, quick.nr_b)) return refusal;
  const auto& answer = *incoming.message->find<wire::SecurityAssociationPayload>();
  if (Outcome refusal = check_situation(answer)) return refusal;
  ike::ProposalsCompared report;
  report.message = incoming.id;
  auto choice = check_phase2(sa.tunnel->connection, quick.offer, answer, quick.pfs, report);
  core.reporter.tell([&] { return report; });
  if (!choice) return Refusal{choice.error(), field::sa, notification::no_proposal_chosen};
  const auto ids = incoming.message->find_all<wire::IdentificationPayload>();
  const bool same_ids =
      std::equal(ids.begin(), ids.end(), quick.client_ids.begin(), quick.client_ids.end(),
                 [](const auto* a, const auto& b) { return wire::payload_body(*a) == wire::payload_body(b); });
  if (!same_ids) {
    return Refusal{{Reason::invalid_identity, "the client identities are not those that were sent", 0},
                   field::id,
                   notification::invalid_id_information};
  }
  const bool with_ke = incoming.message->find<wire::KeyExchangePayload>() != nullptr;
  if (with_ke != (quick.pfs != crypto::DhGroup::none)) {
    return Refusal{{Reason::pfs_mismatch, with_ke ? "KE was not offered" : "the answer has no KE", 0},
                   field::key_exchange,
                   notification::invalid_key_information};
  }
  if (with_ke) {
    if (Outcome refusal = derive_shared(sa, quick, incoming)) return refusal;
  }
  quick.choice = std::move(choice).value();
  engine_.lifecycle.take_lifetime_notices(*sa.tunnel, 2, *incoming.message, quick.choice->life);

  Draft draft{core.reporter.new_message(), quick_mode_message(3), 0, {}};
  add_hash(sa, quick, draft);
  const Value iv = next_iv(sa, quick, draft.id, 3);
  send(sa, quick, std::move(draft), iv);
  return std::nullopt;
}

void QuickMode::install(Time now, IsakmpSa& sa, QuickModeExchange& quick) {
  const bool initiator = quick.role == ike::Role::initiator;
  Bytes own_spi;
  Bytes peer_spi;
  put_u32(own_spi, quick.own_spi);
  put_u32(peer_spi, quick.choice->peer_spi);
  const ike::MessageId own_message = initiator ? quick.offer_message : quick.answer_message;
  const ike::MessageId peer_message = initiator ? quick.answer_message : quick.offer_message;
  const Phase2Choice& choice = *quick.choice;
  Derivation values = derivation(sa);
  KeymatInputs inputs;
  inputs.hash = sa.hash();
  inputs.protocol = from_field("protocol", quick.answer_message, field::proposal_protocol, esp);
  inputs.ni_b = from_quoted("Ni_b", quick.ni_b, field::nonce_data);
  inputs.nr_b = from_quoted("Nr_b", quick.nr_b, field::nonce_data);
  inputs.g_qm_xy = quick.g_qm_xy ? &*quick.g_qm_xy : nullptr;
  const std::size_t cipher_size = key_size(choice.transform.cipher, choice.transform.key_bits);
  const std::size_t integrity_size = crypto::info(choice.transform.integrity).key;
  // "The SPI chosen by the destination of the SA is used to derive KEYMAT for that SA" (RFC 2409 5.5).
  inputs.spi = from_field("SPI", own_message, field::proposal_spi, own_spi);
  inputs.direction = "inbound";
  const EspKeys inbound = derive_esp_keys(values, sa.keys->skeyid_d, inputs, cipher_size, integrity_size);
  inputs.spi = from_field("SPI", peer_message, field::proposal_spi, peer_spi);
  inputs.direction = "outbound";
  const EspKeys outbound = derive_esp_keys(values, sa.keys->skeyid_d, inputs, cipher_size, integrity_size);
  // "the exponential (g(qm)^xy) is irretreivably removed from the current state" (RFC 2409 5.5).
  quick.g_qm_xy.reset();
  engine_.lifecycle.install(now, sa, quick, inbound, outbound);
}

}  // namespace engine::ikev1
