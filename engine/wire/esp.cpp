#include "engine/wire/esp.h"

#include "engine/wire/reader.h"
#include "engine/wire/writer.h"

namespace engine::wire {

Result<EspHeader> read_esp_header(ByteView packet) {
  Reader reader(packet);
  EspHeader header;
  header.describe(reader);
  if (reader.failed()) return reader.error();
  return header;
}

Result<EspPlaintext> read_esp_plaintext(ByteView plaintext) {
  if (plaintext.size() < esp_trailer_size)
    return Error{Reason::truncated, "the ESP plaintext is shorter than its trailer", plaintext.size()};
  const std::size_t trailer_offset = plaintext.size() - esp_trailer_size;
  Reader reader(plaintext.subspan(trailer_offset));
  EspPlaintext result;
  result.trailer.describe(reader);
  const std::size_t pad_length = result.trailer.pad_length;
  if (pad_length > trailer_offset)
    return Error{Reason::bad_padding, "the ESP pad length is more than the plaintext holds", trailer_offset};
  const std::size_t pad_offset = trailer_offset - pad_length;
  for (std::size_t i = 0; i < pad_length; ++i) {
    if (plaintext[pad_offset + i] != i + 1)
      return Error{Reason::bad_padding, "the ESP padding is not 1, 2, 3, ...", pad_offset + i};
  }
  result.payload = plaintext.first(pad_offset);
  return result;
}

Bytes write_esp_header(const EspHeader& header) { return write_described(header); }

Bytes write_esp_plaintext(ByteView payload, std::uint8_t next_header, std::size_t alignment) {
  const std::size_t block = alignment < 4 ? 4 : alignment;
  const std::size_t pad_length = (block - (payload.size() + esp_trailer_size) % block) % block;
  Bytes plaintext(payload.begin(), payload.end());
  plaintext.reserve(payload.size() + pad_length + esp_trailer_size);
  for (std::size_t i = 1; i <= pad_length; ++i) plaintext.push_back(static_cast<std::uint8_t>(i));
  append(plaintext, write_described(EspTrailer{static_cast<std::uint8_t>(pad_length), next_header}));
  return plaintext;
}

}  // namespace engine::wire
