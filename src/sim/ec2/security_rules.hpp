#pragma once

#include "sim/ec2/common.hpp"

#include <vector>

namespace albatross::sim::ec2 {

/// The rules that IpPermissions (or the old top-level form) spell out, one per peer, checked.
std::vector<SecurityRule> parse_permissions(Call& call, bool egress);

}  // namespace albatross::sim::ec2
