#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "viz/gui/keyboard.h"
#include "viz/model/cursor.h"
#include "viz/model/inspector.h"
#include "viz/model/ladder.h"
#include "viz/model/timeline.h"
#include "viz/model/topology.h"
#include "viz/model/trace_index.h"
#include "viz/text/story.h"

namespace viz {

/// A trace with what is built over it once.
struct Document {
  explicit Document(sim::Trace opened) : trace(std::move(opened)), index(trace), timeline(index) {}
  const sim::Trace trace;
  TraceIndex index;
  Timeline timeline;
};

/// The steps of playing speed, in percent.
constexpr std::uint32_t slowest_speed = 25;
constexpr std::uint32_t fastest_speed = 1600;

/// Where the viewer is in the trace and what is looked at: all that the panels share. Knows nothing of Dear ImGui.
class Session {
 public:
  explicit Session(std::unique_ptr<Document> document);

  /// Shows another trace from its first message on.
  void open(std::unique_ptr<Document> document);

  /// Counts the documents opened: a panel that keeps something about the trace compares it.
  std::uint64_t documents() const { return documents_; }

  const sim::Trace& trace() const { return document_->trace; }
  const TraceIndex& index() const { return document_->index; }
  const Timeline& timeline() const { return document_->timeline; }
  bool empty() const { return document_->trace.steps.empty(); }

  Index step() const { return cursor_.step(); }
  const sim::Step& current_step() const { return trace().steps[step()]; }
  bool at_start() const { return cursor_.at_start(); }
  bool at_end() const { return cursor_.at_end(); }
  /// The moment shown: that of the step, or a later one while playing.
  Time time() const { return playing_ ? playing_time_ : cursor_.time(); }
  /// The place on the time line.
  std::uint32_t position() const;

  void next(Granularity granularity);
  void previous(Granularity granularity);
  /// The next (previous) step at which a beat of the lesson is due.
  void next_beat(bool forwards);
  void first();
  void last();
  void seek(Index step);
  void seek_position(std::uint32_t position);

  bool playing() const { return playing_; }
  void set_playing(bool playing);
  std::uint32_t speed() const { return speed_; }
  void change_speed(bool faster);
  /// Plays on by so much real time. Stops at the end, and at a question not yet answered.
  void advance(double seconds);

  Viewpoint viewpoint() const { return viewpoint_; }
  void set_viewpoint(Viewpoint viewpoint);
  bool eavesdropping() const { return viewpoint_ == Viewpoint::eavesdropper; }

  /// The packet looked at: the step's, or one that was pinned since. no_index: none.
  Index packet() const;
  Index hop() const;
  /// Looks at another packet without moving in time, until the next move.
  void pin(Index packet, Index hop);
  bool pinned() const { return pinned_packet_ != no_index; }
  void unpin() { pinned_packet_ = no_index; }
  /// The octets and fields of packet() on hop().
  const Inspection& inspection();

  const Story& story(Language language);

  const Ladder& ladder();
  const LadderOptions& ladder_options() const { return ladder_options_; }
  void set_ladder_options(LadderOptions options);

  /// The gateway whose keys and states are shown: the one chosen, else the one at which the step happens.
  Index peer() const;
  void choose_peer(Index node) { peer_ = node; }
  void next_peer();

  /// The answer given to the question of a beat; none: not answered yet.
  std::optional<std::uint32_t> answer(Index beat) const;
  void give_answer(Index beat, std::uint32_t answer) { answers_[beat] = answer; }
  /// The beat at this step whose question waits for an answer; no_index: none.
  Index open_question() const;

  /// Counts up whenever the place changes; for those who keep something about it.
  std::uint64_t moves() const { return moves_; }

 private:
  void moved();

  std::unique_ptr<Document> document_;
  std::uint64_t documents_ = 1;
  Cursor cursor_;
  Viewpoint viewpoint_ = Viewpoint::omniscient;
  bool playing_ = false;
  Time playing_time_{};
  double playing_position_ = 0;
  std::uint32_t speed_ = 100;
  Index pinned_packet_ = no_index;
  Index pinned_hop_ = no_index;
  Index peer_ = no_index;
  std::map<Index, std::uint32_t> answers_;
  std::uint64_t moves_ = 0;

  std::optional<Inspection> inspection_;
  std::optional<Ladder> ladder_;
  LadderOptions ladder_options_;
  std::optional<Story> story_;
  Index story_step_ = no_index;
  Language story_language_ = Language::en;
};

}  // namespace viz
