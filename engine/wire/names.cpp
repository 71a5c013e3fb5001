#include "engine/wire/names.h"

#include <algorithm>

namespace engine::wire {
namespace {

constexpr NamedValue payload_types[] = {
    {0, "None"},
    {1, "Security Association"},
    {2, "Proposal"},
    {3, "Transform"},
    {4, "Key Exchange"},
    {5, "Identification"},
    {6, "Certificate"},
    {7, "Certificate Request"},
    {8, "Hash"},
    {9, "Signature"},
    {10, "Nonce"},
    {11, "Notification"},
    {12, "Delete"},
    {13, "Vendor ID"},
    {14, "Attributes (mode config)"},
    {15, "NAT Discovery (draft), SA KEK (GDOI)"},
    {16, "NAT Original Address (draft), SA TEK (GDOI)"},
    {17, "Key Download (GDOI)"},
    {18, "Sequence Number (GDOI)"},
    {19, "Proof of Possession (GDOI)"},
    {20, "NAT Discovery"},
    {21, "NAT Original Address"},
    {22, "Group Associated Policy (GDOI)"},
    {33, "Security Association (IKEv2)"},
    {34, "Key Exchange (IKEv2)"},
    {35, "Identification - Initiator (IKEv2)"},
    {36, "Identification - Responder (IKEv2)"},
    {37, "Certificate (IKEv2)"},
    {38, "Certificate Request (IKEv2)"},
    {39, "Authentication (IKEv2)"},
    {40, "Nonce (IKEv2)"},
    {41, "Notify (IKEv2)"},
    {42, "Delete (IKEv2)"},
    {43, "Vendor ID (IKEv2)"},
    {44, "Traffic Selector - Initiator (IKEv2)"},
    {45, "Traffic Selector - Responder (IKEv2)"},
    {46, "Encrypted and Authenticated (IKEv2)"},
    {47, "Configuration (IKEv2)"},
    {48, "Extensible Authentication (IKEv2)"},
    {49, "Generic Secure Password Method (IKEv2)"},
    {53, "Encrypted and Authenticated Fragment (IKEv2)"},
    {130, "NAT Discovery (draft)"},
    {131, "NAT Original Address (draft)"},
    {132, "Fragment (Cisco)"},
};

constexpr NamedValue exchange_types[] = {
    {0, "None"},
    {1, "Base"},
    {2, "Identity Protection (Main Mode)"},
    {3, "Authentication Only"},
    {4, "Aggressive"},
    {5, "Informational"},
    {6, "Transaction (mode config)"},
    {32, "Quick Mode"},
    {33, "New Group Mode"},
    {34, "IKE_SA_INIT"},
    {35, "IKE_AUTH"},
    {36, "CREATE_CHILD_SA"},
    {37, "INFORMATIONAL"},
    {38, "IKE_SESSION_RESUME"},
    {43, "IKE_INTERMEDIATE"},
    {44, "IKE_FOLLOWUP_KE"},
};

constexpr NamedValue dois[] = {{0, "ISAKMP"}, {1, "IPSEC"}, {2, "GDOI"}};

/// A bit mask; the sums are those of RFC 2407 4.6.1.
constexpr NamedValue situations[] = {
    {1, "SIT_IDENTITY_ONLY"},
    {2, "SIT_SECRECY"},
    {3, "SIT_IDENTITY_ONLY, SIT_SECRECY"},
    {4, "SIT_INTEGRITY"},
    {5, "SIT_IDENTITY_ONLY, SIT_INTEGRITY"},
    {6, "SIT_SECRECY, SIT_INTEGRITY"},
    {7, "SIT_IDENTITY_ONLY, SIT_SECRECY, SIT_INTEGRITY"},
};

constexpr NamedValue protocol_ids[] = {
    {0, "RESERVED"}, {1, "PROTO_ISAKMP"}, {2, "PROTO_IPSEC_AH"}, {3, "PROTO_IPSEC_ESP"}, {4, "PROTO_IPCOMP"},
};

constexpr NamedValue id_types[] = {
    {0, "RESERVED"},
    {1, "ID_IPV4_ADDR"},
    {2, "ID_FQDN"},
    {3, "ID_USER_FQDN"},
    {4, "ID_IPV4_ADDR_SUBNET"},
    {5, "ID_IPV6_ADDR"},
    {6, "ID_IPV6_ADDR_SUBNET"},
    {7, "ID_IPV4_ADDR_RANGE"},
    {8, "ID_IPV6_ADDR_RANGE"},
    {9, "ID_DER_ASN1_DN"},
    {10, "ID_DER_ASN1_GN"},
    {11, "ID_KEY_ID"},
    {12, "ID_LIST"},
};

/// The first row counts in ID payloads alone.
constexpr NamedValue protocols[] = {
    {0, "any"},   {1, "ICMP"},     {2, "IGMP"},   {4, "IPv4"},   {6, "TCP"},     {17, "UDP"},
    {41, "IPv6"}, {47, "GRE"},     {50, "ESP"},   {51, "AH"},    {58, "ICMPv6"}, {59, "No Next Header"},
    {89, "OSPF"}, {108, "IPComp"}, {115, "L2TP"}, {132, "SCTP"},
};

constexpr NamedValue notification_types[] = {
    {1, "INVALID-PAYLOAD-TYPE"},
    {2, "DOI-NOT-SUPPORTED"},
    {3, "SITUATION-NOT-SUPPORTED"},
    {4, "INVALID-COOKIE"},
    {5, "INVALID-MAJOR-VERSION"},
    {6, "INVALID-MINOR-VERSION"},
    {7, "INVALID-EXCHANGE-TYPE"},
    {8, "INVALID-FLAGS"},
    {9, "INVALID-MESSAGE-ID"},
    {10, "INVALID-PROTOCOL-ID"},
    {11, "INVALID-SPI"},
    {12, "INVALID-TRANSFORM-ID"},
    {13, "ATTRIBUTES-NOT-SUPPORTED"},
    {14, "NO-PROPOSAL-CHOSEN"},
    {15, "BAD-PROPOSAL-SYNTAX"},
    {16, "PAYLOAD-MALFORMED"},
    {17, "INVALID-KEY-INFORMATION"},
    {18, "INVALID-ID-INFORMATION"},
    {19, "INVALID-CERT-ENCODING"},
    {20, "INVALID-CERTIFICATE"},
    {21, "CERT-TYPE-UNSUPPORTED"},
    {22, "INVALID-CERT-AUTHORITY"},
    {23, "INVALID-HASH-INFORMATION"},
    {24, "AUTHENTICATION-FAILED"},
    {25, "INVALID-SIGNATURE"},
    {26, "ADDRESS-NOTIFICATION"},
    {27, "NOTIFY-SA-LIFETIME"},
    {28, "CERTIFICATE-UNAVAILABLE"},
    {29, "UNSUPPORTED-EXCHANGE-TYPE"},
    {30, "UNEQUAL-PAYLOAD-LENGTHS"},
    {16384, "CONNECTED"},
    {24576, "RESPONDER-LIFETIME"},
    {24577, "REPLAY-STATUS"},
    {24578, "INITIAL-CONTACT"},
    {36136, "R-U-THERE"},
    {36137, "R-U-THERE-ACK"},
};

constexpr NamedValue attribute_formats[] = {{0, "Type/Length/Value"}, {1, "Type/Value"}};

constexpr NamedValue certificate_encodings[] = {
    {0, "None"},
    {1, "PKCS #7 wrapped X.509 certificate"},
    {2, "PGP Certificate"},
    {3, "DNS Signed Key"},
    {4, "X.509 Certificate - Signature"},
    {5, "X.509 Certificate - Key Exchange"},
    {6, "Kerberos Tokens"},
    {7, "Certificate Revocation List (CRL)"},
    {8, "Authority Revocation List (ARL)"},
    {9, "SPKI Certificate"},
    {10, "X.509 Certificate - Attribute"},
};

constexpr NamedValue icmp_types[] = {
    {0, "Echo Reply"},           {3, "Destination Unreachable"},
    {4, "Source Quench"},        {5, "Redirect"},
    {8, "Echo Request"},         {9, "Router Advertisement"},
    {10, "Router Solicitation"}, {11, "Time Exceeded"},
    {12, "Parameter Problem"},   {13, "Timestamp"},
    {14, "Timestamp Reply"},
};

constexpr NamedValue unreachable_codes[] = {
    {0, "Net Unreachable"},
    {1, "Host Unreachable"},
    {2, "Protocol Unreachable"},
    {3, "Port Unreachable"},
    {4, "Fragmentation Needed and DF Set"},
    {5, "Source Route Failed"},
    {6, "Destination Network Unknown"},
    {7, "Destination Host Unknown"},
    {8, "Source Host Isolated"},
    {9, "Destination Network Administratively Prohibited"},
    {10, "Destination Host Administratively Prohibited"},
    {11, "Network Unreachable for Type of Service"},
    {12, "Host Unreachable for Type of Service"},
    {13, "Communication Administratively Prohibited"},
    {14, "Host Precedence Violation"},
    {15, "Precedence Cutoff in Effect"},
};

constexpr NamedValue time_exceeded_codes[] = {
    {0, "Time to Live Exceeded in Transit"},
    {1, "Fragment Reassembly Time Exceeded"},
};

constexpr NamedValue tcp_options[] = {
    {0, "End of Option List"}, {1, "No-Operation"}, {2, "Maximum Segment Size"}, {3, "Window Scale"},
    {4, "SACK Permitted"},     {5, "SACK"},         {8, "Timestamps"},
};

}  // namespace

NameTable payload_type_names() { return payload_types; }
NameTable exchange_type_names() { return exchange_types; }
NameTable doi_names() { return dois; }
NameTable situation_names() { return situations; }
NameTable protocol_id_names() { return protocol_ids; }
NameTable id_type_names() { return id_types; }
NameTable id_protocol_names() { return protocols; }
NameTable ip_protocol_names() { return NameTable(protocols).subspan(1); }
NameTable notification_type_names() { return notification_types; }
NameTable attribute_format_names() { return attribute_formats; }
NameTable certificate_encoding_names() { return certificate_encodings; }
NameTable icmp_type_names() { return icmp_types; }
NameTable unreachable_code_names() { return unreachable_codes; }
NameTable time_exceeded_code_names() { return time_exceeded_codes; }
NameTable tcp_option_names() { return tcp_options; }

std::string_view find_name(NameTable table, std::uint64_t value) {
  const auto before = [](const NamedValue& entry, std::uint64_t wanted) { return entry.value < wanted; };
  const auto found = std::lower_bound(table.begin(), table.end(), value, before);
  return found != table.end() && found->value == value ? found->name : std::string_view();
}

std::string value_name(NameTable table, std::uint64_t value) {
  const std::string_view name = find_name(table, value);
  return name.empty() ? "unknown (" + std::to_string(value) + ")" : std::string(name);
}

}  // namespace engine::wire
