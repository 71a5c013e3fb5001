#include "engine/wire/names.h"

namespace engine::wire {
namespace {

/// KEY_IKE is the one transform of ISAKMP (RFC 2407 4.4.2).
constexpr NamedValue isakmp_transforms[] = {{0, "RESERVED"}, {1, "KEY_IKE"}};

/// RFC 2407 4.4.3 and the IANA registry.
constexpr NamedValue ah_transforms[] = {
    {2, "AH_MD5"},      {3, "AH_SHA"},           {4, "AH_DES"},           {5, "AH_SHA2-256"},
    {6, "AH_SHA2-384"}, {7, "AH_SHA2-512"},      {8, "AH_RIPEMD"},        {9, "AH_AES-XCBC-MAC"},
    {10, "AH_RSA"},     {11, "AH_AES-128-GMAC"}, {12, "AH_AES-192-GMAC"}, {13, "AH_AES-256-GMAC"},
};

/// RFC 2407 4.4.4 and the IANA registry.
constexpr NamedValue esp_transforms[] = {
    {1, "ESP_DES_IV64"},    {2, "ESP_DES"},
    {3, "ESP_3DES"},        {4, "ESP_RC5"},
    {5, "ESP_IDEA"},        {6, "ESP_CAST"},
    {7, "ESP_BLOWFISH"},    {8, "ESP_3IDEA"},
    {9, "ESP_DES_IV32"},    {10, "ESP_RC4"},
    {11, "ESP_NULL"},       {12, "ESP_AES-CBC"},
    {13, "ESP_AES-CTR"},    {14, "ESP_AES-CCM_8"},
    {15, "ESP_AES-CCM_12"}, {16, "ESP_AES-CCM_16"},
    {18, "ESP_AES-GCM_8"},  {19, "ESP_AES-GCM_12"},
    {20, "ESP_AES-GCM_16"}, {21, "ESP_SEED_CBC"},
    {22, "ESP_CAMELLIA"},   {23, "ESP_NULL_AUTH_AES-GMAC"},
};

/// RFC 2407 4.4.5 and the IANA registry.
constexpr NamedValue ipcomp_transforms[] = {
    {1, "IPCOMP_OUI"}, {2, "IPCOMP_DEFLATE"}, {3, "IPCOMP_LZS"}, {4, "IPCOMP_LZJH"}};

/// RFC 2409 appendix A.
constexpr NamedValue phase1_types[] = {
    {1, "Encryption Algorithm"},
    {2, "Hash Algorithm"},
    {3, "Authentication Method"},
    {4, "Group Description"},
    {5, "Group Type"},
    {6, "Group Prime/Irreducible Polynomial"},
    {7, "Group Generator One"},
    {8, "Group Generator Two"},
    {9, "Group Curve A"},
    {10, "Group Curve B"},
    {11, "Life Type"},
    {12, "Life Duration"},
    {13, "PRF"},
    {14, "Key Length"},
    {15, "Field Size"},
    {16, "Group Order"},
};

constexpr NamedValue phase1_encryption[] = {
    {1, "DES-CBC"},  {2, "IDEA-CBC"}, {3, "Blowfish-CBC"}, {4, "RC5-R16-B64-CBC"},
    {5, "3DES-CBC"}, {6, "CAST-CBC"}, {7, "AES-CBC"},      {8, "CAMELLIA-CBC"},
};

constexpr NamedValue phase1_hash[] = {
    {1, "MD5"}, {2, "SHA-1"}, {3, "Tiger"}, {4, "SHA2-256"}, {5, "SHA2-384"}, {6, "SHA2-512"},
};

/// RFC 2409 appendix A, RFC 4754 3; from 64221 on the drafts of hybrid authentication and XAUTH.
constexpr NamedValue phase1_authentication[] = {
    {1, "pre-shared key"},
    {2, "DSS signatures"},
    {3, "RSA signatures"},
    {4, "Encryption with RSA"},
    {5, "Revised encryption with RSA"},
    {9, "ECDSA with SHA-256 on the P-256 curve"},
    {10, "ECDSA with SHA-384 on the P-384 curve"},
    {11, "ECDSA with SHA-512 on the P-521 curve"},
    {64221, "HybridInitRSA"},
    {64222, "HybridRespRSA"},
    {64223, "HybridInitDSS"},
    {64224, "HybridRespDSS"},
    {65001, "XAUTHInitPreShared"},
    {65002, "XAUTHRespPreShared"},
    {65003, "XAUTHInitDSS"},
    {65004, "XAUTHRespDSS"},
    {65005, "XAUTHInitRSA"},
    {65006, "XAUTHRespRSA"},
    {65007, "XAUTHInitRSAEncryption"},
    {65008, "XAUTHRespRSAEncryption"},
    {65009, "XAUTHInitRSARevisedEncryption"},
    {65010, "XAUTHRespRSARevisedEncryption"},
};

/// RFC 2409 6, RFC 3526, RFC 5114, RFC 5903, RFC 6932.
constexpr NamedValue groups[] = {
    {1, "MODP-768"},
    {2, "MODP-1024"},
    {3, "EC2N-155"},
    {4, "EC2N-185"},
    {5, "MODP-1536"},
    {14, "MODP-2048"},
    {15, "MODP-3072"},
    {16, "MODP-4096"},
    {17, "MODP-6144"},
    {18, "MODP-8192"},
    {19, "ECP-256"},
    {20, "ECP-384"},
    {21, "ECP-521"},
    {22, "MODP-1024 with 160-bit prime order subgroup"},
    {23, "MODP-2048 with 224-bit prime order subgroup"},
    {24, "MODP-2048 with 256-bit prime order subgroup"},
    {25, "ECP-192"},
    {26, "ECP-224"},
    {27, "brainpoolP224r1"},
    {28, "brainpoolP256r1"},
    {29, "brainpoolP384r1"},
    {30, "brainpoolP512r1"},
};

constexpr NamedValue group_types[] = {{1, "MODP"}, {2, "ECP"}, {3, "EC2N"}};

constexpr NamedValue life_types[] = {{1, "seconds"}, {2, "kilobytes"}};

/// RFC 2407 4.5 and the IANA registry.
constexpr NamedValue phase2_types[] = {
    {1, "SA Life Type"},
    {2, "SA Life Duration"},
    {3, "Group Description"},
    {4, "Encapsulation Mode"},
    {5, "Authentication Algorithm"},
    {6, "Key Length"},
    {7, "Key Rounds"},
    {8, "Compress Dictionary Size"},
    {9, "Compress Private Algorithm"},
    {10, "ECN Tunnel"},
    {11, "Extended (64-bit) Sequence Number"},
    {12, "Authentication Key Length"},
    {13, "Signature Encoding Algorithm"},
};

/// RFC 2407 4.5, RFC 3947 5.1; from 61443 on its drafts.
constexpr NamedValue encapsulation_modes[] = {
    {1, "Tunnel"},
    {2, "Transport"},
    {3, "UDP-Encapsulated-Tunnel"},
    {4, "UDP-Encapsulated-Transport"},
    {61443, "UDP-Encapsulated-Tunnel (draft)"},
    {61444, "UDP-Encapsulated-Transport (draft)"},
};

constexpr NamedValue authentication_algorithms[] = {
    {1, "HMAC-MD5"},      {2, "HMAC-SHA"},      {3, "DES-MAC"},       {4, "KPDK"},         {5, "HMAC-SHA2-256"},
    {6, "HMAC-SHA2-384"}, {7, "HMAC-SHA2-512"}, {8, "HMAC-RIPEMD"},   {9, "AES-XCBC-MAC"}, {10, "SIG-RSA"},
    {11, "AES-128-GMAC"}, {12, "AES-192-GMAC"}, {13, "AES-256-GMAC"},
};

constexpr NamedValue ecn_tunnel[] = {{1, "Allowed"}, {2, "Forbidden"}};

struct ValueNames {
  std::uint16_t type;
  NameTable names;
};

constexpr ValueNames phase1_values[] = {
    {phase1_attribute::encryption_algorithm, phase1_encryption},
    {phase1_attribute::hash_algorithm, phase1_hash},
    {phase1_attribute::authentication_method, phase1_authentication},
    {phase1_attribute::group_description, groups},
    {5, group_types},
    {phase1_attribute::life_type, life_types},
};

constexpr ValueNames phase2_values[] = {
    {phase2_attribute::sa_life_type, life_types},
    {phase2_attribute::group_description, groups},
    {phase2_attribute::encapsulation_mode, encapsulation_modes},
    {phase2_attribute::authentication_algorithm, authentication_algorithms},
    {10, ecn_tunnel},
};

}  // namespace

NameTable transform_id_names(std::uint8_t protocol) {
  switch (protocol) {
    case protocol_id::isakmp:
      return isakmp_transforms;
    case protocol_id::ah:
      return ah_transforms;
    case protocol_id::esp:
      return esp_transforms;
    case protocol_id::ipcomp:
      return ipcomp_transforms;
    default:
      return {};
  }
}

NameTable attribute_type_names(std::uint8_t protocol) {
  return protocol == protocol_id::isakmp ? NameTable(phase1_types) : NameTable(phase2_types);
}

NameTable attribute_value_names(std::uint8_t protocol, std::uint16_t type) {
  const std::span<const ValueNames> tables =
      protocol == protocol_id::isakmp ? std::span<const ValueNames>(phase1_values) : phase2_values;
  for (const ValueNames& entry : tables) {
    if (entry.type == type) return entry.names;
  }
  return {};
}

}  // namespace engine::wire
