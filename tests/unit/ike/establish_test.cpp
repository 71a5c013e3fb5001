#include "tests/catch.h"
#include "tests/unit/ike/laboratory.h"

using namespace laboratory;
using std::chrono::seconds;

TEST_CASE("a tunnel comes up with main mode and quick mode") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.start();
  lab.run_until(seconds(5));

  CHECK(lab.left.recorder.sent() ==
        std::vector<std::string>{"main-mode-1", "main-mode-3", "main-mode-5", "quick-mode-1", "quick-mode-3"});
  CHECK(lab.right.recorder.sent() ==
        std::vector<std::string>{"main-mode-2", "main-mode-4", "main-mode-6", "quick-mode-2"});
  REQUIRE(lab.left.installed.size() == 1);
  REQUIRE(lab.right.installed.size() == 1);
  const auto& left = lab.left.installed.front();
  const auto& right = lab.right.installed.front();
  CHECK(left.outbound.spi == right.inbound.spi);
  CHECK(left.inbound.spi == right.outbound.spi);
  CHECK(equal_constant_time(left.outbound.cipher_key, right.inbound.cipher_key));
  CHECK(equal_constant_time(left.outbound.integrity_key, right.inbound.integrity_key));
  CHECK(equal_constant_time(left.inbound.cipher_key, right.outbound.cipher_key));
  CHECK(equal_constant_time(left.inbound.integrity_key, right.outbound.integrity_key));
  CHECK_FALSE(equal_constant_time(left.inbound.cipher_key, left.outbound.cipher_key));
  CHECK(left.outbound.cipher_key.size() == 16);
  CHECK(left.outbound.integrity_key.size() == 20);
}
