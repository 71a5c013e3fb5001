#include "viz/export/ladder_mermaid.h"

#include <fmt/format.h>

#include "viz/export/ladder_words.h"

namespace viz {
namespace {

constexpr std::size_t longest_text = 48'000;

/// Characters that end a statement or begin an entity in Mermaid become entities.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '#':
        result += "#35;";
        break;
      case ';':
        result += "#59;";
        break;
      case '<':
        result += "#lt;";
        break;
      case '>':
        result += "#gt;";
        break;
      default:
        result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return result;
}

/// Solid in the clear, dashed when encrypted; a cross at the end when it did not arrive.
std::string_view arrow_sign(const Arrow& arrow) {
  if (arrow.lost || arrow.refused) return arrow.encrypted ? "--x" : "-x";
  return arrow.encrypted ? "-->>" : "->>";
}

class MermaidLadder {
 public:
  MermaidLadder(const sim::Trace& trace, const Ladder& ladder) : ladder_(ladder), words_(trace), trace_(trace) {}

  std::string draw() const;

 private:
  std::string across(const std::string& words) const;
  std::string row(Index row) const;
  std::string arrow(const Arrow& arrow) const;

  const Ladder& ladder_;
  LadderWords words_;
  const sim::Trace& trace_;
};

std::string MermaidLadder::across(const std::string& words) const {
  const std::size_t last = ladder_.lifelines().size() - 1;
  return fmt::format("    Note over n0{}: {}\n", last == 0 ? "" : fmt::format(",n{}", last), escaped(words));
}

std::string MermaidLadder::arrow(const Arrow& arrow) const {
  std::string words = fmt::format("{} {}", words_.time(arrow.departed), words_.label(arrow));
  if (const std::string detail = words_.detail(arrow); !detail.empty()) words += ": " + detail;
  if (const std::string outcome = words_.outcome(arrow); !outcome.empty()) words += " — " + outcome;
  return fmt::format("    n{}{}n{}: {}\n", arrow.from, arrow_sign(arrow), arrow.to, escaped(words));
}

std::string MermaidLadder::row(Index number) const {
  const LadderRow& row = ladder_.rows()[number];
  std::string lines;
  for (const LadderBracket& bracket : ladder_.brackets()) {
    if (bracket.first_row == number) lines += across("— " + words_.bracket(bracket) + " —");
  }
  switch (row.kind) {
    case RowKind::arrow:
      return lines + arrow(ladder_.arrows()[row.item]);
    case RowKind::note:
      return lines + across(words_.note(ladder_.notes()[row.item]));
    case RowKind::fold:
      return lines + across(words_.fold(ladder_.folds()[row.item]));
  }
  return lines;
}

std::string MermaidLadder::draw() const {
  std::string diagram = fmt::format("sequenceDiagram\n    title {}\n", escaped(trace_.title.en));
  for (std::size_t column = 0; column < ladder_.lifelines().size(); ++column) {
    diagram +=
        fmt::format("    participant n{} as {}\n", column, escaped(words_.lifeline(ladder_.lifelines()[column])));
  }
  if (ladder_.lifelines().empty()) return diagram;
  const auto rows = static_cast<Index>(ladder_.rows().size());
  for (Index number = 0; number < rows; ++number) {
    const std::string lines = row(number);
    if (diagram.size() + lines.size() > longest_text) {
      return diagram + across(fmt::format("{} more rows are left out here", rows - number));
    }
    diagram += lines;
  }
  return diagram;
}

}  // namespace

std::string ladder_mermaid(const sim::Trace& trace) {
  const TraceIndex index(trace);
  const Ladder ladder(index, LadderOptions{});
  return MermaidLadder(trace, ladder).draw();
}

}  // namespace viz
