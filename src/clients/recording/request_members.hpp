#pragma once

#include "albatross/http/exchange_rules.hpp"

#include <vector>

namespace albatross::recording {

/// What a redacted request to AWS says: method, path, query, region, and its parameters by name.
std::vector<http::RequestMember> request_members(const http::Request& request);

}  // namespace albatross::recording
