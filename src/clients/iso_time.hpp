#pragma once

#include "albatross/runtime/clock.hpp"

#include <optional>
#include <string_view>

namespace albatross::wire {

/// "2026-01-05T10:00:00Z", with or without a fraction of a second; "+00:00" for 'Z'. UTC only, as
/// AWS sends it. nullopt for anything else, including days that do not exist.
std::optional<WallTime> parse_iso_time(std::string_view text);

}  // namespace albatross::wire
