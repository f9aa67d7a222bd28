#pragma once

#include "albatross/state/record.hpp"

#include <string>
#include <utility>
#include <vector>

namespace albatross::cli {

/// The load balancer's DNS name; empty when the stack has none (yet).
std::string dns_name(const StackRecord& stack);
/// Service and URL, by service name; a Tier 1 service has one for each instance.
std::vector<std::pair<std::string, std::string>> service_urls(const StackRecord& stack);

}  // namespace albatross::cli
