#pragma once

#include <string>
#include <vector>

#include "sim/trace/trace.h"
#include "viz/model/viewpoint.h"
#include "viz/text/catalogue.h"

namespace viz {

/// One fact that belongs to a step, below its story.
struct StoryDetail {
  enum class Kind : unsigned char {
    value,           ///< A value was derived. `row` is of Trace::values.
    negotiation,     ///< An offer was compared with a policy; `table` has it. `row` is of Trace::negotiations.
    authentication,  ///< A HASH was checked.
    sa,              ///< An ISAKMP SA or a pair of IPsec SAs came, changed or went.
    failure,         ///< Something was dropped or refused, or failed: why, and what to do about it.
    remark,          ///< Another thing that the engine tells.
    lesson,          ///< A beat of the lesson. `row` is of Trace::beats.
    question,        ///< Its question; `answers` has the choices. `row` is of Trace::beats.
  };
  Kind kind = Kind::remark;
  std::string title;                            ///< One line.
  std::string body;                             ///< Sentences; may be empty.
  std::vector<std::vector<std::string>> table;  ///< Rows of cells, the heading first; empty: none.
  std::vector<std::string> answers;             ///< Of a question.
  bool bad = false;                             ///< Something went wrong here.
  sim::Index row = sim::no_index;               ///< In the table that belongs to the kind.
};

/// What a person is told at one step.
struct Story {
  std::string id;     ///< Of its texts in the catalogue: "message.main-mode-1", "story.main-mode.initiator.receive-2".
  std::string title;  ///< One line: "Main Mode 1: Yamaha offers its proposals".
  std::string what;   ///< What happens here, with the trace's names and numbers.
  std::string why;    ///< Why the protocol does it. Empty for steps that explain themselves.
  std::string next;   ///< What comes next. Empty where nothing follows from this step.
  std::vector<StoryDetail> details;
};

/// The story of one step. `step` is an index of Trace::steps; an index behind the end gives an empty story. An
/// eavesdropper is told what someone on a public link learns, and no more.
Story story_at(const sim::Trace& trace, sim::Index step, Language language,
               Viewpoint viewpoint = Viewpoint::omniscient);

}  // namespace viz
