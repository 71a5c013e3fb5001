#pragma once

#include "engine/esp/sa.h"
#include "engine/wire/ipv4.h"

namespace tests {

/// Counting octets, each purpose from where it stopped.
class CountingSource : public engine::RandomSource {
 public:
  void fill(engine::RandomPurpose purpose, std::span<std::uint8_t> out) override {
    last_purpose = purpose;
    for (std::uint8_t& octet : out) octet = next_++;
  }
  engine::RandomPurpose last_purpose = engine::RandomPurpose::cookie;

 private:
  std::uint8_t next_ = 0;
};

constexpr engine::Ipv4Address pc{0xc0a80a0a};        // 192.168.10.10
constexpr engine::Ipv4Address instance{0x0a000114};  // 10.0.1.20

inline engine::esp::SaParameters parameters(
    engine::crypto::CipherAlgorithm cipher = engine::crypto::CipherAlgorithm::aes_cbc,
    engine::crypto::IntegrityAlgorithm integrity = engine::crypto::IntegrityAlgorithm::hmac_sha1_96,
    std::size_t key_choice = 0) {
  engine::esp::SaParameters sa;
  sa.spi = 0xc0ffee01;
  sa.cipher = cipher;
  sa.cipher_key = engine::SecretBytes(engine::Bytes(engine::crypto::info(cipher).key_bits[key_choice] / 8U, 0x11));
  sa.integrity = integrity;
  sa.integrity_key = engine::SecretBytes(engine::Bytes(engine::crypto::info(integrity).key, 0x22));
  sa.outer_source = {0xc6100020};       // 198.16.0.32
  sa.outer_destination = {0x34450001};  // 52.69.0.1
  return sa;
}

/// An IPv4 packet from the PC to the instance with `size` octets in all.
inline engine::Bytes packet(std::size_t size, engine::wire::Ipv4Header header = {}) {
  header.protocol = engine::wire::ip_protocol::udp;
  header.source = pc;
  header.destination = instance;
  return engine::wire::write_ipv4(header, engine::Bytes(size - engine::wire::ipv4_header_size, 0x5a));
}

}  // namespace tests
