#include "viz/export/wireshark_profile.h"

#include <map>

#include "engine/crypto/algorithms.h"
#include "tests/catch.h"

using namespace viz;

namespace {

std::map<std::string, std::string> files_of(const sim::Trace& trace) {
  std::map<std::string, std::string> files;
  for (const auto& [name, content] : wireshark_profile(trace)) files[name] = content;
  return files;
}

sim::Trace trace_with_one_sa(engine::crypto::CipherAlgorithm cipher, engine::crypto::IntegrityAlgorithm integrity) {
  sim::Trace trace;
  sim::TraceEspSa sa;
  sa.spi = 0x00c0ffee;
  sa.source = {0x01020304};
  sa.destination = {0x05060708};
  sa.cipher = cipher;
  sa.integrity = integrity;
  sa.cipher_key = {0xaa, 0xbb};
  sa.integrity_key = {0xcc};
  trace.esp_sas.push_back(sa);
  return trace;
}

}  // namespace

TEST_CASE("esp_sa has Wireshark's columns, the secrets block two more") {
  const sim::Trace trace =
      trace_with_one_sa(engine::crypto::CipherAlgorithm::aes_cbc, engine::crypto::IntegrityAlgorithm::hmac_sha1_96);
  const std::string row =
      R"("IPv4","1.2.3.4","5.6.7.8","0x00c0ffee","AES-CBC [RFC3602]","0xaabb","HMAC-SHA-1-96 [RFC2404]","0xcc")";
  CHECK(files_of(trace)["esp_sa"] == row + "\n");
  CHECK(esp_secrets(trace) == row + R"(,"32-bit","0x00000000")" + "\n");
  CHECK(esp_secrets(sim::Trace{}).empty());
}

TEST_CASE("a key that is empty is written as an empty column") {
  sim::Trace trace = trace_with_one_sa(engine::crypto::CipherAlgorithm::null, engine::crypto::IntegrityAlgorithm::none);
  trace.esp_sas[0].cipher_key.clear();
  trace.esp_sas[0].integrity_key.clear();
  CHECK(files_of(trace)["esp_sa"] == R"("IPv4","1.2.3.4","5.6.7.8","0x00c0ffee","NULL","","NULL","")"
                                     "\n");
}

TEST_CASE("the preferences switch on decryption and the check of integrity") {
  const std::string preferences = files_of(sim::Trace{})["preferences"];
  CHECK(preferences.find("esp.enable_encryption_decode: TRUE\n") != std::string::npos);
  CHECK(preferences.find("esp.enable_authentication_check: TRUE\n") != std::string::npos);
}

TEST_CASE("the IKEv1 table has each initiator cookie once, with the key that encrypted first") {
  sim::Trace trace;
  const auto add_value = [&](sim::Index node, engine::ike::ValueId id, engine::Bytes key) {
    sim::TraceValue value;
    value.node = node;
    value.derived.id = id;
    value.derived.bytes = std::move(key);
    trace.values.push_back(value);
  };
  const auto add_message = [&](sim::Index sender, std::uint8_t cookie, bool encrypted, engine::ike::ValueId key) {
    sim::TraceMessage message;
    message.sender = sender;
    message.sent.wire = engine::Bytes(28, cookie);
    message.sent.encrypted = encrypted;
    message.sent.encryption_key = key;
    trace.messages.push_back(message);
  };
  add_value(0, 5, {0xaa, 0xbb});
  add_value(1, 5, {0xcc, 0xdd});
  add_message(0, 0x11, false, 0);
  add_message(0, 0x11, true, 5);
  add_message(1, 0x11, true, 5);
  add_message(1, 0x22, true, 5);
  add_message(1, 0x33, true, 99);
  trace.index();
  CHECK(files_of(trace)["ikev1_decryption_table"] == "1111111111111111,aabb\n2222222222222222,ccdd\n");
}
