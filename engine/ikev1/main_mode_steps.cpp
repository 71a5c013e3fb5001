#include <algorithm>

#include <fmt/format.h>

#include "engine/ike/names.h"
#include "engine/ikev1/engine.h"
#include "engine/ikev1/field_ids.h"
#include "engine/ikev1/message_name.h"
#include "engine/ikev1/nonce.h"
#include "engine/wire/names.h"

/// What main mode does with each message, beside the dispatching in main_mode.cpp.
namespace engine::ikev1 {
namespace {

namespace notification = wire::notification;

constexpr std::uint16_t ike_port = 500;
constexpr std::uint8_t udp = 17;

wire::Payload dpd_vendor_id() {
  return wire::VendorIdPayload{Bytes(std::begin(wire::vendor_id::dpd), std::end(wire::vendor_id::dpd))};
}

template <class Payload>
Quoted body_of(const Incoming& incoming) {
  for (const wire::PlacedPayload& placed : incoming.message->payloads) {
    if (!std::holds_alternative<Payload>(placed.content)) continue;
    const ByteView body = incoming.readable().subspan(placed.offset + wire::generic_header_size,
                                                      placed.length - wire::generic_header_size);
    return {Bytes(body.begin(), body.end()), incoming.id};
  }
  return {};
}

wire::IdentificationPayload own_identity(const IsakmpSa& sa) {
  ike::Identity identity = sa.tunnel->connection.local_id;
  if (identity.data.empty()) identity = ike::Identity::address(sa.local.address);
  return {static_cast<std::uint8_t>(identity.type), identity.protocol, identity.port, identity.data};
}

ike::Identity wanted_identity(const IsakmpSa& sa) {
  const auto& configured = sa.tunnel->connection.remote_id;
  return configured ? *configured : ike::Identity::address(sa.remote.address);
}

}  // namespace

Phase1Inputs phase1_inputs(const IsakmpSa& sa) {
  const Phase1Negotiation& negotiation = sa.negotiation;
  Phase1Inputs inputs;
  inputs.transform = *sa.transform;
  inputs.pre_shared_key = from_setting("pre-shared-key", "pre_shared_key", sa.tunnel->connection.pre_shared_key);
  inputs.ni_b = from_quoted("Ni_b", negotiation.ni_b, field::nonce_data);
  inputs.nr_b = from_quoted("Nr_b", negotiation.nr_b, field::nonce_data);
  inputs.g_xi = from_quoted("g^xi", negotiation.g_xi, field::key_exchange_data);
  inputs.g_xr = from_quoted("g^xr", negotiation.g_xr, field::key_exchange_data);
  inputs.cky_i = from_field("CKY-I", negotiation.message_1, field::initiator_cookie, sa.initiator_cookie);
  inputs.cky_r = from_field("CKY-R", negotiation.message_2, field::responder_cookie, sa.responder_cookie);
  return inputs;
}

void MainMode::begin(Time now, ike::Tunnel& tunnel) {
  ike::Core& core = engine_.core;
  IsakmpSa& sa = engine_.lifecycle.create(now, tunnel, ike::Role::initiator);
  core.random.fill(RandomPurpose::cookie, sa.initiator_cookie);
  sa.local = {tunnel.connection.local_address, ike_port};
  sa.remote = {tunnel.connection.remote_address, ike_port};
  sa.main_mode.machine = &main_mode_initiator;
  engine_.lifecycle.report(sa);

  Phase1Negotiation& negotiation = sa.negotiation;
  negotiation.offer = offer_phase1(tunnel.connection);
  Draft draft{core.reporter.new_message(), main_mode_message(1), 0, {negotiation.offer, dpd_vendor_id()}};
  negotiation.message_1 = draft.id;
  negotiation.sai_b = {wire::payload_body(negotiation.offer), draft.id};
  const ike::Transition* row =
      find_row(sa.main_mode, ike::Trigger::start, static_cast<std::uint8_t>(MainModeAction::offer));
  sa.main_mode.sent = engine_.messenger.send_clear(sa, std::move(draft));
  move_on(core, tunnel, sa.id, sa.main_mode, *row, sa.main_mode.sent.id, Reason::none);
  engine_.lifecycle.await_answer(now, tunnel, ike::Timer::phase1_retransmit, sa.id);
}

void MainMode::take_vendor_ids(IsakmpSa& sa, const Incoming& incoming) {
  for (const wire::VendorIdPayload* vendor : incoming.message->find_all<wire::VendorIdPayload>()) {
    if (std::equal(vendor->data.begin(), vendor->data.end(), std::begin(wire::vendor_id::dpd),
                   std::end(wire::vendor_id::dpd))) {
      sa.dpd.peer_supports = true;
      engine_.core.remark(*sa.tunnel, ike::remark::dpd_supported);
    } else if (wire::vendor_id_name(vendor->data).empty()) {
      engine_.core.remark(*sa.tunnel, ike::remark::vendor_id_unknown, [&] {
        return decltype(ike::Remark::values){{"data", to_hex(vendor->data)}};
      });
    }
  }
}

MainMode::Outcome MainMode::choose(IsakmpSa& sa, Incoming& incoming) {
  ike::Core& core = engine_.core;
  core.random.fill(RandomPurpose::cookie, sa.responder_cookie);
  Phase1Negotiation& negotiation = sa.negotiation;
  negotiation.message_1 = incoming.id;
  negotiation.sai_b = body_of<wire::SecurityAssociationPayload>(incoming);
  const auto& offer = *incoming.message->find<wire::SecurityAssociationPayload>();
  if (Outcome refusal = check_situation(offer)) return refusal;
  ike::ProposalsCompared report;
  report.message = incoming.id;
  auto choice = choose_phase1(sa.tunnel->connection, offer, report);
  core.reporter.tell([&] { return report; });
  if (!choice) return Refusal{choice.error(), field::sa, notification::no_proposal_chosen};
  sa.transform = choice->transform;
  negotiation.offered_life = choice->life;
  take_vendor_ids(sa, incoming);
  Draft draft{core.reporter.new_message(), main_mode_message(2), 0, {choice->answer, dpd_vendor_id()}};
  negotiation.message_2 = draft.id;
  sa.main_mode.sent = engine_.messenger.send_clear(sa, std::move(draft));
  engine_.lifecycle.report(sa);
  return std::nullopt;
}

MainMode::Outcome MainMode::take_choice(Time now, IsakmpSa& sa, Incoming& incoming) {
  ike::Core& core = engine_.core;
  Phase1Negotiation& negotiation = sa.negotiation;
  const wire::Cookie no_cookie{};
  if (incoming.header.responder_cookie == no_cookie) {
    return Refusal{{Reason::invalid_cookie, "the responder cookie is zero", 0}, field::responder_cookie, 0, true};
  }
  const auto& answer = *incoming.message->find<wire::SecurityAssociationPayload>();
  sa.responder_cookie = incoming.header.responder_cookie;
  negotiation.message_2 = incoming.id;
  if (Outcome refusal = check_situation(answer)) return refusal;
  ike::ProposalsCompared report;
  report.message = incoming.id;
  auto choice = check_phase1(sa.tunnel->connection, negotiation.offer, answer, report);
  core.reporter.tell([&] { return report; });
  if (!choice) return Refusal{choice.error(), field::sa, notification::no_proposal_chosen};
  sa.transform = choice->transform;
  negotiation.offered_life = choice->life;
  take_vendor_ids(sa, incoming);

  Draft draft{core.reporter.new_message(), main_mode_message(3), 0, {}};
  if (Outcome refusal = make_key(sa, draft.id, draft.payloads)) return refusal;
  sa.main_mode.sent = engine_.messenger.send_clear(sa, std::move(draft));
  engine_.lifecycle.await_answer(now, *sa.tunnel, ike::Timer::phase1_retransmit, sa.id);
  engine_.lifecycle.report(sa);
  return std::nullopt;
}

MainMode::Outcome MainMode::make_key(IsakmpSa& sa, ike::MessageId message, std::vector<wire::Payload>& payloads) {
  Phase1Negotiation& negotiation = sa.negotiation;
  auto pair = crypto::DhKeyPair::generate(sa.transform->group, engine_.core.random);
  if (!pair) return Refusal{pair.error(), {}, notification::invalid_key_information};
  const bool initiator = sa.role == ike::Role::initiator;
  Derivation values = derivation(sa);
  negotiation.private_value =
      values.drawn({initiator ? "xi" : "xr", "drawn at random", "RFC 2409 5"}, pair->private_value());
  values.dh_public({initiator ? "g^xi" : "g^xr", initiator ? "g^xi" : "g^xr", "RFC 2409 5", {}, message, false}, *pair,
                   negotiation.private_value);
  Quoted& g_x = initiator ? negotiation.g_xi : negotiation.g_xr;
  Quoted& n_b = initiator ? negotiation.ni_b : negotiation.nr_b;
  g_x = {pair->public_value(), message};
  n_b = {engine_.core.random.bytes(RandomPurpose::nonce, nonce_size), message};
  negotiation.key_pair = std::move(pair).value();
  payloads.push_back(wire::KeyExchangePayload{g_x.bytes});
  payloads.push_back(wire::NoncePayload{n_b.bytes});
  return std::nullopt;
}

MainMode::Outcome MainMode::take_key(IsakmpSa& sa, const Incoming& incoming, Quoted& g_x, Quoted& n_b) {
  const crypto::DhGroupInfo* group = crypto::find(sa.transform->group);
  g_x = body_of<wire::KeyExchangePayload>(incoming);
  n_b = body_of<wire::NoncePayload>(incoming);
  // "The Diffie-Hellman public value passed in a KE payload [...] MUST be the length of the negotiated Diffie-Hellman
  // group" (RFC 2409 5).
  if (group == nullptr || g_x.bytes.size() != group->public_value) {
    return Refusal{{Reason::invalid_key_exchange,
                    fmt::format("the public value has {} octets, {} has {}", g_x.bytes.size(),
                                ike::group_text(sa.transform->group), group != nullptr ? group->public_value : 0),
                    0},
                   field::key_exchange_data,
                   notification::invalid_key_information};
  }
  return check_nonce(n_b.bytes);
}

MainMode::Outcome MainMode::derive_keys(IsakmpSa& sa) {
  const Phase1Inputs inputs = phase1_inputs(sa);
  Derivation values = derivation(sa);
  const Term peer = sa.role == ike::Role::initiator ? inputs.g_xr : inputs.g_xi;
  auto g_xy = values.dh_shared({"g^xy", sa.role == ike::Role::initiator ? "(g^xr)^xi" : "(g^xi)^xr", "RFC 2409 5"},
                               *sa.negotiation.key_pair, sa.negotiation.private_value, peer);
  if (!g_xy) return Refusal{g_xy.error(), field::key_exchange_data, notification::invalid_key_information};
  sa.keys = derive_phase1_keys(values, inputs, *g_xy);
  sa.negotiation.key_pair.reset();
  sa.negotiation.private_value = {};
  return std::nullopt;
}

MainMode::Outcome MainMode::answer_key(IsakmpSa& sa, Incoming& incoming) {
  take_vendor_ids(sa, incoming);
  if (Outcome refusal = take_key(sa, incoming, sa.negotiation.g_xi, sa.negotiation.ni_b)) return refusal;
  Draft draft{engine_.core.reporter.new_message(), main_mode_message(4), 0, {}};
  if (Outcome refusal = make_key(sa, draft.id, draft.payloads)) return refusal;
  if (Outcome refusal = derive_keys(sa)) return refusal;
  sa.main_mode.sent = engine_.messenger.send_clear(sa, std::move(draft));
  return std::nullopt;
}

Draft MainMode::identity_draft(IsakmpSa& sa, std::uint8_t number) {
  Draft draft{engine_.core.reporter.new_message(), main_mode_message(number), 0, {}};
  const wire::IdentificationPayload identity = own_identity(sa);
  const Bytes id_b = wire::payload_body(identity);
  Derivation values = derivation(sa);
  const Value hash = derive_identity_hash(
      values, phase1_inputs(sa), sa.keys->skeyid, sa.role, from_quoted("SAi_b", sa.negotiation.sai_b, field::sa),
      from_field(sa.role == ike::Role::initiator ? "IDii_b" : "IDir_b", draft.id, field::id, id_b), draft.id);
  draft.payloads.push_back(identity);
  draft.payloads.push_back(wire::HashPayload{Bytes(hash.bytes.view().begin(), hash.bytes.view().end())});
  return draft;
}

MainMode::Outcome MainMode::identify(Time now, IsakmpSa& sa, Incoming& incoming) {
  take_vendor_ids(sa, incoming);
  if (Outcome refusal = take_key(sa, incoming, sa.negotiation.g_xr, sa.negotiation.nr_b)) return refusal;
  if (Outcome refusal = derive_keys(sa)) return refusal;
  Draft draft = identity_draft(sa, 5);
  if (engine_.lifecycle.is_first_contact(sa)) {
    draft.payloads.push_back(engine_.informational.phase1_notification(sa, notification::initial_contact));
    engine_.core.remark(*sa.tunnel, ike::remark::initial_contact_sent);
  }
  Derivation values = derivation(sa);
  const Value iv = derive_phase1_iv(values, phase1_inputs(sa), {draft.id, "Main Mode 5", sa.block_size()});
  sa.main_mode.sent = engine_.messenger.send_encrypted(sa, std::move(draft), iv, sa.last_ciphertext);
  engine_.lifecycle.await_answer(now, *sa.tunnel, ike::Timer::phase1_retransmit, sa.id);
  return std::nullopt;
}

MainMode::Outcome MainMode::check_identity(IsakmpSa& sa, const Incoming& incoming, ike::Role who) {
  const bool initiator = who == ike::Role::initiator;
  const std::string_view name = initiator ? "HASH_I" : "HASH_R";
  const Quoted id_b = body_of<wire::IdentificationPayload>(incoming);
  Derivation values = derivation(sa);
  const Value expected = derive_identity_hash(
      values, phase1_inputs(sa), sa.keys->skeyid, who, from_quoted("SAi_b", sa.negotiation.sai_b, field::sa),
      from_quoted(initiator ? "IDii_b" : "IDir_b", id_b, field::id), incoming.id);
  const Bytes& received = incoming.message->find<wire::HashPayload>()->data;
  const bool ok = engine_.messenger.check_hash(incoming.id, *sa.tunnel, name, expected, received);
  if (!ok) {
    // Phase 1 messages can be forged by anyone who saw the cookies: wait for the true one.
    return Refusal{{Reason::authentication_failed, fmt::format("{} is not what the keys give", name), 0},
                   field::hash_data,
                   notification::authentication_failed,
                   true};
  }
  const auto& payload = *incoming.message->find<wire::IdentificationPayload>();
  const ike::Identity identity{static_cast<ike::IdType>(payload.id_type), 0, 0, payload.data};
  ike::Identity wanted = wanted_identity(sa);
  wanted.protocol = 0;
  wanted.port = 0;
  // "During Phase I negotiations, the ID port and protocol fields MUST be set to zero or to UDP port 500" (RFC 2407
  // 4.6.2).
  const bool plain = payload.protocol == 0 && payload.port == 0;
  const bool udp_500 = payload.protocol == udp && (payload.port == ike_port || payload.port == 0);
  if (identity == wanted && (plain || udp_500)) return std::nullopt;
  return Refusal{{Reason::invalid_identity,
                  fmt::format("the peer is {}, wanted is {}", ike::to_string(identity), ike::to_string(wanted)), 0},
                 field::id,
                 notification::invalid_id_information};
}

MainMode::Outcome MainMode::authenticate(IsakmpSa& sa, Incoming& incoming) {
  sa.last_ciphertext = {Bytes(incoming.ciphertext().begin(), incoming.ciphertext().end()), incoming.id};
  if (Outcome refusal = check_identity(sa, incoming, ike::Role::initiator)) return refusal;
  engine_.lifecycle.agree_life(sa);
  Draft draft = identity_draft(sa, 6);
  if (const auto shorter = engine_.lifecycle.phase1_lifetime_notice(sa)) draft.payloads.push_back(*shorter);
  Derivation values = derivation(sa);
  const Value iv = derive_next_iv(
      values, from_field("Main Mode 5", sa.last_ciphertext.message, field::encrypted_body, sa.last_ciphertext.bytes),
      {draft.id, "Main Mode 6", sa.block_size()});
  sa.main_mode.sent = engine_.messenger.send_encrypted(sa, std::move(draft), iv, sa.last_ciphertext);
  engine_.core.deadlines.cancel(ike::Timer::phase1_half_open, sa.id);
  return std::nullopt;
}

MainMode::Outcome MainMode::finish(IsakmpSa& sa, Incoming& incoming) {
  if (Outcome refusal = check_identity(sa, incoming, ike::Role::responder)) return refusal;
  engine_.lifecycle.agree_life(sa);
  sa.last_ciphertext = {Bytes(incoming.ciphertext().begin(), incoming.ciphertext().end()), incoming.id};
  sa.main_mode.sent = {};
  engine_.core.deadlines.cancel(ike::Timer::phase1_retransmit, sa.id);
  return std::nullopt;
}

}  // namespace engine::ikev1
