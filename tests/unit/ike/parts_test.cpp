#include "engine/ike/deadlines.h"
#include "engine/ike/identity.h"
#include "tests/catch.h"

using namespace engine;
using namespace engine::ike;
using std::chrono::seconds;

TEST_CASE("deadlines come in order of time, then of setting; each owner has one of a kind") {
  Deadlines deadlines;
  CHECK_FALSE(deadlines.next().has_value());
  deadlines.set(Timer::dpd, 1, Time(seconds(20)));
  deadlines.set(Timer::pair_rekey, 2, Time(seconds(10)));
  deadlines.set(Timer::pair_expire, 2, Time(seconds(10)));
  deadlines.set(Timer::dpd, 1, Time(seconds(5)));
  CHECK(deadlines.next() == Time(seconds(5)));
  CHECK_FALSE(deadlines.take(Time(seconds(4))).has_value());
  CHECK(deadlines.take(Time(seconds(30)))->timer == Timer::dpd);
  CHECK(deadlines.take(Time(seconds(30)))->timer == Timer::pair_rekey);
  CHECK(deadlines.take(Time(seconds(30)))->timer == Timer::pair_expire);
  CHECK_FALSE(deadlines.take(Time(seconds(30))).has_value());
}

TEST_CASE("a deadline that is cancelled does not come") {
  Deadlines deadlines;
  deadlines.set(Timer::dpd, 1, Time(seconds(5)));
  deadlines.set(Timer::dpd, 2, Time(seconds(6)));
  deadlines.cancel(Timer::dpd, 1);
  deadlines.cancel(Timer::dpd, 3);
  CHECK_FALSE(deadlines.at(Timer::dpd, 1).has_value());
  CHECK(deadlines.next() == Time(seconds(6)));
}

TEST_CASE("identities as text and as networks") {
  const Identity address = Identity::address({0xc0000201});
  const Identity subnet = Identity::subnet({{0x0a010203}, 16});
  CHECK(to_string(address) == "192.0.2.1");
  CHECK(to_string(subnet) == "10.1.0.0/16");
  CHECK(to_string(Identity::fqdn("gw.example.com")) == "fqdn:gw.example.com");
  CHECK(network_of(address)->prefix_length == 32);
  CHECK(*network_of(subnet) == Ipv4Network{{0x0a010000}, 16});
  CHECK(*network_of(Identity::subnet({})) == Ipv4Network{});
}

TEST_CASE("identities that name no network") {
  const Identity holes{IdType::ipv4_subnet, 0, 0, {10, 0, 0, 0, 255, 0, 255, 0}};
  const Identity shorter{IdType::ipv4_address, 0, 0, {10, 0, 0}};
  for (const Identity& identity : {holes, shorter, Identity::fqdn("10.0.0.0")}) {
    const auto network = network_of(identity);
    REQUIRE_FALSE(network);
    CHECK(network.error().reason == Reason::invalid_identity);
  }
  // Octets that do not print are shown in hexadecimal.
  CHECK(to_string({IdType::fqdn, 0, 0, {1, 2}}).find("0102") != std::string::npos);
}
