#pragma once

#include "albatross/http/message.hpp"
#include "albatross/http/proxy.hpp"

#include <string>
#include <string_view>

namespace albatross::http {

/// Throws std::invalid_argument when the request cannot be put into HTTP/1.1 as it is (a line break
/// in a header, a blank in the target and the like): what is sent must be what was meant.
void check_sendable(const Request& request);

/// Writes request line and header into `head`, whose memory is used again.
/// @param proxy where the request goes to a proxy instead of the origin; else nullptr.
void write_head(std::string& head, const Request& request, std::string_view user_agent,
                const Proxy* proxy);

}  // namespace albatross::http
