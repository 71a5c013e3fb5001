#include "viz/gui/application.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/gui/widgets.h"
#include "viz/gui/wrapping.h"

namespace viz {

namespace {

/// Pixels of body text at 100 % on a usual display.
constexpr float base_em = 17;

constexpr std::array right_panels = {PanelId::inspector, PanelId::negotiation, PanelId::keys, PanelId::state};
constexpr std::array all_panels = {PanelId::topology,    PanelId::story, PanelId::ladder, PanelId::inspector,
                                   PanelId::negotiation, PanelId::keys,  PanelId::state};

bool is_right(PanelId panel) {
  return std::find(right_panels.begin(), right_panels.end(), panel) != right_panels.end();
}

void add_trace_glyphs(Glyphs& glyphs, const sim::Trace& trace) {
  const auto add = [&](const sim::Text& text) {
    glyphs.add(text.en);
    glyphs.add(text.ja);
  };
  add(trace.title);
  add(trace.summary);
  for (const sim::TraceZone& zone : trace.zones) add(zone.name);
  for (const sim::TraceNode& node : trace.nodes) add(node.name);
  for (const sim::TraceTunnel& tunnel : trace.tunnels) add(tunnel.name);
  for (const auto& setting : trace.settings) glyphs.add(setting.text);
  for (const sim::TraceBeat& beat : trace.beats) {
    add(beat.title);
    add(beat.text);
    if (!beat.question) continue;
    add(beat.question->text);
    add(beat.question->explanation);
    for (const sim::Text& answer : beat.question->answers) add(answer);
  }
}

}  // namespace

Application::Application(Platform& platform, Library library, std::unique_ptr<Document> document,
                         const ViewOptions& options)
    : platform_(platform), library_(std::move(library)), session_(std::move(document)) {
  settings_ = {options.language, options.theme, std::clamp(options.text_scale, smallest_text, largest_text),
               options.reduce_motion};
  still_ = !options.screenshot.empty();
  focus(options.panel);
  if (options.eavesdropper) session_.set_viewpoint(Viewpoint::eavesdropper);
  if (options.step) session_.seek(static_cast<Index>(std::max(*options.step, 0)));
  if (!options.step) session_.next(Granularity::message);
  if (options.help) dialog_ = DialogId::help;
}

void Application::build_fonts_if_needed() {
  const float em = std::round(base_em * static_cast<float>(settings_.text_scale) / 100 * platform_.display_scale());
  if (em == built_em_ && glyphs_of_ == session_.documents()) return;
  Glyphs glyphs;
  for (const CatalogueEntry& entry : all_texts()) {
    glyphs.add(entry.en);
    glyphs.add(entry.ja);
  }
  glyphs.add("日本語");
  add_trace_glyphs(glyphs, session_.trace());
  for (const LibraryEntry& entry : picker_.entries()) {
    for (const sim::Text* text : {&entry.title, &entry.summary}) {
      glyphs.add(text->en);
      glyphs.add(text->ja);
    }
  }
  fonts_ = build_fonts(glyphs, em);
  ImGui::GetIO().FontDefault = fonts_.body;
  platform_.renew_font_texture();
  built_em_ = em;
  glyphs_of_ = session_.documents();
}

void Application::frame() {
  build_fonts_if_needed();
  const Palette& colors = palette_of(settings_.theme);
  apply_theme(colors, fonts_.em);
  platform_.begin_frame();
  ImGui::PushFont(fonts_.body);
  const float elapsed = ImGui::GetIO().DeltaTime;
  action_.reset();
  handle_keys();
  session_.advance(std::min(elapsed, 0.1F));
  if (seen_moves_ != session_.moves()) {
    seen_moves_ = session_.moves();
    gliding_ = settings_.reduce_motion || still_ ? 0 : 0.6F;
  } else {
    gliding_ = std::max(0.0F, gliding_ - elapsed);
  }
  Ui ui{session_, colors, fonts_, settings_.language, still_ || settings_.reduce_motion, focus_, {}, {}};
  if (dialog_ == DialogId::none) ui.action = action_;
  draw_window(ui);
  draw_dialog(ui);
  if (ui.wanted_focus) focus(*ui.wanted_focus);
  ImGui::PopFont();
  platform_.end_frame(colors.background);
}

void Application::focus(PanelId panel) {
  focus_ = panel;
  if (is_right(panel)) right_ = panel;
}

void Application::open_dialog(DialogId dialog) {
  session_.set_playing(false);
  if (dialog == DialogId::picker) {
    picker_.open(library_);
    // The titles of other scenarios may have characters that this one has not.
    built_em_ = 0;
  }
  if (dialog == DialogId::exporting) export_.open(session_.trace());
  dialog_ = dialog;
}

void Application::open(const std::string& source) {
  engine::Result<std::unique_ptr<Document>> document = library_.open(source);
  if (!document) {
    picker_.complain(document.error().message);
    return;
  }
  session_.open(std::move(*document));
  session_.next(Granularity::message);
  dialog_ = DialogId::none;
}

void Application::draw_window(Ui& ui) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(display);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("tunnelwalk", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar(3);
  const float em = ui.em();
  const float margin = std::round(em * 0.6F);
  const float bar = std::round(em * 2.9F);
  const float transport = TransportPanel::height(ui);
  draw_top_bar(ui, {{margin, 0}, {display.x - 2 * margin, bar}});
  const float bottom = display.y - margin - transport;
  draw_panels(ui, {{margin, bar}, {display.x - 2 * margin, std::max(bottom - margin - bar, em * 4)}});
  transport_.draw(ui, {{margin, bottom}, {display.x - 2 * margin, transport}});
  ImGui::End();
}

void Application::draw_panels(Ui& ui, const Area& area) {
  const Layout::Places places = layout_.arrange(ui, area, zoomed_);
  if (places.single) {
    const PanelId shown = focus_ == PanelId::transport ? right_ : focus_;
    if (const auto clicked = begin_tabbed_panel(ui, all_panels, shown, area)) ui.wanted_focus = clicked;
    draw_panel(ui, shown);
    end_panel();
    return;
  }
  begin_panel(ui, PanelId::topology, places.topology, ui.tr(title_id(PanelId::topology)));
  draw_panel(ui, PanelId::topology);
  end_panel();
  begin_panel(ui, PanelId::story, places.story, ui.tr(title_id(PanelId::story)));
  draw_panel(ui, PanelId::story);
  end_panel();
  begin_panel(ui, PanelId::ladder, places.ladder, ui.tr(title_id(PanelId::ladder)));
  draw_panel(ui, PanelId::ladder);
  end_panel();
  if (const auto clicked = begin_tabbed_panel(ui, right_panels, right_, places.right)) ui.wanted_focus = clicked;
  draw_panel(ui, right_);
  end_panel();
}

void Application::draw_panel(Ui& ui, PanelId panel) {
  switch (panel) {
    case PanelId::topology:
      topology_.draw(ui);
      break;
    case PanelId::story:
      story_.draw(ui);
      break;
    case PanelId::ladder:
      ladder_.draw(ui);
      break;
    case PanelId::negotiation:
      negotiation_.draw(ui);
      break;
    case PanelId::state:
      state_.draw(ui);
      break;
    case PanelId::keys:
      keys_.draw(ui);
      if (std::optional<WantedField> field = keys_.take_wanted_field()) inspector_.look_for(std::move(*field));
      break;
    case PanelId::inspector:
    case PanelId::transport:
      inspector_.draw(ui);
      break;
  }
}

void Application::draw_dialog(const Ui& ui) {
  bool close = false;
  switch (dialog_) {
    case DialogId::none:
      return;
    case DialogId::picker:
      if (const std::optional<std::string> source = picker_.draw(ui, action_, close)) open(*source);
      break;
    case DialogId::exporting:
      export_.draw(ui, action_, close);
      break;
    case DialogId::settings:
      settings_dialog_.draw(ui, action_, settings_, close);
      break;
    case DialogId::help:
      draw_help(ui, action_, close);
      break;
  }
  if (close) dialog_ = DialogId::none;
}

}  // namespace viz
