#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/ike/names.h"
#include "sim/scenario/load_parts.h"

namespace sim {
namespace {

constexpr std::uint32_t most = 1'000'000;

constexpr std::array<std::string_view, 11> action_names{"ping",         "udp",      "tcp-syn",   "link-down",
                                                        "link-up",      "initiate", "terminate", "rekey-phase1",
                                                        "rekey-phase2", "shutdown", "power-off"};

/// Keys of each action besides "at", "do" and "id".
constexpr std::array<std::array<std::string_view, 7>, 11> action_keys{{
    {"from", "to", "count", "interval", "size", "dont_fragment"},
    {"from", "to", "count", "interval", "size", "dont_fragment", "port"},
    {"from", "to", "port"},
    {"link"},
    {"link"},
    {"node", "tunnel"},
    {"node", "tunnel"},
    {"node", "tunnel"},
    {"node", "tunnel"},
    {"node"},
    {"node"},
}};

constexpr std::array<std::string_view, 18> event_names{"start",
                                                       "end",
                                                       "message-sent",
                                                       "message-received",
                                                       "message-refused",
                                                       "proposals-compared",
                                                       "value-derived",
                                                       "exchange-ended",
                                                       "exchange-failed",
                                                       "sa-installed",
                                                       "sa-removed",
                                                       "tunnel-up",
                                                       "tunnel-down",
                                                       "packet-sent",
                                                       "packet-forwarded",
                                                       "packet-received",
                                                       "packet-dropped",
                                                       "script"};

/// What can be said about each event besides "event", "nth", "tunnel", "node" and "after".
constexpr std::array<std::array<std::string_view, 4>, 18> event_keys{{
    {},
    {},
    {"message"},
    {"message"},
    {"message", "reason"},
    {"reason"},
    {"value"},
    {"exchange"},
    {"exchange", "reason"},
    {},
    {"reason"},
    {},
    {"reason"},
    {"packet", "label"},
    {"packet", "label"},
    {"packet", "label"},
    {"packet", "label", "reason"},
    {"action"},
}};

constexpr std::array<std::string_view, 7> packet_names{"ike", "esp", "icmp", "udp", "tcp", "fragment", "other"};
constexpr std::array<std::string_view, 3> exchange_names{"main-mode", "quick-mode", "informational"};

constexpr std::array<std::string_view, 8> expectation_names{"event", "tunnel-up", "tunnel-down", "messages",
                                                            "ping",  "rekey",     "tcp-mss",     "no-plaintext"};

/// Keys of each expectation besides "expect".
constexpr std::array<std::array<std::string_view, 5>, 8> expectation_keys{{
    {"on", "at_least", "at_most", "by"},
    {"tunnel", "by"},
    {"tunnel", "by", "reason"},
    {"tunnel", "exchange", "nth", "sequence"},
    {"action", "answered"},
    {"tunnel", "phase", "after", "by"},
    {"action", "mss"},
    {},
}};

/// The keys that an object may have: those of every one and those of its kind, which `selector` names.
template <std::size_t kinds, std::size_t n>
std::vector<std::string_view> keys_of(const JsonValue& from, std::string_view selector,
                                      const std::array<std::string_view, kinds>& names,
                                      const std::array<std::array<std::string_view, n>, kinds>& keys,
                                      std::vector<std::string_view> all) {
  const JsonValue* kind = from.find(selector);
  const auto at = kind == nullptr ? names.end() : std::find(names.begin(), names.end(), kind->string);
  for (std::size_t i = 0; i < kinds; ++i) {
    // Of a kind that is not known, every key passes: the kind is the error to report.
    if (at != names.end() && i != static_cast<std::size_t>(at - names.begin())) continue;
    for (const std::string_view key : keys[i]) {
      if (!key.empty()) all.push_back(key);
    }
  }
  return all;
}

Reason load_reason(ObjectReader& reader) {
  const std::string id = reader.string("reason");
  if (reader.file().failed()) return Reason::none;
  if (const std::optional<Reason> reason = engine::reason_from_id(id)) return *reason;
  std::vector<std::string_view> ids;
  for (const engine::ReasonInfo& info : engine::all_reasons()) ids.push_back(info.id);
  const std::string_view meant = nearest(id, ids);
  reader.fail("reason", meant.empty() ? fmt::format("\"{}\" is no reason, expected one of {}", id, fmt::join(ids, ", "))
                                      : fmt::format("\"{}\" is no reason, expected \"{}\"", id, meant));
  return Reason::none;
}

void check_message_name(FileReader& file, const std::string& name, std::size_t offset) {
  const std::span<const std::string_view> names = engine::ike::all_message_names();
  if (file.failed() || std::find(names.begin(), names.end(), name) != names.end()) return;
  const std::string_view meant = nearest(name, names);
  file.fail(offset, meant.empty()
                        ? fmt::format("\"{}\" is no message, expected one of {}", name, fmt::join(names, ", "))
                        : fmt::format("\"{}\" is no message, expected \"{}\"", name, meant));
}

EventSelector load_event(FileReader& file, const JsonValue& from) {
  ObjectReader reader(file, from, "an event",
                      keys_of(from, "event", event_names, event_keys, {"event", "nth", "tunnel", "node", "after"}));
  EventSelector event;
  event.kind = static_cast<EventKind>(reader.choice("event", event_names));
  event.nth = static_cast<std::uint32_t>(reader.integer_or("nth", 1, 1, most));
  event.tunnel = reader.string_or("tunnel", "");
  event.node = reader.string_or("node", "");
  event.after = Time(reader.duration_or("after", Duration(0)));
  event.message = reader.string_or("message", "");
  if (reader.has("message")) check_message_name(file, event.message, reader.offset_of("message"));
  if (reader.has("exchange")) event.exchange = exchange_names[reader.choice("exchange", exchange_names)];
  event.value = reader.string_or("value", "");
  event.action = reader.string_or("action", "");
  if (reader.has("packet")) event.packet = static_cast<PacketKind>(reader.choice("packet", packet_names));
  event.label = reader.string_or("label", "");
  if (reader.has("reason")) event.reason = load_reason(reader);
  return event;
}

Question load_question(FileReader& file, const JsonValue& from) {
  ObjectReader reader(file, from, "a question", {"text", "answers", "correct", "explanation"});
  Question question;
  question.text = reader.text("text");
  for (const JsonValue& answer : reader.list("answers")) {
    ObjectReader languages(file, answer, "an answer", {"en", "ja"});
    question.answers.push_back({languages.string("en"), languages.string("ja")});
  }
  if (question.answers.size() < 2) reader.fail("answers", "a question has answers to choose from, expected at least 2");
  question.correct = static_cast<std::uint32_t>(
      reader.integer("correct", 0, question.answers.empty() ? 0 : question.answers.size() - 1));
  question.explanation = reader.text("explanation");
  return question;
}

}  // namespace

ScenarioAction load_action(FileReader& file, const JsonValue& from) {
  ObjectReader reader(file, from, "a script line", keys_of(from, "do", action_names, action_keys, {"at", "do", "id"}));
  ScenarioAction action;
  action.line = file.line_of(from.offset);
  action.at = Time(reader.duration("at"));
  action.kind = static_cast<ActionKind>(reader.choice("do", action_names));
  if (reader.has("id")) action.id = reader.id("id");
  const bool sends = action.kind <= ActionKind::tcp_syn;
  const bool cuts = action.kind == ActionKind::link_down || action.kind == ActionKind::link_up;
  const bool has_tunnel = action.kind >= ActionKind::initiate && action.kind <= ActionKind::rekey_phase2;
  if (sends) {
    action.node = reader.id("from");
    action.to = reader.address("to");
    action.count = static_cast<std::uint32_t>(reader.integer_or("count", 1, 1, 100'000));
    action.interval = reader.duration_or("interval", std::chrono::seconds(1));
    action.size = static_cast<std::uint32_t>(reader.integer_or("size", 56, 0, 65'000));
    action.dont_fragment = reader.boolean_or("dont_fragment", false);
  } else if (cuts) {
    action.link = reader.id("link");
  } else {
    action.node = reader.id("node");
  }
  if (action.kind == ActionKind::udp || action.kind == ActionKind::tcp_syn) {
    action.port = static_cast<std::uint16_t>(reader.integer("port", 1, 65'535));
  }
  if (has_tunnel) action.tunnel = reader.id("tunnel");
  return action;
}

ScenarioExpectation load_expectation(FileReader& file, const JsonValue& from) {
  ObjectReader reader(file, from, "an expectation",
                      keys_of(from, "expect", expectation_names, expectation_keys, {"expect"}));
  ScenarioExpectation expectation;
  expectation.line = file.line_of(from.offset);
  expectation.kind = static_cast<ExpectationKind>(reader.choice("expect", expectation_names));
  if (reader.has("by")) expectation.by = Time(reader.duration("by"));
  if (reader.has("reason")) expectation.reason = load_reason(reader);
  expectation.after = Time(reader.duration_or("after", Duration(0)));
  switch (expectation.kind) {
    case ExpectationKind::event:
      if (const JsonValue* on = reader.object("on")) expectation.on = load_event(file, *on);
      if (reader.has("at_most")) {
        expectation.at_most = static_cast<std::uint32_t>(reader.integer("at_most", 0, most));
      }
      expectation.at_least =
          static_cast<std::uint32_t>(reader.integer_or("at_least", reader.has("at_most") ? 0 : 1, 0, most));
      break;
    case ExpectationKind::tunnel_up:
    case ExpectationKind::tunnel_down:
      expectation.tunnel = reader.id("tunnel");
      break;
    case ExpectationKind::messages:
      expectation.tunnel = reader.id("tunnel");
      expectation.exchange = exchange_names[reader.choice("exchange", exchange_names)];
      expectation.nth = static_cast<std::uint32_t>(reader.integer_or("nth", 1, 1, most));
      for (const JsonValue& name : reader.list("sequence")) {
        check_message_name(file, name.string, name.offset);
        expectation.sequence.push_back(name.string);
      }
      break;
    case ExpectationKind::ping:
      expectation.action = reader.id("action");
      expectation.value = static_cast<std::uint32_t>(reader.integer("answered", 0, most));
      break;
    case ExpectationKind::rekey:
      expectation.tunnel = reader.id("tunnel");
      expectation.phase = static_cast<std::uint32_t>(reader.integer_or("phase", 2, 1, 2));
      break;
    case ExpectationKind::tcp_mss:
      expectation.action = reader.id("action");
      expectation.value = static_cast<std::uint32_t>(reader.integer("mss", 1, 65'535));
      break;
    case ExpectationKind::no_plaintext:
      break;
  }
  return expectation;
}

ScenarioBeat load_beat(FileReader& file, const JsonValue& from) {
  ObjectReader reader(file, from, "a beat", {"id", "on", "title", "text", "question"});
  ScenarioBeat beat;
  beat.id = reader.id("id");
  if (const JsonValue* on = reader.object("on")) beat.on = load_event(file, *on);
  beat.title = reader.text("title");
  beat.text = reader.text("text");
  if (reader.has("question")) {
    if (const JsonValue* question = reader.object("question")) beat.question = load_question(file, *question);
  }
  return beat;
}

}  // namespace sim
