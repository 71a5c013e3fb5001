#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/base/reason.h"
#include "engine/base/time.h"
#include "viz/text/story.h"
#include "viz/text/story_names.h"
#include "viz/text/walk.h"
#include "viz/text/walk_block.h"

namespace viz {
namespace {

using Json = nlohmann::ordered_json;

std::string_view id_of_detail(StoryDetail::Kind kind) {
  switch (kind) {
    case StoryDetail::Kind::value:
      return "value";
    case StoryDetail::Kind::negotiation:
      return "negotiation";
    case StoryDetail::Kind::authentication:
      return "authentication";
    case StoryDetail::Kind::sa:
      return "sa";
    case StoryDetail::Kind::failure:
      return "failure";
    case StoryDetail::Kind::remark:
      return "remark";
    case StoryDetail::Kind::lesson:
      return "lesson";
    case StoryDetail::Kind::question:
      return "question";
  }
  return "remark";
}

/// The scenario's id of a node; null for none.
Json node_id(const sim::Trace& trace, sim::Index node) {
  return node < trace.nodes.size() ? Json(trace.nodes[node].id) : Json();
}

Json tunnel_id(const sim::Trace& trace, sim::Index tunnel) {
  return tunnel < trace.tunnels.size() ? Json(trace.tunnels[tunnel].id) : Json();
}

Json packet_summary(const sim::Trace& trace, const sim::Step& step) {
  if (step.packet >= trace.packets.size()) return {};
  const sim::TracePacket& packet = trace.packets[step.packet];
  Json json;
  json["index"] = step.packet;
  json["kind"] = id_of(packet.kind);
  json["label"] = packet.label;
  json["origin"] = node_id(trace, packet.origin);
  json["destination"] = node_id(trace, packet.destination);
  if (step.hop < packet.hops.size()) {
    const sim::TraceHop& hop = packet.hops[step.hop];
    json["from"] = node_id(trace, hop.from);
    json["to"] = node_id(trace, hop.to);
    json["octets"] = hop.bytes.size();
  }
  if (packet.message < trace.messages.size()) {
    const engine::ike::MessageSent& sent = trace.messages[packet.message].sent;
    json["message"] = sent.name.id;
    json["payloads"] = sent.payloads;
    json["encrypted"] = sent.encrypted;
    json["retransmission"] = sent.retransmission;
  }
  if (packet.esp < trace.esp.size()) {
    json["spi"] = spi_text(trace.esp[packet.esp].spi);
    json["sequence"] = trace.esp[packet.esp].sequence;
  }
  return json;
}

Json story_json(const Story& story) {
  Json json;
  json["title"] = story.title;
  json["what"] = story.what;
  json["why"] = story.why;
  json["next"] = story.next;
  json["details"] = Json::array();
  for (const StoryDetail& detail : story.details) {
    Json entry;
    entry["kind"] = id_of_detail(detail.kind);
    entry["title"] = detail.title;
    entry["body"] = detail.body;
    if (!detail.table.empty()) entry["table"] = detail.table;
    if (!detail.answers.empty()) entry["answers"] = detail.answers;
    entry["bad"] = detail.bad;
    json["details"].push_back(std::move(entry));
  }
  return json;
}

/// On one line; octets that are no UTF-8 are replaced, never thrown about.
std::string one_line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string step_json(const sim::Trace& trace, sim::Index number, Language language) {
  if (number >= trace.steps.size()) return "{}";
  const sim::Step& step = trace.steps[number];
  Json json;
  json["step"] = number;
  json["time_ns"] = engine::nanoseconds(step.time);
  json["kind"] = id_of(step.kind);
  json["node"] = node_id(trace, step.node);
  json["tunnel"] = tunnel_id(trace, step.tunnel);
  json["reason"] = engine::info(step.reason).id;
  json["packet"] = packet_summary(trace, step);
  json["story"] = story_json(story_at(trace, number, language));
  return one_line(json);
}

std::string outcome_json(const sim::Trace& trace, Language language) {
  Json json;
  json["outcome"] = std::all_of(trace.expectations.begin(), trace.expectations.end(),
                                [](const sim::ExpectationResult& expectation) { return expectation.met; })
                        ? "met"
                        : "not met";
  json["scenario"] = trace.scenario_id;
  json["title"] = in_language(trace.title, language);
  json["seed"] = trace.seed;
  json["steps"] = trace.steps.size();
  json["end_ns"] = engine::nanoseconds(trace.end);
  json["tunnels"] = Json::array();
  for (sim::Index row = 0; row < trace.tunnels.size(); ++row) {
    const sim::TunnelState state = last_state_of(trace, row);
    json["tunnels"].push_back(
        {{"id", trace.tunnels[row].id}, {"phase", id_of(state.phase)}, {"reason", engine::info(state.reason).id}});
  }
  json["expectations"] = Json::array();
  for (const sim::ExpectationResult& expectation : trace.expectations) {
    json["expectations"].push_back(
        {{"text", expectation.text}, {"met", expectation.met}, {"detail", expectation.detail}});
  }
  return one_line(json);
}

}  // namespace viz
