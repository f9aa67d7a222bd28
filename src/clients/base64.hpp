#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace albatross::wire {

/// RFC 4648, standard alphabet, with padding.
std::string base64_encode(std::string_view bytes);

/// Line breaks and spaces are skipped, missing padding is accepted; nullopt for anything else that
/// is no base64.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace albatross::wire
