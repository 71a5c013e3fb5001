#pragma once

#include <array>
#include <concepts>
#include <string_view>
#include <type_traits>

#include "engine/ike/connection.h"
#include "engine/ike/observation.h"

/// The engine's records as parts of a trace; sim/trace/describe.h says how such descriptions work.
namespace sim {

template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

namespace names {
using List = std::string_view;
constexpr std::array<List, 2> role{"initiator", "responder"};
constexpr std::array<List, 4> input_source{"value", "field", "configuration", "constant"};
constexpr std::array<List, 7> operation{"random", "dh-public", "dh-shared", "hmac", "hash", "concatenate", "slice"};
constexpr std::array<List, 3> cipher{"null", "3des-cbc", "aes-cbc"};
constexpr std::array<List, 6> integrity{
    "none", "hmac-md5-96", "hmac-sha1-96", "hmac-sha2-256-128", "hmac-sha2-384-192", "hmac-sha2-512-256"};
constexpr std::array<List, 5> hash{"md5", "sha1", "sha2-256", "sha2-384", "sha2-512"};
}  // namespace names

void describe(auto& a, Is<engine::ike::Connection::SettingSource> auto& x) {
  a.field("id", x.id);
  a.field("text", x.text);
  a.field("line", x.line);
}

void describe(auto& a, Is<engine::ike::MessageName> auto& x) {
  a.number("exchange", x.exchange);
  a.field("number", x.number);
  a.field("id", x.id);
}

void describe(auto& a, Is<engine::ike::MessageSent> auto& x) {
  a.field("message", x.message);
  a.field("connection", x.connection);
  a.field("ike_sa", x.ike_sa);
  a.choice("role", x.role, names::role);
  a.field("name", x.name);
  a.field("retransmission", x.retransmission);
  a.field("encrypted", x.encrypted);
  a.field("payloads", x.payloads);
  a.field("wire", x.wire);
  a.field("cleartext", x.cleartext);
  a.field("encryption_key", x.encryption_key);
  a.field("iv", x.iv);
}

void describe(auto& a, Is<engine::ike::MessageReceived> auto& x) {
  a.field("message", x.message);
  a.field("connection", x.connection);
  a.field("ike_sa", x.ike_sa);
  a.choice("role", x.role, names::role);
  a.field("name", x.name);
  a.field("duplicate", x.duplicate);
  a.field("encrypted", x.encrypted);
  a.field("payloads", x.payloads);
  a.field("wire", x.wire);
  a.field("cleartext", x.cleartext);
  a.field("encryption_key", x.encryption_key);
  a.field("iv", x.iv);
}

void describe(auto& a, Is<engine::ike::MessageRefused> auto& x) {
  a.field("message", x.message);
  a.field("reason", x.reason);
  a.field("detail", x.detail);
  a.field("field", x.field);
}

void describe(auto& a, Is<engine::ike::ValueInput> auto& x) {
  a.field("name", x.name);
  a.choice("source", x.source, names::input_source);
  a.field("value", x.value);
  a.field("message", x.message);
  a.field("field", x.field);
  a.field("setting", x.setting);
  a.field("bytes", x.bytes);
}

void describe(auto& a, Is<engine::ike::ValueDerived> auto& x) {
  a.field("id", x.id);
  a.field("connection", x.connection);
  a.field("ike_sa", x.ike_sa);
  a.field("message", x.message);
  a.field("name", x.name);
  a.choice("operation", x.operation, names::operation);
  a.field("algorithm", x.algorithm);
  a.field("formula", x.formula);
  a.field("inputs", x.inputs);
  a.field("slice_offset", x.slice_offset);
  a.field("bytes", x.bytes);
  a.field("secret", x.secret);
  a.field("rfc", x.rfc);
}

void describe(auto& a, Is<engine::ike::AttributeComparison> auto& x) {
  a.field("name", x.name);
  a.field("offered", x.offered);
  a.field("wanted", x.wanted);
  a.field("matches", x.matches);
}

void describe(auto& a, Is<engine::ike::TransformComparison> auto& x) {
  a.field("proposal", x.proposal);
  a.field("transform", x.transform);
  a.field("policy_entry", x.policy_entry);
  a.field("attributes", x.attributes);
  a.field("matches", x.matches);
}

void describe(auto& a, Is<engine::ike::ProposalsCompared> auto& x) {
  a.field("message", x.message);
  a.field("connection", x.connection);
  a.field("phase", x.phase);
  a.field("policy", x.policy);
  a.field("comparisons", x.comparisons);
  a.field("chosen", x.chosen);
  a.field("rule", x.rule);
  a.field("reason", x.reason);
}

void describe(auto& a, Is<engine::ike::StateChanged> auto& x) {
  a.field("connection", x.connection);
  a.field("ike_sa", x.ike_sa);
  a.field("exchange", x.exchange);
  a.drawn("message_id", x.message_id);
  a.field("machine", x.machine);
  a.field("from", x.from);
  a.field("to", x.to);
  a.field("story", x.story);
  a.field("message", x.message);
  a.field("reason", x.reason);
}

void describe(auto& a, Is<engine::ike::AuthenticationChecked> auto& x) {
  a.field("message", x.message);
  a.field("connection", x.connection);
  a.field("what", x.what);
  a.field("expected_value", x.expected_value);
  a.field("expected", x.expected);
  a.field("received", x.received);
  a.field("ok", x.ok);
}

void describe(auto& a, Is<engine::Endpoint> auto& x) {
  a.field("address", x.address);
  a.field("port", x.port);
}

void describe(auto& a, Is<engine::ike::Phase1Transform> auto& x) {
  a.choice("cipher", x.cipher, names::cipher);
  a.field("key_bits", x.key_bits);
  a.choice("hash", x.hash, names::hash);
  a.number("authentication", x.authentication);
  a.number("group", x.group);
}

void describe(auto& a, Is<engine::ike::Phase2Transform> auto& x) {
  a.choice("cipher", x.cipher, names::cipher);
  a.field("key_bits", x.key_bits);
  a.choice("integrity", x.integrity, names::integrity);
}

void describe(auto& a, Is<engine::ike::IkeSaState> auto& x) {
  a.field("id", x.id);
  a.field("connection", x.connection);
  a.choice("role", x.role, names::role);
  a.field("state", x.state);
  a.field("initiator_cookie", x.initiator_cookie);
  a.field("responder_cookie", x.responder_cookie);
  a.field("local", x.local);
  a.field("remote", x.remote);
  a.field("transform", x.transform);
  a.field("transform_text", x.transform_text);
  a.field("created", x.created);
  a.field("established", x.established);
  a.field("rekey_at", x.rekey_at);
  a.field("expires_at", x.expires_at);
  a.field("reason", x.reason);
  a.drawn("dpd_sequence", x.dpd_sequence);
  a.field("dpd_unanswered", x.dpd_unanswered);
}

void describe(auto& a, Is<engine::ike::IpsecSaState> auto& x) {
  a.field("id", x.id);
  a.field("ike_sa", x.ike_sa);
  a.field("connection", x.connection);
  a.choice("role", x.role, names::role);
  a.field("state", x.state);
  a.drawn("inbound_spi", x.inbound_spi);
  a.drawn("outbound_spi", x.outbound_spi);
  a.field("transform", x.transform);
  a.field("transform_text", x.transform_text);
  a.field("local_selector", x.local_selector);
  a.field("remote_selector", x.remote_selector);
  a.field("established", x.established);
  a.field("rekey_at", x.rekey_at);
  a.field("expires_at", x.expires_at);
  a.field("lifetime_kilobytes", x.lifetime_kilobytes);
  a.field("inbound_cipher_key", x.inbound_cipher_key);
  a.field("inbound_integrity_key", x.inbound_integrity_key);
  a.field("outbound_cipher_key", x.outbound_cipher_key);
  a.field("outbound_integrity_key", x.outbound_integrity_key);
  a.field("reason", x.reason);
}

void describe(auto& a, Is<engine::ike::Remark> auto& x) {
  a.field("connection", x.connection);
  a.field("id", x.id);
  a.pairs("values", x.values);
}

}  // namespace sim
