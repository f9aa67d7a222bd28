#pragma once

#include "orchestrator/run.hpp"

#include <string>
#include <vector>

namespace albatross {

/// Who keeps something from being deleted: the network interfaces in a security group, subnet or
/// VPC, each with its id, what it is for and who owns it, a few of them by name. Empty when the
/// kind holds none, when there are none, and when AWS does not say.
Task<std::string> holders_of(const Run& run, ResourceRecord record, Step step, Deadline deadline);

/// "eni-0a1… (ELB app/web-alb/50dc6c495c0c9188, of amazon-elb)", at most three and a count of the
/// rest. Pure.
std::string describe_holders(const std::vector<ec2::NetworkInterface>& interfaces);

}  // namespace albatross
