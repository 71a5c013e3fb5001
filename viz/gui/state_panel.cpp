#include "viz/gui/state_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "viz/gui/machine_diagram.h"
#include "viz/gui/peer_buttons.h"
#include "viz/gui/sa_cards.h"
#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

void StatePanel::draw(Ui& ui) {
  if (ui.session.eavesdropping()) {
    empty_message(ui, Icon::eye, ui.tr("interface.state.unseen"));
    return;
  }
  const Index peer = ui.session.empty() ? no_index : ui.session.peer();
  if (peer == no_index) {
    empty_message(ui, Icon::gear, ui.tr("interface.state.empty"));
    return;
  }
  if (ui.pressed(PanelId::state, Action::next_peer)) ui.session.next_peer();
  draw_peer_buttons(ui);
  const NodeStateView view =
      state_at(ui.session.index(), peer, ui.session.step(), ui.session.time(), ui.session.viewpoint());
  if (view.machines.empty() && view.ike_sas.empty() && view.ipsec_sas.empty()) {
    if (view.counters != nullptr) draw_counters(ui, *view.counters);
    empty_message(ui, Icon::gear, ui.tr("interface.state.idle"));
    return;
  }
  const float em = ui.em();
  const ImVec2 room{ImGui::GetContentRegionAvail().x, std::max(ImGui::GetContentRegionAvail().y, em * 14)};
  if (room.x > em * 34) {
    const float left = std::round(room.x * 0.53F);
    draw_machines(ui, view, {left, room.y});
    ImGui::SameLine(0, em * 0.6F);
    draw_sas(ui, view, {0, room.y});
  } else {
    const float machines = std::max(room.y * 0.45F, em * 13);
    draw_machines(ui, view, {0, machines});
    draw_sas(ui, view, {0, std::max(room.y - machines, em * 13)});
  }
}

void StatePanel::draw_machines(Ui& ui, const NodeStateView& view, ImVec2 size) {
  const float em = ui.em();
  ImGui::BeginChild("machines", size, false, ImGuiWindowFlags_NoNavInputs);
  if (seen_moves_ != ui.session.moves() || seen_peer_ != view.node) {
    seen_moves_ = ui.session.moves();
    seen_peer_ = view.node;
    machine_ = 0;
    // That of the step's own tunnel that moved last.
    const Index tunnel = ui.session.index().tunnel_at(ui.session.step());
    for (std::size_t i = 0; i < view.machines.size(); ++i) {
      if (view.machines[i].tunnel != tunnel) continue;
      if (view.machines[machine_].tunnel != tunnel || view.machines[i].since > view.machines[machine_].since) {
        machine_ = i;
      }
    }
  }
  if (view.machines.empty()) {
    empty_message(ui, Icon::gear, ui.tr("interface.machine.none"));
    ImGui::EndChild();
    return;
  }
  const std::size_t count = view.machines.size();
  machine_ = std::min(machine_, count - 1);
  if (ui.pressed(PanelId::state, Action::item_down)) machine_ = (machine_ + 1) % count;
  if (ui.pressed(PanelId::state, Action::item_up)) machine_ = (machine_ + count - 1) % count;
  const MachineView& machine = view.machines[machine_];
  const std::string_view title = machine.machine != nullptr ? machine.machine->title : machine.name;
  const std::string name = ui.lookup("machine." + std::string(machine.name), title);
  if (count > 1) {
    if (button(ui, "previous", {.icon = Icon::previous, .kind = ButtonKind::quiet})) {
      machine_ = (machine_ + count - 1) % count;
    }
    ImGui::SameLine(0, em * 0.1F);
    if (button(ui, "next", {.icon = Icon::next, .kind = ButtonKind::quiet})) machine_ = (machine_ + 1) % count;
    ImGui::SameLine(0, em * 0.4F);
  }
  ImGui::BeginGroup();
  line(ui, *ui.fonts.strong, name, ui.colors.text);
  std::string place =
      machine.tunnel == no_index ? "" : std::string(ui.tr(ui.session.trace().tunnels[machine.tunnel].name));
  if (count > 1) place += "   " + std::to_string(machine_ + 1) + " / " + std::to_string(count);
  line(ui, *ui.fonts.small, place, ui.colors.muted);
  ImGui::EndGroup();
  if (machine.reason != engine::Reason::none) {
    badge(ui, ui.reason_name(machine.reason), ui.colors.bad, Icon::cross);
  }
  draw_machine(ui, machine, ImGui::GetContentRegionAvail());
  ImGui::EndChild();
}

void StatePanel::draw_sas(Ui& ui, const NodeStateView& view, ImVec2 size) {
  ImGui::BeginChild("sas", size, false, ImGuiWindowFlags_NoNavInputs);
  if (ui.pressed(PanelId::state, Action::page_down)) ImGui::SetScrollY(ImGui::GetScrollY() + size.y * 0.8F);
  if (ui.pressed(PanelId::state, Action::page_up)) ImGui::SetScrollY(ImGui::GetScrollY() - size.y * 0.8F);
  for (const IpsecSaView& sa : view.ipsec_sas) draw_ipsec_sa(ui, sa);
  for (const IkeSaView& sa : view.ike_sas) draw_ike_sa(ui, sa);
  if (view.counters != nullptr) draw_counters(ui, *view.counters);
  ImGui::EndChild();
}

}  // namespace viz
