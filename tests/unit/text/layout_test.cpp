#include "viz/text/layout.h"

#include "tests/catch.h"

using viz::display_width;
using viz::wrapped;
using Lines = std::vector<std::string>;

TEST_CASE("East Asian wide characters take two columns") {
  CHECK(display_width("IKE") == 3);
  CHECK(display_width("鍵") == 2);
  CHECK(display_width("SA（確立）") == 10);
  CHECK(display_width("→") == 1);
  CHECK(display_width("") == 0);
}

TEST_CASE("octets that are no UTF-8 count one column each and do no harm") {
  CHECK(display_width("\xff\xfe") == 2);
  CHECK(display_width("a\xe3\x81") == 3);
  CHECK(wrapped("\xe3", 10) == Lines{"\xe3"});
}

TEST_CASE("text is broken at blanks") {
  CHECK(wrapped("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrapped("one two three", 13) == Lines{"one two three"});
  CHECK(wrapped("one\ntwo", 10) == Lines{"one", "two"});
  CHECK(wrapped("", 10) == Lines{""});
}

TEST_CASE("a word longer than the line is broken, not dropped") {
  CHECK(wrapped("abcdefghij", 4) == Lines{"abcd", "efgh", "ij"});
  CHECK(wrapped("x abcdefgh", 4) == Lines{"x", "abcd", "efgh"});
}

TEST_CASE("Japanese is broken between characters, but no line begins with closing punctuation") {
  CHECK(wrapped("鍵を交換します。", 8) == Lines{"鍵を交換", "します。"});
  CHECK(wrapped("鍵を交換。", 8) == Lines{"鍵を交", "換。"});
  CHECK(wrapped("鍵を（公開）", 6) == Lines{"鍵を", "（公", "開）"});
  CHECK(wrapped("SKEYIDを作る", 8) == Lines{"SKEYIDを", "作る"});
}

TEST_CASE("lines behind a heading are indented as far as it is wide") {
  CHECK(viz::wrapped_behind("なぜ：", "鍵を交換するため。", 18) == Lines{"なぜ：鍵を交換する", "      ため。"});
}

TEST_CASE("columns of a table are aligned by display width") {
  const Lines lines = viz::table_lines({{"属性", "offered"}, {"Group", "鍵"}}, 40);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == "属性   offered");
  CHECK(lines[1] == "-----  -------");
  CHECK(lines[2] == "Group  鍵");
}

TEST_CASE("a table that is too wide is narrowed at its widest column") {
  for (const std::string& line : viz::table_lines({{"a", "b"}, {"short", "a long cell that has to be broken"}}, 24)) {
    CHECK(display_width(line) <= 24);
  }
}
