#include <array>
#include <cstdio>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "engine/wire/annotate.h"
#include "engine/wire/field_catalogue.h"
#include "engine/wire/isakmp.h"
#include "tests/catch.h"
#include "tests/unit/wire/capture_file.h"
#include "tests/unit/wire/leaves.h"

using namespace engine;
using namespace engine::wire;

namespace {

const std::vector<CapturedPacket>& captures() {
  static const std::vector<CapturedPacket> all = read_all_captures();
  return all;
}

bool skip_without_captures() {
  if (!captures().empty()) return false;
  WARN("skipped: the folder of real captures is absent (set TUNNELWALK_SHARED)");
  return true;
}

/// The ISAKMP message in a packet, where the annotator finds one. Checksums may be wrong: some captures were made
/// without them.
std::optional<ByteView> isakmp_in(const Bytes& packet) {
  const Field root = annotate_ipv4(packet);
  const Field* message = find_field(root, "isakmp");
  if (!message) return std::nullopt;
  return octets_of(packet, *message);
}

void collect_ids(const Field& field, std::set<std::string>& ids) {
  ids.insert(field.id);
  for (const Field& child : field.children) collect_ids(child, ids);
}

/// A field of Wireshark's and the ids that stand for it here, in the order in which a message has them.
struct Pair {
  const char* tshark;
  std::vector<std::string> ids;
};

const std::vector<Pair>& pairs() {
  static const std::vector<Pair> all = {
      {"isakmp.ispi", {"isakmp.initiator_cookie"}},
      {"isakmp.rspi", {"isakmp.responder_cookie"}},
      {"isakmp.version", {"isakmp.version"}},
      {"isakmp.nextpayload", {"isakmp.next_payload", "ike.generic.next_payload"}},
      {"isakmp.exchangetype", {"isakmp.exchange_type"}},
      {"isakmp.flags", {"isakmp.flags"}},
      {"isakmp.messageid", {"isakmp.message_id"}},
      {"isakmp.length", {"isakmp.length"}},
      {"isakmp.payloadlength", {"ike.generic.payload_length"}},
      {"isakmp.sa.doi", {"ike.sa.doi"}},
      {"isakmp.sa.situation", {"ike.sa.situation"}},
      {"isakmp.prop.number", {"ike.proposal.number"}},
      {"isakmp.prop.protoid", {"ike.proposal.protocol"}},
      {"isakmp.prop.transforms", {"ike.proposal.transform_count"}},
      {"isakmp.spisize", {"ike.proposal.spi_size", "ike.notification.spi_size", "ike.delete.spi_size"}},
      {"isakmp.trans.number", {"ike.transform.number"}},
      {"isakmp.trans.id", {"ike.transform.id"}},
      {"isakmp.ike.attr.value", {"ike.attribute.value"}},
      {"isakmp.key_exchange.data", {"ike.ke.key_exchange_data"}},
      {"isakmp.nonce", {"ike.nonce.nonce_data"}},
      {"isakmp.hash", {"ike.hash.hash_data"}},
      {"isakmp.id.type", {"ike.id.type"}},
      {"isakmp.id.protoid", {"ike.id.protocol"}},
      {"isakmp.id.port", {"ike.id.port"}},
      {"isakmp.cert.encoding", {"ike.certificate.encoding"}},
      {"isakmp.certreq.type", {"ike.certificate_request.type"}},
      {"isakmp.notify.doi", {"ike.notification.doi"}},
      {"isakmp.notify.protoid", {"ike.notification.protocol"}},
      {"isakmp.notify.msgtype", {"ike.notification.type"}},
      {"isakmp.delete.doi", {"ike.delete.doi"}},
      {"isakmp.vid_bytes", {"ike.vendor_id.vendor_id"}},
      {"isakmp.ike.nat_hash", {"ike.nat_d.hash"}},
  };
  return all;
}

/// The types of all attributes of phase 1: fields of 15 bits, which Wireshark gives as numbers.
constexpr const char* attribute_type_field = "isakmp.ike.attr.type";

/// What a field's octets are in hexadecimal without leading zeros, as the numbers and octets of tshark can be brought
/// to.
std::string plain_hex(std::string hex) {
  const std::size_t first = hex.find_first_not_of('0');
  return first == std::string::npos ? "0" : hex.substr(first);
}

/// tshark prints octets as hexadecimal, numbers as decimal or with 0x.
std::string plain_tshark(const std::string& text, bool octets) {
  if (text.starts_with("0x")) return plain_hex(text.substr(2));
  if (octets) return plain_hex(text);
  std::ostringstream hex;
  hex << std::hex << std::stoull(text);
  return plain_hex(hex.str());
}

void collect_values(ByteView message, const Field& field, const std::vector<std::string>& ids,
                    std::vector<std::string>& values) {
  for (const std::string& id : ids) {
    if (field.id == id) values.push_back(plain_hex(to_hex(octets_of(message, field))));
  }
  for (const Field& child : field.children) collect_values(message, child, ids, values);
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::string part;
  std::istringstream stream(text);
  while (std::getline(stream, part, separator)) parts.push_back(part);
  return parts;
}

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string output;
  std::array<char, 4096> part{};
  while (pipe) {
    const std::size_t size = fread(part.data(), 1, part.size(), pipe.get());
    if (size == 0) break;
    output.append(part.data(), size);
  }
  return output;
}

/// Payload type 15 is NAT-D in drafts of RFC 3947 and another payload in GDOI; tshark goes by GDOI, where two of them
/// are read in another way.
bool has_gdoi_payload(const IsakmpMessage& message) {
  for (const auto* unknown : message.find_all<UnknownPayload>()) {
    if (unknown->type == 15) return true;
  }
  return false;
}

/// Whether tshark has its values of this field as octets rather than as numbers.
bool as_octets(const std::string& field) {
  static const std::set<std::string> names = {"isakmp.ispi",           "isakmp.rspi",      "isakmp.sa.situation",
                                              "isakmp.ike.attr.value", "isakmp.nonce",     "isakmp.key_exchange.data",
                                              "isakmp.hash",           "isakmp.vid_bytes", "isakmp.ike.nat_hash"};
  return names.count(field) != 0;
}

/// Packets with IKEv1 messages in the clear that can be read.
std::vector<CapturedPacket> clear_ikev1_packets() {
  std::vector<CapturedPacket> chosen;
  for (const CapturedPacket& packet : captures()) {
    const std::optional<ByteView> octets = isakmp_in(packet.ipv4);
    if (!octets) continue;
    const Result<IsakmpHeader> header = read_isakmp_header(*octets);
    if (!header || header->major_version() != 1 || header->encrypted()) continue;
    const Result<IsakmpMessage> message = read_isakmp(*octets);
    if (message && !has_gdoi_payload(*message)) chosen.push_back(packet);
  }
  return chosen;
}

/// Field name to values, one map a packet, as tshark sees them.
std::vector<std::map<std::string, std::vector<std::string>>> tshark_fields(const std::string& file) {
  std::vector<std::string> names = {attribute_type_field};
  for (const Pair& pair : pairs()) names.push_back(pair.tshark);
  std::string command = "tshark -n -r '" + file + "' -T fields -E separator='|' -E aggregator=,";
  for (const std::string& name : names) command += " -e " + name;
  std::vector<std::map<std::string, std::vector<std::string>>> frames;
  for (const std::string& line : split(output_of(command + " 2>/dev/null"), '\n')) {
    const std::vector<std::string> columns = split(line, '|');
    auto& frame = frames.emplace_back();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      for (const std::string& value : split(columns[i], ','))
        frame[names[i]].push_back(plain_tshark(value, as_octets(names[i])));
    }
  }
  return frames;
}

}  // namespace

TEST_CASE("every packet of the real captures is shown in full") {
  if (skip_without_captures()) return;
  std::set<std::string> ids;
  for (const CapturedPacket& packet : captures()) {
    INFO(packet.file << " frame " << packet.frame);
    const Field root = annotate_ipv4(packet.ipv4);
    CHECK(covers_exactly(root, packet.ipv4.size()));
    collect_ids(root, ids);
  }
  for (const std::string& id : ids) {
    bool known = false;
    for (const FieldDescription& field : all_fields()) known = known || field.id == id;
    INFO(id);
    CHECK(known);
  }
}

TEST_CASE("real messages in the clear are written again as they were read") {
  if (skip_without_captures()) return;
  std::size_t compared = 0;
  for (const CapturedPacket& packet : clear_ikev1_packets()) {
    INFO(packet.file << " frame " << packet.frame);
    const ByteView octets = *isakmp_in(packet.ipv4);
    const IsakmpMessage message = read_isakmp(octets).value();
    std::vector<Payload> payloads;
    for (const PlacedPayload& placed : message.payloads) payloads.push_back(placed.content);
    Bytes written = write_isakmp(message.header, payloads);
    written.insert(written.end(), octets.end() - message.padding, octets.end());
    set_u32(written, 24, message.header.length);
    CHECK(to_hex(written) == to_hex(octets));
    ++compared;
  }
  CHECK(compared >= 60);
}

TEST_CASE("of the real messages in the clear only the broken ones are refused") {
  if (skip_without_captures()) return;
  std::set<std::string> refused;
  for (const CapturedPacket& packet : captures()) {
    const std::optional<ByteView> octets = isakmp_in(packet.ipv4);
    if (!octets) continue;
    const Result<IsakmpHeader> header = read_isakmp_header(*octets);
    if (!header || header->major_version() != 1 || header->encrypted()) continue;
    const Result<IsakmpMessage> message = read_isakmp(*octets);
    if (!message) refused.insert(packet.file + ": " + message.error().message);
  }
  CHECK(refused == std::set<std::string>{
                       "ike-scan/pkt-custom-proposal.pcap: the reserved field is not zero",
                       "tcpdump/isakmp-no-none-np.pcapng: the ISAKMP header claims 84 octets, the message has 2186"});
}

TEST_CASE("real messages have the fields that tshark sees") {
  if (skip_without_captures()) return;
  if (std::system("command -v tshark > /dev/null 2>&1") != 0) {
    WARN("skipped: tshark is not installed");
    return;
  }
  const std::vector<CapturedPacket> packets = clear_ikev1_packets();
  const std::string file = TUNNELWALK_BINARY_DIR "/wire_capture_test.pcap";
  write_capture(file, packets);
  const auto frames = tshark_fields(file);
  std::remove(file.c_str());
  REQUIRE(frames.size() == packets.size());

  std::size_t compared = 0;
  for (std::size_t i = 0; i < packets.size(); ++i) {
    const ByteView message = *isakmp_in(packets[i].ipv4);
    const Field root = annotate_isakmp(message, BodyState::as_sent);
    for (const Pair& pair : pairs()) {
      INFO(packets[i].file << " frame " << packets[i].frame << " " << pair.tshark);
      std::vector<std::string> own;
      collect_values(message, root, pair.ids, own);
      const auto found = frames[i].find(pair.tshark);
      CHECK(own == (found == frames[i].end() ? std::vector<std::string>() : found->second));
      compared += own.size();
    }
    INFO(packets[i].file << " frame " << packets[i].frame << " attribute types");
    std::vector<std::string> types;
    const IsakmpMessage read = read_isakmp(message).value();
    for (const auto* sa : read.find_all<SecurityAssociationPayload>()) {
      for (const ProposalPayload& proposal : sa->proposals) {
        for (const TransformPayload& transform : proposal.transforms) {
          for (const Attribute& attribute : transform.attributes)
            types.push_back(plain_tshark(std::to_string(attribute.type), false));
        }
      }
    }
    const auto found = frames[i].find(attribute_type_field);
    CHECK(types == (found == frames[i].end() ? std::vector<std::string>() : found->second));
  }
  std::cout << "compared with tshark: " << packets.size() << " messages, " << compared << " values\n";
  CHECK(compared > 1000);
}
