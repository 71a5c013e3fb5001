#include "engine/wire/annotate.h"

#include "engine/wire/esp.h"
#include "engine/wire/icmp.h"
#include "engine/wire/ipv4.h"
#include "engine/wire/isakmp.h"
#include "engine/wire/tcp.h"
#include "engine/wire/udp.h"
#include "tests/catch.h"
#include "tests/unit/wire/leaves.h"
#include "tests/unit/wire/samples.h"

using namespace engine;
using namespace engine::wire;

namespace {

constexpr Ipv4Address here{0x0a000001};
constexpr Ipv4Address there{0x0a000002};

Bytes packet_with(std::uint8_t protocol, const Bytes& payload) {
  Ipv4Header header;
  header.protocol = protocol;
  header.source = here;
  header.destination = there;
  return write_ipv4(header, payload);
}

Bytes datagram_with(std::uint16_t port, const Bytes& payload) {
  return packet_with(ip_protocol::udp, write_udp({here, port}, {there, port}, payload));
}

std::string value(const Field& root, std::string_view id) {
  const Field* field = find_field(root, id);
  return field ? field->value : "no field " + std::string(id);
}

std::vector<std::string> values(const Field& root, std::string_view id) {
  std::vector<std::string> all;
  if (root.id == id) all.push_back(root.value);
  for (const Field& child : root.children) {
    for (std::string& found : values(child, id)) all.push_back(std::move(found));
  }
  return all;
}

Reason problem(const Field& root, std::string_view id) {
  const Field* field = find_field(root, id);
  REQUIRE(field);
  return field->problem;
}

std::vector<std::string> ids_of_children(const Field& root) {
  std::vector<std::string> ids;
  for (const Field& child : root.children) ids.push_back(child.id);
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a main mode message is shown layer by layer") {
  const Bytes packet = datagram_with(500, main_mode_1());
  const Field root = annotate_ipv4(packet);
  CHECK(covers_exactly(root, packet.size()));
  CHECK_FALSE(has_problem(root));
  CHECK(ids_of_children(root) == Ids{"ipv4", "udp", "isakmp"});
  CHECK(ids_of_children(*find_field(root, "isakmp")) ==
        Ids{"isakmp.header", "ike.sa", "ike.vendor_id", "ike.vendor_id"});
  CHECK(value(root, "ipv4") == "10.0.0.1 > 10.0.0.2");
  CHECK(value(root, "ipv4.protocol") == "UDP (17)");
  CHECK(value(root, "isakmp.initiator_cookie") == "0x0102030405060708");
  CHECK(value(root, "isakmp.exchange_type") == "Identity Protection (Main Mode) (2)");
  CHECK(value(root, "isakmp.version") == "1.0");
  CHECK(value(root, "isakmp.flags") == "none");
  CHECK(value(root, "ike.sa.doi") == "IPSEC (1)");
  CHECK(value(root, "ike.sa.situation") == "SIT_IDENTITY_ONLY (1)");
  CHECK(value(root, "ike.proposal") == "1, PROTO_ISAKMP (1)");
  CHECK(value(root, "ike.transform") == "1, KEY_IKE (1)");
  CHECK(values(root, "ike.vendor_id") == Ids{"DPD (RFC 3706)", "RFC 3947 (NAT traversal)"});
}

TEST_CASE("phase 1 attributes read by RFC 2409 appendix A") {
  const Field root = annotate_isakmp(main_mode_1(), BodyState::as_sent);
  std::vector<std::string> attributes = values(root, "ike.attribute");
  REQUIRE(attributes.size() == 14);
  attributes.resize(7);
  CHECK(attributes == Ids{"Encryption Algorithm (1): AES-CBC (7)", "Key Length (14): 128",
                          "Hash Algorithm (2): SHA-1 (2)", "Group Description (4): MODP-1024 (2)",
                          "Authentication Method (3): pre-shared key (1)", "Life Type (11): seconds (1)",
                          "Life Duration (12): 28800"});
}

TEST_CASE("phase 2 attributes read by RFC 2407 4.5, and unknown ones are shown") {
  const Field root = annotate_isakmp(message_of_everything(), BodyState::as_sent);
  CHECK(values(root, "ike.attribute") ==
        Ids{"SA Life Type (1): seconds (1)", "SA Life Duration (2): 3600", "Encapsulation Mode (4): Tunnel (1)",
            "Authentication Algorithm (5): HMAC-SHA (2)", "Key Length (6): 128", "unknown (32001): 11189196"});
  CHECK(values(root, "ike.transform.id") == Ids{"ESP_AES-CBC (12)", "AH_SHA (3)"});
  CHECK(values(root, "ike.proposal.spi") == Ids{"0x01020304", "0x01020304"});
}

TEST_CASE("the other payloads read for people") {
  const Bytes message = message_of_everything();
  const Field root = annotate_isakmp(message, BodyState::as_sent);
  CHECK(covers_exactly(root, message.size()));
  CHECK_FALSE(has_problem(root));
  CHECK(value(root, "ike.ke.key_exchange_data") == "128 octets");
  CHECK(value(root, "ike.id") == "ID_IPV4_ADDR_SUBNET (4): 10.0.0.0/16");
  CHECK(value(root, "ike.id.protocol") == "UDP (17)");
  CHECK(value(root, "ike.certificate") == "X.509 Certificate - Signature (4)");
  CHECK(value(root, "ike.notification") == "R-U-THERE (36136)");
  CHECK(value(root, "ike.notification.notification_data") == "258");
  CHECK(value(root, "ike.delete") == "PROTO_IPSEC_ESP (3): 0x01020304");
  CHECK(value(root, "ike.nat_oa.address") == "192.0.2.1");
  CHECK(value(root, "ike.unknown.body") == "5 octets");
  const Field& header = *find_field(root, "ike.nat_oa");
  CHECK(value(header, "ike.generic.next_payload") == "unknown (133)");
}

TEST_CASE("identities of every type are readable") {
  const auto shown = [](std::uint8_t type, Bytes data) {
    const Payload payload = IdentificationPayload{type, 0, 0, std::move(data)};
    return value(annotate_isakmp(write_isakmp(IsakmpHeader{}, {&payload, 1}), BodyState::as_sent),
                 "ike.id.identification_data");
  };
  CHECK(shown(1, {192, 0, 2, 1}) == "192.0.2.1");
  CHECK(shown(1, {192, 0, 2}) == "3 octets");
  CHECK(shown(2, bytes_of("gw.example.com")) == "gw.example.com");
  CHECK(shown(3, bytes_of("a\nb")) == "a\\x0ab");
  CHECK(shown(4, {10, 0, 0, 0, 255, 0, 255, 0}) == "10.0.0.0/255.0.255.0");
  CHECK(shown(4, {0, 0, 0, 0, 0, 0, 0, 0}) == "0.0.0.0/0");
  CHECK(shown(5, from_hex("20010db8000000000000000000000001").value()) == "2001:db8::1");
  CHECK(shown(5, Bytes(16)) == "::");
  CHECK(shown(6, concat({from_hex("20010db8000000000000000000000000").value(),
                         from_hex("ffffffff000000000000000000000000").value()})) == "2001:db8::/32");
  CHECK(shown(7, {10, 0, 0, 1, 10, 0, 0, 9}) == "10.0.0.1 - 10.0.0.9");
  CHECK(shown(8, Bytes(32)) == ":: - ::");
  CHECK(shown(11, {1, 2}) == "2 octets");
}

TEST_CASE("an encrypted body as sent is one leaf, decrypted it is payloads and padding") {
  IsakmpHeader header;
  header.exchange_type = ExchangeType::quick_mode;
  header.flags = flag::encryption;
  const Payload payloads[] = {HashPayload{Bytes(20)}, NoncePayload{Bytes(8)}};
  Bytes message = write_isakmp(header, payloads);
  message.insert(message.end(), 12, 0);
  set_u32(message, 24, static_cast<std::uint32_t>(message.size()));

  const Field sent = annotate_isakmp(message, BodyState::as_sent);
  CHECK(ids_of_children(sent) == Ids{"isakmp.header", "isakmp.encrypted_payloads"});
  CHECK(value(sent, "isakmp.flags") == "Encryption Bit");
  CHECK_FALSE(has_problem(sent));
  const Field decrypted = annotate_isakmp(message, BodyState::decrypted);
  CHECK(ids_of_children(decrypted) == Ids{"isakmp.header", "ike.hash", "ike.nonce", "isakmp.padding"});
  CHECK_FALSE(has_problem(decrypted));
  CHECK(covers_exactly(decrypted, message.size()));
}

TEST_CASE("an IKEv2 header has its own flags, and its payloads are shown as unknown") {
  IsakmpHeader header;
  header.version = 0x20;
  header.exchange_type = static_cast<ExchangeType>(34);
  header.flags = 0x08;
  const Payload payload = UnknownPayload{33, Bytes(40)};
  const Field root = annotate_isakmp(write_isakmp(header, {&payload, 1}), BodyState::as_sent);
  CHECK(value(root, "isakmp.exchange_type") == "IKE_SA_INIT (34)");
  CHECK(value(root, "isakmp.flags") == "Initiator Bit");
  CHECK(value(root, "isakmp.next_payload") == "Security Association (IKEv2) (33)");
  CHECK(find_field(root, "ike.unknown"));
}

TEST_CASE("on port 4500 stand ISAKMP behind a marker, keepalives, and ESP (RFC 3948 2)") {
  const Bytes isakmp = concat({Bytes(4), main_mode_1()});
  CHECK(ids_of_children(annotate_ipv4(datagram_with(4500, isakmp))) ==
        Ids{"ipv4", "udp", "udp_encapsulation.non_esp_marker", "isakmp"});
  CHECK(ids_of_children(annotate_ipv4(datagram_with(4500, {0xff}))) ==
        Ids{"ipv4", "udp", "udp_encapsulation.nat_keepalive"});
  const Field esp = annotate_ipv4(datagram_with(4500, {1, 2, 3, 4, 0, 0, 0, 9, 5, 5, 5}));
  CHECK(ids_of_children(esp) == Ids{"ipv4", "udp", "esp"});
  CHECK(value(esp, "esp") == "0x01020304, 9");
  CHECK(ids_of_children(annotate_ipv4(datagram_with(9, {1}))) == Ids{"ipv4", "udp", "udp.data"});
}

TEST_CASE("an ESP packet of a known SA falls into IV, ciphertext and ICV") {
  Bytes packet = write_esp_header({0x01020304, 5});
  packet.insert(packet.end(), 16 + 32 + 12, 0xee);
  const Field root = annotate_esp(packet, 16, 12);
  CHECK(covers_exactly(root, packet.size()));
  CHECK(find_field(root, "esp.iv")->offset == 8);
  CHECK(find_field(root, "esp.encrypted_data")->offset == 24);
  CHECK(find_field(root, "esp.encrypted_data")->length == 32);
  CHECK(find_field(root, "esp.icv")->offset == 56);
  CHECK_FALSE(has_problem(root));
  CHECK(has_problem(annotate_esp(ByteView(packet).first(30), 16, 12)));
}

TEST_CASE("a decrypted ESP payload shows the inner packet and the padding") {
  const Bytes inner = packet_with(ip_protocol::icmp, write_icmp(echo_request(1, 2, Bytes(5))));
  Bytes plaintext = write_esp_plaintext(inner, ip_protocol::ipv4, 16);
  const Field root = annotate_esp_plaintext(plaintext);
  CHECK(covers_exactly(root, plaintext.size()));
  CHECK_FALSE(has_problem(root));
  CHECK(ids_of_children(root) == Ids{"ipv4", "icmp", "esp.trailer"});
  CHECK(ids_of_children(*find_field(root, "esp.trailer")) == Ids{"esp.padding", "esp.pad_length", "esp.next_header"});
  CHECK(value(root, "esp.next_header") == "IPv4 (4)");
  plaintext[plaintext.size() - 3] ^= 1;
  CHECK(problem(annotate_esp_plaintext(plaintext), "esp.padding") == Reason::bad_padding);
  plaintext[plaintext.size() - 2] = 0xff;
  CHECK(problem(annotate_esp_plaintext(plaintext), "esp.pad_length") == Reason::bad_padding);
}

TEST_CASE("an ICMP error shows the header of the packet it quotes") {
  const Bytes original = datagram_with(500, Bytes(40));
  const Bytes packet = packet_with(
      ip_protocol::icmp, write_icmp(destination_unreachable(unreachable_code::fragmentation_needed, original, 1400)));
  const Field root = annotate_ipv4(packet);
  CHECK(covers_exactly(root, packet.size()));
  CHECK(value(root, "icmp.code") == "Fragmentation Needed and DF Set (4)");
  CHECK(value(root, "icmp.next_hop_mtu") == "1400");
  const Field& quoted = *find_field(root, "icmp.original_datagram");
  CHECK(ids_of_children(quoted) == Ids{"ipv4", "ipv4.payload"});
  CHECK(value(quoted, "ipv4.source_address") == "10.0.0.1");
  CHECK_FALSE(has_problem(root));
}

TEST_CASE("fragments show their data, only the first one a header (RFC 791 3.2)") {
  Ipv4Header header;
  header.protocol = ip_protocol::udp;
  header.more_fragments = true;
  const Bytes datagram = write_udp({here, 500}, {there, 500}, Bytes(64));
  const Field first = annotate_ipv4(write_ipv4(header, ByteView(datagram).first(32)));
  CHECK(ids_of_children(first) == Ids{"ipv4", "udp", "ipv4.fragment_data"});
  CHECK_FALSE(has_problem(first));
  header.fragment_offset = 4;
  CHECK(ids_of_children(annotate_ipv4(write_ipv4(header, ByteView(datagram).subspan(32)))) ==
        Ids{"ipv4", "ipv4.fragment_data"});
}

TEST_CASE("a SYN shows its options") {
  TcpHeader header;
  header.flags = tcp_flag::syn;
  header.options = {TcpOption::maximum_segment_size(1460), TcpOption::sack_permitted()};
  const Bytes packet = packet_with(ip_protocol::tcp, write_tcp(here, there, header, Bytes{1}));
  const Field root = annotate_ipv4(packet);
  CHECK(covers_exactly(root, packet.size()));
  CHECK_FALSE(has_problem(root));
  CHECK(value(root, "tcp.flags") == "Synchronize");
  CHECK(values(root, "tcp.option")[0] == "Maximum Segment Size (2): 1460");
  CHECK(value(root, "tcp.data") == "1 octet");
}

TEST_CASE("wrong checksums and lengths are marked at their field") {
  Bytes packet = datagram_with(9, {1, 2, 3, 4});
  packet[8] ^= 1;
  CHECK(problem(annotate_ipv4(packet), "ipv4.header_checksum") == Reason::bad_checksum);
  packet[8] ^= 1;
  packet[28] ^= 1;
  CHECK(problem(annotate_ipv4(packet), "udp.checksum") == Reason::bad_checksum);
  packet[25] = 200;
  CHECK(problem(annotate_ipv4(packet), "udp.length") == Reason::bad_length);
  packet[3] = 200;
  CHECK(problem(annotate_ipv4(packet), "ipv4.total_length") == Reason::truncated);
  Bytes ping = packet_with(ip_protocol::icmp, write_icmp(echo_request(1, 1, {})));
  ping[25] ^= 1;
  CHECK(problem(annotate_ipv4(ping), "icmp.checksum") == Reason::bad_checksum);
}

TEST_CASE("a wrong payload length is marked, and the rest shown as unreadable") {
  Bytes message = main_mode_1();
  set_u16(message, 30, 0xffff);
  const Field root = annotate_isakmp(message, BodyState::as_sent);
  CHECK(problem(root, "ike.generic.payload_length") == Reason::bad_length);
  CHECK(problem(root, "wire.unreadable") == Reason::bad_length);
  CHECK(covers_exactly(root, message.size()));
}

TEST_CASE("after a payload that cannot be read the next one is read again") {
  const Payload payloads[] = {UnknownPayload{11, {0, 0}}, NoncePayload{Bytes(8)}};
  const Bytes message = write_isakmp(IsakmpHeader{}, payloads);
  const Field root = annotate_isakmp(message, BodyState::as_sent);
  CHECK(problem(root, "ike.notification.doi") == Reason::bad_length);
  CHECK(value(root, "ike.nonce.nonce_data") == "8 octets");
  CHECK_FALSE(read_isakmp(message).ok());
}
