#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "viz/gui/hex_view.h"
#include "viz/gui/ui.h"
#include "viz/gui/wanted_field.h"
#include "viz/model/inspector.h"

namespace viz {

/// The packet layer by layer: field tree beside octets, each showing what is selected in the other, and the meaning of
/// the selected field.
class InspectorPanel {
 public:
  void draw(Ui& ui);

  /// Selects this field in the packet at hand, once it is drawn.
  void look_for(WantedField field) { wanted_field_ = std::move(field); }

  /// For tests: what is selected.
  const std::string& selected_id() const { return selected_id_; }
  std::size_t buffer() const { return buffer_; }

 private:
  /// One line of the tree.
  struct Row {
    const engine::wire::Field* field = nullptr;
    FieldPath path;
  };

  void follow_session(Ui& ui);
  /// Selects the field with the id selected last.
  void select_same(const engine::wire::Field& root);
  void select(const FieldPath& path, const engine::wire::Field& root, bool scroll);
  void refresh_rows(const Inspection& inspection);
  void flatten(const engine::wire::Field& field, FieldPath& path);
  bool is_open(const engine::wire::Field& field, const FieldPath& path) const;
  void toggle(const FieldPath& path);
  void draw_head(Ui& ui, const Inspection& inspection);
  void draw_buffers(Ui& ui, const Inspection& inspection);
  void draw_tree(Ui& ui, const InspectorBuffer& buffer, ImVec2 size);
  void draw_tree_row(Ui& ui, const InspectorBuffer& buffer, const Row& row, float width, float value_column);
  void draw_meaning(Ui& ui, const InspectorBuffer& buffer, float height);
  void handle_keys(Ui& ui, const Inspection& inspection);

  std::uint64_t seen_moves_ = ~std::uint64_t{0};
  Index seen_packet_ = no_index;
  std::size_t buffer_ = 0;
  bool prefer_cleartext_ = true;
  FieldPath selected_;
  std::string selected_id_;
  std::set<FieldPath> toggled_;  ///< Those that are not as they begin.
  std::vector<Row> rows_;
  bool rows_stale_ = true;
  bool scroll_tree_ = false;
  std::optional<WantedField> wanted_field_;
  HexView hex_;
};

}  // namespace viz
