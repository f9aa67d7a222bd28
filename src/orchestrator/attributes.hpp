#pragma once

#include "albatross/orchestrator/stack.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace albatross {

/// Settings of a load balancer or target group by AWS's keys ("idle_timeout.timeout_seconds").
using Attributes = std::map<std::string, std::string>;

/// Those that the stack file sets. Pure.
Attributes attributes_of(const LoadBalancerAttributesSpec& spec);
Attributes attributes_of(const TargetGroupAttributesSpec& spec);

/// What AWS has for the key unless it is set; nullopt for keys that mean nothing once the feature
/// that they belong to is off (a log's bucket).
std::optional<std::string> default_attribute(std::string_view key);

}  // namespace albatross
