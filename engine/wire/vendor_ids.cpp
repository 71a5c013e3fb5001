#include "engine/wire/names.h"

namespace engine::wire {
namespace {

/// Most are the MD5 digest of a text, often of their own name.
struct VendorId {
  std::string_view hex;  ///< All octets, or those before a version number.
  std::size_t size;      ///< Octets of the whole vendor ID; 0: any, from those of `hex` on.
  std::string_view name;
};

constexpr VendorId vendor_ids[] = {
    {"afcad71368a1f1c96b8696fc7757", 16, "DPD (RFC 3706)"},
    {"4a131c81070358455c5728f20e95452f", 16, "RFC 3947 (NAT traversal)"},
    {"8f8d83826d246b6fc7a8a6a428c11de8", 16, "draft-ietf-ipsec-nat-t-ike-08"},
    {"439b59f8ba676c4c7737ae22eab8f582", 16, "draft-ietf-ipsec-nat-t-ike-07"},
    {"4d1e0e136deafa34c4f3ea9f02ec7285", 16, "draft-ietf-ipsec-nat-t-ike-06"},
    {"80d0bb3def54565ee84645d4c85ce3ee", 16, "draft-ietf-ipsec-nat-t-ike-05"},
    {"9909b64eed937c6573de52ace952fa6b", 16, "draft-ietf-ipsec-nat-t-ike-04"},
    {"7d9419a65310ca6f2c179d9215529d56", 16, "draft-ietf-ipsec-nat-t-ike-03"},
    {"90cb80913ebb696e086381b5ec427b1f", 16, "draft-ietf-ipsec-nat-t-ike-02 (with line feed)"},
    {"cd60464335df21f87cfdb2fc68b6a448", 16, "draft-ietf-ipsec-nat-t-ike-02"},
    {"16f6ca16e4a4066d83821a0f0aeaa862", 16, "draft-ietf-ipsec-nat-t-ike-01"},
    {"4485152d18b6bbcd0be8a8469579ddcc", 16, "draft-ietf-ipsec-nat-t-ike-00"},
    {"27bab5dc01ea0760ea4e3190ac27c0d0", 16, "draft-stenberg-ipsec-nat-traversal-01"},
    {"6105c422e76847e43f9684801292aecd", 16, "draft-stenberg-ipsec-nat-traversal-02"},
    {"50760f624c63e5c53eea386c685ca083", 16, "ESPThruNAT"},
    {"4048b7d56ebce88525e7de7f00d6c2d3", 0, "FRAGMENTATION"},
    {"09002689dfd6b712", 0, "XAUTH"},
    {"12f5f28c457168a9702d9fe274cc", 16, "Cisco Unity"},
    {"1f07f70eaa6514d3b0fa96542a50", 16, "Cisco VPN 3000 Concentrator"},
    {"882fe56d6fd20dbc2251613b2ebe5beb", 16, "strongSwan"},
    {"7003cbc1097dbe9c2600ba6983bc8b35", 16, "KAME/racoon"},
    {"1e2b516905991c7d7c96fcbfb587e461", 0, "MS NT5 ISAKMPOAKLEY"},
    {"621b04bb09882ac1e15935fefa24aeee", 16, "GSSAPI"},
    {"ad2c0dd0b9c32083ccba25b8861ec455", 16, "A GSS-API Authentication Method for IKE"},
    {"26244d38eddb61b3172a36e3d0cfb819", 16, "Vid-Initial-Contact"},
    {"fb1de3cdf341b7ea16b7e5be0855f120", 16, "MS-Negotiation Discovery Capable"},
    {"e3a5966a76379fe707228231e5ce8652", 16, "IKE CGA version 1"},
};

}  // namespace

std::string_view vendor_id_name(ByteView vendor_id) {
  const std::string hex = to_hex(vendor_id);
  for (const VendorId& known : vendor_ids) {
    if (hex.starts_with(known.hex) && (known.size == 0 || known.size == vendor_id.size())) return known.name;
  }
  return {};
}

}  // namespace engine::wire
