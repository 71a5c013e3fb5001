#include "engine/wire/names.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/vectors/vectors.h"

using namespace engine;
using namespace engine::wire;

namespace {

std::vector<NameTable> all_tables() {
  std::vector<NameTable> tables = {payload_type_names(),
                                   exchange_type_names(),
                                   doi_names(),
                                   situation_names(),
                                   protocol_id_names(),
                                   id_type_names(),
                                   id_protocol_names(),
                                   ip_protocol_names(),
                                   notification_type_names(),
                                   certificate_encoding_names(),
                                   icmp_type_names(),
                                   unreachable_code_names(),
                                   time_exceeded_code_names(),
                                   tcp_option_names()};
  for (std::uint8_t protocol = 1; protocol <= 4; ++protocol) {
    tables.push_back(transform_id_names(protocol));
    tables.push_back(attribute_type_names(protocol));
    for (const NamedValue& type : attribute_type_names(protocol))
      tables.push_back(attribute_value_names(protocol, static_cast<std::uint16_t>(type.value)));
  }
  return tables;
}

}  // namespace

TEST_CASE("tables of names are in ascending order, as the look-up needs") {
  const auto not_ascending = [](const NamedValue& a, const NamedValue& b) { return a.value >= b.value; };
  for (const NameTable table : all_tables()) {
    CHECK(std::adjacent_find(table.begin(), table.end(), not_ascending) == table.end());
    for (const NamedValue& entry : table) CHECK(find_name(table, entry.value) == entry.name);
  }
}

TEST_CASE("a value without a name is shown as unknown, with its number") {
  CHECK(value_name(payload_type_names(), 99) == "unknown (99)");
  CHECK(value_name({}, 7) == "unknown (7)");
  CHECK(value_name(exchange_type_names(), 2) == "Identity Protection (Main Mode)");
}

TEST_CASE("every notification type of RFC 2408, RFC 2407 and RFC 3706 has its name") {
  for (std::uint16_t type = 1; type <= 30; ++type) CHECK_FALSE(find_name(notification_type_names(), type).empty());
  CHECK(value_name(notification_type_names(), notification::no_proposal_chosen) == "NO-PROPOSAL-CHOSEN");
  CHECK(value_name(notification_type_names(), notification::unequal_payload_lengths) == "UNEQUAL-PAYLOAD-LENGTHS");
  CHECK(value_name(notification_type_names(), notification::connected) == "CONNECTED");
  CHECK(value_name(notification_type_names(), notification::responder_lifetime) == "RESPONDER-LIFETIME");
  CHECK(value_name(notification_type_names(), notification::replay_status) == "REPLAY-STATUS");
  CHECK(value_name(notification_type_names(), notification::initial_contact) == "INITIAL-CONTACT");
  CHECK(value_name(notification_type_names(), notification::r_u_there) == "R-U-THERE");
  CHECK(value_name(notification_type_names(), notification::r_u_there_ack) == "R-U-THERE-ACK");
}

TEST_CASE("the same attribute number means other things in phase 1 and in phase 2") {
  CHECK(value_name(attribute_type_names(protocol_id::isakmp), 1) == "Encryption Algorithm");
  CHECK(value_name(attribute_type_names(protocol_id::esp), 1) == "SA Life Type");
  CHECK(value_name(attribute_value_names(protocol_id::isakmp, 3), 1) == "pre-shared key");
  CHECK(value_name(attribute_value_names(protocol_id::esp, 3), 14) == "MODP-2048");
  CHECK(attribute_value_names(protocol_id::isakmp, phase1_attribute::life_duration).empty());
  CHECK(value_name(transform_id_names(protocol_id::isakmp), transform_id::key_ike) == "KEY_IKE");
  CHECK(value_name(transform_id_names(protocol_id::esp), transform_id::esp_aes_cbc) == "ESP_AES-CBC");
}

TEST_CASE("vendor IDs are known by their octets") {
  for (const auto& vector : tests::load_vectors("vendor_ids.json"))
    CHECK(vendor_id_name(tests::octets(vector, "octets")) == vector.at("name").get<std::string>());
  CHECK(vendor_id_name(vendor_id::dpd) == "DPD (RFC 3706)");
  CHECK(vendor_id_name(vendor_id::rfc_3947) == "RFC 3947 (NAT traversal)");
}
