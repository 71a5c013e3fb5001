#include "viz/export/ladder_svg.h"

#include <algorithm>

#include <fmt/format.h>

#include "viz/export/ladder_words.h"

namespace viz {
namespace {

constexpr Index max_rows = 3'000;

// All measures are in pixels of a drawing at 100 %.
constexpr int margin = 24;
constexpr int heading_height = 64;
constexpr int lane_width = 26;
constexpr int time_width = 96;
constexpr int column_width = 230;
constexpr int box_height = 30;
constexpr int box_width = 190;
constexpr int row_height = 46;
constexpr int legend_height = 56;
constexpr int cross_size = 6;
constexpr int self_arrow_length = 60;

constexpr int arrowhead_length = 9;
constexpr int narrowest = 900;  ///< The legend needs it.

// Colours after Okabe and Ito, which colour-blind people can tell apart; line style and labels say the same. They stand
// at each element, not in a style sheet: office programs and simple viewers read no more than that.
constexpr std::string_view ike_colour = "#0072b2";
constexpr std::string_view esp_colour = "#00795a";
constexpr std::string_view plain_colour = "#52606d";
constexpr std::string_view bad_colour = "#b33c00";
constexpr std::string_view ink = "#1f2933";
constexpr std::string_view pale_ink = "#52606d";
constexpr std::string_view frame_colour = "#829ab1";
constexpr std::string_view note_fill = "#fffbea";
constexpr std::string_view fold_fill = "#f0f2f4";
constexpr std::string_view dashes = R"( stroke-dasharray="7 4")";
constexpr std::string_view sans = "Helvetica, Arial, sans-serif";
constexpr std::string_view monospaced = "Courier, monospace";

struct TextStyle {
  int size = 13;
  std::string_view colour = ink;
  std::string_view anchor = "middle";
  std::string_view family = sans;
  bool bold = false;
};
constexpr TextStyle body_text{};
constexpr TextStyle small_text{11, pale_ink};
constexpr TextStyle bad_text{11, bad_colour, "middle", sans, true};
constexpr TextStyle legend_text{11, pale_ink, "start"};
constexpr TextStyle time_text{11, pale_ink, "end", monospaced};
constexpr TextStyle heading_text{20, ink, "start", sans, true};

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return result;
}

std::string_view colour_of(const Arrow& arrow) {
  if (arrow.lost || arrow.refused) return bad_colour;
  if (arrow.kind == ArrowKind::ike) return ike_colour;
  return arrow.kind == ArrowKind::esp ? esp_colour : plain_colour;
}

std::string text_at(int x, int y, const TextStyle& style, std::string_view words, std::string_view extra = {}) {
  return fmt::format(R"(<text x="{}" y="{}" font-family="{}" font-size="{}" fill="{}" text-anchor="{}"{}{}>{}</text>)"
                     "\n",
                     x, y, style.family, style.size, style.colour, style.anchor,
                     style.bold ? R"( font-weight="bold")" : "", extra, escaped(words));
}

std::string line_at(int from, int to, int y, std::string_view colour, bool dashed) {
  return fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="2"{}/>)"
                     "\n",
                     from, y, to, y, colour, dashed ? dashes : "");
}

std::string arrowhead_at(int x, int y, bool rightwards, std::string_view colour) {
  const int back = rightwards ? x - arrowhead_length : x + arrowhead_length;
  return fmt::format(R"(<polygon points="{},{} {},{} {},{}" fill="{}"/>)"
                     "\n",
                     x, y, back, y - 4, back, y + 4, colour);
}

std::string cross_at(int x, int y) {
  return fmt::format(R"(<path d="M{0} {1}l{2} {2}m0 -{2}l-{2} {2}" stroke="{3}" stroke-width="2" fill="none"/>)"
                     "\n",
                     x - cross_size, y - cross_size, 2 * cross_size, bad_colour);
}

std::string box_at(int x, int y, int width, int height, std::string_view fill, std::string_view stroke) {
  return fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" rx="5" fill="{}" stroke="{}"/>)"
                     "\n",
                     x, y, width, height, fill, stroke);
}

class SvgLadder {
 public:
  SvgLadder(const sim::Trace& trace, const Ladder& ladder)
      : trace_(trace),
        ladder_(ladder),
        words_(trace),
        rows_(std::min(static_cast<Index>(ladder.rows().size()), max_rows)) {}

  std::string draw() const;

 private:
  int left() const { return margin + static_cast<int>(ladder_.lane_count()) * lane_width + time_width; }
  int x_of(std::uint32_t column) const { return left() + column_width / 2 + static_cast<int>(column) * column_width; }
  int right() const { return left() + static_cast<int>(ladder_.lifelines().size()) * column_width; }
  int top() const { return margin + heading_height + box_height; }
  int y_of(Index row) const { return top() + static_cast<int>(row) * row_height; }
  int bottom() const { return y_of(rows_) + row_height / 2; }

  std::string head() const;
  std::string lifelines() const;
  std::string brackets() const;
  std::string row(Index number) const;
  std::string arrow(const Arrow& arrow, int y) const;
  std::string banner(std::string_view fill, const std::string& words, int y) const;
  std::string legend() const;

  const sim::Trace& trace_;
  const Ladder& ladder_;
  LadderWords words_;
  Index rows_;  ///< That are drawn.
};

std::string SvgLadder::head() const {
  const int width = std::max(right() + margin, narrowest);
  const int height = bottom() + legend_height + margin;
  std::string svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" )"
      R"(aria-labelledby="title description">)"
      "\n"
      R"(<title id="title">{2}</title>)"
      "\n"
      R"(<desc id="description">Sequence diagram of {3} rows between {4} nodes. {5}</desc>)"
      "\n"
      R"(<rect width="{0}" height="{1}" fill="#ffffff"/>)"
      "\n",
      width, height, escaped(trace_.title.en), rows_, ladder_.lifelines().size(), escaped(trace_.summary.en));
  return svg + text_at(margin, margin + heading_text.size, heading_text, trace_.title.en);
}

std::string SvgLadder::lifelines() const {
  std::string svg;
  for (std::uint32_t column = 0; column < ladder_.lifelines().size(); ++column) {
    const int x = x_of(column);
    svg += fmt::format(R"(<line x1="{0}" y1="{1}" x2="{0}" y2="{2}" stroke="#bcccdc" stroke-width="1.5"/>)"
                       "\n",
                       x, top(), bottom());
    svg += box_at(x - box_width / 2, top() - box_height, box_width, box_height, "#eef2f6", frame_colour);
    svg += text_at(x, top() - 10, body_text, words_.lifeline(ladder_.lifelines()[column]));
  }
  return svg;
}

std::string SvgLadder::brackets() const {
  std::string svg;
  for (const LadderBracket& bracket : ladder_.brackets()) {
    if (bracket.first_row >= rows_) continue;
    const int x = margin + static_cast<int>(ladder_.lane_count() - bracket.lane) * lane_width - 6;
    const int y = y_of(bracket.first_row) + 6;
    const int end = y_of(std::min(bracket.last_row, rows_ - 1)) + row_height - 6;
    svg += fmt::format(R"(<path d="M{0} {1}h-6V{2}h6" stroke="{3}" stroke-width="2" fill="none"/>)"
                       "\n",
                       x, y, end, frame_colour);
    const int middle = (y + end) / 2;
    const std::string upright = fmt::format(R"svg( transform="rotate(-90 {} {})")svg", x - 10, middle);
    svg += text_at(x - 10, middle, small_text, words_.bracket(bracket), upright);
  }
  return svg;
}

std::string SvgLadder::arrow(const Arrow& arrow, int y) const {
  const int from = x_of(arrow.from);
  const int to = arrow.from == arrow.to ? from + self_arrow_length : x_of(arrow.to);
  const int end = arrow.lost ? from + (to - from) * 7 / 10 : to;
  const std::string_view colour = colour_of(arrow);
  const std::string detail = words_.detail(arrow);
  const std::string outcome = words_.outcome(arrow);
  std::string svg = fmt::format("<g>\n<title>{} {}. {} {}</title>\n", words_.time(arrow.departed),
                                escaped(words_.label(arrow)), escaped(detail), escaped(outcome));
  svg += text_at(left() - 10, y + 4, time_text, words_.time(arrow.departed));
  svg += line_at(from, end, y, colour, arrow.encrypted);
  if (!arrow.lost) svg += arrowhead_at(end, y, from < to, colour);
  if (arrow.lost || arrow.refused) svg += cross_at(end, y);
  const int middle = (from + to) / 2;
  svg += text_at(middle, y - 6, body_text, words_.label(arrow));
  const TextStyle& below = outcome.empty() ? small_text : bad_text;
  svg += text_at(middle, y + 15, below, outcome.empty() ? detail : outcome);
  return svg + "</g>\n";
}

std::string SvgLadder::banner(std::string_view fill, const std::string& words, int y) const {
  return box_at(left(), y - 12, right() - left(), 24, fill, "#cfc6a8") +
         text_at((left() + right()) / 2, y + 4, body_text, words);
}

std::string SvgLadder::row(Index number) const {
  const LadderRow& row = ladder_.rows()[number];
  const int y = y_of(number) + row_height / 2 + 4;
  const std::string when = row.step < trace_.steps.size()
                               ? text_at(left() - 10, y + 4, time_text, words_.time(trace_.steps[row.step].time))
                               : std::string();
  switch (row.kind) {
    case RowKind::arrow:
      return arrow(ladder_.arrows()[row.item], y);
    case RowKind::note:
      return when + banner(note_fill, words_.note(ladder_.notes()[row.item]), y);
    case RowKind::fold:
      return when + banner(fold_fill, words_.fold(ladder_.folds()[row.item]), y);
  }
  return {};
}

std::string SvgLadder::legend() const {
  struct Entry {
    std::string_view colour;
    bool dashed;
    std::string_view words;
  };
  constexpr Entry entries[] = {{ike_colour, false, "IKE, in the clear"},
                               {ike_colour, true, "IKE, encrypted"},
                               {esp_colour, true, "ESP, encrypted"},
                               {plain_colour, false, "other, in the clear"}};
  constexpr int entry_width = 170;
  constexpr int sample_width = 36;
  const int y = bottom() + legend_height / 2;
  int x = margin;
  std::string svg;
  for (const Entry& entry : entries) {
    svg += line_at(x, x + sample_width, y, entry.colour, entry.dashed);
    svg += text_at(x + sample_width + 8, y + 4, legend_text, entry.words);
    x += entry_width;
  }
  svg += cross_at(x + sample_width / 2, y);
  svg += text_at(x + sample_width + 8, y + 4, legend_text, "lost or refused");
  const Index left_out = static_cast<Index>(ladder_.rows().size()) - rows_;
  if (left_out == 0) return svg;
  return svg + text_at(margin, y + 26, legend_text, fmt::format("{} more rows are left out.", left_out));
}

std::string SvgLadder::draw() const {
  std::string svg = head() + lifelines() + brackets();
  for (Index number = 0; number < rows_; ++number) svg += row(number);
  return svg + legend() + "</svg>\n";
}

}  // namespace

std::string ladder_svg(const sim::Trace& trace) {
  const TraceIndex index(trace);
  const Ladder ladder(index, LadderOptions{});
  return SvgLadder(trace, ladder).draw();
}

}  // namespace viz
