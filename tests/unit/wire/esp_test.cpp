#include "engine/wire/esp.h"

#include "tests/catch.h"

using namespace engine;
using namespace engine::wire;

TEST_CASE("SPI and sequence number are read and written") {
  const Bytes octets = write_esp_header({0xc0ffee01, 7});
  CHECK(to_hex(octets) == "c0ffee0100000007");
  const Result<EspHeader> read = read_esp_header(octets);
  REQUIRE(read.ok());
  CHECK(read->spi == 0xc0ffee01);
  CHECK(read->sequence == 7);
  CHECK(read_esp_header(ByteView(octets).first(7)).error().reason == Reason::truncated);
}

TEST_CASE("the padding counts from one and fills whole blocks (RFC 4303 2.4)") {
  CHECK(to_hex(write_esp_plaintext(Bytes{0xaa, 0xbb, 0xcc}, 4, 16)) ==
        "aabbcc"
        "0102030405060708090a0b"
        "0b04");
  CHECK(to_hex(write_esp_plaintext(Bytes(14, 0xaa), 4, 16)) ==
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "0004");
  CHECK(write_esp_plaintext({}, 4, 1).size() == 4);
  for (std::size_t size = 0; size < 40; ++size) {
    const Bytes payload(size, 1);
    const Bytes plaintext = write_esp_plaintext(payload, 4, 16);
    CHECK(plaintext.size() % 16 == 0);
    CHECK(plaintext.size() < size + esp_trailer_size + 16);
    const Result<EspPlaintext> read = read_esp_plaintext(plaintext);
    REQUIRE(read.ok());
    CHECK(Bytes(read->payload.begin(), read->payload.end()) == payload);
    CHECK(read->trailer.next_header == 4);
  }
}

TEST_CASE("padding that is not the RFC's is refused with its place") {
  Bytes plaintext = write_esp_plaintext(Bytes{0xaa}, 4, 16);
  plaintext[5] ^= 1;
  CHECK(read_esp_plaintext(plaintext).error().reason == Reason::bad_padding);
  CHECK(read_esp_plaintext(plaintext).error().offset == 5);
  CHECK(read_esp_plaintext(Bytes{1, 2, 3, 4, 4}).error().reason == Reason::bad_padding);
  CHECK(read_esp_plaintext(Bytes{4}).error().reason == Reason::truncated);
}
