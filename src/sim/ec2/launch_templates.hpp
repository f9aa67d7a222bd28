#pragma once

#include "sim/core/action.hpp"

namespace albatross::sim::ec2 {

/// Refuses a launch from a template: there are none in this account.
void refuse_launch_template(const Call& call);

}  // namespace albatross::sim::ec2
