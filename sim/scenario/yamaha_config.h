#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/address.h"
#include "engine/base/result.h"
#include "engine/ike/connection.h"

namespace sim {

/// A device configuration file: its name (for messages) and its text.
struct ConfigurationFile {
  std::string name;
  std::string text;
};

/// What becomes of the MSS option of TCP SYN segments that cross a tunnel interface.
struct MssClamp {
  enum class Mode : std::uint8_t { off, automatic, fixed } mode = Mode::off;
  std::uint16_t limit = 0;  ///< fixed: 536 to 1460.
};

/// One `tunnel select` of a Yamaha RTX.
struct YamahaTunnel {
  std::uint32_t number = 0;   ///< tunnel select N
  std::uint32_t gateway = 0;  ///< Security gateway of its IPsec policy.
  engine::ike::Connection connection;
  engine::Ipv4Network inside_address;  ///< ip tunnel address; prefix length 0 with address 0: not set.
  std::optional<engine::Ipv4Address> inside_remote;
  std::uint32_t mtu = 1280;
  MssClamp mss;
  bool enabled = false;
};

/// `ip lanN address`.
struct YamahaInterface {
  std::string name;
  engine::Ipv4Network address;
  std::uint32_t line = 0;
};

/// `ip route NETWORK gateway ADDRESS|tunnel N`.
struct YamahaRoute {
  engine::Ipv4Network to;
  std::optional<engine::Ipv4Address> via;
  std::uint32_t tunnel = 0;
  std::uint32_t line = 0;
};

/// A line that is not understood: kept and reported, never fatal.
struct UnknownLine {
  std::string file;
  std::uint32_t line = 0;
  std::string text;
  std::string hint;  ///< What was probably meant, where that is known; may be empty.
};

/// "tunnel1.conf:12: line not known, kept: ...".
std::string to_string(const UnknownLine& line);

/// What a Yamaha RTX router's configuration says, as far as a VPN is concerned.
struct YamahaConfiguration {
  std::vector<ConfigurationFile> files;
  std::vector<YamahaTunnel> tunnels;  ///< By number.
  std::vector<YamahaInterface> interfaces;
  std::vector<YamahaRoute> routes;
  std::vector<UnknownLine> unknown_lines;
  std::vector<engine::ike::Connection::SettingSource> settings;  ///< Lines that concern no single tunnel.

  const YamahaTunnel* find_tunnel(std::uint32_t number) const;
};

/// Reads configurations in the order given, as if typed in one after the other: what is not said has the value that the
/// router's command reference names as default. Tolerates leading and double blanks, CR LF, '#' comments and AWS's
/// banner. An error is a value that cannot be: message "file:line:column: what is wrong, what was expected".
engine::Result<YamahaConfiguration> parse_yamaha_configuration(const std::vector<ConfigurationFile>& files);

}  // namespace sim
