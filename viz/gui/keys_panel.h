#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "viz/gui/ui.h"
#include "viz/gui/wanted_field.h"
#include "viz/model/key_graph.h"

namespace viz {

/// The derivation of keys as a graph, and of the chosen value its formula, inputs, octets, and a command that computes
/// it again.
class KeysPanel {
 public:
  void draw(Ui& ui);

  /// A field of a packet that the user wants to see in the inspector; taken once.
  std::optional<WantedField> take_wanted_field() { return std::exchange(wanted_field_, std::nullopt); }

  /// For tests: the name of the value shown.
  const std::string& selected_name() const { return selected_name_; }
  const std::string& copied() const { return copied_; }

 private:
  void refresh(Ui& ui);
  void draw_graph(Ui& ui, ImVec2 size);
  void draw_edges(const Ui& ui, ImVec2 origin) const;
  void draw_node_box(Ui& ui, ImVec2 origin, std::uint32_t row);
  void draw_details(Ui& ui);
  void draw_inputs(Ui& ui, const KeyNode& node);
  void draw_command(Ui& ui, const KeyNode& node);
  void handle_keys(Ui& ui);
  ImVec2 box_at(const Ui& ui, ImVec2 origin, const KeyNode& node) const;

  KeyGraph graph_;
  std::uint64_t seen_moves_ = ~std::uint64_t{0};
  Index seen_step_ = no_index;
  Index seen_peer_ = no_index;
  Index selected_value_ = no_index;  ///< Row of Trace::values.
  bool chosen_ = false;              ///< By the user, not by the step.
  bool reveal_ = false;
  std::string selected_name_;
  std::string command_;
  std::string copied_;
  std::optional<WantedField> wanted_field_;
};

}  // namespace viz
