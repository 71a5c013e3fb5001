#include "engine/base/time.h"

#include "tests/catch.h"

using namespace engine;
using namespace std::chrono_literals;

TEST_CASE("durations are read with their units, exactly") {
  CHECK(parse_duration("20ms").value() == 20ms);
  CHECK(parse_duration("1.5s").value() == 1500ms);
  CHECK(parse_duration("1h30m").value() == 90min);
  CHECK(parse_duration("0.5h").value() == 30min);
  CHECK(parse_duration("1.000000001s").value() == Duration(1'000'000'001));
  CHECK(parse_duration("0").value() == Duration(0));
}

TEST_CASE("a duration without a unit, a sign, or too large is refused with its place") {
  for (const char* bad : {"", "20", "ms", "-1s", "1.s", "1 s", "99999999999999999999s", "9999999999h", "1x"}) {
    INFO(bad);
    CHECK_FALSE(parse_duration(bad).ok());
  }
  CHECK(parse_duration("20").error().offset == 2);
}

TEST_CASE("times are written with nine decimals") {
  CHECK(format_exact(time_at(20'041'200)) == "0.020041200");
  CHECK(format_exact(time_at(3'600'000'000'001)) == "3600.000000001");
}

TEST_CASE("spans are written for people") {
  CHECK(format_short(20041us) == "20.041 ms");
  CHECK(format_short(3450s) == "57 min 30 s");
  CHECK(format_short(28800s) == "8 h 0 min 0 s");
}
