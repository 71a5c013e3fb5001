#pragma once

#include "sim/trace/describe_engine.h"
#include "sim/trace/trace.h"

/// Each record of a trace, described once for writing, reading and hashing. An archive has:
/// - field(name, value): numbers, bools, strings, times, octets, addresses, records, and lists or optionals of them;
/// - index(name, value, table): a row of another table, or no_index; row(...): one that must be there; indices(...): a
///   list of rows;
/// - choice(name, value, names): an enumeration by its names, in the enum's order; number(name, value): one of a
///   protocol, by its number; number_or_none(name, value): a number where no_index means none;
/// - drawn(name, value): a number that comes from a random stream (SPI, message ID);
/// - hops(name, hops): a packet's hops; pairs(name, values): pairs of strings; variants(name, values, names): a list of
///   std::variants by the names of their alternatives; table(name, rows): one of the trace's tables.
namespace sim {

/// The tables that an Index may point into.
enum class Table : std::uint8_t {
  nodes,
  links,
  tunnels,
  steps,
  packets,
  messages,
  esp,
  esp_sas,
  values,
  negotiations,
  beats,
  count
};

namespace names {
constexpr std::array<List, 5> node_type{"host", "router", "customer-gateway", "vgw-endpoint", "vgw"};
constexpr std::array<List, 7> packet_kind{"ike", "esp", "icmp", "udp", "tcp", "fragment", "other"};
constexpr std::array<List, 6> step_kind{"send", "forward", "receive", "drop", "timer", "script"};
constexpr std::array<List, 5> tunnel_phase{"down", "phase1", "isakmp-sa", "phase2", "up"};
constexpr std::array<List, 3> message_note{"sent", "received", "refused"};
constexpr std::array<List, 13> note{"value",  "negotiation", "message", "state",   "authentication",
                                    "ike-sa", "ipsec-sa",    "remark",  "traffic", "counters",
                                    "tunnel", "script",      "beat"};
}  // namespace names

void describe(auto& a, Is<Text> auto& x) {
  a.field("en", x.en);
  a.field("ja", x.ja);
}

void describe(auto& a, Is<TraceNode::Interface> auto& x) {
  a.field("name", x.name);
  a.field("address", x.address);
  a.index("link", x.link, Table::links);
}

void describe(auto& a, Is<TraceNode> auto& x) {
  a.field("id", x.id);
  a.field("name", x.name);
  a.choice("type", x.type, names::node_type);
  a.field("profile", x.profile);
  a.field("zone", x.zone);
  a.field("parent", x.parent);
  a.field("interfaces", x.interfaces);
  a.field("x", x.x);
  a.field("y", x.y);
}

void describe(auto& a, Is<TraceZone> auto& x) {
  a.field("id", x.id);
  a.field("name", x.name);
  a.field("public", x.is_public);
}

void describe(auto& a, Is<TraceLink> auto& x) {
  a.field("id", x.id);
  a.row("a", x.a, Table::nodes);
  a.row("b", x.b, Table::nodes);
  a.field("latency", x.latency);
  a.field("bits_per_second", x.bits_per_second);
  a.field("mtu", x.mtu);
  a.field("public", x.is_public);
  a.field("internal", x.internal);
}

void describe(auto& a, Is<TraceTunnel> auto& x) {
  a.field("id", x.id);
  a.field("name", x.name);
  a.index("initiator", x.initiator, Table::nodes);
  a.index("responder", x.responder, Table::nodes);
  a.field("initiator_connection", x.initiator_connection);
  a.field("responder_connection", x.responder_connection);
  a.field("inside", x.inside);
}

void describe(auto& a, Is<TraceHop> auto& x) {
  a.row("link", x.link, Table::links);
  a.row("from", x.from, Table::nodes);
  a.row("to", x.to, Table::nodes);
  a.field("departed", x.departed);
  a.field("arrived", x.arrived);
  a.field("bytes", x.bytes);
  a.field("lost", x.lost);
}

void describe(auto& a, Is<TracePacket> auto& x) {
  a.choice("kind", x.kind, names::packet_kind);
  a.index("origin", x.origin, Table::nodes);
  a.index("destination", x.destination, Table::nodes);
  a.field("created", x.created);
  a.hops("hops", x.hops);
  a.index("message", x.message, Table::messages);
  a.index("esp", x.esp, Table::esp);
  a.index("carries", x.carries, Table::packets);
  a.indices("carried_by", x.carried_by, Table::packets);
  a.index("fragment_of", x.fragment_of, Table::packets);
  a.index("answers", x.answers, Table::packets);
  a.field("label", x.label);
  a.index("ended_at", x.ended_at, Table::nodes);
  a.field("dropped", x.dropped);
  a.field("drop_detail", x.drop_detail);
}

void describe(auto& a, Is<TraceMessage> auto& x) {
  a.row("packet", x.packet, Table::packets);
  a.index("tunnel", x.tunnel, Table::tunnels);
  a.row("sender", x.sender, Table::nodes);
  a.field("sent", x.sent);
  a.field("received", x.received);
  a.field("refused", x.refused);
  a.index("repeats", x.repeats, Table::messages);
}

void describe(auto& a, Is<TraceEsp> auto& x) {
  a.row("packet", x.packet, Table::packets);
  a.index("tunnel", x.tunnel, Table::tunnels);
  a.drawn("spi", x.spi);
  a.field("sequence", x.sequence);
  a.field("iv_length", x.iv_length);
  a.field("icv_length", x.icv_length);
  a.field("plaintext", x.plaintext);
  a.index("sender_sa", x.sender_sa, Table::esp_sas);
}

void describe(auto& a, Is<TraceEspSa> auto& x) {
  a.index("sender", x.sender, Table::nodes);
  a.index("receiver", x.receiver, Table::nodes);
  a.index("tunnel", x.tunnel, Table::tunnels);
  a.drawn("spi", x.spi);
  a.field("source", x.source);
  a.field("destination", x.destination);
  a.choice("cipher", x.cipher, names::cipher);
  a.choice("integrity", x.integrity, names::integrity);
  a.field("cipher_key", x.cipher_key);
  a.field("integrity_key", x.integrity_key);
  a.field("installed", x.installed);
}

void describe(auto& a, Is<TraceValue> auto& x) {
  a.index("node", x.node, Table::nodes);
  a.index("step", x.step, Table::steps);
  a.field("derived", x.derived);
}

void describe(auto& a, Is<TraceNegotiation> auto& x) {
  a.index("node", x.node, Table::nodes);
  a.index("step", x.step, Table::steps);
  a.field("compared", x.compared);
}

void describe(auto& a, Is<EspSaState> auto& x) {
  a.field("id", x.id);
  a.field("connection", x.connection);
  a.drawn("inbound_spi", x.inbound_spi);
  a.drawn("outbound_spi", x.outbound_spi);
  a.field("packets_in", x.packets_in);
  a.field("bytes_in", x.bytes_in);
  a.field("packets_out", x.packets_out);
  a.field("bytes_out", x.bytes_out);
  a.field("refused", x.refused);
  a.field("sequence_out", x.sequence_out);
  a.field("replay_highest", x.replay_highest);
  a.field("replay_size", x.replay_size);
  a.field("replay_seen", x.replay_seen);
}

void describe(auto& a, Is<NodeCounters> auto& x) {
  a.field("sent", x.packets_sent);
  a.field("received", x.packets_received);
  a.field("forwarded", x.packets_forwarded);
  a.field("dropped", x.packets_dropped);
}

void describe(auto& a, Is<TunnelState> auto& x) {
  a.index("tunnel", x.tunnel, Table::tunnels);
  a.choice("phase", x.phase, names::tunnel_phase);
  a.field("reason", x.reason);
}

void describe(auto& a, Is<ValueNote> auto& x) { a.row("value", x.value, Table::values); }
void describe(auto& a, Is<NegotiationNote> auto& x) { a.row("negotiation", x.negotiation, Table::negotiations); }
void describe(auto& a, Is<MessageNote> auto& x) {
  a.choice("what", x.what, names::message_note);
  a.row("message", x.message, Table::messages);
}
void describe(auto& a, Is<ScriptNote> auto& x) { a.field("action", x.action); }
void describe(auto& a, Is<BeatNote> auto& x) { a.row("beat", x.beat, Table::beats); }

void describe(auto& a, Is<Step> auto& x) {
  a.field("time", x.time);
  a.choice("kind", x.kind, names::step_kind);
  a.index("node", x.node, Table::nodes);
  a.index("packet", x.packet, Table::packets);
  a.number_or_none("hop", x.hop);
  a.index("tunnel", x.tunnel, Table::tunnels);
  a.field("reason", x.reason);
  a.variants("notes", x.notes, names::note);
}

void describe(auto& a, Is<TraceExchange> auto& x) {
  a.index("tunnel", x.tunnel, Table::tunnels);
  a.index("initiator", x.initiator, Table::nodes);
  a.field("machine", x.machine);
  a.field("phase", x.phase);
  a.drawn("message_id", x.message_id);
  a.index("first_step", x.first_step, Table::steps);
  a.index("last_step", x.last_step, Table::steps);
  a.field("reason", x.reason);
}

void describe(auto& a, Is<Question> auto& x) {
  a.field("text", x.text);
  a.field("answers", x.answers);
  a.field("correct", x.correct);
  a.field("explanation", x.explanation);
}

void describe(auto& a, Is<TraceBeat> auto& x) {
  a.field("id", x.id);
  a.index("step", x.step, Table::steps);
  a.field("title", x.title);
  a.field("text", x.text);
  a.field("question", x.question);
}

void describe(auto& a, Is<ExpectationResult> auto& x) {
  a.field("text", x.text);
  a.field("met", x.met);
  a.field("detail", x.detail);
  a.index("step", x.step, Table::steps);
  a.field("line", x.line);
}

void describe(auto& a, Is<Trace> auto& x) {
  a.field("scenario_id", x.scenario_id);
  a.field("title", x.title);
  a.field("summary", x.summary);
  a.field("scenario_json", x.scenario_json);
  a.field("interventions", x.interventions);
  a.field("seed", x.seed);
  a.field("end", x.end);
  a.table("zones", x.zones);
  a.table("nodes", x.nodes);
  a.table("links", x.links);
  a.table("tunnels", x.tunnels);
  a.table("settings", x.settings);
  a.field("unknown_lines", x.unknown_lines);
  a.table("steps", x.steps);
  a.table("packets", x.packets);
  a.table("messages", x.messages);
  a.table("esp", x.esp);
  a.table("esp_sas", x.esp_sas);
  a.table("values", x.values);
  a.table("negotiations", x.negotiations);
  a.table("exchanges", x.exchanges);
  a.table("beats", x.beats);
  a.table("expectations", x.expectations);
}

}  // namespace sim
