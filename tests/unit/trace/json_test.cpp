#include "sim/trace/json.h"

#include "tests/catch.h"

TEST_CASE("Every value of a JSON text knows where it stands") {
  const std::string text = "{\n  \"a\": [1, -2.5, \"x\\\"y\"],\n  \"日本\": {\"b\": null}, \"c\": true\n}";
  const engine::Result<sim::JsonValue> root = sim::parse_json(text);
  REQUIRE(root.ok());
  const sim::JsonValue* a = root->find("a");
  REQUIRE(a != nullptr);
  CHECK(text.substr(a->elements[0].offset, 1) == "1");
  CHECK(text.substr(a->elements[1].offset, 4) == "-2.5");
  CHECK(text.substr(a->elements[2].offset, 6) == "\"x\\\"y\"");
  CHECK(a->elements[2].string == "x\"y");
  const sim::JsonValue* b = root->find("日本")->find("b");
  REQUIRE(b != nullptr);
  CHECK(text.substr(b->offset, 4) == "null");
  CHECK(text.substr(root->find("c")->offset, 4) == "true");
  // Columns count characters: the two of "日本" are two.
  CHECK(sim::place("f.json", text, b->offset) == "f.json:3:15");
  CHECK(root->find("z") == nullptr);
}

TEST_CASE("Numbers keep their full range") {
  const engine::Result<sim::JsonValue> root = sim::parse_json("[18446744073709551615, -9223372036854775808, 0]");
  REQUIRE(root.ok());
  CHECK(root->elements[0].magnitude == 18446744073709551615U);
  CHECK(root->elements[1].negative);
  CHECK(root->elements[1].magnitude == 9223372036854775808U);
}

TEST_CASE("A text that is not JSON is refused at the octet at fault") {
  const engine::Result<sim::JsonValue> root = sim::parse_json("{\"a\": 1,, \"b\": 2}");
  REQUIRE_FALSE(root.ok());
  CHECK(root.error().offset == 8);
  CHECK(root.error().message == "not JSON (while parsing object key - unexpected ','; expected string literal)");
  CHECK_FALSE(sim::parse_json("").ok());
  CHECK_FALSE(sim::parse_json("{} {}").ok());
}

TEST_CASE("A name that stands twice is refused") {
  const engine::Result<sim::JsonValue> root = sim::parse_json("{\"a\": 1, \"a\": 2}");
  REQUIRE_FALSE(root.ok());
  CHECK(root.error().offset == 9);
}

TEST_CASE("Strings are written so that they can be read again") {
  const std::string text = "tab\t, quote \", ja: 鍵, \\";
  CHECK(sim::parse_json(sim::json_string(text))->string == text);
}
