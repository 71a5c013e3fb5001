#include "tests/unit/ike/laboratory.h"

#include <algorithm>

namespace laboratory {

std::vector<std::string> Recorder::sent() const {
  std::vector<std::string> names;
  for (const auto* message : of<ike::MessageSent>()) {
    names.push_back(message->name.id + (message->retransmission > 0 ? " (again)" : ""));
  }
  return names;
}

std::size_t Recorder::count_sent(const std::string& id) const {
  const auto messages = of<ike::MessageSent>();
  return static_cast<std::size_t>(
      std::count_if(messages.begin(), messages.end(), [&](const auto* message) { return message->name.id == id; }));
}

bool Recorder::refused(Reason reason) const {
  const auto refusals = of<ike::MessageRefused>();
  return std::any_of(refusals.begin(), refusals.end(), [&](const auto* refusal) { return refusal->reason == reason; });
}

std::size_t Recorder::count_remarks(std::string_view id) const {
  const auto remarks = of<ike::Remark>();
  return static_cast<std::size_t>(
      std::count_if(remarks.begin(), remarks.end(), [&](const auto* remark) { return remark->id == id; }));
}

bool Recorder::remarked(std::string_view id) const { return count_remarks(id) > 0; }

Reason Recorder::failure(std::string_view machine) const {
  for (const auto* change : of<ike::StateChanged>()) {
    if (change->machine == machine && change->to == "failed") return change->reason;
  }
  return Reason::none;
}

const ike::ValueDerived* Recorder::value(ike::ValueId id) const {
  for (const auto* value : of<ike::ValueDerived>()) {
    if (value->id == id) return value;
  }
  return nullptr;
}

const ike::ValueDerived* Recorder::last_value(std::string_view name) const {
  const auto values = of<ike::ValueDerived>();
  const auto found =
      std::find_if(values.rbegin(), values.rend(), [&](const auto* value) { return value->name == name; });
  return found == values.rend() ? nullptr : *found;
}

std::size_t Side::established() const {
  const auto states = daemon->ike_sas();
  return static_cast<std::size_t>(
      std::count_if(states.begin(), states.end(), [](const auto& sa) { return sa.state == "established"; }));
}

Laboratory::Laboratory(bool watched) : left(1, watched), right(2, watched) {}

void Laboratory::connect(const ike::Connection& left_side, const ike::Connection& right_side) {
  left.daemon->add(left_side);
  right.daemon->add(right_side);
}

void Laboratory::start() {
  right.daemon->start(now);
  left.daemon->start(now);
  collect();
}

void Laboratory::collect() {
  collect(left, true);
  collect(right, false);
}

void Laboratory::collect(Side& side, bool to_right) {
  for (ike::Output& output : side.daemon->take_outputs()) {
    if (auto* datagram = std::get_if<ike::SendDatagram>(&output)) {
      captured.push_back(datagram->payload);
      Flight flight{now + latency, to_right, datagram->source, datagram->destination, datagram->payload};
      const unsigned copies = fault ? fault(flight) : 1;
      for (unsigned i = 0; i < copies; ++i) flying_.push_back(flight);
    } else if (auto* install = std::get_if<ike::InstallSas>(&output)) {
      side.installed.push_back(*install);
      ++side.installs;
    } else if (auto* remove = std::get_if<ike::RemoveSas>(&output)) {
      side.removed.push_back(*remove);
      std::erase_if(side.installed, [&](const auto& entry) { return entry.id == remove->id; });
    }
  }
}

void Laboratory::run_until(Duration since_start) {
  const Time end{since_start};
  for (;;) {
    std::optional<Time> next;
    const auto earlier = [&](std::optional<Time> time) {
      if (time && (!next || *time < *next)) next = time;
    };
    earlier(left.daemon->next_deadline());
    earlier(right.daemon->next_deadline());
    for (const Flight& flight : flying_) earlier(flight.arrival);
    if (!next || *next > end) break;
    now = std::max(now, *next);
    const auto arrived =
        std::find_if(flying_.begin(), flying_.end(), [&](const Flight& flight) { return flight.arrival <= now; });
    if (arrived != flying_.end()) {
      const Flight flight = *arrived;
      flying_.erase(arrived);
      Side& side = flight.to_right ? right : left;
      side.daemon->receive(now, flight.source, flight.destination, flight.payload);
    } else {
      left.daemon->expire(now);
      right.daemon->expire(now);
    }
    collect();
  }
  now = end;
}

void Laboratory::traffic(bool to_right) {
  Side& from = to_right ? left : right;
  Side& to = to_right ? right : left;
  if (from.installed.empty()) return;
  const ike::InstallSas& pair = from.installed.back();
  from.daemon->note_outbound_traffic(now, pair.id);
  for (const ike::InstallSas& other : to.installed) {
    if (other.inbound.spi != pair.outbound.spi) continue;
    to.daemon->note_inbound_traffic(now, other.id);
    break;
  }
  collect();
}

void Laboratory::inject(bool to_right, ByteView payload) {
  const Endpoint left_end{left_address, 500};
  const Endpoint right_end{right_address, 500};
  (to_right ? right : left)
      .daemon->receive(now, to_right ? left_end : right_end, to_right ? right_end : left_end, payload);
  collect();
}

ike::Connection left_connection() {
  ike::Connection connection;
  connection.name = "tunnel";
  connection.local_address = left_address;
  connection.remote_address = right_address;
  connection.pre_shared_key = SecretBytes(bytes_of("a secret that both know"));
  connection.phase1 = {ike::Phase1Transform{}};
  connection.phase2 = {ike::Phase2Transform{}};
  connection.pfs = {crypto::DhGroup::modp1024};
  connection.phase1_lifetime.time = std::chrono::hours(8);
  connection.phase2_lifetime.time = std::chrono::hours(1);
  connection.initiate = true;
  return connection;
}

ike::Connection right_connection() {
  ike::Connection connection = left_connection();
  std::swap(connection.local_address, connection.remote_address);
  std::swap(connection.local_subnet, connection.remote_subnet);
  connection.initiate = false;
  return connection;
}

}  // namespace laboratory
