#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "tests/catch.h"

namespace tests {

/// A block of a little-endian pcapng file, taken apart only so far as the tests need it.
struct PcapngBlock {
  std::uint32_t type = 0;
  engine::Bytes body;
  std::multimap<std::uint16_t, std::string> options;  ///< Of section header, interface and packet blocks.

  std::uint32_t u32(std::size_t offset) const {
    return body.at(offset) | body.at(offset + 1) << 8 | body.at(offset + 2) << 16 |
           static_cast<std::uint32_t>(body.at(offset + 3)) << 24;
  }
  std::vector<std::string> comments() const {
    std::vector<std::string> found;
    for (auto [at, end] = options.equal_range(1); at != end; ++at) found.push_back(at->second);
    return found;
  }
};

inline std::size_t fixed_part(const PcapngBlock& block) {
  switch (block.type) {
    case 0x0a0d0d0a:
      return 16;
    case 1:
      return 8;
    case 6:
      return 20 + (block.u32(12) + 3) / 4 * 4;
    default:
      return block.body.size();
  }
}

inline void read_options(PcapngBlock& block) {
  std::size_t at = fixed_part(block);
  while (at + 4 <= block.body.size()) {
    const auto code = static_cast<std::uint16_t>(block.u32(at) & 0xffff);
    const std::size_t length = block.u32(at) >> 16;
    REQUIRE(at + 4 + length <= block.body.size());
    if (code == 0) break;
    block.options.emplace(code, std::string(block.body.begin() + static_cast<std::ptrdiff_t>(at + 4),
                                            block.body.begin() + static_cast<std::ptrdiff_t>(at + 4 + length)));
    at += 4 + (length + 3) / 4 * 4;
  }
}

/// All blocks; the test fails where lengths do not fit.
inline std::vector<PcapngBlock> read_pcapng(const engine::Bytes& file) {
  std::vector<PcapngBlock> blocks;
  std::size_t at = 0;
  while (at < file.size()) {
    PcapngBlock whole;
    whole.body.assign(file.begin() + static_cast<std::ptrdiff_t>(at), file.end());
    const std::size_t length = whole.u32(4);
    REQUIRE(length % 4 == 0);
    REQUIRE(length >= 12);
    REQUIRE(at + length <= file.size());
    REQUIRE(whole.u32(length - 4) == length);
    PcapngBlock block;
    block.type = whole.u32(0);
    block.body.assign(whole.body.begin() + 8, whole.body.begin() + static_cast<std::ptrdiff_t>(length - 4));
    read_options(block);
    blocks.push_back(std::move(block));
    at += length;
  }
  return blocks;
}

inline std::vector<PcapngBlock> blocks_of_type(const std::vector<PcapngBlock>& blocks, std::uint32_t type) {
  std::vector<PcapngBlock> found;
  for (const PcapngBlock& block : blocks) {
    if (block.type == type) found.push_back(block);
  }
  return found;
}

}  // namespace tests
