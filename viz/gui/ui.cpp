#include "viz/gui/ui.h"

#include "engine/base/time.h"
#include "viz/text/story_names.h"

namespace viz {

std::string Ui::lookup(const std::string& id, std::string_view otherwise) const {
  return std::string(has_text(id) ? text(id, language) : otherwise);
}

std::string Ui::message_name(std::string_view id) const { return viz::message_name(id, language); }

std::string Ui::reason_name(engine::Reason reason) const { return reason_line(reason, language); }

std::string_view Ui::node_name(Index node) const {
  return node == no_index ? std::string_view("?") : tr(session.trace().nodes[node].name);
}

std::string Ui::moment(Time time) {
  std::string text = engine::format_short(time.time_since_epoch());
  const std::size_t point = text.find('.');
  const std::size_t blank = text.find(' ', point == std::string::npos ? 0 : point);
  if (point == std::string::npos || blank == std::string::npos) return text;
  std::size_t end = blank;
  while (end > point + 1 && text[end - 1] == '0') --end;
  if (end == point + 1) end = point;
  return text.erase(end, blank - end);
}

std::string Ui::packet_name(Index packet) const {
  if (packet == no_index) return {};
  const sim::TracePacket& shown = session.trace().packets[packet];
  if (shown.message == no_index) return viz::packet_name(session.trace(), packet, language);
  const engine::ike::MessageSent& sent = session.trace().messages[shown.message].sent;
  // Which informational message it is stands in its encrypted part.
  if (session.eavesdropping() && sent.encrypted && sent.name.number == 0) return message_name("informational");
  return message_name(sent.name.id);
}

}  // namespace viz
