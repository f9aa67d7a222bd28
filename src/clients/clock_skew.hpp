#pragma once

#include "albatross/clients/server_time.hpp"
#include "albatross/http/message.hpp"
#include "albatross/runtime/clock.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace albatross {

/// From here on a difference of clocks counts as wrong (signatures hold for five minutes).
constexpr std::chrono::seconds skew_limit{240};

/// "Tue, 24 Nov 2026 21:17:18 GMT" (RFC 9110, IMF-fixdate) or "20261124T211718Z"; nothing for
/// anything else. Pure.
std::optional<WallTime> parse_http_date(std::string_view text);

/// Could a wrong clock be behind this error code?
bool may_be_clock_skew(std::string_view code);

}  // namespace albatross
