#pragma once

#include <string_view>

namespace albatross::sim::elbv2 {

bool is_ssl_policy(std::string_view name);

}  // namespace albatross::sim::elbv2
