#include "engine/ikev1/messenger.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/crypto/cipher.h"
#include "engine/ikev1/field_ids.h"
#include "engine/ikev1/message_name.h"

namespace engine::ikev1 {
namespace {

constexpr std::size_t length_offset = 24;

wire::IsakmpHeader header_of(const IsakmpSa& sa, const Draft& draft) {
  wire::IsakmpHeader header;
  header.initiator_cookie = sa.initiator_cookie;
  header.responder_cookie = sa.responder_cookie;
  header.exchange_type = draft.name.exchange;
  header.message_id = draft.message_id;
  return header;
}

std::string_view field_of(const wire::Payload& payload) {
  return std::visit([](const auto& content) { return std::decay_t<decltype(content)>::description.id; }, payload);
}

}  // namespace

void Messenger::put_out(const IsakmpSa& sa, const SentMessage& sent) {
  if (sent.report) core_.reporter.tell([&] { return *sent.report; });
  core_.outputs.push_back(ike::SendDatagram{sa.local, sa.remote, sent.wire, sent.id});
}

SentMessage Messenger::finish(const IsakmpSa& sa, Draft& draft, Bytes wire, Bytes cleartext, ike::ValueId iv) {
  SentMessage sent;
  sent.id = draft.id;
  sent.name = draft.name;
  sent.wire = std::move(wire);
  if (core_.reporter.watched()) {
    sent.report = std::make_unique<ike::MessageSent>();
    sent.report->message = draft.id;
    sent.report->connection = sa.tunnel->connection.name;
    sent.report->ike_sa = sa.id;
    sent.report->role = sa.role;
    sent.report->name = draft.name;
    sent.report->encrypted = !cleartext.empty();
    sent.report->payloads = message_labels(draft.name, draft.payloads, !cleartext.empty());
    sent.report->wire = sent.wire;
    sent.report->cleartext = std::move(cleartext);
    if (sent.report->encrypted) sent.report->encryption_key = sa.keys->encryption_key.id;
    sent.report->iv = iv;
  }
  put_out(sa, sent);
  return sent;
}

SentMessage Messenger::send_clear(const IsakmpSa& sa, Draft draft) {
  return finish(sa, draft, wire::write_isakmp(header_of(sa, draft), draft.payloads), {}, 0);
}

SentMessage Messenger::send_encrypted(IsakmpSa& sa, Draft draft, const Value& iv, Quoted& ciphertext) {
  wire::IsakmpHeader header = header_of(sa, draft);
  header.flags = wire::flag::encryption;
  Bytes cleartext = wire::write_isakmp(header, draft.payloads);
  // "Each message should be padded up to the nearest block size using bytes containing 0x00. The message length in the
  // header MUST include the length of the pad" (RFC 2409 appendix B).
  const std::size_t block = sa.block_size();
  const std::size_t body = cleartext.size() - wire::isakmp_header_size;
  cleartext.resize(wire::isakmp_header_size + (body + block - 1) / block * block, 0);
  set_u32(cleartext, length_offset, static_cast<std::uint32_t>(cleartext.size()));

  Bytes wire = cleartext;
  const std::span<std::uint8_t> plain = std::span(wire).subspan(wire::isakmp_header_size);
  auto cipher = crypto::CipherContext::create(sa.transform->cipher, sa.keys->encryption_key.bytes);
  if (!cipher || !cipher->encrypt(iv.bytes, plain, plain)) return {};
  ciphertext = {Bytes(plain.begin(), plain.end()), draft.id};
  sa.octets += plain.size();
  return finish(sa, draft, std::move(wire), std::move(cleartext), iv.id);
}

void Messenger::repeat(const IsakmpSa& sa, SentMessage& sent) {
  ++sent.timeouts;
  put_out_again(sa, sent);
}

void Messenger::answer_again(const IsakmpSa& sa, SentMessage& sent) {
  if (sent.answers >= most_answers) return;
  ++sent.answers;
  put_out_again(sa, sent);
}

void Messenger::put_out_again(const IsakmpSa& sa, SentMessage& sent) {
  if (sent.empty()) return;
  ++sent.repetitions;
  if (sent.report) sent.report->retransmission = sent.repetitions;
  put_out(sa, sent);
}

void Messenger::read_clear(Incoming& incoming) {
  auto message = wire::read_isakmp(incoming.wire);
  if (message) {
    incoming.message = std::move(message).value();
  } else {
    incoming.problem = message.error();
  }
}

void Messenger::read_encrypted(IsakmpSa& sa, Incoming& incoming, const Value& iv) {
  incoming.encryption_key = sa.keys->encryption_key.id;
  incoming.iv = iv.id;
  const ByteView body = incoming.ciphertext();
  const std::size_t block = sa.block_size();
  if (body.empty() || body.size() % block != 0) {
    incoming.problem = {
        Reason::bad_length,
        fmt::format("{} encrypted octets are not a whole number of {}-octet blocks", body.size(), block),
        wire::isakmp_header_size};
    return;
  }
  incoming.cleartext.assign(incoming.wire.begin(), incoming.wire.end());
  const std::span<std::uint8_t> plain = std::span(incoming.cleartext).subspan(wire::isakmp_header_size);
  auto cipher = crypto::CipherContext::create(sa.transform->cipher, sa.keys->encryption_key.bytes);
  if (!cipher || !cipher->decrypt(iv.bytes, body, plain)) {
    incoming.problem = {Reason::decryption_failed, "the cipher refused the message", wire::isakmp_header_size};
    return;
  }
  sa.octets += plain.size();
  auto message = wire::read_isakmp(incoming.cleartext);
  if (message) {
    incoming.message = std::move(message).value();
    return;
  }
  incoming.problem = {Reason::decryption_failed,
                      fmt::format("what it decrypts to is no message: {}", message.error().message),
                      message.error().offset};
}

void Messenger::report_received(Incoming& incoming, const ike::Tunnel* tunnel, const IsakmpSa* sa) {
  if (!core_.reporter.watched()) return;
  auto report = std::make_shared<ike::MessageReceived>();
  report->message = incoming.id;
  if (tunnel != nullptr) report->connection = tunnel->connection.name;
  if (sa != nullptr) {
    report->ike_sa = sa->id;
    report->role = sa->role;
  }
  report->name = incoming.name;
  report->encrypted = incoming.encrypted();
  const std::vector<wire::Payload> payloads =
      incoming.message ? contents(*incoming.message) : std::vector<wire::Payload>{};
  report->payloads = message_labels(incoming.name, payloads, incoming.encrypted());
  report->wire.assign(incoming.wire.begin(), incoming.wire.end());
  report->cleartext = incoming.cleartext;
  report->encryption_key = incoming.encryption_key;
  report->iv = incoming.iv;
  incoming.report = report;
  core_.reporter.tell([&] { return *report; });
}

void Messenger::report_repeated(const Incoming& incoming, const SeenMessage& seen) {
  core_.reporter.tell([&] {
    ike::MessageReceived report = *seen.report;
    report.duplicate = true;
    report.wire.assign(incoming.wire.begin(), incoming.wire.end());
    return report;
  });
}

bool Messenger::check_hash(ike::MessageId message, const ike::Tunnel& tunnel, std::string_view what,
                           const Value& expected, const Bytes& received) {
  const bool ok = equal_constant_time(expected.bytes, received);
  core_.reporter.tell([&] {
    return ike::AuthenticationChecked{message,
                                      tunnel.connection.name,
                                      std::string(what),
                                      expected.id,
                                      Bytes(expected.bytes.view().begin(), expected.bytes.view().end()),
                                      received,
                                      ok};
  });
  return ok;
}

void Messenger::refuse(ike::MessageId message, Reason reason, std::string_view detail, std::string_view field) {
  core_.reporter.tell([&] { return ike::MessageRefused{message, reason, std::string(detail), std::string(field)}; });
}

const SeenMessage* find_seen(const Exchange& exchange, const Incoming& incoming) {
  if (exchange.seen.empty()) return nullptr;
  const Bytes digest = digest_of(incoming.wire);
  const auto found = std::find_if(exchange.seen.begin(), exchange.seen.end(),
                                  [&](const SeenMessage& seen) { return seen.digest == digest; });
  return found == exchange.seen.end() ? nullptr : &*found;
}

void remember(Exchange& exchange, const Incoming& incoming) {
  exchange.seen.push_back({digest_of(incoming.wire), incoming.id, incoming.report});
}

std::vector<Term> chain_terms(ByteView chain, std::span<const wire::Payload> payloads,
                              const std::vector<std::string>& labels, ike::MessageId message) {
  std::vector<Term> terms;
  std::size_t offset = 0;
  for (std::size_t i = 0; i < payloads.size() && offset + wire::generic_header_size <= chain.size(); ++i) {
    const std::size_t length = std::min<std::size_t>(read_u16(chain, offset + 2), chain.size() - offset);
    if (length < wire::generic_header_size) break;
    terms.push_back(from_field(labels[i], message, field_of(payloads[i]), chain.subspan(offset, length)));
    offset += length;
  }
  return terms;
}

ByteView after_first_payload(const Incoming& incoming) {
  const auto& payloads = incoming.message->payloads;
  if (payloads.size() < 2) return {};
  const std::size_t start = payloads[1].offset;
  return incoming.readable().subspan(start, payloads.back().offset + payloads.back().length - start);
}

}  // namespace engine::ikev1
