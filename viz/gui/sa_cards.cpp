#include "viz/gui/sa_cards.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/bytes.h"
#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"
#include "viz/text/story_names.h"

namespace viz {

namespace {

bool is_live(std::string_view state) {
  return state == "established" || state == "installed" || state == "negotiating";
}

/// A bar that empties as a lifetime runs out, with the rest in words.
void lifetime(const Ui& ui, std::string_view name, const Remaining& rest, engine::Duration whole, float column) {
  if (!rest.limited) return;
  const float em = ui.em();
  const std::string text =
      rest.over ? std::string(ui.tr("interface.state.over")) : duration_text(rest.left, ui.language);
  property(ui, name, text, column);
  if (whole.count() <= 0) return;
  const double share =
      std::clamp(static_cast<double>(rest.left.count()) / static_cast<double>(whole.count()), 0.0, 1.0);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({at.x, at.y - em * 0.15F}, {at.x + width, at.y + em * 0.1F}, ui.colors.hovered, em * 0.12F);
  list.AddRectFilled({at.x, at.y - em * 0.15F}, {at.x + width * static_cast<float>(share), at.y + em * 0.1F},
                     share < 0.15 ? ui.colors.bad : ui.colors.accent, em * 0.12F);
  ImGui::Dummy({1, em * 0.15F});
}

/// A square for each of the last numbers: filled where it was received, the highest first.
void replay_window(const Ui& ui, const sim::EspSaState& traffic) {
  const float em = ui.em();
  label(ui, ui.tr("interface.state.replay", {{"highest", std::to_string(traffic.replay_highest)},
                                             {"size", std::to_string(traffic.replay_size)}}));
  const float side = std::round(em * 0.55F);
  const float step = side + std::round(em * 0.14F);
  const float width = ImGui::GetContentRegionAvail().x;
  const auto per_row = static_cast<std::size_t>(std::max(width / step, 8.0F));
  const std::size_t count = traffic.replay_seen.size();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < count; ++i) {
    const ImVec2 min{at.x + static_cast<float>(i % per_row) * step, at.y + static_cast<float>(i / per_row) * step};
    const ImVec2 max{min.x + side, min.y + side};
    if (traffic.replay_seen[i]) {
      list.AddRectFilled(min, max, ui.colors.esp, em * 0.1F);
    } else {
      list.AddRect(min, max, ui.colors.faint, em * 0.1F);
    }
  }
  ImGui::Dummy({width, static_cast<float>((count + per_row - 1) / per_row) * step});
}

void head(const Ui& ui, std::string_view title, std::string_view state, ImU32 color) {
  line(ui, *ui.fonts.strong, title, ui.colors.text, width_of(*ui.fonts.strong, title) + ui.em() * 0.3F);
  ImGui::SameLine(0, ui.em() * 0.5F);
  const bool live = is_live(state);
  badge(ui, ui.lookup("sa-state." + std::string(state), state), live ? color : ui.colors.muted,
        state == "failed" ? Icon::cross
        : live            ? Icon::check
                          : Icon::none);
}

}  // namespace

void draw_ike_sa(const Ui& ui, const IkeSaView& sa) {
  const engine::ike::IkeSaState& state = *sa.state;
  const float em = ui.em();
  const bool failed = state.reason != engine::Reason::none && state.state == "failed";
  const Card card(ui, failed ? ui.colors.bad : is_live(state.state) ? ui.colors.phase1 : ui.colors.faint);
  head(ui, "ISAKMP SA", state.state, ui.colors.phase1);
  const float column = em * 7.6F;
  property(ui, ui.tr("interface.state.connection"), state.connection, column);
  property(ui, ui.tr("interface.state.role"),
           ui.tr(state.role == engine::ike::Role::initiator ? "role.initiator" : "role.responder"), column);
  property(ui, "CKY-I", engine::to_hex(state.initiator_cookie), column, ui.fonts.mono);
  property(ui, "CKY-R", engine::to_hex(state.responder_cookie), column, ui.fonts.mono);
  if (!state.transform_text.empty()) property(ui, ui.tr("interface.state.algorithms"), state.transform_text, column);
  lifetime(ui, ui.tr("interface.state.rekey-in"), sa.until_rekey, state.rekey_at - state.established, column);
  lifetime(ui, ui.tr("interface.state.expires-in"), sa.until_expiry, state.expires_at - state.established, column);
  if (state.dpd_unanswered > 0) {
    property(ui, "DPD", ui.tr("interface.state.dpd-unanswered", {{"count", std::to_string(state.dpd_unanswered)}}),
             column);
  }
  if (state.reason != engine::Reason::none) {
    property(ui, ui.tr("interface.state.reason"), ui.reason_name(state.reason), column);
  }
}

void draw_ipsec_sa(const Ui& ui, const IpsecSaView& sa) {
  const engine::ike::IpsecSaState& state = *sa.state;
  const float em = ui.em();
  const Card card(ui, is_live(state.state) ? ui.colors.esp : ui.colors.faint);
  head(ui, ui.tr("interface.state.ipsec-sas"), state.state, ui.colors.esp);
  const float column = em * 7.6F;
  property(ui, ui.tr("interface.state.connection"), state.connection, column);
  property(ui, ui.tr("interface.state.spi-in"), spi_text(state.inbound_spi), column, ui.fonts.mono);
  property(ui, ui.tr("interface.state.spi-out"), spi_text(state.outbound_spi), column, ui.fonts.mono);
  property(ui, ui.tr("interface.state.algorithms"), state.transform_text, column);
  property(ui, ui.tr("interface.state.selectors"), state.local_selector + " → " + state.remote_selector, column);
  lifetime(ui, ui.tr("interface.state.rekey-in"), sa.until_rekey, state.rekey_at - state.established, column);
  lifetime(ui, ui.tr("interface.state.expires-in"), sa.until_expiry, state.expires_at - state.established, column);
  if (state.reason != engine::Reason::none) {
    property(ui, ui.tr("interface.state.reason"), ui.reason_name(state.reason), column);
  }
  if (sa.traffic == nullptr) return;
  const sim::EspSaState& traffic = *sa.traffic;
  const auto carried = [&](std::uint64_t packets, std::uint64_t bytes) {
    return ui.tr("interface.state.carried", {{"packets", std::to_string(packets)}, {"octets", std::to_string(bytes)}});
  };
  property(ui, ui.tr("interface.state.in"), carried(traffic.packets_in, traffic.bytes_in), column);
  property(ui, ui.tr("interface.state.out"), carried(traffic.packets_out, traffic.bytes_out), column);
  if (traffic.refused > 0) property(ui, ui.tr("interface.state.refused"), std::to_string(traffic.refused), column);
  if (!traffic.replay_seen.empty()) replay_window(ui, traffic);
}

void draw_counters(const Ui& ui, const sim::NodeCounters& counters) {
  const Card card(ui, ui.colors.muted);
  label(ui, ui.tr("interface.state.counters"));
  const float column = ui.em() * 7.6F;
  property(ui, ui.tr("interface.state.sent"), std::to_string(counters.packets_sent), column);
  property(ui, ui.tr("interface.state.received"), std::to_string(counters.packets_received), column);
  property(ui, ui.tr("interface.state.forwarded"), std::to_string(counters.packets_forwarded), column);
  property(ui, ui.tr("interface.state.dropped"), std::to_string(counters.packets_dropped), column);
}

}  // namespace viz
