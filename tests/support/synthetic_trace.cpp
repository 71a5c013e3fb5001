#include "tests/support/synthetic_trace.h"

#include <vector>

#include "tests/support/synthetic_tunnel.h"

namespace tests {

using namespace std::chrono_literals;

sim::Trace synthetic_trace(const SyntheticOptions& options) {
  TraceBuilder builder;
  sim::Trace& trace = builder.trace;
  std::vector<SyntheticTunnel> tunnels;
  for (sim::Index tunnel = 0; tunnel < options.tunnels; ++tunnel) {
    tunnels.emplace_back(builder, tunnel);
    tunnels.back().main_mode(tunnel == 1 && options.lose_message_5_of_tunnel_2, false);
    tunnels.back().quick_mode();
  }
  for (std::uint32_t ping = 0; ping < options.pings; ++ping) {
    if (ping == 0) {
      const sim::Index step = builder.step(sim::StepKind::script, node::pc);
      builder.note(sim::ScriptNote{"ping pc ec2"});
      builder.note(sim::BeatNote{0});
      trace.beats.push_back(
          {"first-ping", step, {"The first ping", "最初のping"}, {"It goes.", "通る。"}, std::nullopt});
    }
    tunnels.front().ping();
    builder.wait(1s);
  }
  for (std::uint32_t round = 0; round < options.dpd_rounds; ++round) {
    builder.wait(10s);
    for (SyntheticTunnel& tunnel : tunnels) tunnel.dpd_round();
  }
  if (options.rekey) tunnels.front().quick_mode();
  if (options.fail_third_exchange) tunnels.back().main_mode(false, true);
  if (options.end_down) tunnels.back().go_down(engine::Reason::peer_dead);
  trace.settings = {{"pre_shared_key", "ipsec ike pre-shared-key 1 text a-key-that-is-shared", 7}};
  trace.index();
  return std::move(trace);
}

sim::Trace large_synthetic_trace(std::uint32_t arrows) {
  SyntheticOptions options;
  options.pings = arrows / 12;      // A ping is six arrows: three each way.
  options.dpd_rounds = arrows / 8;  // Two a round on each of two tunnels.
  return synthetic_trace(options);
}

}  // namespace tests
