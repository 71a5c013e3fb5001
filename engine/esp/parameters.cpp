#include "engine/esp/parameters.h"

#include <algorithm>

#include "engine/wire/esp.h"
#include "engine/wire/ipv4.h"
#include "engine/wire/udp.h"

namespace engine::esp {

Overhead overhead(crypto::CipherAlgorithm cipher, crypto::IntegrityAlgorithm integrity) {
  const crypto::CipherInfo& cipher_info = crypto::info(cipher);
  return {cipher_info.iv, crypto::info(integrity).icv, std::max<std::size_t>(4, cipher_info.block)};
}

std::size_t encapsulated_size(const SaParameters& sa, std::size_t inner_size) {
  const Overhead added = overhead(sa.cipher, sa.integrity);
  const std::size_t unpadded = inner_size + wire::esp_trailer_size;
  const std::size_t encrypted = (unpadded + added.alignment - 1) / added.alignment * added.alignment;
  return wire::ipv4_header_size + wire::esp_header_size + added.iv + encrypted + added.icv;
}

std::size_t inner_mtu(const Overhead& overhead, std::size_t outer_mtu, bool udp) {
  const std::size_t around =
      wire::ipv4_header_size + (udp ? wire::udp_header_size : 0) + wire::esp_header_size + overhead.iv + overhead.icv;
  if (outer_mtu < around + overhead.alignment) return 0;
  return (outer_mtu - around) / overhead.alignment * overhead.alignment - wire::esp_trailer_size;
}

std::size_t inner_mtu(crypto::CipherAlgorithm cipher, crypto::IntegrityAlgorithm integrity, std::size_t outer_mtu,
                      bool udp) {
  return inner_mtu(overhead(cipher, integrity), outer_mtu, udp);
}

}  // namespace engine::esp
