#pragma once

#include "albatross/http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace albatross::http {

/// The entries of a NO_PROXY value: separated by commas or blanks, lower-case, "*." and leading
/// dots taken off.
std::vector<std::string> split_bypass(std::string_view no_proxy);

/// Whether one entry covers that origin.
bool bypass_covers(std::string_view rule, const Origin& origin);

/// Loopback, and the link-local hosts of the instance and container metadata services: no proxy
/// could reach them on behalf of this machine.
bool is_always_direct(std::string_view host);

}  // namespace albatross::http
