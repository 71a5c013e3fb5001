#include "viz/export/capture.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "viz/export/packet_comment.h"
#include "viz/export/pcapng.h"
#include "viz/export/wireshark_chain.h"
#include "viz/export/wireshark_profile.h"
#include "viz/text/story_names.h"

namespace viz {
namespace {

using sim::Index;
using sim::no_index;

constexpr std::string_view application = "tunnelwalk";

/// One packet on one link.
struct Sighting {
  engine::Time time{};
  Index packet = no_index;
  Index hop = no_index;
};

bool is_written_once(sim::PacketKind kind) {
  return kind == sim::PacketKind::ike || kind == sim::PacketKind::esp || kind == sim::PacketKind::fragment;
}

/// The sightings that `wanted` (of packet and hop) lets through, in the order of time.
template <class Wanted>
std::vector<Sighting> sightings(const sim::Trace& trace, Wanted wanted) {
  std::vector<Sighting> found;
  for (Index packet = 0; packet < trace.packets.size(); ++packet) {
    const std::vector<sim::TraceHop>& hops = trace.packets[packet].hops;
    for (Index hop = 0; hop < hops.size(); ++hop) {
      if (wanted(trace.packets[packet], hop)) found.push_back({hops[hop].departed, packet, hop});
    }
  }
  std::sort(found.begin(), found.end(), [](const Sighting& a, const Sighting& b) {
    return std::tie(a.time, a.packet, a.hop) < std::tie(b.time, b.packet, b.hop);
  });
  return found;
}

std::string section_comment(const sim::Trace& trace) {
  return fmt::format("{}\n{}\nScenario {}, seed {}.", trace.title.en, trace.summary.en, trace.scenario_id, trace.seed);
}

std::string link_description(const sim::Trace& trace, const sim::TraceLink& link) {
  const auto name = [&](Index node) { return node_name(trace, node, Language::en); };
  return fmt::format("{} - {}, MTU {}", name(link.a), name(link.b), link.mtu);
}

void add_node_names(const sim::Trace& trace, PcapngWriter& writer) {
  std::vector<std::pair<engine::Ipv4Address, std::string>> names;
  std::set<engine::Ipv4Address> named;
  for (const sim::TraceNode& node : trace.nodes) {
    for (const sim::TraceNode::Interface& interface : node.interfaces) {
      const engine::Ipv4Address address = interface.address.address;
      if (!address.is_unspecified() && named.insert(address).second) names.emplace_back(address, node.id);
    }
  }
  if (!names.empty()) writer.add_names(names);
}

void add_keys(const sim::Trace& trace, PcapngWriter& writer) {
  const std::string secrets = esp_secrets(trace);
  if (!secrets.empty()) writer.add_secrets(pcapng_esp_secrets, secrets);
}

/// What stands behind the interfaces: names, keys, packets.
class CaptureBody {
 public:
  CaptureBody(const sim::Trace& trace, PcapngWriter& writer) : trace_(trace), writer_(writer) {}

  /// `whole_run`: each link is an interface, and IKE and ESP packets tell of their whole way.
  void write(const std::vector<Sighting>& sightings, bool whole_run) {
    add_node_names(trace_, writer_);
    add_keys(trace_, writer_);
    for (const Sighting& sighting : sightings) {
      const sim::TracePacket& packet = trace_.packets[sighting.packet];
      const sim::TraceHop& hop = packet.hops[sighting.hop];
      writer_.add_packet({whole_run ? hop.link : 0, hop.departed, hop.bytes, sighting.packet,
                          comments_on(sighting, whole_run && is_written_once(packet.kind))});
    }
  }

 private:
  std::vector<std::string> comments_on(const Sighting& sighting, bool whole_way) {
    std::vector<std::string> comments = packet_comments(trace_, sighting.packet, sighting.hop, whole_way);
    const Index message = trace_.packets[sighting.packet].message;
    if (message < trace_.messages.size() && !chain_.next_is_readable(trace_, trace_.messages[message])) {
      comments.emplace_back(unreadable_comment);
    }
    return comments;
  }

  const sim::Trace& trace_;
  PcapngWriter& writer_;
  WiresharkIvChain chain_;
};

}  // namespace

engine::Bytes capture_of_run(const sim::Trace& trace) {
  PcapngWriter writer(application, section_comment(trace));
  for (const sim::TraceLink& link : trace.links) writer.add_interface(link.id, link_description(trace, link));
  const auto wanted = [&](const sim::TracePacket& packet, Index hop) {
    return packet.hops[hop].link < trace.links.size() && (hop == 0 || !is_written_once(packet.kind));
  };
  CaptureBody(trace, writer).write(sightings(trace, wanted), true);
  return writer.bytes();
}

engine::Bytes capture_of_link(const sim::Trace& trace, Index link) {
  PcapngWriter writer(application, section_comment(trace));
  writer.add_interface(trace.links[link].id, link_description(trace, trace.links[link]));
  const auto wanted = [&](const sim::TracePacket& packet, Index hop) { return packet.hops[hop].link == link; };
  CaptureBody(trace, writer).write(sightings(trace, wanted), false);
  return writer.bytes();
}

bool is_own_capture(engine::ByteView beginning) {
  constexpr std::uint8_t section_header[] = {0x0a, 0x0d, 0x0d, 0x0a};
  constexpr std::size_t longest_section_header = 8192;
  const engine::ByteView part = beginning.first(std::min(beginning.size(), longest_section_header));
  if (part.size() < std::size(section_header) ||
      !std::equal(std::begin(section_header), std::end(section_header), part.begin())) {
    return false;
  }
  return std::search(part.begin(), part.end(), application.begin(), application.end()) != part.end();
}

}  // namespace viz
