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

/// The AWS end of a tunnel. The options must have passed check_aws_rules().
engine::ike::Connection aws_connection(const AwsTunnelOptions& options, engine::Ipv4Address customer_gateway,
                                       const AwsAssumptions& assumptions);

}  // namespace sim
