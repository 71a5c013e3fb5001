#include "viz/model/trace_index.h"

#include <type_traits>

namespace viz {
namespace {

using engine::ike::IkeSaState;
using engine::ike::IpsecSaState;
using engine::ike::StateChanged;

template <class Key, class Value>
const Value* find_in(const std::map<Key, Value>& map, const Key& key) {
  auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

template <class Key>
std::span<const Index> rows_of(const std::map<Key, std::vector<Index>>& map, const Key& key) {
  const std::vector<Index>* rows = find_in(map, key);
  return rows ? std::span<const Index>(*rows) : std::span<const Index>();
}

bool is_message(const sim::TracePacket& packet) {
  return packet.kind == sim::PacketKind::ike || packet.kind == sim::PacketKind::esp;
}

void sort_unique(std::vector<Index>& steps) {
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
}

}  // namespace

TraceIndex::TraceIndex(const sim::Trace& trace)
    : trace_(trace),
      ike_sa_subjects_(trace.nodes.size()),
      ipsec_sa_subjects_(trace.nodes.size()),
      machine_tracks_(trace.nodes.size()),
      link_hops_(trace.links.size()) {
  index_steps();
  index_packets();
  index_hops();
  index_values();
  index_negotiations();
  index_exchanges();
  sort_unique(phase_steps_);
}

void TraceIndex::index_steps() {
  const Index count = step_count();
  packet_at_.resize(count, no_index);
  tunnel_at_.resize(count, no_index);
  Index packet = no_index;
  Index tunnel = no_index;
  for (Index row = 0; row < count; ++row) {
    const sim::Step& step = trace_.steps[row];
    if (step.packet < trace_.packets.size()) packet = step.packet;
    if (step.tunnel < trace_.tunnels.size()) tunnel = step.tunnel;
    packet_at_[row] = packet;
    tunnel_at_[row] = tunnel;
    if (step.kind == sim::StepKind::send && step.packet < trace_.packets.size()) {
      packet_steps_.push_back(row);
      if (is_message(trace_.packets[step.packet])) message_steps_.push_back(row);
    }
    for (const sim::Note& note : step.notes) add_note(row, note);
  }
}

void TraceIndex::add_note(Index step, const sim::Note& note) {
  const Index node = trace_.steps[step].node;
  const auto add = [&](auto& histories, Subjects* subjects, std::uint32_t id, const auto& state) {
    if (node >= trace_.nodes.size()) return;
    auto& entries = histories[{node, id}].entries;
    if (entries.empty() && subjects) (*subjects)[node].push_back({step, id});
    entries.push_back({step, &state});
  };
  std::visit(
      [&](const auto& content) {
        using Content = std::decay_t<decltype(content)>;
        if constexpr (std::is_same_v<Content, IkeSaState>) {
          add(ike_sas_, &ike_sa_subjects_, content.id, content);
        } else if constexpr (std::is_same_v<Content, IpsecSaState>) {
          add(ipsec_sas_, &ipsec_sa_subjects_, content.id, content);
        } else if constexpr (std::is_same_v<Content, sim::EspSaState>) {
          add(esp_sas_, nullptr, content.id, content);
        } else if constexpr (std::is_same_v<Content, StateChanged>) {
          if (!machine(node, content.exchange)) add_to_track(node, step, content);
          add(machines_, nullptr, content.exchange, content);
        } else if constexpr (std::is_same_v<Content, sim::NodeCounters>) {
          add(counters_, nullptr, 0, content);
        } else if constexpr (std::is_same_v<Content, sim::TunnelState>) {
          tunnels_[content.tunnel].entries.push_back({step, &content});
          phase_steps_.push_back(step);
        }
      },
      note);
}

void TraceIndex::add_to_track(Index node, Index step, const StateChanged& change) {
  if (node >= machine_tracks_.size()) return;
  std::vector<MachineTrack>& tracks = machine_tracks_[node];
  auto track = std::find_if(tracks.begin(), tracks.end(), [&change](const MachineTrack& candidate) {
    return candidate.machine == change.machine && candidate.connection == change.connection;
  });
  if (track == tracks.end()) track = tracks.insert(track, {change.machine, change.connection, {}});
  track->runs.push_back({step, change.exchange});
}

void TraceIndex::index_packets() {
  // A counting sort of the steps by packet: one flat table, no allocation for each packet.
  packet_step_offsets_.assign(trace_.packets.size() + 1, 0);
  for (const sim::Step& step : trace_.steps) {
    if (step.packet < trace_.packets.size()) ++packet_step_offsets_[step.packet + 1];
  }
  for (std::size_t packet = 0; packet < trace_.packets.size(); ++packet) {
    packet_step_offsets_[packet + 1] += packet_step_offsets_[packet];
  }
  steps_of_packets_.resize(packet_step_offsets_.back());
  std::vector<Index> next(packet_step_offsets_.begin(), packet_step_offsets_.end() - 1);
  for (Index row = 0; row < step_count(); ++row) {
    const Index packet = trace_.steps[row].packet;
    if (packet < trace_.packets.size()) steps_of_packets_[next[packet]++] = row;
  }
}

void TraceIndex::index_hops() {
  for (Index packet = 0; packet < trace_.packets.size(); ++packet) {
    const std::vector<sim::TraceHop>& hops = trace_.packets[packet].hops;
    for (Index hop = 0; hop < hops.size(); ++hop) {
      if (hops[hop].link >= link_hops_.size()) continue;
      link_hops_[hops[hop].link].push_back({packet, hop, hops[hop].departed, hops[hop].arrived, {}});
    }
  }
  for (std::vector<LinkHop>& hops : link_hops_) {
    std::stable_sort(hops.begin(), hops.end(),
                     [](const LinkHop& a, const LinkHop& b) { return a.departed < b.departed; });
    Time latest{};
    for (LinkHop& hop : hops) {
      latest = std::max(latest, hop.arrived);
      hop.latest_arrival = latest;
    }
  }
}

void TraceIndex::index_values() {
  for (Index row = 0; row < trace_.values.size(); ++row) {
    values_[{trace_.values[row].node, trace_.values[row].derived.ike_sa}].push_back(row);
  }
  for (auto& [subject, rows] : values_) {
    std::stable_sort(rows.begin(), rows.end(),
                     [this](Index a, Index b) { return trace_.values[a].step < trace_.values[b].step; });
  }
}

void TraceIndex::index_negotiations() {
  for (Index row = 0; row < trace_.negotiations.size(); ++row) {
    const sim::TraceNegotiation& negotiation = trace_.negotiations[row];
    const Index tunnel = tunnel_of(negotiation.node, negotiation.compared.connection);
    negotiations_[no_index].push_back(row);
    if (tunnel != no_index) negotiations_[tunnel].push_back(row);
  }
  for (auto& [tunnel, rows] : negotiations_) {
    std::stable_sort(rows.begin(), rows.end(),
                     [this](Index a, Index b) { return trace_.negotiations[a].step < trace_.negotiations[b].step; });
  }
}

void TraceIndex::index_exchanges() {
  for (Index row = 0; row < trace_.exchanges.size(); ++row) {
    const sim::TraceExchange& exchange = trace_.exchanges[row];
    if (exchange.first_step >= step_count()) continue;
    exchanges_[exchange.tunnel].push_back(row);
    if (exchange.machine == "informational") continue;
    phase_steps_.push_back(exchange.first_step);
    if (exchange.last_step < step_count()) phase_steps_.push_back(exchange.last_step);
  }
  for (auto& [tunnel, rows] : exchanges_) {
    std::stable_sort(rows.begin(), rows.end(), [this](Index a, Index b) {
      return trace_.exchanges[a].first_step < trace_.exchanges[b].first_step;
    });
    std::vector<Index>& reach = exchange_reach_[tunnel];
    for (Index row : rows) {
      const Index last = trace_.exchanges[row].last_step;  // no_index, the largest number, while it is not over.
      reach.push_back(reach.empty() ? last : std::max(reach.back(), last));
    }
  }
}

Index TraceIndex::step_at(Time time) const {
  if (trace_.steps.empty()) return no_index;
  auto next = std::upper_bound(trace_.steps.begin(), trace_.steps.end(), time,
                               [](Time wanted, const sim::Step& step) { return wanted < step.time; });
  return next == trace_.steps.begin() ? 0 : static_cast<Index>(next - trace_.steps.begin()) - 1;
}

std::span<const Index> TraceIndex::steps_of_packet(Index packet) const {
  if (packet >= trace_.packets.size()) return {};
  const Index first = packet_step_offsets_[packet];
  return std::span<const Index>(steps_of_packets_).subspan(first, packet_step_offsets_[packet + 1] - first);
}

Index TraceIndex::packet_at(Index step) const { return step < packet_at_.size() ? packet_at_[step] : no_index; }

Index TraceIndex::tunnel_at(Index step) const { return step < tunnel_at_.size() ? tunnel_at_[step] : no_index; }

sim::TunnelState TraceIndex::tunnel_state(Index tunnel_row, Index step) const {
  const History<sim::TunnelState>* history = tunnel(tunnel_row);
  const sim::TunnelState* state = history ? history->at(step) : nullptr;
  if (state) return *state;
  return {tunnel_row, sim::TunnelPhase::down, engine::Reason::none};
}

const History<sim::TunnelState>* TraceIndex::tunnel(Index tunnel_row) const { return find_in(tunnels_, tunnel_row); }

const History<IkeSaState>* TraceIndex::ike_sa(Index node, engine::ike::SaId id) const {
  return find_in(ike_sas_, NodeSubject(node, id));
}

const History<IpsecSaState>* TraceIndex::ipsec_sa(Index node, engine::ike::SaId id) const {
  return find_in(ipsec_sas_, NodeSubject(node, id));
}

const History<sim::EspSaState>* TraceIndex::esp_sa(Index node, engine::ike::SaId id) const {
  return find_in(esp_sas_, NodeSubject(node, id));
}

const History<StateChanged>* TraceIndex::machine(Index node, std::uint32_t exchange) const {
  return find_in(machines_, NodeSubject(node, exchange));
}

const History<sim::NodeCounters>* TraceIndex::counters(Index node) const {
  return find_in(counters_, NodeSubject(node, 0));
}

std::span<const TraceIndex::Subject> TraceIndex::ike_sas(Index node) const {
  return node < ike_sa_subjects_.size() ? std::span<const Subject>(ike_sa_subjects_[node]) : std::span<const Subject>();
}

std::span<const TraceIndex::Subject> TraceIndex::ipsec_sas(Index node) const {
  return node < ipsec_sa_subjects_.size() ? std::span<const Subject>(ipsec_sa_subjects_[node])
                                          : std::span<const Subject>();
}

std::span<const TraceIndex::MachineTrack> TraceIndex::machine_tracks(Index node) const {
  return node < machine_tracks_.size() ? std::span<const MachineTrack>(machine_tracks_[node])
                                       : std::span<const MachineTrack>();
}

std::span<const Index> TraceIndex::values_of(Index node, engine::ike::SaId ike_sa_id) const {
  return rows_of(values_, NodeSubject(node, ike_sa_id));
}

std::span<const Index> TraceIndex::negotiations(Index tunnel_row) const { return rows_of(negotiations_, tunnel_row); }

std::span<const Index> TraceIndex::exchanges_of(Index tunnel_row) const { return rows_of(exchanges_, tunnel_row); }

Index TraceIndex::exchange_at(Index tunnel_row, Index step) const {
  const std::span<const Index> rows = exchanges_of(tunnel_row);
  if (rows.empty()) return no_index;
  const std::vector<Index>& reach = exchange_reach_.at(tunnel_row);
  auto next = std::upper_bound(rows.begin(), rows.end(), step,
                               [this](Index wanted, Index row) { return wanted < trace_.exchanges[row].first_step; });
  for (auto place = static_cast<std::size_t>(next - rows.begin()); place-- > 0 && reach[place] >= step;) {
    if (trace_.exchanges[rows[place]].last_step >= step) return rows[place];
  }
  return no_index;
}

std::span<const LinkHop> TraceIndex::hops_of_link(Index link) const {
  return link < link_hops_.size() ? std::span<const LinkHop>(link_hops_[link]) : std::span<const LinkHop>();
}

Index TraceIndex::tunnel_of(Index node, std::string_view connection) const {
  for (Index row = 0; row < trace_.tunnels.size(); ++row) {
    const sim::TraceTunnel& candidate = trace_.tunnels[row];
    if (candidate.initiator == node && candidate.initiator_connection == connection) return row;
    if (candidate.responder == node && candidate.responder_connection == connection) return row;
  }
  return no_index;
}

}  // namespace viz
