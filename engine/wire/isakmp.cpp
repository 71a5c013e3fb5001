#include "engine/wire/isakmp.h"

#include "engine/wire/message_reader.h"
#include "engine/wire/reader.h"
#include "engine/wire/writer.h"

namespace engine::wire {
namespace {

struct ShortName {
  PayloadType type;
  std::string_view name;
};

/// As in RFC 2409 3.2 and RFC 3947 3.2.
constexpr ShortName short_names[] = {
    {PayloadType::security_association, "SA"},
    {PayloadType::key_exchange, "KE"},
    {PayloadType::identification, "ID"},
    {PayloadType::certificate, "CERT"},
    {PayloadType::certificate_request, "CERT_REQ"},
    {PayloadType::hash, "HASH"},
    {PayloadType::signature, "SIG"},
    {PayloadType::nonce, "NONCE"},
    {PayloadType::notification, "N"},
    {PayloadType::delete_payload, "D"},
    {PayloadType::vendor_id, "VID"},
    {PayloadType::nat_discovery, "NAT-D"},
    {PayloadType::nat_original_address, "NAT-OA"},
};

template <class T>
constexpr std::uint8_t type_number(const T&) {
  return static_cast<std::uint8_t>(T::payload_type);
}
constexpr std::uint8_t type_number(const UnknownPayload& unknown) { return unknown.type; }

/// Tries the alternatives of Payload from `index` on.
template <std::size_t index = 0>
Payload empty_payload_from(std::uint8_t type) {
  if constexpr (index + 1 == std::variant_size_v<Payload>) {
    return UnknownPayload{type, {}};
  } else {
    using Alternative = std::variant_alternative_t<index, Payload>;
    if (type == type_number(Alternative{})) return Alternative{};
    return empty_payload_from<index + 1>(type);
  }
}

void write_chain(Writer& writer, std::span<const Payload> payloads) {
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    const std::uint8_t next = i + 1 < payloads.size() ? type_of(payloads[i + 1]) : 0;
    Payload copy = payloads[i];
    writer.payload(static_cast<PayloadType>(next),
                   [&] { std::visit([&](auto& content) { content.describe(writer); }, copy); });
  }
}

/// The length that the header gives must be that of the message.
void check_length(Reader& reader, const IsakmpHeader& header) {
  const std::size_t present = reader.buffer().size();
  if (reader.failed() || header.length == present) return;
  reader.fail(unreadable_field, header.length > present ? Reason::truncated : Reason::bad_length,
              "the ISAKMP header claims " + std::to_string(header.length) + " octets, the message has " +
                  std::to_string(present));
}

}  // namespace

Payload empty_payload(std::uint8_t type) { return empty_payload_from(type); }

std::uint8_t type_of(const Payload& payload) {
  return std::visit([](const auto& content) { return type_number(content); }, payload);
}

std::string short_name(const Payload& payload) {
  const std::uint8_t type = type_of(payload);
  for (const ShortName& entry : short_names) {
    if (static_cast<std::uint8_t>(entry.type) == type) return std::string(entry.name);
  }
  return value_name(payload_type_names(), type);
}

Result<IsakmpHeader> read_isakmp_header(ByteView message) {
  Reader reader(message);
  IsakmpHeader header;
  header.describe(reader);
  if (reader.failed()) return reader.error();
  return header;
}

Result<IsakmpMessage> read_isakmp(ByteView octets) {
  if (octets.size() > max_message_size)
    return Error{Reason::limit_exceeded, "the ISAKMP message is longer than 65535 octets", max_message_size};
  Reader reader(octets);
  IsakmpMessage message;
  message.header.describe(reader);
  check_length(reader, message.header);
  read_payload_chain(reader, static_cast<std::uint8_t>(message.header.next_payload),
                     message.header.major_version() == 2, message.payloads);
  if (reader.error().reason != Reason::none) return reader.error();
  message.padding = static_cast<std::uint32_t>(octets.size() - reader.position());
  return message;
}

Bytes write_isakmp(const IsakmpHeader& header, std::span<const Payload> payloads) {
  IsakmpHeader filled = header;
  filled.next_payload = payloads.empty() ? PayloadType::none : static_cast<PayloadType>(type_of(payloads.front()));
  const Bytes body = write_payloads(payloads);
  filled.length = static_cast<std::uint32_t>(isakmp_header_size + body.size());
  return concat({write_described(filled), body});
}

Bytes write_payloads(std::span<const Payload> payloads) {
  Writer writer;
  write_chain(writer, payloads);
  return writer.take();
}

Bytes payload_body(const Payload& payload) {
  return std::visit([](const auto& content) { return write_described(content); }, payload);
}

Attribute Attribute::basic_value(std::uint16_t type, std::uint16_t value) {
  Attribute attribute{type, true, {}};
  put_u16(attribute.value, value);
  return attribute;
}

Attribute Attribute::long_value(std::uint16_t type, std::uint32_t value) {
  Attribute attribute{type, false, {}};
  put_u32(attribute.value, value);
  return attribute;
}

std::uint64_t Attribute::number() const {
  std::uint64_t result = 0;
  for (const std::uint8_t octet : value) {
    if (result >> 56 != 0) return UINT64_MAX;
    result = result << 8 | octet;
  }
  return result;
}

Format identification_format(std::uint8_t id_type) {
  switch (id_type) {  // RFC 2407 4.6.2.1
    case 1:
      return Format::ipv4_address;
    case 2:  // ID_FQDN
    case 3:  // ID_USER_FQDN
      return Format::text;
    case 4:
      return Format::ipv4_subnet;
    case 5:
      return Format::ipv6_address;
    case 6:
      return Format::ipv6_subnet;
    case 7:
      return Format::ipv4_range;
    case 8:
      return Format::ipv6_range;
    default:
      return Format::octets;
  }
}

Format NotificationPayload::data_format() const {
  const bool number =
      type == notification::r_u_there || type == notification::r_u_there_ack || type == notification::replay_status;
  return number ? Format::number : Format::octets;
}

}  // namespace engine::wire
