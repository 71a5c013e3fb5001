#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/wire/isakmp.h"
#include "sim/trace/trace.h"
#include "viz/text/catalogue.h"

namespace viz {

/// The named parts of the stories ("{node}", "{spi}"), filled from what a trace knows of one step.
class StoryContext {
 public:
  StoryContext(const sim::Trace& trace, sim::Index step, Language language);

  /// The text of an id with all known parts filled in; empty where there is no such text.
  std::string text(std::string_view id) const;

  /// Adds a part, or replaces it.
  void set(std::string_view name, std::string value);

  /// Tells of this connection of the step's node: {peer}, {tunnel} and the addresses are its own. A step can be about
  /// several tunnels.
  void set_connection(std::string_view connection);

  /// Sets {reason}: why an exchange moved as it did, of its connection. As the engine says with the move, else as the
  /// step's message was refused or its SA ended.
  void set_reason(const engine::ike::StateChanged& change);

  /// Adds the named parts that come with a remark. Nodes keep their names: an address does not replace them.
  void set_parts(const engine::ike::Remark& remark);

  const sim::Trace& trace() const { return trace_; }
  const sim::Step& step() const { return step_; }
  Language language() const { return language_; }

  /// The IKE message that the step's packet holds; null if none.
  const sim::TraceMessage* message() const { return message_; }

  /// The maximum segment size of the step's TCP SYN before and after this node passed it on, where that changed it.
  struct MssChange {
    std::uint16_t before = 0;
    std::uint16_t after = 0;
  };
  const std::optional<MssChange>& mss_change() const { return mss_change_; }

 private:
  void add_nodes();
  void add_packet();
  void add_message();
  void add_message_content(const engine::wire::IsakmpMessage& content);
  void add_esp();
  void set_tunnel(sim::Index tunnel);
  void find_mss_change();
  /// The packet's octets as they came to a node: over a link, or out of a tunnel.
  engine::ByteView as_it_reached(const sim::TracePacket& packet, sim::Index node) const;
  std::string address_of(sim::Index node) const;

  const sim::Trace& trace_;
  const sim::Step& step_;
  sim::Index step_number_;
  Language language_;
  sim::Index peer_ = sim::no_index;
  const sim::TraceMessage* message_ = nullptr;
  std::optional<MssChange> mss_change_;
  std::vector<std::pair<std::string, std::string>> values_;
};

}  // namespace viz
