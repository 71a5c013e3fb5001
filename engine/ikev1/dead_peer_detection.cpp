#include "engine/ikev1/dead_peer_detection.h"

#include <algorithm>

#include "engine/ike/names.h"
#include "engine/ikev1/engine.h"

namespace engine::ikev1 {
namespace {

/// "the high-bit of the sequence number initially SHOULD be set to zero" (RFC 3706 6.2).
constexpr std::uint32_t sequence_mask = 0x7fffffff;

}  // namespace

void DeadPeerDetection::start(Time now, IsakmpSa& sa) {
  const ike::Dpd& policy = sa.tunnel->connection.dpd;
  sa.dpd.last_heard = now;
  if (policy.mode == ike::DpdMode::off) return;
  // "Both peers of an IKE session MUST send the DPD vendor ID before DPD exchanges can begin" (RFC 3706 5.1).
  if (!sa.dpd.peer_supports) return engine_.core.remark(*sa.tunnel, ike::remark::dpd_unsupported);
  // One less than the first, which "MUST be a randomly chosen number" (RFC 3706 6.2).
  sa.dpd.sequence = read_u32(engine_.core.random.bytes(RandomPurpose::sequence, 4), 0) & sequence_mask;
  if (policy.mode == ike::DpdMode::periodic) {
    engine_.core.deadlines.set(ike::Timer::dpd, sa.id, now + policy.interval);
  }
}

void DeadPeerDetection::stop(IsakmpSa& sa) {
  engine_.core.deadlines.cancel(ike::Timer::dpd, sa.id);
  if (!sa.dpd.probe) return;
  const ike::Transition* row =
      find_row(*sa.dpd.probe, ike::Trigger::command, static_cast<std::uint8_t>(InformationalAction::abandon));
  move_on(engine_.core, *sa.tunnel, sa.id, *sa.dpd.probe, *row, 0, Reason::none);
  sa.dpd.probe.reset();
}

void DeadPeerDetection::heard(Time now, IsakmpSa& sa) {
  sa.dpd.last_heard = now;
  sa.dpd.sent_since_heard = false;
  sa.dpd.unanswered = 0;
}

void DeadPeerDetection::sent(Time now, IsakmpSa& sa) {
  const ike::Dpd& policy = sa.tunnel->connection.dpd;
  if (policy.mode != ike::DpdMode::on_demand || !sa.dpd.peer_supports || sa.dpd.sent_since_heard) return;
  sa.dpd.sent_since_heard = true;
  // "an entity can initiate a DPD exchange if it has sent outbound IPSec traffic, but not received any inbound IPSec
  // packets in response" (RFC 3706 5.5): the peer gets the interval to send something, from now on.
  if (!sa.dpd.probe) engine_.core.deadlines.set(ike::Timer::dpd, sa.id, now + policy.interval);
}

void DeadPeerDetection::acknowledged(Time now, IsakmpSa& sa, ike::MessageId message) {
  const ike::Dpd& policy = sa.tunnel->connection.dpd;
  const ike::Transition* row =
      find_row(*sa.dpd.probe, ike::Trigger::message, static_cast<std::uint8_t>(InformationalAction::take_dpd_ack));
  move_on(engine_.core, *sa.tunnel, sa.id, *sa.dpd.probe, *row, message, Reason::none);
  sa.dpd.probe.reset();
  heard(now, sa);
  engine_.core.remark(*sa.tunnel, ike::remark::dpd_alive, [&] {
    return decltype(ike::Remark::values){{"sequence", std::to_string(sa.dpd.sequence)}};
  });
  if (policy.mode == ike::DpdMode::periodic) {
    engine_.core.deadlines.set(ike::Timer::dpd, sa.id, now + policy.interval);
  } else {
    engine_.core.deadlines.cancel(ike::Timer::dpd, sa.id);
  }
  engine_.lifecycle.report(sa);
}

bool DeadPeerDetection::idle(Time now, IsakmpSa& sa) {
  const ike::Dpd& policy = sa.tunnel->connection.dpd;
  if (sa.dpd.unanswered > 0) return true;
  if (policy.mode == ike::DpdMode::on_demand) return sa.dpd.sent_since_heard;
  // "if traffic is regularly exchanged between two peers, either peer SHOULD use this traffic as proof of liveliness,
  // and both peers SHOULD NOT initiate a DPD exchange" (RFC 3706 5.4).
  if (now >= sa.dpd.last_heard + policy.interval) return true;
  engine_.core.deadlines.set(ike::Timer::dpd, sa.id, sa.dpd.last_heard + policy.interval);
  return false;
}

void DeadPeerDetection::expire(Time now, IsakmpSa& sa) {
  const ike::Dpd& policy = sa.tunnel->connection.dpd;
  if (sa.dpd.probe) {
    const bool silent = sa.dpd.last_heard < sa.dpd.probe_sent;
    const auto action = silent ? InformationalAction::count_unanswered : InformationalAction::abandon;
    const ike::Transition* row = find_row(*sa.dpd.probe, silent ? ike::Trigger::timeout : ike::Trigger::command,
                                          static_cast<std::uint8_t>(action));
    move_on(engine_.core, *sa.tunnel, sa.id, *sa.dpd.probe, *row, 0,
            silent ? Reason::peer_not_responding : Reason::none);
    sa.dpd.probe.reset();
    if (silent) ++sa.dpd.unanswered;
    if (sa.dpd.unanswered >= std::max(policy.retries, 1U)) return engine_.lifecycle.peer_dead(now, sa);
  }
  if (idle(now, sa)) ask(now, sa);
}

void DeadPeerDetection::ask(Time now, IsakmpSa& sa) {
  const ike::Dpd& policy = sa.tunnel->connection.dpd;
  // "Subsequent R-U-THERE messages MUST increment the sequence number by one" (RFC 3706 6.2).
  ++sa.dpd.sequence;
  engine_.core.remark(*sa.tunnel, ike::remark::dpd_probe, [&] {
    return decltype(ike::Remark::values){{"sequence", std::to_string(sa.dpd.sequence)},
                                         {"number", std::to_string(sa.dpd.unanswered + 1)},
                                         {"of", std::to_string(std::max(policy.retries, 1U))}};
  });
  sa.dpd.probe = engine_.informational.ask(sa, sa.dpd.sequence);
  sa.dpd.probe_sent = now;
  engine_.core.deadlines.set(ike::Timer::dpd, sa.id, now + policy.interval);
  engine_.lifecycle.report(sa);
}

}  // namespace engine::ikev1
