#pragma once

#include <string>

#include "viz/model/ladder.h"

namespace viz {

/// The English words of a drawn ladder, shared by the formats that draw it. The trace must outlive it.
class LadderWords {
 public:
  explicit LadderWords(const sim::Trace& trace) : trace_(trace) {}

  std::string lifeline(const Lifeline& lifeline) const;  ///< "Yamaha RTX router"
  std::string label(const Arrow& arrow) const;           ///< "Main Mode 5", "ESP 0xc0ffee01, number 3"
  std::string detail(const Arrow& arrow) const;          ///< Payloads, or what is inside; may be empty.
  std::string outcome(const Arrow& arrow) const;         ///< "lost: ...", "refused: ..."; empty where all went well.
  std::string note(const LadderNote& note) const;
  std::string fold(const Fold& fold) const;                 ///< "12 DPD rounds, 3 pings"
  std::string bracket(const LadderBracket& bracket) const;  ///< "Main Mode, Tunnel 1"
  std::string time(Time time) const;                        ///< "12.020041 s"

 private:
  const sim::Trace& trace_;
};

}  // namespace viz
