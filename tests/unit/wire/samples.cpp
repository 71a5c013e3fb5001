#include "tests/unit/wire/samples.h"

using namespace engine;
using namespace engine::wire;

namespace {

Bytes octets(std::size_t count) {
  Bytes bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(i + 1);
  return bytes;
}

SecurityAssociationPayload phase1_offer() {
  TransformPayload aes{1, transform_id::key_ike, {}};
  aes.attributes = {Attribute::basic_value(phase1_attribute::encryption_algorithm, 7),
                    Attribute::basic_value(phase1_attribute::key_length, 128),
                    Attribute::basic_value(phase1_attribute::hash_algorithm, 2),
                    Attribute::basic_value(phase1_attribute::group_description, 2),
                    Attribute::basic_value(phase1_attribute::authentication_method, 1),
                    Attribute::basic_value(phase1_attribute::life_type, 1),
                    Attribute::long_value(phase1_attribute::life_duration, 28800)};
  TransformPayload des = aes;
  des.number = 2;
  des.attributes.front() = Attribute::basic_value(phase1_attribute::encryption_algorithm, 5);
  return {1, 1, {ProposalPayload{1, protocol_id::isakmp, {}, {aes, des}}}};
}

SecurityAssociationPayload phase2_offer() {
  TransformPayload aes{1, transform_id::esp_aes_cbc, {}};
  aes.attributes = {Attribute::basic_value(phase2_attribute::sa_life_type, 1),
                    Attribute::basic_value(phase2_attribute::sa_life_duration, 3600),
                    Attribute::basic_value(phase2_attribute::encapsulation_mode, 1),
                    Attribute::basic_value(phase2_attribute::authentication_algorithm, 2),
                    Attribute::basic_value(phase2_attribute::key_length, 128),
                    Attribute{32001, false, {0xaa, 0xbb, 0xcc}}};
  return {1,
          1,
          {ProposalPayload{1, protocol_id::esp, octets(4), {aes}},
           ProposalPayload{2, protocol_id::ah, octets(4), {TransformPayload{1, 3, {}}}}}};
}

IsakmpHeader header() {
  IsakmpHeader result;
  result.initiator_cookie = {1, 2, 3, 4, 5, 6, 7, 8};
  result.responder_cookie = {9, 10, 11, 12, 13, 14, 15, 16};
  result.exchange_type = ExchangeType::identity_protection;
  return result;
}

}  // namespace

std::vector<Payload> one_of_each_payload() {
  return {
      phase2_offer(),
      KeyExchangePayload{octets(128)},
      IdentificationPayload{4, 17, 500, {10, 0, 0, 0, 255, 255, 0, 0}},
      CertificatePayload{4, octets(9)},
      CertificateRequestPayload{4, octets(7)},
      HashPayload{octets(20)},
      SignaturePayload{octets(64)},
      NoncePayload{octets(16)},
      NotificationPayload{1, protocol_id::isakmp, octets(16), notification::r_u_there, {0, 0, 1, 2}},
      DeletePayload{1, protocol_id::esp, 4, {octets(4), octets(4)}},
      VendorIdPayload{Bytes(std::begin(vendor_id::dpd), std::end(vendor_id::dpd))},
      NatDiscoveryPayload{octets(20)},
      NatOriginalAddressPayload{1, {192, 0, 2, 1}},
      UnknownPayload{133, octets(5)},
  };
}

Bytes main_mode_1() {
  IsakmpHeader first = header();
  first.responder_cookie = {};
  const Payload payloads[] = {
      phase1_offer(),
      VendorIdPayload{Bytes(std::begin(vendor_id::dpd), std::end(vendor_id::dpd))},
      VendorIdPayload{Bytes(std::begin(vendor_id::rfc_3947), std::end(vendor_id::rfc_3947))},
  };
  return write_isakmp(first, payloads);
}

Bytes message_of_everything() { return write_isakmp(header(), one_of_each_payload()); }
