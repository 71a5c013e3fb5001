#include "viz/gui/session.h"

#include <algorithm>

#include "viz/model/state_view.h"

namespace viz {

namespace {

/// Real time that one new event takes when playing at 100 %.
constexpr double seconds_per_event = 0.6;

}  // namespace

Session::Session(std::unique_ptr<Document> document) : document_(std::move(document)), cursor_(document_->index) {
  first();
}

void Session::open(std::unique_ptr<Document> document) {
  inspection_.reset();
  ladder_.reset();
  story_.reset();
  answers_.clear();
  playing_ = false;
  peer_ = no_index;
  ladder_options_ = {};
  ladder_options_.viewpoint = viewpoint_;
  document_ = std::move(document);
  ++documents_;
  cursor_ = Cursor(document_->index);
  moved();
}

std::uint32_t Session::position() const {
  return playing_ ? static_cast<std::uint32_t>(playing_position_) : timeline().position_of_step(step());
}

void Session::moved() {
  pinned_packet_ = no_index;
  inspection_.reset();
  ++moves_;
  if (playing_) playing_position_ = timeline().position_of_step(step());
}

void Session::next(Granularity granularity) {
  if (cursor_.next(granularity)) moved();
}

void Session::previous(Granularity granularity) {
  if (cursor_.previous(granularity)) moved();
}

void Session::next_beat(bool forwards) {
  Index best = no_index;
  for (const sim::TraceBeat& beat : trace().beats) {
    if (beat.step == no_index || (forwards ? beat.step <= step() : beat.step >= step())) continue;
    if (best == no_index || (forwards ? beat.step < best : beat.step > best)) best = beat.step;
  }
  if (best != no_index) seek(best);
}

void Session::first() {
  cursor_.home();
  moved();
}

void Session::last() {
  cursor_.end();
  moved();
}

void Session::seek(Index step) {
  if (cursor_.seek_step(step)) moved();
}

void Session::seek_position(std::uint32_t position) { seek(timeline().step_at(position)); }

void Session::set_playing(bool playing) {
  if (empty()) return;
  if (playing && at_end()) first();
  playing_ = playing;
  playing_position_ = timeline().position_of_step(step());
  playing_time_ = cursor_.time();
}

void Session::change_speed(bool faster) {
  speed_ = faster ? std::min(speed_ * 2, fastest_speed) : std::max(speed_ / 2, slowest_speed);
}

void Session::advance(double seconds) {
  if (!playing_) return;
  // The axis gives each new event about the same room; the first events tell how much.
  const Index sample = std::min<Index>(index().step_count() - 1, 24);
  const double room = sample == 0 ? timeline_width : static_cast<double>(timeline().position_of_step(sample)) / sample;
  playing_position_ += room / seconds_per_event * seconds * speed_ / 100.0;
  const double position = std::min(playing_position_, static_cast<double>(timeline_width));
  const Index reached = timeline().step_at(static_cast<std::uint32_t>(position));
  if (reached != step()) {
    cursor_.seek_step(reached);
    const double kept = position;
    moved();
    playing_position_ = kept;
  }
  playing_time_ = std::max(cursor_.time(), timeline().time_at(static_cast<std::uint32_t>(position)));
  if (at_end() || open_question() != no_index) set_playing(false);
}

void Session::set_viewpoint(Viewpoint viewpoint) {
  if (viewpoint == viewpoint_) return;
  viewpoint_ = viewpoint;
  ladder_options_.viewpoint = viewpoint;
  ladder_.reset();
  inspection_.reset();
  story_.reset();
  ++moves_;
}

Index Session::packet() const {
  if (pinned_packet_ != no_index) return pinned_packet_;
  return empty() ? no_index : index().packet_at(step());
}

Index Session::hop() const {
  const Index looked_at = packet();
  if (looked_at == no_index) return no_index;
  return pinned_packet_ != no_index && pinned_hop_ != no_index ? pinned_hop_ : hop_at(index(), looked_at, step());
}

void Session::pin(Index packet, Index hop) {
  pinned_packet_ = packet;
  pinned_hop_ = hop;
  inspection_.reset();
  ++moves_;
}

const Inspection& Session::inspection() {
  if (!inspection_) {
    const Index looked_at = packet();
    inspection_ = looked_at == no_index ? Inspection{} : inspect(index(), looked_at, hop(), viewpoint_);
  }
  return *inspection_;
}

const Story& Session::story(Language language) {
  if (!story_ || story_step_ != step() || story_language_ != language) {
    story_ = story_at(trace(), step(), language, viewpoint_);
    story_step_ = step();
    story_language_ = language;
  }
  return *story_;
}

const Ladder& Session::ladder() {
  if (!ladder_) ladder_.emplace(index(), ladder_options_);
  return *ladder_;
}

void Session::set_ladder_options(LadderOptions options) {
  ladder_options_ = std::move(options);
  ladder_options_.viewpoint = viewpoint_;
  ladder_.reset();
}

Index Session::peer() const {
  if (peer_ != no_index || empty()) return peer_;
  const std::vector<Index> nodes = gateways(trace());
  if (nodes.empty()) return no_index;
  const Index here = current_step().node;
  if (std::find(nodes.begin(), nodes.end(), here) != nodes.end()) return here;
  const Index tunnel = index().tunnel_at(step());
  return tunnel == no_index ? nodes.front() : trace().tunnels[tunnel].initiator;
}

void Session::next_peer() {
  const std::vector<Index> nodes = gateways(trace());
  if (nodes.empty()) return;
  const auto at = std::find(nodes.begin(), nodes.end(), peer());
  peer_ = at == nodes.end() || at + 1 == nodes.end() ? nodes.front() : *(at + 1);
}

std::optional<std::uint32_t> Session::answer(Index beat) const {
  const auto found = answers_.find(beat);
  if (found == answers_.end()) return std::nullopt;
  return found->second;
}

Index Session::open_question() const {
  const std::vector<sim::TraceBeat>& beats = trace().beats;
  for (Index beat = 0; beat < beats.size(); ++beat) {
    if (beats[beat].step == step() && beats[beat].question && !answer(beat)) return beat;
  }
  return no_index;
}

}  // namespace viz
