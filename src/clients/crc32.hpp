#pragma once

#include <cstdint>
#include <string_view>

namespace albatross {

/// CRC-32 as of IEEE 802.3 and zlib (DynamoDB's x-amz-crc32). Pure; O(size).
std::uint32_t crc32(std::string_view bytes);

}  // namespace albatross
