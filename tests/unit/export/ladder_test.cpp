#include "tests/catch.h"
#include "tests/support/synthetic_trace.h"
#include "viz/export/ladder_mermaid.h"
#include "viz/export/ladder_svg.h"

using namespace viz;

namespace {

/// Whether every tag is closed in order and every "&" begins an entity: what an XML reader would insist on.
bool is_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t at = 0; at < xml.size(); ++at) {
    if (xml[at] == '&' && xml.find(';', at) > at + 6) return false;
    if (xml[at] != '<') continue;
    const std::size_t end = xml.find('>', at);
    if (end == std::string::npos) return false;
    const std::string tag = xml.substr(at + 1, end - at - 1);
    at = end;
    if (tag.front() == '/') {
      if (open.empty() || open.back() != tag.substr(1)) return false;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(tag.substr(0, tag.find_first_of(" \n")));
    }
  }
  return open.empty();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("the SVG ladder is well-formed, named, and fetches nothing") {
  const sim::Trace trace = tests::synthetic_trace();
  const std::string svg = ladder_svg(trace);
  CHECK(is_well_formed(svg));
  CHECK(count(svg, "<title id=\"title\">") == 1);
  CHECK(count(svg, "<desc id=\"description\">") == 1);
  CHECK(count(svg, "href") == 0);
  CHECK(count(svg, "http") == 1);  // The namespace.
  CHECK(count(svg, "Main Mode 5") >= 2);
  CHECK(count(svg, "stroke-dasharray") > 10);
  CHECK(count(svg, "did not arrive: lost on the link") == 2);  // In the drawing and in its tooltip.
  CHECK(count(svg, "rotate(-90") >= 4);
  CHECK(count(svg, "DPD rounds") >= 1);
}

TEST_CASE("names in the SVG cannot break out of their text") {
  sim::Trace trace = tests::synthetic_trace();
  trace.title.en = "</title><script>alert(1)</script>";
  trace.nodes[0].name.en = "a & b <c> \"d\" \x01";
  const std::string svg = ladder_svg(trace);
  CHECK(is_well_formed(svg));
  CHECK(count(svg, "<script") == 0);
  CHECK(count(svg, "a &amp; b &lt;c&gt; &quot;d&quot;  ") == 1);
}

TEST_CASE("a very long run is cut, and the drawings say so") {
  sim::Trace trace = tests::large_synthetic_trace(200);
  // Nothing to fold: each message a different one.
  for (sim::TraceMessage& message : trace.messages) message.sent.name.id = "informational";
  CHECK(is_well_formed(ladder_svg(trace)));
  CHECK(ladder_mermaid(tests::synthetic_trace({2, 400, 5, true, true, false, false})).size() < 50'000);
}

TEST_CASE("the Mermaid ladder has a participant for each lifeline and an arrow for each message") {
  const std::string diagram = ladder_mermaid(tests::synthetic_trace());
  CHECK(diagram.rfind("sequenceDiagram\n    title ", 0) == 0);
  CHECK(count(diagram, "    participant n") >= 4);
  CHECK(count(diagram, "Main Mode 1: HDR, SA") == 2);
  CHECK(count(diagram, "-->>") > 4);
  CHECK(count(diagram, "--x") >= 1);
}

TEST_CASE("characters that mean something to Mermaid become entities") {
  sim::Trace trace = tests::synthetic_trace();
  trace.title.en = "a;b#c<d>\nend";
  const std::string diagram = ladder_mermaid(trace);
  CHECK(diagram.find("title a#59;b#35;c#lt;d#gt; end\n") != std::string::npos);
}

TEST_CASE("a trace without anything still gives whole drawings") {
  CHECK(is_well_formed(ladder_svg(sim::Trace{})));
  CHECK(ladder_mermaid(sim::Trace{}).rfind("sequenceDiagram\n", 0) == 0);
}
