#pragma once

#include "sim/ec2/common.hpp"

namespace albatross::sim::ec2 {

/// The instance profile of that name or ARN. Refuses one that EC2 does not know (yet), or that has
/// no role.
const InstanceProfile& usable_profile(Call& call, Param given);

}  // namespace albatross::sim::ec2
