#include "engine/base/bytes.h"

#include "engine/base/address.h"
#include "tests/catch.h"

using namespace engine;

TEST_CASE("hexadecimal is read in either case and written in lower case") {
  CHECK(to_hex(from_hex("00ffA5").value()) == "00ffa5");
  CHECK(from_hex("0g").error().offset == 1);
  CHECK(from_hex("abc").error().offset == 3);
  CHECK(from_hex("").value().empty());
}

TEST_CASE("integers are in network order") {
  Bytes bytes;
  put_u16(bytes, 0x0102);
  put_u32(bytes, 0x03040506);
  put_u64(bytes, 0x0708090a0b0c0d0eULL);
  CHECK(to_hex(bytes) == "0102030405060708090a0b0c0d0e");
  CHECK(read_u32(bytes, 2) == 0x03040506);
  set_u16(bytes, 0, 0xfffe);
  CHECK(read_u16(bytes, 0) == 0xfffe);
}

TEST_CASE("addresses and networks are read strictly") {
  CHECK(to_string(parse_ipv4_address("198.16.0.32").value()) == "198.16.0.32");
  CHECK(to_string(parse_ipv4_network("169.254.97.130/30").value()) == "169.254.97.130/30");
  CHECK(parse_ipv4_network("169.254.97.130/30").value().contains(parse_ipv4_address("169.254.97.129").value()));
  CHECK(parse_ipv4_network("0.0.0.0/0").value().contains(parse_ipv4_address("8.8.8.8").value()));
  for (const char* bad : {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 ", "a.b.c.d", "1..2.3"}) {
    INFO(bad);
    CHECK_FALSE(parse_ipv4_address(bad).ok());
  }
  CHECK_FALSE(parse_ipv4_network("10.0.0.0/33").ok());
  CHECK_FALSE(parse_ipv4_network("10.0.0.0/").ok());
}

TEST_CASE("reason ids are unique and lead back to their reason") {
  for (const ReasonInfo& entry : all_reasons()) {
    INFO(entry.id);
    CHECK(reason_from_id(entry.id) == entry.reason);
  }
}
