#pragma once

#include "albatross/orchestrator/deployer.hpp"
#include "albatross/orchestrator/stack.hpp"

#include "cli/rehearsal/account_picture.hpp"

#include <map>
#include <string>
#include <vector>

namespace albatross::cli {

/// A deploy that took place in a simulated account, in virtual time.
struct Rehearsal {
  RunResult result;
  std::vector<Event> events;
  /// By service and action: "ec2 RunInstances"; dry runs as "ec2 DryRunCreateVpc".
  std::map<std::string, std::size_t> calls;
  /// Injected, by kind.
  std::map<std::string, std::size_t> faults;
  Duration took{};
};

/// The real engine deploys the stack to a simulated account that looks like the picture.
/// @param faults a fault plan as `albatross sim --faults` takes it; empty: nothing goes wrong
/// @throws std::invalid_argument for a fault plan that is none
Rehearsal rehearse(Stack stack, const AccountPicture& picture, const std::string& faults);

/// The stack with what only the real account has (ids of networks and images, key pairs, instance
/// types that the simulator does not know) put as the simulated one has it. Pure.
Stack simulable(Stack stack, const AccountPicture& picture);

}  // namespace albatross::cli
