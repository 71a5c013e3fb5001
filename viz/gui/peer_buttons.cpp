#include "viz/gui/peer_buttons.h"

#include <vector>

#include "viz/gui/keyboard.h"
#include "viz/gui/widgets.h"
#include "viz/model/state_view.h"

namespace viz {

void draw_peer_buttons(Ui& ui) {
  const float em = ui.em();
  const std::vector<Index> peers = gateways(ui.session.trace());
  const Index shown = ui.session.peer();
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  for (std::size_t i = 0; i < peers.size(); ++i) {
    const ButtonLook look{.label = ui.node_name(peers[i]),
                          .on = peers[i] == shown,
                          .tooltip = ui.tr("interface.action.next-peer"),
                          .key = shown_key(Action::next_peer)};
    if (i > 0) {
      ImGui::SameLine(0, em * 0.35F);
      if (ImGui::GetCursorScreenPos().x + button_size(ui, look).x > right) ImGui::NewLine();
    }
    ImGui::PushID(static_cast<int>(i));
    if (button(ui, "peer", look)) ui.session.choose_peer(peers[i]);
    ImGui::PopID();
  }
  ImGui::Dummy({1, em * 0.1F});
}

}  // namespace viz
