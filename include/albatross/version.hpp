#pragma once

#include <string_view>

namespace albatross {

/// This library's version (semantic versioning). The build reads it here, and packages carry it.
inline constexpr std::string_view version = "0.1.0";

}  // namespace albatross
