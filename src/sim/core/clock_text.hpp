#pragma once

#include "albatross/runtime/clock.hpp"

#include <string>

namespace albatross::sim {

/// "2026-01-05T10:00:00.000Z" as EC2 and ELBv2 write it.
std::string iso_time(WallTime time);
/// "2026-01-05T10:00:00Z" as IAM and STS write it.
std::string iso_seconds(WallTime time);
/// "Mon, 05 Jan 2026 10:00:00 GMT" (RFC 9110, Date).
std::string http_date(WallTime time);
/// "20260105T100000Z".
std::string basic_time(WallTime time);

}  // namespace albatross::sim
