#pragma once

#include "albatross/http/message.hpp"
#include "albatross/runtime/clock.hpp"

#include <optional>

namespace albatross {

/// The server's clock, as its answer tells it (x-amz-date, else Date), to the second; nothing when
/// it tells none. Pure.
std::optional<WallTime> server_time(const http::Headers& headers);

}  // namespace albatross
