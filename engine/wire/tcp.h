#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/bytes.h"
#include "engine/wire/describe.h"

namespace engine::wire {

/// Kinds of TCP options (RFC 9293 3.1, RFC 7323, RFC 2018).
namespace tcp_option {
constexpr std::uint8_t end_of_list = 0;
constexpr std::uint8_t no_operation = 1;
constexpr std::uint8_t maximum_segment_size = 2;
constexpr std::uint8_t window_scale = 3;
constexpr std::uint8_t sack_permitted = 4;
constexpr std::uint8_t timestamps = 8;
}  // namespace tcp_option

/// Control bits of TCP, as in the flags octet.
namespace tcp_flag {
constexpr std::uint8_t fin = 0x01;
constexpr std::uint8_t syn = 0x02;
constexpr std::uint8_t rst = 0x04;
constexpr std::uint8_t psh = 0x08;
constexpr std::uint8_t ack = 0x10;
constexpr std::uint8_t urg = 0x20;
constexpr std::uint8_t ece = 0x40;
constexpr std::uint8_t cwr = 0x80;
}  // namespace tcp_flag

/// A TCP option. "End of option list" and "no-operation" are one octet; the others have a length and data.
struct TcpOption {
  std::uint8_t kind = 0;
  Bytes data;

  static TcpOption maximum_segment_size(std::uint16_t size);
  static TcpOption window_scale(std::uint8_t shift);
  static TcpOption sack_permitted();
  static TcpOption timestamps(std::uint32_t value, std::uint32_t echo_reply);
  static TcpOption no_operation();

  static constexpr FieldDescription description{"tcp.option", "Option", "RFC 9293 3.1"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    visitor.integer({"tcp.option.kind", "Kind", "RFC 9293 3.1", Format::named, tcp_option_names()}, kind);
    if (kind <= tcp_option::no_operation) return;
    std::uint8_t length = static_cast<std::uint8_t>(data.size() + 2);
    visitor.integer({"tcp.option.length", "Length", "RFC 9293 3.1"}, length);
    visitor.require(length >= 2, Reason::bad_length, "the TCP option is shorter than its kind and length");
    visitor.octets({"tcp.option.data", "Data", "RFC 9293 3.1", Format::number}, data, std::size_t{length} - 2);
  }
};

constexpr std::size_t tcp_header_size = 20;  ///< Without options.
constexpr std::size_t max_tcp_options = 40;

/// RFC 9293 3.1. Data offset and checksum are filled in by the writer.
struct TcpHeader {
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgment = 0;
  std::uint8_t data_offset = 5;  ///< Words of four octets, 5 to 15.
  std::uint8_t reserved = 0;     ///< Four bits.
  std::uint8_t flags = 0;        ///< Of tcp_flag.
  std::uint16_t window = 0;
  std::uint16_t checksum = 0;
  std::uint16_t urgent_pointer = 0;
  std::vector<TcpOption> options;

  std::size_t size() const { return std::size_t{data_offset} * 4; }
  bool has(std::uint8_t flag_bits) const { return (flags & flag_bits) == flag_bits; }

  /// The first option of a kind, or null.
  const TcpOption* find(std::uint8_t kind) const;

  static constexpr FieldDescription description{"tcp", "Transmission Control Protocol", "RFC 9293 3.1"};

  template <class Visitor>
  void describe(Visitor& visitor) {
    static constexpr std::array<FieldDescription, 8> flag_bits = {{
        {"tcp.flags.cwr", "Congestion Window Reduced", "RFC 3168 6.1"},
        {"tcp.flags.ece", "ECN-Echo", "RFC 3168 6.1"},
        {"tcp.flags.urg", "Urgent", "RFC 9293 3.1"},
        {"tcp.flags.ack", "Acknowledgment", "RFC 9293 3.1"},
        {"tcp.flags.psh", "Push", "RFC 9293 3.1"},
        {"tcp.flags.rst", "Reset", "RFC 9293 3.1"},
        {"tcp.flags.syn", "Synchronize", "RFC 9293 3.1"},
        {"tcp.flags.fin", "Finish", "RFC 9293 3.1"},
    }};
    visitor.integer({"tcp.source_port", "Source Port", "RFC 9293 3.1"}, source_port);
    visitor.integer({"tcp.destination_port", "Destination Port", "RFC 9293 3.1"}, destination_port);
    visitor.integer({"tcp.sequence_number", "Sequence Number", "RFC 9293 3.1"}, sequence);
    visitor.integer({"tcp.acknowledgment_number", "Acknowledgment Number", "RFC 9293 3.1"}, acknowledgment);
    visitor.bits(part(4, {"tcp.data_offset", "Data Offset", "RFC 9293 3.1"}, data_offset),
                 part(4, {"tcp.reserved", "Reserved", "RFC 9293 3.1"}, reserved));
    visitor.require(data_offset >= 5, Reason::bad_length, "the TCP data offset is less than 20 octets");
    visitor.flags({"tcp.flags", "Control Bits", "RFC 9293 3.1", Format::hex}, flags, flag_bits);
    visitor.integer({"tcp.window", "Window", "RFC 9293 3.1"}, window);
    visitor.integer({"tcp.checksum", "Checksum", "RFC 9293 3.1", Format::hex}, checksum);
    visitor.integer({"tcp.urgent_pointer", "Urgent Pointer", "RFC 9293 3.1"}, urgent_pointer);
    visitor.items_within(size() - tcp_header_size, options, max_tcp_options);
  }
};

/// A header and what is behind it; the view is of the caller's buffer.
struct TcpSegment {
  TcpHeader header;
  ByteView payload;
};

/// Reads a TCP segment that came in an IPv4 packet between these addresses, and checks its checksum. Errors: truncated,
/// bad_length, bad_checksum.
Result<TcpSegment> read_tcp(ByteView segment, Ipv4Address source, Ipv4Address destination);

/// The segment: the options are padded to whole words with "end of option list", data offset and checksum filled in.
/// The options must not exceed 40 octets.
Bytes write_tcp(Ipv4Address source, Ipv4Address destination, TcpHeader header, ByteView payload);

/// Lowers the maximum segment size option of a SYN in place, as routers do for what goes into a tunnel, and adjusts the
/// checksum. Segments without SYN or without the option, with a lower value, and such as cannot be read are left alone.
/// Returns whether something was changed.
bool clamp_tcp_mss(std::span<std::uint8_t> segment, std::uint16_t mss);

}  // namespace engine::wire
