#include "viz/model/state_view.h"

#include <algorithm>

namespace viz {
namespace {

using engine::ike::StateChanged;
using engine::ike::StateMachine;

/// How many SAs, the newest first, are looked at: bounds a frame's work.
constexpr std::size_t max_search = 64;

std::optional<std::uint8_t> find_state(const StateMachine& machine, std::string_view id) {
  for (std::size_t row = 0; row < machine.states.size(); ++row) {
    if (machine.states[row].id == id) return static_cast<std::uint8_t>(row);
  }
  return std::nullopt;
}

std::optional<std::uint32_t> find_transition(const StateMachine& machine, const StateChanged& change) {
  for (std::uint32_t row = 0; row < machine.transitions.size(); ++row) {
    const engine::ike::Transition& candidate = machine.transitions[row];
    if (candidate.story == change.story && candidate.from < machine.states.size() &&
        machine.states[candidate.from].id == change.from && candidate.to < machine.states.size() &&
        machine.states[candidate.to].id == change.to) {
      return row;
    }
  }
  return std::nullopt;
}

void visit(std::vector<std::uint8_t>& visited, std::optional<std::uint8_t> state) {
  if (state && std::find(visited.begin(), visited.end(), *state) == visited.end()) visited.push_back(*state);
}

MachineView machine_view(const TraceIndex& index, Index node, std::uint32_t exchange, Index step) {
  MachineView view;
  view.exchange = exchange;
  const History<StateChanged>& history = *index.machine(node, exchange);
  for (const auto& [at, change] : history.entries) {
    if (at > step) break;
    view.name = change->machine;
    view.machine = engine::ike::find_state_machine(change->machine);
    view.message_id = change->message_id;
    view.ike_sa = change->ike_sa;
    view.tunnel = index.tunnel_of(node, change->connection);
    view.current = change->to;
    view.since = at;
    view.reason = change->reason;
    if (!view.machine) continue;
    visit(view.visited, find_state(*view.machine, change->from));
    view.state = find_state(*view.machine, change->to);
    visit(view.visited, view.state);
    view.terminal = view.state && view.machine->states[*view.state].terminal;
    const std::optional<std::uint32_t> taken = find_transition(*view.machine, *change);
    if (taken) view.taken.push_back(*taken);
    if (at == step) view.taken_at_step = taken;
  }
  return view;
}

Remaining until(Time limit, Time now) {
  if (limit == Time{}) return {};
  return {true, limit > now ? limit - now : engine::Duration(0), limit <= now};
}

bool has_ended(std::string_view state) { return state == "deleted" || state == "failed"; }

/// Those that were told of at or before a step.
std::span<const TraceIndex::Subject> begun_by(std::span<const TraceIndex::Subject> subjects, Index step) {
  const auto next =
      std::upper_bound(subjects.begin(), subjects.end(), step,
                       [](Index wanted, const TraceIndex::Subject& subject) { return wanted < subject.first_step; });
  return subjects.first(static_cast<std::size_t>(next - subjects.begin()));
}

/// The SAs that exist at a step, newest first; the last of those that ended, if there is room.
template <class View, class Make>
std::vector<View> collect(std::span<const TraceIndex::Subject> subjects, Index step, Make make) {
  subjects = begun_by(subjects, step);
  std::vector<View> living;
  std::vector<std::pair<std::size_t, View>> ended;
  std::size_t place = subjects.size();
  for (std::size_t looked = 0; place-- > 0 && looked < max_search && living.size() < max_state_rows; ++looked) {
    bool over = false;
    View view = make(subjects[place].id, over);
    if (!over) {
      living.push_back(std::move(view));
    } else if (ended.size() < max_state_rows) {
      ended.emplace_back(living.size(), std::move(view));
    }
  }
  // Put what ended back where it was, as far as there is room.
  std::size_t inserted = 0;
  for (auto& [before, view] : ended) {
    if (living.size() >= max_state_rows) break;
    living.insert(living.begin() + static_cast<std::ptrdiff_t>(before + inserted++), std::move(view));
  }
  return living;
}

}  // namespace

NodeStateView state_at(const TraceIndex& index, Index node, Index step, Time time, Viewpoint viewpoint) {
  NodeStateView view;
  view.node = node;
  if (viewpoint == Viewpoint::eavesdropper) return view;
  for (const TraceIndex::MachineTrack& track : index.machine_tracks(node)) {
    const std::span<const TraceIndex::Subject> runs = begun_by(track.runs, step);
    if (!runs.empty()) view.machines.push_back(machine_view(index, node, runs.back().id, step));
  }
  view.ike_sas = collect<IkeSaView>(index.ike_sas(node), step, [&](std::uint32_t id, bool& over) {
    const auto* entry = index.ike_sa(node, id)->entry_at(step);
    const engine::ike::IkeSaState& state = *entry->state;
    over = has_ended(state.state);
    return IkeSaView{&state, index.tunnel_of(node, state.connection), entry->step, until(state.rekey_at, time),
                     until(state.expires_at, time)};
  });
  view.ipsec_sas = collect<IpsecSaView>(index.ipsec_sas(node), step, [&](std::uint32_t id, bool& over) {
    const auto* entry = index.ipsec_sa(node, id)->entry_at(step);
    const engine::ike::IpsecSaState& state = *entry->state;
    const History<sim::EspSaState>* traffic = index.esp_sa(node, id);
    over = has_ended(state.state);
    return IpsecSaView{&state,      traffic ? traffic->at(step) : nullptr, index.tunnel_of(node, state.connection),
                       entry->step, until(state.rekey_at, time),           until(state.expires_at, time)};
  });
  const History<sim::NodeCounters>* counters = index.counters(node);
  view.counters = counters ? counters->at(step) : nullptr;
  return view;
}

std::vector<Index> gateways(const sim::Trace& trace) {
  std::vector<Index> result;
  for (Index node = 0; node < trace.nodes.size(); ++node) {
    const sim::NodeType type = trace.nodes[node].type;
    if (type == sim::NodeType::customer_gateway || type == sim::NodeType::vgw_endpoint) result.push_back(node);
  }
  return result;
}

}  // namespace viz
