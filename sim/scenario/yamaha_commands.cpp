#include "sim/scenario/yamaha_commands.h"

#include <array>

#include <fmt/format.h>

#include "sim/scenario/profiles.h"

namespace sim {
namespace {

using engine::crypto::CipherAlgorithm;
using engine::crypto::DhGroup;
using engine::crypto::HashAlgorithm;
using engine::crypto::IntegrityAlgorithm;
using engine::ike::Phase1Transform;

using Arguments = ConfigurationArguments;

/// Ranges of the command reference.
constexpr std::uint64_t highest_tunnel = 6000;
constexpr std::uint64_t highest_policy = 2147483647;
constexpr std::uint64_t shortest_lifetime = 300;
constexpr std::uint64_t longest_lifetime = 691200;

void note(YamahaDraft::Sources& sources, std::string id, const Arguments& arguments) {
  sources.push_back({std::move(id), arguments.line().text, arguments.line().number});
}

std::string place_of(const ConfigurationLine& line) {
  return fmt::format("{}:{}:{}", line.file, line.number, line.words[0].column);
}

void keep_unknown(YamahaDraft& draft, const ConfigurationLine& line, std::string hint) {
  draft.unknown_lines.push_back({line.file, line.number, line.text, std::move(hint)});
}

YamahaDraft::Gateway& take_gateway(YamahaDraft& draft, Arguments& arguments) {
  const std::uint64_t number = arguments.number("the number of a security gateway", 1, highest_tunnel);
  const auto [at, is_new] = draft.gateways.try_emplace(static_cast<std::uint32_t>(number));
  if (is_new) at->second.connection = yamaha_rtx_defaults();
  return at->second;
}

/// The tunnel that is selected; the line is refused where none is.
YamahaDraft::Tunnel* selected_tunnel(YamahaDraft& draft, Arguments& arguments) {
  if (draft.selected != 0) return &draft.tunnels[draft.selected];
  arguments.refuse("this belongs to a tunnel, but none is selected", "a line \"tunnel select N\" before it");
  return nullptr;
}

void tunnel_select(YamahaDraft& draft, Arguments& arguments) {
  draft.selected = 0;
  if (arguments.take("none")) return;
  const auto number =
      static_cast<std::uint32_t>(arguments.number("\"none\" or the number of a tunnel", 1, highest_tunnel));
  draft.selected = number;
  YamahaDraft::Tunnel& tunnel = draft.tunnels[number];
  tunnel.tunnel.number = number;
  note(tunnel.sources, "tunnel", arguments);
}

void tunnel_enable(YamahaDraft& draft, Arguments& arguments) {
  const auto number = static_cast<std::uint32_t>(arguments.number("the number of a tunnel", 1, highest_tunnel));
  if (!draft.tunnels.contains(number)) {
    return arguments.refuse(fmt::format("tunnel {} does not exist", number),
                            fmt::format("a line \"tunnel select {}\" before it", number));
  }
  draft.tunnels[number].tunnel.enabled = true;
  note(draft.tunnels[number].sources, "enable", arguments);
}

void ipsec_tunnel(YamahaDraft& draft, Arguments& arguments) {
  const auto policy = static_cast<std::uint32_t>(arguments.number("the number of an SA policy", 1, highest_policy));
  YamahaDraft::Tunnel* tunnel = selected_tunnel(draft, arguments);
  if (tunnel == nullptr) return;
  tunnel->policy = policy;
  tunnel->policy_place = place_of(arguments.line());
  note(tunnel->sources, "phase2.policy", arguments);
}

struct NamedCipher {
  std::string_view name;
  CipherAlgorithm cipher;
  std::uint16_t key_bits;
};
constexpr std::array ciphers{NamedCipher{"3des-cbc", CipherAlgorithm::des3_cbc, 192},
                             NamedCipher{"aes-cbc", CipherAlgorithm::aes_cbc, 128},
                             NamedCipher{"aes256-cbc", CipherAlgorithm::aes_cbc, 256}};

const NamedCipher& take_cipher(Arguments& arguments) {
  return ciphers[arguments.choice({ciphers[0].name, ciphers[1].name, ciphers[2].name})];
}

void sa_policy(YamahaDraft& draft, Arguments& arguments) {
  const auto number = static_cast<std::uint32_t>(arguments.number("the number of an SA policy", 1, highest_policy));
  YamahaDraft::Policy policy;
  policy.place = place_of(arguments.line());
  policy.gateway = static_cast<std::uint32_t>(arguments.number("the number of a security gateway", 1, highest_tunnel));
  arguments.choice({"esp"});
  const NamedCipher& cipher = take_cipher(arguments);
  constexpr std::array hashes{IntegrityAlgorithm::hmac_md5_96, IntegrityAlgorithm::hmac_sha1_96,
                              IntegrityAlgorithm::hmac_sha2_256_128, IntegrityAlgorithm::hmac_sha2_384_192,
                              IntegrityAlgorithm::hmac_sha2_512_256};
  const IntegrityAlgorithm hash =
      hashes[arguments.choice({"md5-hmac", "sha-hmac", "sha256-hmac", "sha384-hmac", "sha512-hmac"})];
  policy.transform = {cipher.cipher, cipher.key_bits, hash};
  if (arguments.take("anti-replay-check=off")) policy.anti_replay = false;
  arguments.take("anti-replay-check=on");
  note(policy.sources, "phase2.transform", arguments);
  draft.policies[number] = std::move(policy);
}

void ike_version(YamahaDraft& draft, Arguments& arguments) {
  take_gateway(draft, arguments);
  if (arguments.number("the IKE version", 1, 2) == 2) {
    arguments.refuse("IKEv2 is not simulated by this version", "1");
  }
}

void ike_encryption(YamahaDraft& draft, Arguments& arguments) {
  YamahaDraft::Gateway& gateway = take_gateway(draft, arguments);
  const NamedCipher& cipher = take_cipher(arguments);
  gateway.connection.phase1[0].cipher = cipher.cipher;
  gateway.connection.phase1[0].key_bits = cipher.key_bits;
  note(gateway.sources, "phase1.encryption", arguments);
}

DhGroup take_group(Arguments& arguments) {
  constexpr std::array groups{DhGroup::modp768, DhGroup::modp1024, DhGroup::modp1536, DhGroup::modp2048};
  return groups[arguments.choice({"modp768", "modp1024", "modp1536", "modp2048"})];
}

void ike_group(YamahaDraft& draft, Arguments& arguments) {
  YamahaDraft::Gateway& gateway = take_gateway(draft, arguments);
  gateway.connection.phase1[0].group = take_group(arguments);
  // "ipsec ike group GATEWAY GROUP [GROUP]": the second one is for PFS.
  if (!arguments.at_end()) gateway.pfs_group = take_group(arguments);
  if (gateway.connection.phase1[0].group == DhGroup::modp768 || gateway.pfs_group == DhGroup::modp768) {
    arguments.refuse("group modp768 is not simulated: it can be broken", "modp1024, modp1536 or modp2048");
  }
  note(gateway.sources, "phase1.group", arguments);
}

void ike_hash(YamahaDraft& draft, Arguments& arguments) {
  YamahaDraft::Gateway& gateway = take_gateway(draft, arguments);
  constexpr std::array hashes{HashAlgorithm::md5, HashAlgorithm::sha1, HashAlgorithm::sha2_256, HashAlgorithm::sha2_384,
                              HashAlgorithm::sha2_512};
  gateway.connection.phase1[0].hash = hashes[arguments.choice({"md5", "sha", "sha256", "sha384", "sha512"})];
  note(gateway.sources, "phase1.hash", arguments);
}

void ike_pre_shared_key(YamahaDraft& draft, Arguments& arguments) {
  YamahaDraft::Gateway& gateway = take_gateway(draft, arguments);
  engine::Bytes key;
  if (arguments.take("text")) {
    const std::string text = arguments.word("the key's characters");
    if (text.size() > 64) arguments.refuse("the key is too long", "1 to 64 characters");
    key = engine::bytes_of(text);
  } else {
    const std::string text = arguments.word("\"text KEY\" or a key in hexadecimal with 0x");
    const engine::Result<engine::Bytes> octets =
        engine::from_hex(std::string_view(text).substr(std::min<std::size_t>(2, text.size())));
    if (!text.starts_with("0x") || !octets || octets->empty() || octets->size() > 64) {
      arguments.refuse("this is no key", "\"text KEY\", or 0x and up to 64 octets in hexadecimal");
    } else {
      key = *octets;
    }
  }
  gateway.connection.pre_shared_key = engine::SecretBytes(std::move(key));
  note(gateway.sources, "pre_shared_key", arguments);
}

void ike_pfs(YamahaDraft& draft, Arguments& arguments) {
  YamahaDraft::Gateway& gateway = take_gateway(draft, arguments);
  gateway.pfs = arguments.on_or_off();
  note(gateway.sources, "phase2.pfs", arguments);
}

void ike_duration(YamahaDraft& draft, Arguments& arguments) {
  const bool phase1 = arguments.choice({"isakmp-sa", "ike-sa", "ipsec-sa", "child-sa"}) < 2;
  YamahaDraft::Gateway& gateway = take_gateway(draft, arguments);
  engine::ike::SaLifetime& lifetime = phase1 ? gateway.connection.phase1_lifetime : gateway.connection.phase2_lifetime;
  lifetime.time = std::chrono::seconds(arguments.number("a number of seconds", shortest_lifetime, longest_lifetime));
  if (!arguments.at_end() && !arguments.take("rekey")) {
    lifetime.kilobytes = arguments.number("a number of kilobytes", 100, 100'000'000);
    if (!arguments.at_end()) arguments.choice({"rekey"});
  }
  if (arguments.take("off")) {
    lifetime.rekey = false;
  } else if (!arguments.at_end()) {
    lifetime.rekey_at_percent = static_cast<std::uint32_t>(arguments.number("\"off\" or a percentage", 70, 90));
  }
  note(gateway.sources, phase1 ? "phase1.lifetime" : "phase2.lifetime", arguments);
}

void ike_keepalive(YamahaDraft& draft, Arguments& arguments) {
  YamahaDraft::Gateway& gateway = take_gateway(draft, arguments);
  engine::ike::Dpd& dpd = gateway.connection.dpd;
  dpd.mode = engine::ike::DpdMode::off;
  note(gateway.sources, "dpd", arguments);
  if (arguments.choice({"on", "off", "auto"}) != 0) return;
  if (arguments.at_end() || arguments.take("heartbeat") || arguments.take("icmp-echo")) {
    return keep_unknown(draft, arguments.line(), "only keepalive by dpd is simulated; the tunnel runs without");
  }
  arguments.choice({"dpd", "rfc4306"});
  dpd.mode = YamahaAssumptions().dpd_mode;
  dpd.retries = 6;
  if (!arguments.at_end()) {
    dpd.interval = std::chrono::seconds(arguments.number("an interval in seconds", 1, 600));
  }
  if (!arguments.at_end()) dpd.retries = static_cast<std::uint32_t>(arguments.number("a count of probes", 1, 50));
}

/// "ipsec ike local|remote address G ADDRESS".
template <bool local>
void ike_address(YamahaDraft& draft, Arguments& arguments) {
  const std::string_view side = local ? "local" : "remote";
  if (arguments.take("id")) {
    return keep_unknown(draft, arguments.line(),
                        fmt::format("a known mistake in AWS's published sample; the router's command is \"ipsec ike {} "
                                    "id {}\"",
                                    side, arguments.rest()));
  }
  YamahaDraft::Gateway& gateway = take_gateway(draft, arguments);
  engine::Ipv4Address& address = local ? gateway.connection.local_address : gateway.connection.remote_address;
  address = arguments.address(local ? "this router's own IPv4 address" : "the peer's IPv4 address");
  note(gateway.sources, fmt::format("{}_address", side), arguments);
}

/// "ipsec ike local|remote id G NETWORK": "not set: phase 2 IDs are not sent".
template <bool local>
void ike_id(YamahaDraft& draft, Arguments& arguments) {
  YamahaDraft::Gateway& gateway = take_gateway(draft, arguments);
  (local ? gateway.connection.local_subnet : gateway.connection.remote_subnet) = arguments.network("an IPv4 network");
  gateway.connection.send_client_ids = true;
  note(gateway.sources, local ? "local_id" : "remote_id", arguments);
}

void ike_retry(YamahaDraft& draft, Arguments& arguments) {
  engine::ike::Retransmission retry;
  retry.factor_permille = 1000;
  retry.tries = static_cast<std::uint32_t>(arguments.number("a count of retries", 1, 50));
  retry.first = std::chrono::seconds(arguments.number("an interval in seconds", 1, 100));
  if (!arguments.at_end()) arguments.number("a count of sessions", 1, 5);
  draft.retry = retry;
  note(draft.retry_sources, "retry", arguments);
}

void outer_df_bit(YamahaDraft& draft, Arguments& arguments) {
  constexpr std::array policies{engine::esp::DfPolicy::copy, engine::esp::DfPolicy::set, engine::esp::DfPolicy::clear};
  YamahaDraft::Tunnel* tunnel = selected_tunnel(draft, arguments);
  if (tunnel == nullptr) return;
  tunnel->df = policies[arguments.choice({"copy", "set", "clear"})];
  note(tunnel->sources, "esp.df", arguments);
}

void tunnel_address(YamahaDraft& draft, Arguments& arguments) {
  YamahaDraft::Tunnel* tunnel = selected_tunnel(draft, arguments);
  if (tunnel == nullptr) return;
  tunnel->tunnel.inside_address = arguments.network("an IPv4 address with a mask, such as 169.254.97.130/30");
  note(tunnel->sources, "inside_address", arguments);
}

void tunnel_remote_address(YamahaDraft& draft, Arguments& arguments) {
  YamahaDraft::Tunnel* tunnel = selected_tunnel(draft, arguments);
  if (tunnel == nullptr) return;
  tunnel->tunnel.inside_remote = arguments.address("the peer's inside IPv4 address");
  note(tunnel->sources, "inside_remote_address", arguments);
}

void tunnel_mss(YamahaDraft& draft, Arguments& arguments) {
  YamahaDraft::Tunnel* tunnel = selected_tunnel(draft, arguments);
  if (tunnel == nullptr) return;
  MssClamp& mss = tunnel->tunnel.mss;
  mss = {};
  if (arguments.take("auto")) {
    mss.mode = MssClamp::Mode::automatic;
  } else if (!arguments.take("off")) {
    mss.mode = MssClamp::Mode::fixed;
    mss.limit = static_cast<std::uint16_t>(arguments.number("\"auto\", \"off\" or an MSS", 536, 1460));
  }
  note(tunnel->sources, "tcp_mss", arguments);
}

void tunnel_mtu(YamahaDraft& draft, Arguments& arguments) {
  YamahaDraft::Tunnel* tunnel = selected_tunnel(draft, arguments);
  if (tunnel == nullptr) return;
  tunnel->tunnel.mtu = static_cast<std::uint32_t>(arguments.number("an MTU", 68, 1500));
  note(tunnel->sources, "mtu", arguments);
}

void auto_refresh(YamahaDraft& draft, Arguments& arguments) {
  if (arguments.take("on") || arguments.take("off")) {
    draft.auto_refresh = arguments.line().words.back().text == "on";
    return note(draft.auto_refresh_sources, "auto_refresh", arguments);
  }
  YamahaDraft::Gateway& gateway = take_gateway(draft, arguments);
  gateway.auto_refresh = arguments.on_or_off();
  note(gateway.sources, "auto_refresh", arguments);
}

void lan_address(YamahaDraft& draft, Arguments& arguments) {
  const std::string& name = arguments.line().words[1].text;
  const engine::Ipv4Network address = arguments.network("an IPv4 address with a mask, such as 192.168.1.1/24");
  draft.interfaces.push_back({name, address, arguments.line().number});
  note(draft.sources, "interface_address", arguments);
}

void route(YamahaDraft& draft, Arguments& arguments) {
  const engine::Ipv4Network to =
      arguments.take("default") ? engine::Ipv4Network{} : arguments.network("\"default\" or an IPv4 network");
  note(draft.sources, "route", arguments);
  arguments.choice({"gateway"});
  do {
    YamahaRoute one{to, std::nullopt, 0, arguments.line().number};
    if (arguments.take("tunnel")) {
      one.tunnel = static_cast<std::uint32_t>(arguments.number("the number of a tunnel", 1, highest_tunnel));
    } else {
      one.via = arguments.address("an IPv4 address or \"tunnel N\"");
    }
    arguments.take("hide");
    draft.routes.push_back(one);
  } while (arguments.take("gateway"));
}

struct Command {
  std::string_view words;
  void (*apply)(YamahaDraft&, Arguments&);
};

constexpr std::array commands{
    Command{"tunnel select", tunnel_select},
    Command{"tunnel enable", tunnel_enable},
    Command{"ipsec tunnel outer df-bit", outer_df_bit},
    Command{"ipsec tunnel", ipsec_tunnel},
    Command{"ipsec sa policy", sa_policy},
    Command{"ipsec ike version", ike_version},
    Command{"ipsec ike encryption", ike_encryption},
    Command{"ipsec ike group", ike_group},
    Command{"ipsec ike hash", ike_hash},
    Command{"ipsec ike pre-shared-key", ike_pre_shared_key},
    Command{"ipsec ike pfs", ike_pfs},
    Command{"ipsec ike duration", ike_duration},
    Command{"ipsec ike keepalive use", ike_keepalive},
    Command{"ipsec ike local address", ike_address<true>},
    Command{"ipsec ike remote address", ike_address<false>},
    Command{"ipsec ike local id", ike_id<true>},
    Command{"ipsec ike remote id", ike_id<false>},
    Command{"ipsec ike retry", ike_retry},
    Command{"ipsec auto refresh", auto_refresh},
    Command{"ip tunnel address", tunnel_address},
    Command{"ip tunnel remote address", tunnel_remote_address},
    Command{"ip tunnel tcp mss limit", tunnel_mss},
    Command{"ip tunnel mtu", tunnel_mtu},
    Command{"ip route", route},
};

/// The number of words of `command` if the line begins with them, else 0.
std::size_t matching_words(const ConfigurationLine& line, std::string_view command) {
  std::size_t count = 0;
  while (!command.empty()) {
    const std::size_t end = std::min(command.find(' '), command.size());
    if (count >= line.words.size() || line.words[count].text != command.substr(0, end)) return 0;
    ++count;
    command.remove_prefix(std::min(end + 1, command.size()));
  }
  return count;
}

bool is_lan_address(const ConfigurationLine& line) {
  return line.words.size() >= 3 && line.words[0].text == "ip" && line.words[1].text.starts_with("lan") &&
         line.words[2].text == "address";
}

engine::Result<void> run(YamahaDraft& draft, const ConfigurationLine& line, std::size_t words,
                         void (*apply)(YamahaDraft&, Arguments&)) {
  Arguments arguments(line, words);
  const std::size_t unknown_before = draft.unknown_lines.size();
  apply(draft, arguments);
  if (arguments.failed()) return arguments.error();
  if (!arguments.at_end() && draft.unknown_lines.size() == unknown_before) {
    keep_unknown(draft, line,
                 fmt::format("the line has its effect, but \"{}\" at its end is not known", arguments.rest()));
  }
  return {};
}

}  // namespace

engine::Result<void> apply_yamaha_line(YamahaDraft& draft, const ConfigurationLine& line) {
  for (const Command& command : commands) {
    if (const std::size_t words = matching_words(line, command.words)) return run(draft, line, words, command.apply);
  }
  if (is_lan_address(line)) return run(draft, line, 3, lan_address);
  keep_unknown(draft, line, "");
  return {};
}

}  // namespace sim
