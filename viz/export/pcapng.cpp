#include "viz/export/pcapng.h"

namespace viz {
namespace {

using engine::append;
using engine::Bytes;
using engine::ByteView;

namespace block {
constexpr std::uint32_t section_header = 0x0a0d0d0a;
constexpr std::uint32_t interface_description = 1;
constexpr std::uint32_t name_resolution = 4;
constexpr std::uint32_t enhanced_packet = 6;
constexpr std::uint32_t decryption_secrets = 10;
}  // namespace block

namespace option {
constexpr std::uint16_t end = 0;
constexpr std::uint16_t comment = 1;
constexpr std::uint16_t section_application = 4;
constexpr std::uint16_t interface_name = 2;
constexpr std::uint16_t interface_description = 3;
constexpr std::uint16_t interface_time_resolution = 9;
constexpr std::uint16_t packet_id = 5;
}  // namespace option

constexpr std::uint16_t link_type_raw = 101;
constexpr std::uint8_t nanoseconds_resolution = 9;  ///< 10^-9 s.
constexpr std::uint16_t name_record_end = 0;
constexpr std::uint16_t name_record_ipv4 = 1;
constexpr std::size_t longest_option = 4096;

void put_little_endian(Bytes& bytes, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void put16(Bytes& bytes, std::uint16_t value) { put_little_endian(bytes, value, 2); }
void put32(Bytes& bytes, std::uint32_t value) { put_little_endian(bytes, value, 4); }

/// Everything in a block is padded to 32 bits.
void put_padded(Bytes& bytes, ByteView value) {
  append(bytes, value);
  while (bytes.size() % 4 != 0) bytes.push_back(0);
}

/// Cut to a length that every reader takes, not within a character.
std::string_view shortened(std::string_view utf8) {
  if (utf8.size() <= longest_option) return utf8;
  std::size_t end = longest_option;
  while (end > 0 && (static_cast<std::uint8_t>(utf8[end]) & 0xc0) == 0x80) --end;
  return utf8.substr(0, end);
}

void put_option(Bytes& bytes, std::uint16_t code, ByteView value) {
  put16(bytes, code);
  put16(bytes, static_cast<std::uint16_t>(value.size()));
  put_padded(bytes, value);
}

void put_text_option(Bytes& bytes, std::uint16_t code, std::string_view text) {
  if (!text.empty()) put_option(bytes, code, engine::view_of(shortened(text)));
}

void end_options(Bytes& bytes) { put_option(bytes, option::end, {}); }

}  // namespace

PcapngWriter::PcapngWriter(std::string_view application, std::string_view comment) {
  constexpr std::uint32_t byte_order_magic = 0x1a2b3c4d;
  constexpr std::uint64_t unknown_section_length = ~std::uint64_t{0};
  Bytes body;
  put32(body, byte_order_magic);
  put16(body, 1);  // Version 1.0.
  put16(body, 0);
  put_little_endian(body, unknown_section_length, 8);
  put_text_option(body, option::comment, comment);
  put_text_option(body, option::section_application, application);
  end_options(body);
  add_block(block::section_header, body);
}

std::uint32_t PcapngWriter::add_interface(std::string_view name, std::string_view description) {
  constexpr std::uint32_t no_length_limit = 0;
  Bytes body;
  put16(body, link_type_raw);
  put16(body, 0);
  put32(body, no_length_limit);
  put_text_option(body, option::interface_name, name);
  put_text_option(body, option::interface_description, description);
  put_option(body, option::interface_time_resolution, ByteView(&nanoseconds_resolution, 1));
  end_options(body);
  add_block(block::interface_description, body);
  return interfaces_++;
}

void PcapngWriter::add_names(const std::vector<std::pair<engine::Ipv4Address, std::string>>& names) {
  Bytes body;
  for (const auto& [address, name] : names) {
    Bytes record = to_bytes(address);
    append(record, engine::view_of(shortened(name)));
    record.push_back(0);
    put_option(body, name_record_ipv4, record);
  }
  put_option(body, name_record_end, {});
  add_block(block::name_resolution, body);
}

void PcapngWriter::add_secrets(std::uint32_t type, std::string_view secrets) {
  Bytes body;
  put32(body, type);
  put32(body, static_cast<std::uint32_t>(secrets.size()));
  put_padded(body, engine::view_of(secrets));
  add_block(block::decryption_secrets, body);
}

void PcapngWriter::add_packet(const PcapngPacket& packet) {
  const auto time = static_cast<std::uint64_t>(nanoseconds(packet.time));
  const auto size = static_cast<std::uint32_t>(packet.bytes.size());
  Bytes body;
  body.reserve(packet.bytes.size() + 128);
  put32(body, packet.interface);
  put32(body, static_cast<std::uint32_t>(time >> 32));
  put32(body, static_cast<std::uint32_t>(time));
  put32(body, size);  // Captured length.
  put32(body, size);  // Original length.
  put_padded(body, packet.bytes);
  for (const std::string& comment : packet.comments) put_text_option(body, option::comment, comment);
  Bytes id;
  put_little_endian(id, packet.id, 8);
  put_option(body, option::packet_id, id);
  end_options(body);
  add_block(block::enhanced_packet, body);
}

void PcapngWriter::add_block(std::uint32_t type, const Bytes& body) {
  constexpr std::size_t around = 12;  // Type and the length before and after the body.
  const auto length = static_cast<std::uint32_t>(body.size() + around);
  put32(bytes_, type);
  put32(bytes_, length);
  append(bytes_, body);
  put32(bytes_, length);
}

}  // namespace viz
