#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "viz/model/routine.h"
#include "viz/model/trace_index.h"
#include "viz/model/viewpoint.h"

namespace viz {

/// What the ladder shows.
struct LadderOptions {
  Index tunnel = no_index;  ///< Of this tunnel alone; no_index: of all.
  bool show_ike = true;
  bool show_esp = true;
  bool show_plain = true;  ///< Packets outside tunnels (ICMP, UDP, TCP on the links).
  bool show_dpd = true;
  bool show_routers = false;  ///< Lifelines of routers that only pass packets on.
  bool show_notes = true;
  bool fold = true;          ///< Fold runs of routine messages.
  std::set<Index> unfolded;  ///< Folds to be shown in full, by Fold::first_step.
  Viewpoint viewpoint = Viewpoint::omniscient;
};

/// A vertical line: one node.
struct Lifeline {
  Index node = no_index;
  sim::NodeType type = sim::NodeType::host;
};

enum class ArrowKind : std::uint8_t { ike, esp, icmp, udp, tcp, fragment, other };

/// One arrow: a packet's way from one shown lifeline to the next.
struct Arrow {
  ArrowKind kind = ArrowKind::other;
  Index packet = no_index;
  Index message = no_index;  ///< Row of Trace::messages (ike).
  Index esp = no_index;      ///< Row of Trace::esp (esp); none for an eavesdropper.
  Index carries = no_index;  ///< The packet inside (esp); none for an eavesdropper.
  Index tunnel = no_index;
  Index first_hop = no_index;
  Index last_hop = no_index;
  std::uint32_t from = 0;  ///< Columns (rows of Ladder::lifelines).
  std::uint32_t to = 0;    ///< Where it goes, or would have gone.
  Index first_step = no_index;
  Index last_step = no_index;  ///< At which it arrived or was lost.
  Time departed{};
  Time arrived{};
  bool encrypted = false;                        ///< An IKE message with the encryption flag, or ESP.
  bool lost = false;                             ///< It did not reach `to`.
  bool refused = false;                          ///< It arrived and was not accepted.
  bool duplicate = false;                        ///< The receiver had it already.
  std::uint32_t retransmission = 0;              ///< 0: the first sending.
  engine::Reason reason = engine::Reason::none;  ///< Why lost or refused.
  /// Id of its name: of the IKE message ("main-mode-1"; "informational" where an eavesdropper cannot tell more), "esp",
  /// or the packet's label.
  std::string_view name;
  /// Labels of an IKE message's payloads; of an encrypted one, an eavesdropper sees "HDR*" alone.
  std::span<const std::string> payloads;
};

enum class LadderNoteKind : std::uint8_t {
  ike_sa_established,
  ike_sa_ended,
  ipsec_sas_installed,
  ipsec_sas_removed,
  tunnel_up,
  tunnel_down,
  script,
};

/// A remark across the lifelines (or at one of them).
struct LadderNote {
  LadderNoteKind kind = LadderNoteKind::script;
  Index step = no_index;
  Index note = no_index;  ///< Row of Step::notes.
  Index node = no_index;
  Index tunnel = no_index;
  engine::Reason reason = engine::Reason::none;
};

/// A run of routine messages in one row.
struct Fold {
  Index first_step = no_index;
  Index last_step = no_index;
  Index arrow_count = 0;
  std::uint32_t dpd_rounds = 0;  ///< Requests begun in the run.
  std::uint32_t ping_rounds = 0;
  std::uint32_t data_packets = 0;
  bool open = false;  ///< Unfolded: its arrows follow in rows of their own.
};

enum class RowKind : std::uint8_t { arrow, note, fold };

/// One row; all rows have one height, so the row at a place is a division.
struct LadderRow {
  RowKind kind = RowKind::arrow;
  Index item = 0;  ///< Row of arrows(), notes() or folds().
  Index step = no_index;
};

/// A bracket at the side, around one exchange.
struct LadderBracket {
  Index exchange = no_index;  ///< Row of Trace::exchanges.
  Index first_row = 0;
  Index last_row = 0;      ///< Inclusive.
  std::uint32_t lane = 0;  ///< Brackets that overlap stand in different lanes, 0 nearest the lifelines.
};

/// The sequence diagram of a trace: computed once for a set of options (O(n log n)), then drawn a screenful at a time.
class Ladder {
 public:
  Ladder(const TraceIndex& index, LadderOptions options);

  const LadderOptions& options() const { return options_; }
  const std::vector<Lifeline>& lifelines() const { return lifelines_; }
  /// Column of a node; no_index where it has no lifeline.
  Index column_of(Index node) const;

  const std::vector<LadderRow>& rows() const { return rows_; }
  const std::vector<Arrow>& arrows() const { return arrows_; }
  const std::vector<LadderNote>& notes() const { return notes_; }
  const std::vector<Fold>& folds() const { return folds_; }
  const std::vector<LadderBracket>& brackets() const { return brackets_; }
  std::uint32_t lane_count() const { return lane_count_; }

  /// The row that a step is about: its packet's arrow, or the last row at or before it. 0 if there are no rows. O(log
  /// n).
  Index row_of_step(Index step) const;
  /// The arrow on which a packet is at a step; its first one before that; no_index where it has none. O(log n).
  Index arrow_of_packet(Index packet, Index step) const;
  /// Brackets that touch rows [first, last]. O(visible) but for brackets that began long before.
  std::vector<Index> brackets_in(Index first, Index last) const;

 private:
  void choose_lifelines();
  void add_arrows();
  void add_sa_notes();
  void add_tunnel_notes();
  void add_script_notes();
  void build_rows();
  void close_run(std::vector<LadderRow>& run);
  void build_brackets();
  bool wants(Index packet) const;

  const TraceIndex* index_;
  LadderOptions options_;
  std::vector<Lifeline> lifelines_;
  std::vector<Index> columns_;  ///< By node.
  std::vector<Arrow> arrows_;   ///< By first step.
  std::vector<LadderNote> notes_;
  std::vector<Fold> folds_;
  std::vector<LadderRow> rows_;
  std::vector<Index> row_of_arrow_;
  std::vector<std::pair<Index, Index>> packet_arrows_;  ///< (packet, arrow), sorted.
  std::vector<LadderBracket> brackets_;                 ///< By first row.
  std::vector<Index> bracket_reach_;                    ///< The last row of this and all earlier brackets.
  std::uint32_t lane_count_ = 0;
};

}  // namespace viz
