#include "viz/text/story_details.h"

#include <fmt/format.h>

#include <algorithm>

#include "viz/text/story_names.h"
#include "viz/text/value_comparison.h"

namespace viz {
namespace {

namespace ike = engine::ike;
using Kind = StoryDetail::Kind;
using Parts = std::vector<std::pair<std::string, std::string>>;

/// Joins sentences; Japanese has no blank between them.
void add_sentence(std::string& body, const std::string& sentence, Language language) {
  if (sentence.empty()) return;
  if (!body.empty() && language != Language::ja) body += ' ';
  body += sentence;
}

void add_line(std::string& body, const std::string& line) {
  if (!body.empty()) body += '\n';
  body += line;
}

/// Builds the details of one step from its notes.
class DetailBuilder {
 public:
  DetailBuilder(const StoryContext& context, sim::Index told)
      : context_(context), trace_(context.trace()), language_(context.language()), told_(told) {}

  std::vector<StoryDetail> build() {
    const std::vector<sim::Note>& notes = context_.step().notes;
    for (sim::Index row = 0; row < notes.size(); ++row) {
      row_ = row;
      std::visit([&](const auto& note) { add(note); }, notes[row]);
    }
    add_failure();
    add_mss_change();
    for (sim::Index beat : beats_) add_beat(beat);
    return std::move(details_);
  }

 private:
  std::string say(std::string_view id, const Parts& parts) const { return text(id, language_, parts); }
  std::string node() const { return node_name(trace_, context_.step().node, language_); }

  StoryDetail& add_detail(Kind kind, std::string title, std::string body = {}) {
    StoryDetail detail;
    detail.kind = kind;
    detail.title = std::move(title);
    detail.body = std::move(body);
    details_.push_back(std::move(detail));
    return details_.back();
  }

  /// A remark, once: an engine that tells the same of several SAs says it once to people.
  void add_remark(const std::string& title, const std::string& body) {
    const bool is_known = std::any_of(details_.begin(), details_.end(), [&](const StoryDetail& detail) {
      return detail.kind == Kind::remark && detail.title == title && detail.body == body;
    });
    if (!title.empty() && !is_known) add_detail(Kind::remark, title, body);
  }

  void add(const sim::ValueNote& note) {
    if (note.value >= trace_.values.size()) return;
    const ike::ValueDerived& value = trace_.values[note.value].derived;
    const std::string name = value.name.substr(0, value.name.find(" ("));
    const Parts parts = {{"name", value.name}, {"bytes", abbreviated_hex(value.bytes, language_)}};
    StoryDetail& detail = add_detail(Kind::value, say("detail.value", parts));
    detail.row = note.value;
    if (!value.formula.empty() && value.formula != value.name) {
      detail.body = fmt::format("{} = {}", value.name, engine_word(value.formula, language_));
    }
    const std::string id = fmt::format("value.{}", name);
    if (has_text(id)) add_line(detail.body, std::string(text(id, language_)));
    add_comparison(detail, value);
  }

  /// What the other end has under the same name, if it derived that before.
  void add_comparison(StoryDetail& detail, const ike::ValueDerived& value) {
    const sim::TraceValue* other = same_value_of_peer(trace_, context_.step(), value);
    if (other == nullptr) return;
    const bool is_same = other->derived.bytes == value.bytes;
    const Parts parts = {{"other", node_name(trace_, other->node, language_)},
                         {"bytes", abbreviated_hex(other->derived.bytes, language_)}};
    add_line(detail.body, say(is_same ? "detail.value.same" : "detail.value.differs", parts));
    detail.bad = !is_same;
  }

  void add(const sim::NegotiationNote& note) {
    if (note.negotiation >= trace_.negotiations.size()) return;
    const sim::TraceNegotiation& row = trace_.negotiations[note.negotiation];
    const ike::ProposalsCompared& compared = row.compared;
    const bool is_chosen = compared.chosen && *compared.chosen < compared.comparisons.size();
    const std::string phase = std::to_string(compared.phase);
    StoryDetail& detail = add_detail(Kind::negotiation, {});
    detail.row = note.negotiation;
    detail.bad = !is_chosen;
    if (is_chosen) {
      const std::size_t entry = compared.comparisons[*compared.chosen].policy_entry;
      const std::string choice = entry < compared.policy.size() ? compared.policy[entry] : std::string("?");
      detail.title = say("detail.negotiation.chosen", {{"phase", phase}, {"node", node()}, {"choice", choice}});
      const std::string rule = fmt::format("rule.{}", compared.rule);
      if (has_text(rule)) detail.body = say("detail.negotiation.rule", {{"rule", std::string(text(rule, language_))}});
    } else {
      detail.title = say("detail.negotiation.refused", {{"phase", phase}, {"node", node()}});
    }
    detail.table = comparison_table(compared);
  }

  /// The comparison that was chosen, else the one that came closest.
  std::vector<std::vector<std::string>> comparison_table(const ike::ProposalsCompared& compared) const {
    if (compared.comparisons.empty()) return {};
    const auto differences = [](const ike::TransformComparison& comparison) {
      return std::count_if(comparison.attributes.begin(), comparison.attributes.end(),
                           [](const ike::AttributeComparison& attribute) { return !attribute.matches; });
    };
    const auto closest =
        std::min_element(compared.comparisons.begin(), compared.comparisons.end(),
                         [&](const auto& a, const auto& b) { return differences(a) < differences(b); });
    const bool is_chosen = compared.chosen && *compared.chosen < compared.comparisons.size();
    const ike::TransformComparison& shown = is_chosen ? compared.comparisons[*compared.chosen] : *closest;
    std::vector<std::vector<std::string>> table = {{std::string(text("detail.negotiation.attribute", language_)),
                                                    std::string(text("detail.negotiation.offered", language_)),
                                                    say("detail.negotiation.wanted", {{"node", node()}}),
                                                    std::string(text("detail.negotiation.result", language_))}};
    for (const ike::AttributeComparison& attribute : shown.attributes) {
      const std::string_view result = attribute.matches ? "detail.negotiation.match" : "detail.negotiation.differs";
      table.push_back({attribute.name, engine_word(attribute.offered, language_),
                       engine_word(attribute.wanted, language_), std::string(text(result, language_))});
    }
    return table;
  }

  void add(const sim::MessageNote& note) {
    if (note.message >= trace_.messages.size()) return;
    const sim::TraceMessage& message = trace_.messages[note.message];
    const std::string name = message_name(message.sent.name.id, language_);
    if (note.what == sim::MessageNote::What::sent && message.sent.retransmission > 0) {
      const std::string number = std::to_string(message.sent.retransmission);
      add_detail(Kind::remark, say("detail.repetition", {{"number", number}, {"message", name}}));
    }
    if (note.what == sim::MessageNote::What::received && message.received && message.received->duplicate) {
      add_detail(Kind::remark, std::string(text("detail.duplicate", language_)),
                 say("detail.duplicate.body", {{"node", node()}}));
    }
    if (note.what == sim::MessageNote::What::refused && message.refused) {
      failure_ = message.refused->reason;
      failure_detail_ = message.refused->detail;
    }
  }

  void add(const ike::StateChanged& change) {
    if (change.reason != engine::Reason::none && failure_ == engine::Reason::none) failure_ = change.reason;
    if (row_ == told_) return;
    const std::string id = fmt::format("story.{}", change.story);
    StoryContext with_reason = context_;
    with_reason.set_reason(change);
    const std::string title = with_reason.text(id + ".title");
    add_remark(title, with_reason.text(id + ".what"));
  }

  void add(const ike::AuthenticationChecked& check) {
    const std::string id = check.ok ? "detail.authentication.ok" : "detail.authentication.bad";
    const Parts parts = {{"what", check.what},
                         {"node", node()},
                         {"expected", abbreviated_hex(check.expected, language_)},
                         {"received", abbreviated_hex(check.received, language_)}};
    StoryDetail& detail = add_detail(Kind::authentication, say(id, parts), say(id + ".body", parts));
    detail.bad = !check.ok;
  }

  /// The step's node; where there are several tunnels, with the tunnel.
  std::string node_and_tunnel(const std::string& connection) const {
    if (trace_.tunnels.size() < 2) return node();
    StoryContext with_tunnel = context_;
    with_tunnel.set_connection(connection);
    return with_tunnel.text("detail.node-and-tunnel");
  }

  std::string state_text(const std::string& state) const {
    const std::string id = fmt::format("sa-state.{}", state);
    return has_text(id) ? std::string(text(id, language_)) : state;
  }

  std::string lifetime_text(engine::Time established, engine::Time rekey_at, engine::Time expires_at) const {
    if (expires_at <= established) return {};
    const std::string end = duration_text(expires_at - established, language_);
    if (rekey_at <= established) return say("detail.lifetime.end", {{"end", end}});
    return say("detail.lifetime", {{"rekey", duration_text(rekey_at - established, language_)}, {"end", end}});
  }

  void add(const ike::IkeSaState& sa) {
    const bool is_mere_update = sa.state == "established" && sa.established != context_.step().time;
    if (sa.state == "negotiating" || is_mere_update) return;
    const Parts parts = {{"node", node_and_tunnel(sa.connection)},
                         {"state", state_text(sa.state)},
                         {"cookie_i", engine::to_hex(sa.initiator_cookie)},
                         {"cookie_r", engine::to_hex(sa.responder_cookie)},
                         {"transform", sa.transform_text}};
    std::string body;
    if (!sa.transform_text.empty()) body = say("detail.ike-sa.body", parts);
    if (sa.state == "established") {
      add_sentence(body, lifetime_text(sa.established, sa.rekey_at, sa.expires_at), language_);
    }
    add_sa(say("detail.ike-sa", parts), std::move(body), sa.reason, sa.state == "failed");
  }

  void add(const ike::IpsecSaState& sa) {
    const Parts parts = {{"node", node_and_tunnel(sa.connection)},
                         {"state", state_text(sa.state)},
                         {"inbound", spi_text(sa.inbound_spi)},
                         {"outbound", spi_text(sa.outbound_spi)},
                         {"transform", sa.transform_text},
                         {"local", sa.local_selector},
                         {"remote", sa.remote_selector}};
    std::string body = say("detail.ipsec-sa.body", parts);
    if (!sa.local_selector.empty()) add_sentence(body, say("detail.ipsec-sa.selectors", parts), language_);
    if (sa.state == "installed") {
      add_sentence(body, lifetime_text(sa.established, sa.rekey_at, sa.expires_at), language_);
    }
    add_sa(say("detail.ipsec-sa", parts), std::move(body), sa.reason, false);
  }

  /// The reason behind a title; empty for none.
  std::string in_brackets(engine::Reason reason) const {
    if (reason == engine::Reason::none) return {};
    const std::string line = reason_line(reason, language_);
    return language_ == Language::ja ? fmt::format("（{}）", line) : fmt::format(" ({})", line);
  }

  void add_sa(std::string title, std::string body, engine::Reason reason, bool is_bad) {
    title += in_brackets(reason);
    add_detail(Kind::sa, std::move(title), std::move(body)).bad = is_bad;
  }

  void add(const ike::Remark& remark) {
    if (row_ == told_) return;
    const std::string id = fmt::format("story.{}", remark.id);
    if (!has_text(id + ".title")) return;
    StoryContext with_parts = context_;
    with_parts.set_parts(remark);
    add_remark(with_parts.text(id + ".title"), with_parts.text(id + ".what"));
  }

  void add(const sim::TunnelState& state) {
    const bool is_up = state.phase == sim::TunnelPhase::up;
    if (!is_up && state.phase != sim::TunnelPhase::down) return;
    const Parts parts = {{"tunnel", tunnel_name(trace_, state.tunnel, language_)}};
    std::string title = say(is_up ? "detail.tunnel.up" : "detail.tunnel.down", parts);
    if (!is_up) title += in_brackets(state.reason);
    add_detail(Kind::sa, std::move(title)).bad = !is_up;
  }

  void add(const sim::BeatNote& note) {
    if (note.beat < trace_.beats.size()) beats_.push_back(note.beat);
  }

  void add(const sim::EspSaState&) {}
  void add(const sim::NodeCounters&) {}
  void add(const sim::ScriptNote&) {}

  void add_mss_change() {
    if (!context_.mss_change() || context_.step().kind != sim::StepKind::send) return;
    std::string body = context_.text("traffic.mss-clamp.what");
    add_line(body, context_.text("traffic.mss-clamp.why"));
    add_detail(Kind::remark, context_.text("traffic.mss-clamp.title"), std::move(body));
  }

  void add_failure() {
    engine::Reason reason = context_.step().reason;
    if (reason == engine::Reason::none) reason = failure_;
    if (reason == engine::Reason::none || reason == engine::Reason::duplicate_message) return;
    if (context_.step().packet < trace_.packets.size() && failure_detail_.empty()) {
      failure_detail_ = trace_.packets[context_.step().packet].drop_detail;
    }
    const std::string id = fmt::format("reason.{}", engine::info(reason).id);
    std::string body(text(id + ".why", language_));
    if (!failure_detail_.empty()) {
      add_line(body, say("detail.failure.seen", {{"detail", failure_detail_}}));
    }
    add_line(body, say("detail.failure.fix", {{"fix", std::string(text(id + ".fix", language_))}}));
    if (!engine::info(reason).rfc.empty()) {
      add_line(body, say("detail.reference", {{"rfc", std::string(engine::info(reason).rfc)}}));
    }
    const Parts parts = {{"reason", reason_line(reason, language_)}};
    add_detail(Kind::failure, say("detail.failure", parts), std::move(body)).bad = true;
  }

  void add_beat(sim::Index row) {
    const sim::TraceBeat& beat = trace_.beats[row];
    add_detail(Kind::lesson, in_language(beat.title, language_), in_language(beat.text, language_)).row = row;
    if (!beat.question) return;
    StoryDetail& question = add_detail(Kind::question, in_language(beat.question->text, language_),
                                       in_language(beat.question->explanation, language_));
    question.row = row;
    for (const sim::Text& answer : beat.question->answers) question.answers.push_back(in_language(answer, language_));
  }

  const StoryContext& context_;
  const sim::Trace& trace_;
  Language language_;
  sim::Index told_;
  sim::Index row_ = 0;
  engine::Reason failure_ = engine::Reason::none;
  std::string failure_detail_;
  std::vector<sim::Index> beats_;
  std::vector<StoryDetail> details_;
};

}  // namespace

std::vector<StoryDetail> story_details(const StoryContext& context, sim::Index told) {
  return DetailBuilder(context, told).build();
}

}  // namespace viz
