#include "engine/esp/sa.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/wire/esp.h"
#include "engine/wire/ipv4.h"

namespace engine::esp {
namespace {

constexpr std::uint8_t no_next_header = 59;
constexpr std::size_t max_icv = 32;
constexpr std::size_t max_ipv4_packet = 65535;

/// ECN field of an IPv4 header (RFC 3168 5).
constexpr std::uint8_t not_ect = 0;
constexpr std::uint8_t congestion_experienced = 3;

LifetimeState lifetime_at(const Lifetime& lifetime, const Counters& counters, Duration age) {
  const auto met = [&](Duration time, std::uint64_t bytes) {
    return (time.count() != 0 && age >= time) || (bytes != 0 && counters.bytes >= bytes);
  };
  if (met(lifetime.hard_time, lifetime.hard_bytes)) return LifetimeState::hard_expired;
  if (met(lifetime.soft_time, lifetime.soft_bytes)) return LifetimeState::soft_expired;
  return LifetimeState::fresh;
}

Error expired(std::uint32_t spi) {
  return Error{Reason::lifetime_expired, fmt::format("the lifetime of the SA 0x{:08x} has run out", spi)};
}

Result<void> check_selectors(const SaParameters& sa, const wire::Ipv4Header& inner) {
  if (sa.source_selector.contains(inner.source) && sa.destination_selector.contains(inner.destination)) return {};
  return Error{
      Reason::selector_mismatch,
      fmt::format("{} to {} is outside the SA's selectors {} to {}", to_string(inner.source),
                  to_string(inner.destination), to_string(sa.source_selector), to_string(sa.destination_selector))};
}

/// RFC 4301 8.1: per SA, the outer DF bit is set, cleared, or copied from the inner header.
bool outer_df(DfPolicy policy, bool inner) {
  switch (policy) {
    case DfPolicy::set:
      return true;
    case DfPolicy::clear:
      return false;
    case DfPolicy::copy:
      return inner;
  }
  return inner;
}

/// Each field as the table of RFC 4301 5.1.2.1 lays down: constructed, copied from the inner header, or by policy.
wire::Ipv4Header outer_header(const SaParameters& sa, const wire::Ipv4Header& inner, std::uint16_t identification) {
  wire::Ipv4Header outer;
  outer.dscp = sa.dscp == DscpPolicy::copy ? inner.dscp : std::uint8_t{0};
  outer.ecn = inner.ecn;
  outer.identification = identification;
  outer.dont_fragment = outer_df(sa.df, inner.dont_fragment);
  outer.time_to_live = sa.outer_ttl;
  outer.protocol = wire::ip_protocol::esp;
  outer.source = sa.outer_source;
  outer.destination = sa.outer_destination;
  return outer;
}

/// Congestion that a router on the way marked on the outer header must reach the inner packet's receiver, if that
/// packet says that its ends understand the mark (RFC 4301 5.1.2.1, note 6; RFC 6040).
void carry_congestion_over(const wire::Ipv4Header& outer, const wire::Ipv4Header& header, Bytes& inner) {
  if (outer.ecn != congestion_experienced || header.ecn == not_ect) return;
  const std::uint16_t before = read_u16(inner, 0);
  const auto after = static_cast<std::uint16_t>(before | congestion_experienced);
  set_u16(inner, 0, after);
  set_u16(inner, 10, wire::updated_checksum(header.checksum, before, after));
}

/// The parts of an ESP packet, as views of it (RFC 4303 2).
struct EspLayout {
  ByteView covered;  ///< By the ICV: SPI to ciphertext.
  ByteView iv;
  ByteView ciphertext;
  ByteView icv;
};

Result<EspLayout> lay_out(const SaParameters& sa, ByteView esp) {
  const Overhead added = overhead(sa.cipher, sa.integrity);
  const std::size_t around = wire::esp_header_size + added.iv + added.icv;
  if (esp.size() < around + wire::esp_trailer_size) {
    return Error{Reason::truncated, fmt::format("an ESP packet of this SA has at least {} octets, here are {}",
                                                around + wire::esp_trailer_size, esp.size())};
  }
  const std::size_t encrypted = esp.size() - around;
  if (encrypted % added.alignment != 0) {
    return Error{Reason::bad_length, fmt::format("the encrypted part has {} octets, which is no multiple of {}",
                                                 encrypted, added.alignment)};
  }
  return EspLayout{esp.first(esp.size() - added.icv), esp.subspan(wire::esp_header_size, added.iv),
                   esp.subspan(wire::esp_header_size + added.iv, encrypted), esp.last(added.icv)};
}

/// "This service MUST NOT be enabled unless the ESP integrity service also is enabled for the SA" (RFC 4303 3.4.3).
std::uint32_t window_size(const SaParameters& sa) {
  return sa.integrity == crypto::IntegrityAlgorithm::none ? 0 : sa.replay_window;
}

template <class Sa, class Make>
Result<Sa> create_sa(const SaParameters& parameters, Make make) {
  auto cipher = crypto::CipherContext::create(parameters.cipher, parameters.cipher_key);
  if (!cipher) return cipher.error();
  auto integrity = crypto::IntegrityContext::create(parameters.integrity, parameters.integrity_key);
  if (!integrity) return integrity.error();
  return make(std::move(*cipher), std::move(*integrity));
}

}  // namespace

OutboundSa::OutboundSa(SaParameters parameters, crypto::CipherContext cipher, crypto::IntegrityContext integrity,
                       Time installed)
    : parameters_(std::move(parameters)),
      cipher_(std::move(cipher)),
      integrity_(std::move(integrity)),
      installed_(installed) {}

Result<OutboundSa> OutboundSa::create(SaParameters parameters, Time installed) {
  return create_sa<OutboundSa>(parameters, [&](crypto::CipherContext cipher, crypto::IntegrityContext integrity) {
    return OutboundSa(std::move(parameters), std::move(cipher), std::move(integrity), installed);
  });
}

LifetimeState OutboundSa::lifetime_state(Time now) const {
  return std::max(lifetime_at(parameters_.lifetime, counters_, now - installed_), sequence_state(sequence_));
}

Result<Bytes> OutboundSa::encapsulate(Time now, ByteView inner, std::uint16_t ip_identification, RandomSource& random,
                                      PacketDetails* details) {
  if (lifetime_at(parameters_.lifetime, counters_, now - installed_) == LifetimeState::hard_expired) {
    return expired(parameters_.spi);
  }
  // "the sender MUST NOT send a packet on an SA if doing so would cause the sequence number to cycle" (RFC 4303 3.3.3)
  if (sequence_state(sequence_) == LifetimeState::hard_expired) {
    return Error{Reason::sequence_exhausted, "the sequence number would cycle; the SA must be replaced"};
  }
  const auto packet = wire::read_ipv4(inner);
  if (!packet) return packet.error();
  if (const auto allowed = check_selectors(parameters_, packet->header); !allowed) return allowed.error();
  if (encapsulated_size(parameters_, inner.size()) > max_ipv4_packet) {
    return Error{Reason::limit_exceeded, "the ESP packet would be longer than an IPv4 packet can be"};
  }

  const Overhead added = overhead(parameters_.cipher, parameters_.integrity);
  const ByteView whole = inner.first(packet->header.total_length);
  Bytes plaintext = wire::write_esp_plaintext(whole, wire::ip_protocol::ipv4, added.alignment);
  Bytes esp = wire::write_esp_header({parameters_.spi, ++sequence_});
  append(esp, random.bytes(RandomPurpose::iv, added.iv));
  const std::size_t covered = esp.size() + plaintext.size();
  esp.resize(covered + added.icv);

  const std::span<std::uint8_t> all(esp);
  const std::size_t before = wire::esp_header_size + added.iv;
  const auto encrypted =
      cipher_.encrypt(all.subspan(wire::esp_header_size, added.iv), plaintext, all.subspan(before, plaintext.size()));
  if (!encrypted) return encrypted.error();
  integrity_.compute(all.first(covered), all.subspan(covered));
  counters_.packets += 1;
  counters_.bytes += whole.size();

  Bytes outer = wire::write_ipv4(outer_header(parameters_, packet->header, ip_identification), esp);
  if (details != nullptr) {
    const ByteView sent = ByteView(outer).subspan(wire::ipv4_header_size);
    *details = {parameters_.spi,
                sequence_,
                sent.subspan(wire::esp_header_size, added.iv),
                sent.subspan(before, plaintext.size()),
                sent.subspan(covered),
                std::move(plaintext),
                {}};
  }
  return outer;
}

InboundSa::InboundSa(SaParameters parameters, crypto::CipherContext cipher, crypto::IntegrityContext integrity,
                     Time installed)
    : parameters_(std::move(parameters)),
      cipher_(std::move(cipher)),
      integrity_(std::move(integrity)),
      window_(window_size(parameters_)),
      installed_(installed) {}

Result<InboundSa> InboundSa::create(SaParameters parameters, Time installed) {
  return create_sa<InboundSa>(parameters, [&](crypto::CipherContext cipher, crypto::IntegrityContext integrity) {
    return InboundSa(std::move(parameters), std::move(cipher), std::move(integrity), installed);
  });
}

LifetimeState InboundSa::lifetime_state(Time now) const {
  return lifetime_at(parameters_.lifetime, counters_, now - installed_);
}

Result<Bytes> InboundSa::decapsulate(Time now, ByteView outer, PacketDetails* details) {
  PacketDetails unwatched;
  Result<Bytes> inner = open(now, outer, details == nullptr ? unwatched : *details, details != nullptr);
  if (!inner) counters_.refused += 1;
  return inner;
}

Result<void> InboundSa::check_sequence(std::uint32_t sequence) const {
  if (window_.size() == 0) return {};
  const Reason reason = window_.check(sequence);
  if (reason == Reason::none) return {};
  return Error{reason, fmt::format("sequence number {}, the highest so far is {}, the window has {}", sequence,
                                   window_.highest(), window_.size())};
}

Result<void> InboundSa::check_icv(ByteView covered, ByteView icv, PacketDetails& details) {
  std::array<std::uint8_t, max_icv> computed;
  const std::span<std::uint8_t> expected = std::span(computed).first(icv.size());
  integrity_.compute(covered, expected);
  if (equal_constant_time(expected, icv)) return {};
  details.expected_icv.assign(expected.begin(), expected.end());
  return Error{Reason::icv_mismatch, fmt::format("the ICV is {}, computed was {}", to_hex(icv), to_hex(expected))};
}

Result<Bytes> InboundSa::decrypt(ByteView iv, ByteView ciphertext, PacketDetails& details, bool keep_plaintext) {
  Bytes plaintext(ciphertext.size());
  if (const auto decrypted = cipher_.decrypt(iv, ciphertext, plaintext); !decrypted) return decrypted.error();
  if (keep_plaintext) details.plaintext = plaintext;
  const auto parts = wire::read_esp_plaintext(plaintext);
  if (!parts) return parts.error();
  // "If the value is "59" (no next header), the (dummy) packet is discarded without further processing." (RFC 4303
  // 3.4.4.1)
  if (parts->trailer.next_header != wire::ip_protocol::ipv4) {
    return Error{Reason::protocol_unreachable,
                 parts->trailer.next_header == no_next_header
                     ? std::string("a dummy packet (next header 59)")
                     : fmt::format("next header {} in a tunnel for IPv4", parts->trailer.next_header)};
  }
  plaintext.resize(parts->payload.size());
  return plaintext;
}

Result<Bytes> InboundSa::open(Time now, ByteView outer, PacketDetails& details, bool keep_plaintext) {
  if (lifetime_state(now) == LifetimeState::hard_expired) return expired(parameters_.spi);
  const auto packet = wire::read_ipv4(outer);
  if (!packet) return packet.error();
  // "If a packet offered to ESP for processing appears to be an IP fragment [...] the receiver MUST discard the packet"
  // (RFC 4303 3.4.1)
  if (packet->header.protocol != wire::ip_protocol::esp || packet->header.is_fragment()) {
    return Error{Reason::malformed, "not a whole ESP packet"};
  }
  const auto header = wire::read_esp_header(packet->payload);
  if (!header) return header.error();
  details.spi = header->spi;
  details.sequence = header->sequence;
  if (header->spi != parameters_.spi) {
    return Error{Reason::unknown_spi, fmt::format("SPI 0x{:08x}, this SA has 0x{:08x}", header->spi, parameters_.spi)};
  }
  const auto layout = lay_out(parameters_, packet->payload);
  if (!layout) return layout.error();
  details.iv = layout->iv;
  details.ciphertext = layout->ciphertext;
  details.icv = layout->icv;

  if (const auto fresh = check_sequence(header->sequence); !fresh) return fresh.error();
  if (const auto genuine = check_icv(layout->covered, layout->icv, details); !genuine) return genuine.error();
  window_.accept(header->sequence);
  Result<Bytes> inner = decrypt(layout->iv, layout->ciphertext, details, keep_plaintext);
  if (!inner) return inner;

  const auto inside = wire::read_ipv4(*inner);
  if (!inside) return inside.error();
  if (const auto allowed = check_selectors(parameters_, inside->header); !allowed) return allowed.error();
  const wire::Ipv4Header inner_header = inside->header;
  // What follows the inner packet is traffic flow confidentiality padding (RFC 4303 2.7).
  inner->resize(inner_header.total_length);
  carry_congestion_over(packet->header, inner_header, *inner);
  counters_.packets += 1;
  counters_.bytes += inner->size();
  return inner;
}

}  // namespace engine::esp
