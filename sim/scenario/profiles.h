#pragma once

#include "engine/base/time.h"
#include "engine/ike/connection.h"
#include "sim/scenario/aws_options.h"

/// Behaviour of makes of device: the values that no configuration file says. What is not laid down by the maker's
/// documents is an assumption and stands as one in the structures below.
namespace sim {

/// Assumptions about the Yamaha RTX.
struct YamahaAssumptions {
  /// The reference gives 70 to 90 % as range of the rekey setting and 75 % as its value.
  std::uint32_t rekey_at_percent = 75;
  /// DPD probes are sent at the interval whether there is traffic or not.
  engine::ike::DpdMode dpd_mode = engine::ike::DpdMode::periodic;
  /// Pause before "auto refresh" negotiates again after a failure.
  engine::Duration retry_after{std::chrono::seconds(30)};
};

/// A Yamaha RTX's tunnel on which nothing is set: the command reference's defaults.
engine::ike::Connection yamaha_rtx_defaults(const YamahaAssumptions& assumptions = {});

/// How AWS's sentence "rekey margin time: the period before the phase 2 lifetime expires, during which AWS performs an
/// IKE rekey; rekey fuzz: the percentage of the rekey window within which the rekey time is randomly selected" is read.
enum class AwsRekeyReading : std::uint8_t {
  /// lifetime - margin x (1 + U(0, fuzz)): before the margin begins. AWS's log strings point to this formula's origin.
  before_margin,
  /// AWS does not begin a rekey by itself; the customer's device must.
  customer_only,
};

/// Assumptions about AWS's tunnel endpoints.
struct AwsAssumptions {
  AwsRekeyReading rekey = AwsRekeyReading::before_margin;
  /// "If AWS receives no traffic from a VPN peer for 10 seconds, AWS sends a DPD R-U-THERE message". The timeout's
  /// remaining time is spent on probes at the same interval: 40 s make three of them.
  engine::Duration dpd_interval{std::chrono::seconds(10)};
  /// "Logical interface MTU" of AWS's table of requirements: fits every combination of algorithms.
  std::uint32_t tunnel_mtu = 1399;
};

/// The AWS end of a tunnel. The options must have passed check_aws_rules().
engine::ike::Connection aws_connection(const AwsTunnelOptions& options, engine::Ipv4Address customer_gateway,
                                       const AwsAssumptions& assumptions = {});

}  // namespace sim
