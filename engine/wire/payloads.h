#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/wire/describe.h"
#include "engine/wire/isakmp_header.h"

/// The payloads of RFC 2408 3.4 to 3.16 and RFC 3947, without their generic header.
namespace engine::wire {

/// Limits on hostile input.
constexpr std::size_t max_message_size = 65535;
constexpr std::size_t max_payloads = 64;
constexpr std::size_t max_proposals = 64;
constexpr std::size_t max_transforms = 255;
constexpr std::size_t max_attributes = 64;

/// A data attribute (RFC 2408 3.3), of either form.
struct Attribute {
  std::uint16_t type = 0;  ///< Without the format bit.
  bool basic = true;       ///< AF = 1: a value of two octets in the place of the length.
  Bytes value;             ///< Network order; two octets when basic.

  static Attribute basic_value(std::uint16_t type, std::uint16_t value);
  /// Four octets in the long form, as lifetimes are often sent.
  static Attribute long_value(std::uint16_t type, std::uint32_t value);
  /// The value as a number; values longer than eight octets saturate.
  std::uint64_t number() const;

  static constexpr FieldDescription description{"ike.attribute", "Data Attribute", "RFC 2408 3.3"};

  /// `protocol`: of the proposal; it decides what types and values mean.
  template <class Visitor>
  void describe(Visitor& visitor, std::uint8_t protocol) {
    const FieldDescription type_field{"ike.attribute.type", "Attribute Type", "RFC 2408 3.3", Format::named,
                                      attribute_type_names(protocol)};
    visitor.bits(
        part(1, {"ike.attribute.format", "Attribute Format", "RFC 2408 3.3", Format::named, attribute_format_names()},
             basic),
        part(15, type_field, type));
    std::uint16_t length = basic ? 2 : static_cast<std::uint16_t>(value.size());
    if (!basic) visitor.integer({"ike.attribute.length", "Attribute Length", "RFC 2408 3.3"}, length);
    visitor.octets({"ike.attribute.value", "Attribute Value", "RFC 2408 3.3", Format::number,
                    attribute_value_names(protocol, type)},
                   value, length);
  }
};

/// RFC 2408 3.6
struct TransformPayload {
  std::uint8_t number = 1;
  std::uint8_t id = 0;  ///< KEY_IKE (1) in phase 1; the ESP or AH transform in phase 2.
  std::vector<Attribute> attributes;

  static constexpr PayloadType payload_type = PayloadType::transform;
  static constexpr FieldDescription description{"ike.transform", "Transform", "RFC 2408 3.6"};

  template <class Visitor>
  void describe(Visitor& visitor, std::uint8_t protocol) {
    visitor.integer({"ike.transform.number", "Transform Number", "RFC 2408 3.6"}, number);
    visitor.integer({"ike.transform.id", "Transform ID", "RFC 2408 3.6", Format::named, transform_id_names(protocol)},
                    id);
    visitor.reserved({"ike.transform.reserved", "Reserved 2", "RFC 2408 3.6", Format::hex}, 2);
    visitor.items(attributes, max_attributes, protocol);
  }
};

/// RFC 2408 3.5
struct ProposalPayload {
  std::uint8_t number = 1;
  std::uint8_t protocol = 0;  ///< PROTO_ISAKMP 1, AH 2, ESP 3, IPCOMP 4 (RFC 2407 4.4.1).
  Bytes spi;                  ///< At most 255 octets.
  std::vector<TransformPayload> transforms;

  static constexpr PayloadType payload_type = PayloadType::proposal;
  static constexpr FieldDescription description{"ike.proposal", "Proposal", "RFC 2408 3.5"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    std::uint8_t spi_size = static_cast<std::uint8_t>(spi.size());
    std::uint8_t transform_count = static_cast<std::uint8_t>(transforms.size());
    visitor.integer({"ike.proposal.number", "Proposal Number", "RFC 2408 3.5"}, number);
    visitor.integer({"ike.proposal.protocol", "Protocol ID", "RFC 2408 3.5", Format::named, protocol_id_names()},
                    protocol);
    visitor.integer({"ike.proposal.spi_size", "SPI Size", "RFC 2408 3.5"}, spi_size);
    visitor.integer({"ike.proposal.transform_count", "Number of Transforms", "RFC 2408 3.5"}, transform_count);
    visitor.octets({"ike.proposal.spi", "SPI", "RFC 2408 3.5", Format::hex}, spi, spi_size);
    visitor.chain(transforms, max_transforms, protocol);
    visitor.require(transforms.size() == transform_count, Reason::malformed,
                    "the number of transforms is not what the proposal says");
  }
};

/// RFC 2408 3.4 with the IPsec DOI's situation (RFC 2407 4.6.1).
struct SecurityAssociationPayload {
  std::uint32_t doi = 1;        ///< IPsec DOI.
  std::uint32_t situation = 1;  ///< SIT_IDENTITY_ONLY.
  std::vector<ProposalPayload> proposals;

  static constexpr PayloadType payload_type = PayloadType::security_association;
  static constexpr FieldDescription description{"ike.sa", "Security Association", "RFC 2408 3.4"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.integer({"ike.sa.doi", "Domain of Interpretation", "RFC 2408 3.4", Format::named, doi_names()}, doi);
    visitor.integer({"ike.sa.situation", "Situation", "RFC 2407 4.6.1", Format::named, situation_names()}, situation);
    visitor.chain(proposals, max_proposals);
  }
};

/// RFC 2408 3.7
struct KeyExchangePayload {
  Bytes data;

  static constexpr PayloadType payload_type = PayloadType::key_exchange;
  static constexpr FieldDescription description{"ike.ke", "Key Exchange", "RFC 2408 3.7"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.rest({"ike.ke.key_exchange_data", "Key Exchange Data", "RFC 2408 3.7", Format::octets}, data);
  }
};

/// How the data of an ID type reads: an address, a subnet, a name. Unknown types are octets.
Format identification_format(std::uint8_t id_type);

/// RFC 2408 3.8 with the IPsec DOI's meaning (RFC 2407 4.6.2).
struct IdentificationPayload {
  std::uint8_t id_type = 0;
  std::uint8_t protocol = 0;
  std::uint16_t port = 0;
  Bytes data;

  static constexpr PayloadType payload_type = PayloadType::identification;
  static constexpr FieldDescription description{"ike.id", "Identification", "RFC 2407 4.6.2"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.integer({"ike.id.type", "ID Type", "RFC 2407 4.6.2", Format::named, id_type_names()}, id_type);
    visitor.integer({"ike.id.protocol", "Protocol ID", "RFC 2407 4.6.2", Format::named, id_protocol_names()}, protocol);
    visitor.integer({"ike.id.port", "Port", "RFC 2407 4.6.2"}, port);
    visitor.rest(
        {"ike.id.identification_data", "Identification Data", "RFC 2407 4.6.2", identification_format(id_type)}, data);
  }
};

/// RFC 2408 3.9
struct CertificatePayload {
  std::uint8_t encoding = 0;
  Bytes data;

  static constexpr PayloadType payload_type = PayloadType::certificate;
  static constexpr FieldDescription description{"ike.certificate", "Certificate", "RFC 2408 3.9"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.integer({"ike.certificate.encoding", "Certificate Encoding", "RFC 2408 3.9", Format::named,
                     certificate_encoding_names()},
                    encoding);
    visitor.rest({"ike.certificate.certificate_data", "Certificate Data", "RFC 2408 3.9", Format::octets}, data);
  }
};

/// RFC 2408 3.10
struct CertificateRequestPayload {
  std::uint8_t encoding = 0;
  Bytes authority;

  static constexpr PayloadType payload_type = PayloadType::certificate_request;
  static constexpr FieldDescription description{"ike.certificate_request", "Certificate Request", "RFC 2408 3.10"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.integer({"ike.certificate_request.type", "Certificate Type", "RFC 2408 3.10", Format::named,
                     certificate_encoding_names()},
                    encoding);
    visitor.rest({"ike.certificate_request.authority", "Certificate Authority", "RFC 2408 3.10", Format::octets},
                 authority);
  }
};

/// RFC 2408 3.11
struct HashPayload {
  Bytes data;

  static constexpr PayloadType payload_type = PayloadType::hash;
  static constexpr FieldDescription description{"ike.hash", "Hash", "RFC 2408 3.11"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.rest({"ike.hash.hash_data", "Hash Data", "RFC 2408 3.11", Format::octets}, data);
  }
};

/// RFC 2408 3.12
struct SignaturePayload {
  Bytes data;

  static constexpr PayloadType payload_type = PayloadType::signature;
  static constexpr FieldDescription description{"ike.signature", "Signature", "RFC 2408 3.12"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.rest({"ike.signature.signature_data", "Signature Data", "RFC 2408 3.12", Format::octets}, data);
  }
};

/// RFC 2408 3.13
struct NoncePayload {
  Bytes data;

  static constexpr PayloadType payload_type = PayloadType::nonce;
  static constexpr FieldDescription description{"ike.nonce", "Nonce", "RFC 2408 3.13"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.rest({"ike.nonce.nonce_data", "Nonce Data", "RFC 2408 3.13", Format::octets}, data);
  }
};

/// RFC 2408 3.14
struct NotificationPayload {
  std::uint32_t doi = 1;
  std::uint8_t protocol = 0;
  Bytes spi;  ///< At most 255 octets.
  std::uint16_t type = 0;
  Bytes data;

  static constexpr PayloadType payload_type = PayloadType::notification;
  static constexpr FieldDescription description{"ike.notification", "Notification", "RFC 2408 3.14"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    std::uint8_t spi_size = static_cast<std::uint8_t>(spi.size());
    visitor.integer({"ike.notification.doi", "Domain of Interpretation", "RFC 2408 3.14", Format::named, doi_names()},
                    doi);
    visitor.integer({"ike.notification.protocol", "Protocol ID", "RFC 2408 3.14", Format::named, protocol_id_names()},
                    protocol);
    visitor.integer({"ike.notification.spi_size", "SPI Size", "RFC 2408 3.14"}, spi_size);
    visitor.integer(
        {"ike.notification.type", "Notify Message Type", "RFC 2408 3.14.1", Format::named, notification_type_names()},
        type);
    visitor.octets({"ike.notification.spi", "SPI", "RFC 2408 3.14", Format::hex}, spi, spi_size);
    visitor.rest({"ike.notification.notification_data", "Notification Data", "RFC 2408 3.14", data_format()}, data);
  }

 private:
  /// The sequence number of DPD (RFC 3706 5.3) and the replay status (RFC 2407 4.6.3.2) are numbers.
  Format data_format() const;
};

/// RFC 2408 3.15
struct DeletePayload {
  std::uint32_t doi = 1;
  std::uint8_t protocol = 0;
  std::uint8_t spi_size = 0;
  std::vector<Bytes> spis;  ///< Each of spi_size octets.

  static constexpr PayloadType payload_type = PayloadType::delete_payload;
  static constexpr FieldDescription description{"ike.delete", "Delete", "RFC 2408 3.15"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    std::uint16_t spi_count = static_cast<std::uint16_t>(spis.size());
    visitor.integer({"ike.delete.doi", "Domain of Interpretation", "RFC 2408 3.15", Format::named, doi_names()}, doi);
    visitor.integer({"ike.delete.protocol", "Protocol ID", "RFC 2408 3.15", Format::named, protocol_id_names()},
                    protocol);
    visitor.integer({"ike.delete.spi_size", "SPI Size", "RFC 2408 3.15"}, spi_size);
    visitor.integer({"ike.delete.spi_count", "Number of SPIs", "RFC 2408 3.15"}, spi_count);
    visitor.each({"ike.delete.spi", "SPI", "RFC 2408 3.15", Format::hex}, spis, spi_count, spi_size);
  }
};

/// RFC 2408 3.16
struct VendorIdPayload {
  Bytes data;

  static constexpr PayloadType payload_type = PayloadType::vendor_id;
  static constexpr FieldDescription description{"ike.vendor_id", "Vendor ID", "RFC 2408 3.16"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.rest({"ike.vendor_id.vendor_id", "Vendor ID", "RFC 2408 3.16", Format::vendor}, data);
  }
};

/// RFC 3947 3.2
struct NatDiscoveryPayload {
  Bytes hash;

  static constexpr PayloadType payload_type = PayloadType::nat_discovery;
  static constexpr FieldDescription description{"ike.nat_d", "NAT Discovery", "RFC 3947 3.2"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.rest({"ike.nat_d.hash", "Hash of the Address and Port", "RFC 3947 3.2", Format::octets}, hash);
  }
};

/// RFC 3947 5.2
struct NatOriginalAddressPayload {
  std::uint8_t id_type = 0;
  Bytes address;

  static constexpr PayloadType payload_type = PayloadType::nat_original_address;
  static constexpr FieldDescription description{"ike.nat_oa", "NAT Original Address", "RFC 3947 5.2"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.integer({"ike.nat_oa.id_type", "ID Type", "RFC 3947 5.2", Format::named, id_type_names()}, id_type);
    visitor.reserved({"ike.nat_oa.reserved", "Reserved", "RFC 3947 5.2", Format::hex}, 3);
    visitor.rest({"ike.nat_oa.address", "Original Address", "RFC 3947 5.2", identification_format(id_type)}, address);
  }
};

/// A payload of a type that this implementation does not know: kept, shown and, when written again, unchanged.
struct UnknownPayload {
  std::uint8_t type = 0;
  Bytes body;

  static constexpr FieldDescription description{"ike.unknown", "Unknown Payload", "RFC 2408 3.2"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.rest({"ike.unknown.body", "Payload Body", "RFC 2408 3.2", Format::octets}, body);
  }
};

}  // namespace engine::wire
