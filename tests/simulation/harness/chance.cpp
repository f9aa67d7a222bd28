#include "simulation/harness/chance.hpp"

#include "orchestrator/tier2.hpp"

#include <array>
#include <string>

namespace albatross::simulation {
namespace {

using sim::FaultKind;
using sim::FaultRule;

struct Refusal {
  const char* service;
  const char* action;
  const char* code;
  int status;
};

// What AWS answers now and then: passing trouble, limits, and refusals that only a person can lift.
constexpr std::array refusals{
    Refusal{"ec2", "RunInstances", "VcpuLimitExceeded", 400},
    Refusal{"ec2", "RunInstances", "InsufficientFreeAddressesInSubnet", 400},
    Refusal{"ec2", "CreateSubnet", "RequestLimitExceeded", 503},
    Refusal{"ec2", "CreateSecurityGroup", "Unavailable", 503},
    Refusal{"ec2", "DeleteSecurityGroup", "DependencyViolation", 400},
    Refusal{"ec2", "TerminateInstances", "InternalError", 500},
    Refusal{"ec2", "Describe*", "UnauthorizedOperation", 403},
    Refusal{"elbv2", "CreateLoadBalancer", "TooManyLoadBalancers", 400},
    Refusal{"elbv2", "CreateTargetGroup", "ServiceUnavailable", 503},
    Refusal{"elbv2", "CreateListener", "TooManyListeners", 400},
    Refusal{"elbv2", "DeleteTargetGroup", "ResourceInUse", 400},
    Refusal{"elbv2", "DeleteLoadBalancer", "OperationNotPermitted", 400},
    Refusal{"efs", "CreateFileSystem", "InternalServerError", 500},
    Refusal{"efs", "DescribeMountTargets", "ThrottlingException", 429},
    Refusal{"iam", "CreateRole", "ServiceFailure", 500},
    Refusal{"sts", "GetCallerIdentity", "ExpiredToken", 400},
};

FaultRule refusal(Entropy& entropy) {
  const Refusal& chosen = refusals.at(entropy.below(refusals.size()));
  FaultRule rule;
  rule.kind = FaultKind::api_error;
  rule.service = chosen.service;
  rule.action = chosen.action;
  rule.code = chosen.code;
  rule.status = chosen.status;
  rule.message = "refused by the simulation";
  rule.times = 1 + entropy.below(3);
  return rule;
}

/// Something on the way, at some call of a run.
FaultRule trouble(Entropy& entropy) {
  static constexpr std::array kinds{FaultKind::throttle,       FaultKind::http_error,
                                    FaultKind::reset_before,   FaultKind::lost_answer,
                                    FaultKind::delay,          FaultKind::stall,
                                    FaultKind::truncated_body, FaultKind::malformed_body};
  FaultRule rule;
  rule.kind = kinds.at(entropy.below(kinds.size()));
  rule.delay = std::chrono::seconds{1 + entropy.below(5)};
  rule.skip = entropy.below(60);
  rule.times = 1 + entropy.below(2);
  return rule;
}

FaultRule resource_fault(Entropy& entropy, const Stack& stack) {
  static constexpr std::array kinds{FaultKind::capacity, FaultKind::load_balancer_failed,
                                    FaultKind::never_healthy, FaultKind::instance_terminates};
  FaultRule rule;
  rule.kind = kinds.at(entropy.below(kinds.size()));
  if (rule.kind == FaultKind::capacity) {
    static constexpr std::array zones{"us-east-1a", "us-east-1b", "*"};
    rule.match = zones.at(entropy.below(zones.size()));
    rule.times = entropy.below(2) == 0 ? 1 + entropy.below(3) : FaultRule::forever;
  }
  if (rule.kind == FaultKind::never_healthy) {
    rule.match = target_group_name(stack, stack.services.front().name);
    rule.times = FaultRule::forever;
  }
  if (rule.kind == FaultKind::instance_terminates && entropy.below(2) == 0) {
    rule.code = "Server.InsufficientInstanceCapacity";
    rule.message = "Server.InsufficientInstanceCapacity: Insufficient capacity to satisfy it";
  }
  return rule;
}

}  // namespace

sim::CloudOptions draw_options(std::uint64_t seed) {
  sim::CloudOptions out;
  out.seed = seed;
  out.eventual_consistency = seed % 3 == 0;
  out.throttling = seed % 7 == 0;
  // The signer has tests of its own; here it is only checked that every call is signed well.
  out.verify_signatures = seed % 16 == 0;
  return out;
}

sim::FaultRates draw_rates(Entropy& entropy) {
  sim::FaultRates rates;
  rates.seed = entropy.next();
  const auto rate = [&]() { return entropy.below(3) == 0 ? 0.04 * entropy.uniform() : 0.0; };
  rates.throttle = rate();
  rates.internal_error = rate();
  rates.unavailable = rate();
  rates.reset_before = rate();
  rates.lost_answer = rate();
  rates.delay = rate();
  rates.truncated_body = rate();
  rates.malformed_body = rate();
  rates.longest_delay = std::chrono::seconds{3};
  return rates;
}

void add_rules(sim::FaultPlan& plan, Entropy& entropy, const Stack& stack) {
  if (entropy.below(3) == 0) plan.add(refusal(entropy));
  if (entropy.below(3) == 0) plan.add(trouble(entropy));
  if (entropy.below(3) != 0) return;
  FaultRule rule = resource_fault(entropy, stack);
  const bool one_zone = rule.kind == FaultKind::capacity && rule.match != "*";
  plan.add(rule);
  // Both zones that would be chosen are full; a third has room.
  if (!one_zone || entropy.below(2) == 0) return;
  rule.match = rule.match == "us-east-1a" ? "us-east-1b" : "us-east-1a";
  plan.add(rule);
}

Fate draw_fate(Entropy& entropy) {
  Fate fate;
  switch (entropy.below(6)) {
    case 0:
    case 1:
      fate.kill_at = entropy.below(250);
      break;
    case 2:
      fate.kill_after = std::chrono::milliseconds{entropy.below(200'000)};
      break;
    case 3:
      fate.cancel_at = 1 + entropy.below(120);
      break;
    default:
      break;
  }
  fate.drain = entropy.below(2) == 0;
  if (entropy.below(8) == 0) fate.rival_at = 1 + entropy.below(20);
  return fate;
}

void change(Stack& stack, Entropy& entropy) {
  switch (entropy.below(4)) {
    case 0:
      stack.instances.count = 1 + static_cast<int>(entropy.below(3));
      break;
    case 1:
      stack.services.front().health_check.path = "/up" + std::to_string(entropy.below(3));
      break;
    case 2:
      stack.services.front().health_check.healthy_threshold =
          2 + static_cast<int>(entropy.below(2));
      break;
    default:
      break;
  }
}

}  // namespace albatross::simulation
