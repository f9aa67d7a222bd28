#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace albatross::sim {

std::string base64_encode(std::string_view bytes);
/// Line breaks are skipped; nothing when the text is no base64.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace albatross::sim
