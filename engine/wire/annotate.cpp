#include "engine/wire/annotate.h"

#include <algorithm>

#include "engine/wire/esp.h"
#include "engine/wire/field_tree.h"
#include "engine/wire/icmp.h"
#include "engine/wire/ipv4.h"
#include "engine/wire/layer_fields.h"
#include "engine/wire/message_reader.h"
#include "engine/wire/tcp.h"
#include "engine/wire/udp.h"

namespace engine::wire {
namespace {

/// A header as a group of its own. `check` may blame fields while the group is open.
template <class Header, class Check>
void header_group(Annotator& reader, Header& header, const Check& check) {
  reader.fields().open(Header::description, reader.position());
  header.describe(reader);
  if (!reader.failed()) check();
  reader.fields().close(reader.position());
}

void rest_as(Annotator& reader, const FieldDescription& field) {
  Bytes ignored;
  reader.rest(field, ignored);
}

/// The body of a message, in the clear or decrypted.
void message_body(Annotator& reader, const IsakmpHeader& header, BodyState body) {
  const bool version_2 = header.major_version() == 2;
  if (header.encrypted() && !version_2 && body == BodyState::as_sent) return rest_as(reader, layer::encrypted_payloads);
  std::vector<PlacedPayload> payloads;
  read_payload_chain(reader, static_cast<std::uint8_t>(header.next_payload), version_2, payloads);
  if (body == BodyState::decrypted) rest_as(reader, layer::isakmp_padding);
}

void isakmp(Annotator& reader, BodyState body) {
  FieldTree& fields = reader.fields();
  const std::size_t start = reader.position();
  const std::size_t present = reader.end() - start;
  IsakmpHeader header;
  fields.open(layer::isakmp_message, start);
  header_group(reader, header, [&] {
    if (header.length > present) fields.blame("isakmp.length", Reason::truncated);
    if (header.length < present) fields.blame("isakmp.length", Reason::bad_length);
  });
  if (!reader.failed()) {
    if (header.length < isakmp_header_size)
      reader.fail(unreadable_field, Reason::bad_length, "the ISAKMP length is less than the header's 28 octets");
    else
      reader.within(start + std::min<std::size_t>(header.length, present), [&] { message_body(reader, header, body); });
  }
  if (!reader.failed() && reader.position() < reader.end())
    reader.fail(surplus_field, Reason::bad_length, "octets are left behind the ISAKMP message");
  fields.close(reader.position());
}

/// An ESP packet of which no SA is known.
void esp(Annotator& reader) {
  EspHeader header;
  reader.fields().open(EspHeader::description, reader.position());
  header.describe(reader);
  rest_as(reader, layer::esp_protected);
  reader.fields().close(reader.position());
}

/// RFC 3948 2: on port 4500, ESP, or ISAKMP behind four zero octets, or a single octet 0xff.
void udp_encapsulation(Annotator& reader) {
  const ByteView data = reader.remaining();
  if (data.size() == 1 && data[0] == 0xff) return rest_as(reader, layer::nat_keepalive);
  if (data.size() < 4 || read_u32(data, 0) != 0) return esp(reader);
  std::uint32_t marker = 0;
  reader.integer(layer::non_esp_marker, marker);
  isakmp(reader, BodyState::as_sent);
}

void udp_payload(Annotator& reader, const UdpHeader& header) {
  const auto on_port = [&](std::uint16_t port) {
    return header.source_port == port || header.destination_port == port;
  };
  if (reader.remaining().empty()) return;
  if (on_port(udp_port::ipsec_nat_t)) return udp_encapsulation(reader);
  if (on_port(udp_port::isakmp)) return isakmp(reader, BodyState::as_sent);
  rest_as(reader, layer::udp_data);
}

void udp(Annotator& reader, const Ipv4Header& ip) {
  const ByteView datagram = reader.remaining();
  const std::size_t start = reader.position();
  UdpHeader header;
  header_group(reader, header, [&] {
    const Reason problem = ip.more_fragments ? Reason::none : check_udp(header, datagram, ip.source, ip.destination);
    if (problem != Reason::none)
      reader.fields().blame(problem == Reason::bad_checksum ? "udp.checksum" : "udp.length", problem);
  });
  if (reader.failed()) return;
  // The first fragment of a datagram has its header and not all of its data.
  if (ip.more_fragments) return rest_as(reader, layer::ipv4_fragment);
  reader.within(std::min(start + header.length, reader.end()), [&] { udp_payload(reader, header); });
}

void tcp(Annotator& reader, const Ipv4Header& ip) {
  const ByteView segment = reader.remaining();
  TcpHeader header;
  header_group(reader, header, [&] {
    const std::uint32_t pseudo = pseudo_header_sum(ip.source, ip.destination, ip_protocol::tcp, segment.size());
    if (!ip.more_fragments && internet_checksum(segment, pseudo) != 0)
      reader.fields().blame("tcp.checksum", Reason::bad_checksum);
  });
  rest_as(reader, layer::tcp_data);
}

/// The header of the packet that an ICMP error quotes; its payload is cut off by design, so it is not looked into.
void quoted_packet(ByteView buffer, std::size_t start, FieldTree& fields) {
  Annotator reader(buffer, fields, start);
  Ipv4Header header;
  header_group(reader, header, [] {});
  rest_as(reader, layer::ipv4_payload);
}

void icmp(Annotator& reader, const Ipv4Header& ip) {
  const ByteView octets = reader.remaining();
  FieldTree& fields = reader.fields();
  IcmpMessage message;
  header_group(reader, message, [&] {
    if (!ip.more_fragments && internet_checksum(octets) != 0) fields.blame("icmp.checksum", Reason::bad_checksum);
    if (fields.reopen("icmp.original_datagram")) {
      quoted_packet(reader.buffer().first(reader.position()), reader.position() - message.body.size(), fields);
      fields.close(reader.position());
    }
  });
}

void ipv4_payload(Annotator& reader, const Ipv4Header& header) {
  if (reader.remaining().empty()) return;
  if (header.fragment_offset != 0) return rest_as(reader, layer::ipv4_fragment);
  switch (header.protocol) {
    case ip_protocol::icmp:
      return icmp(reader, header);
    case ip_protocol::tcp:
      return tcp(reader, header);
    case ip_protocol::udp:
      return udp(reader, header);
    case ip_protocol::esp:
      return esp(reader);
    default:
      return rest_as(reader, layer::ipv4_payload);
  }
}

/// A packet up to the end of what encloses it.
void ipv4(Annotator& reader) {
  FieldTree& fields = reader.fields();
  const ByteView packet = reader.remaining();
  const std::size_t start = reader.position();
  Ipv4Header header;
  header_group(reader, header, [&] {
    if (header.total_length < header.size()) fields.blame("ipv4.total_length", Reason::bad_length);
    if (header.total_length > packet.size()) fields.blame("ipv4.total_length", Reason::truncated);
    if (internet_checksum(packet.first(header.size())) != 0) fields.blame("ipv4.header_checksum", Reason::bad_checksum);
  });
  if (reader.failed()) return;
  const std::size_t total = std::clamp<std::size_t>(header.total_length, header.size(), packet.size());
  reader.within(start + total, [&] { ipv4_payload(reader, header); });
  if (total < packet.size()) rest_as(reader, layer::ipv4_padding);
}

bool counts_up_from_one(ByteView padding) {
  for (std::size_t i = 0; i < padding.size(); ++i) {
    if (padding[i] != static_cast<std::uint8_t>(i + 1)) return false;
  }
  return true;
}

/// What is before the padding of an ESP plaintext.
void esp_payload(Annotator& reader, std::uint8_t next_header) {
  if (reader.remaining().empty()) return;
  if (next_header == ip_protocol::ipv4) return ipv4(reader);
  rest_as(reader, layer::esp_payload_data);
}

/// Runs `body` over `buffer` inside one group that holds all of it.
template <class Body>
Field whole(const FieldDescription& group, ByteView buffer, const Body& body) {
  FieldTree fields;
  Annotator reader(buffer, fields);
  fields.open(group, 0);
  body(reader);
  if (reader.position() < reader.end()) rest_as(reader, surplus_field);
  fields.close(reader.position());
  return fields.take();
}

}  // namespace

Field annotate_ipv4(ByteView packet) {
  return whole(layer::packet, packet, [](Annotator& reader) { ipv4(reader); });
}

Field annotate_isakmp(ByteView message, BodyState body) {
  FieldTree fields;
  Annotator reader(message, fields);
  isakmp(reader, body);
  return fields.take();
}

Field annotate_esp(ByteView packet, std::size_t iv_length, std::size_t icv_length) {
  return whole(EspHeader::description, packet, [&](Annotator& reader) {
    EspHeader header;
    Bytes ignored;
    header.describe(reader);
    reader.octets(layer::esp_iv, ignored, iv_length);
    if (reader.remaining().size() > icv_length)
      reader.octets(layer::esp_encrypted, ignored, reader.remaining().size() - icv_length);
    reader.octets(layer::esp_icv, ignored, icv_length);
  });
}

Field annotate_esp_plaintext(ByteView plaintext) {
  return whole(layer::esp_plaintext, plaintext, [&](Annotator& reader) {
    FieldTree& fields = reader.fields();
    if (plaintext.size() < esp_trailer_size)
      return reader.fail(unreadable_field, Reason::truncated, "the plaintext is shorter than the ESP trailer");
    const std::size_t trailer_start = plaintext.size() - esp_trailer_size;
    Reader trailer_reader(plaintext.subspan(trailer_start));
    EspTrailer trailer;
    trailer.describe(trailer_reader);
    const bool fits = trailer.pad_length <= trailer_start;
    const std::size_t pad_start = fits ? trailer_start - trailer.pad_length : trailer_start;

    reader.within(pad_start, [&] { esp_payload(reader, trailer.next_header); });
    fields.open(EspTrailer::description, pad_start);
    const ByteView padding = plaintext.subspan(pad_start, trailer_start - pad_start);
    Bytes ignored;
    reader.octets(layer::esp_padding, ignored, padding.size());
    if (!counts_up_from_one(padding)) fields.blame(Reason::bad_padding);
    trailer.describe(reader);
    if (!fits) fields.blame("esp.pad_length", Reason::bad_padding);
    fields.close(reader.position());
  });
}

const Field* find_field(const Field& root, std::string_view id) {
  if (root.id == id) return &root;
  for (const Field& child : root.children) {
    if (const Field* found = find_field(child, id)) return found;
  }
  return nullptr;
}

}  // namespace engine::wire
