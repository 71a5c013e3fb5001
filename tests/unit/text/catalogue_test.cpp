#include "viz/text/catalogue.h"

#include <set>

#include "tests/catch.h"

using viz::Language;

TEST_CASE("a text is found in both languages") {
  CHECK(viz::text("reason.icv-mismatch", Language::en) == "the integrity check failed");
  CHECK(viz::text("reason.icv-mismatch", Language::ja) == "ICVが不一致（完全性検査に失敗）");
  CHECK(viz::has_text("reason.icv-mismatch"));
}

TEST_CASE("a missing text comes back as its id, so that the hole is seen") {
  CHECK(viz::text("no.such.text", Language::en) == "no.such.text");
  CHECK_FALSE(viz::has_text("no.such.text"));
  CHECK_FALSE(viz::has_text(""));
}

TEST_CASE("named parts are filled in, and one without a value stays as it stands") {
  const std::vector<std::pair<std::string, std::string>> values = {{"name", "SKEYID"}, {"bytes", "{00}"}};
  CHECK(viz::text("detail.value", Language::en, values) == "SKEYID = {00}");
  CHECK(viz::text("detail.value", Language::en, {{"name", "x"}}) == "x = {bytes}");
}

TEST_CASE("the named parts of a text are listed in order") {
  CHECK(viz::named_parts("{a} and {b} and {a}") == std::vector<std::string>{"a", "b", "a"});
  CHECK(viz::named_parts("none").empty());
  CHECK(viz::named_parts("open { end").empty());
}

TEST_CASE("no id stands in the catalogue twice") {
  std::set<std::string_view> seen;
  for (const viz::CatalogueEntry& entry : viz::all_texts()) {
    INFO(entry.id);
    CHECK(seen.insert(entry.id).second);
  }
}
