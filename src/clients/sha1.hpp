#pragma once

#include <string>
#include <string_view>

namespace albatross {

/// SHA-1 in lower-case hexadecimal. For names of cache files only: it protects nothing.
std::string sha1_hex(std::string_view text);

}  // namespace albatross
