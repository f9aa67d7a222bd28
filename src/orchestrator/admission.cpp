#include "orchestrator/admission.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace albatross {
namespace {

using std::chrono::duration;

/// What a queue of the real limits may be when another run begins: less than any step's timeout by
/// far, and more than the unevenness of runs that are let in evenly.
constexpr Duration usual_queue = std::chrono::seconds{10};
/// Shorter waits are not worth a word.
constexpr Duration noticeable = std::chrono::seconds{1};

/// The call that makes a node of that kind, and the one that removes it. Only of narrow limits, and
/// of the changes a stack makes most of.
struct Calls {
  std::string_view kind;
  Service service;
  std::string_view making;
  std::string_view removing;
};

constexpr std::array narrow{
    Calls{"load_balancer", Service::elbv2, "CreateLoadBalancer", "DeleteLoadBalancer"},
    Calls{"load_balancer_attributes", Service::elbv2, "ModifyLoadBalancerAttributes", ""},
    Calls{"listener", Service::elbv2, "CreateListener", "DeleteListener"},
    Calls{"rule", Service::elbv2, "CreateRule", "DeleteRule"},
    Calls{"target_group", Service::elbv2, "CreateTargetGroup", "DeleteTargetGroup"},
    Calls{"target_group_attributes", Service::elbv2, "ModifyTargetGroupAttributes", ""},
    Calls{"registration", Service::elbv2, "RegisterTargets", "DeregisterTargets"},
    Calls{"instance", Service::ec2, "RunInstances", "TerminateInstances"},
    Calls{"security_group", Service::ec2, "CreateSecurityGroup", "DeleteSecurityGroup"},
    Calls{"security_group_rules", Service::ec2, "AuthorizeSecurityGroupIngress",
          "RevokeSecurityGroupIngress"},
    Calls{"subnet", Service::ec2, "CreateSubnet", "DeleteSubnet"},
    Calls{"route_table_association", Service::ec2, "AssociateRouteTable", "DisassociateRouteTable"},
};

const Calls* calls_about(std::string_view action) {
  const auto* const found = std::find_if(narrow.begin(), narrow.end(), [&](const Calls& calls) {
    return calls.making == action || calls.removing == action;
  });
  return found == narrow.end() ? nullptr : found;
}

std::map<std::string_view, double> wanted_by(const Stack& stack) {
  std::map<std::string_view, double> wanted;
  const auto services = static_cast<double>(stack.services.size());
  const bool launches = !stack.instances.existing();
  if (launches) wanted["instance"] = stack.instances.count;
  const LoadBalancerSpec& balancer = stack.load_balancer;
  if (!balancer.enabled) return wanted;
  if (balancer.existing.empty()) {
    wanted["load_balancer"] = 1;
    wanted["load_balancer_attributes"] = 1;
  }
  wanted["listener"] = static_cast<double>(balancer.listeners.size());
  wanted["rule"] = static_cast<double>(balancer.rules.size());
  for (const ServiceSpec& service : stack.services) {
    if (!service.route.empty()) wanted["rule"] += 1;
  }
  wanted["target_group"] = services;
  wanted["target_group_attributes"] = services;
  wanted["registration"] = services;
  return wanted;
}

/// The door is for the next one, however the wait ends.
struct Closing {
  Semaphore& door;
  explicit Closing(Semaphore& the_door) : door(the_door) {}
  Closing(const Closing&) = delete;
  Closing& operator=(const Closing&) = delete;
  ~Closing() { door.release(); }
};

}  // namespace

CallEstimate calls_of_deploy(const Stack& stack, const std::vector<ResourceRecord>& known) {
  std::map<std::string_view, double> missing = wanted_by(stack);
  for (const ResourceRecord& record : known) {
    const auto found = missing.find(record.kind);
    if (found != missing.end()) found->second -= 1;
  }
  CallEstimate calls;
  for (const Calls& one : narrow) {
    const auto found = missing.find(one.kind);
    if (found == missing.end() || found->second <= 0) continue;
    calls[std::string(one.making)] += found->second;
  }
  return calls;
}

CallEstimate calls_of_removal(const std::vector<ResourceRecord>& going) {
  CallEstimate calls;
  for (const ResourceRecord& record : going) {
    if (record.provenance != Provenance::created) continue;
    for (const Calls& one : narrow) {
      if (one.kind == record.kind && !one.removing.empty()) calls[std::string(one.removing)] += 1;
    }
  }
  return calls;
}

Admission::Admission(ApiCaller& caller) : caller_(caller), limits_(caller.rate_limits()) {}

Admission::Bucket& Admission::bucket(const std::string& action) {
  const ApiClass of = api_class(calls_about(action)->service, action, true);
  const TimePoint now = caller_.clock().now();
  Bucket& bucket = buckets_.try_emplace(of.name, Bucket{of.limit.burst, now}).first->second;
  const double passed = duration<double>(now - bucket.filled_at).count();
  bucket.tokens = std::min(of.limit.burst, bucket.tokens + passed * of.limit.per_second);
  bucket.filled_at = now;
  return bucket;
}

Duration Admission::wait_for(const CallEstimate& calls) {
  const TimePoint now = caller_.clock().now();
  Duration longest{};
  for (const auto& [action, count] : calls) {
    const Service service = calls_about(action)->service;
    const RateLimit limit = api_class(service, action, true).limit;
    // One that begins when nothing is owed owes all of its calls: a stack alone never waits.
    const double owed = std::min(1.0, limit.burst) - bucket(action).tokens;
    if (owed > 0) {
      longest =
          std::max(longest, std::chrono::ceil<Duration>(duration<double>(owed / limit.per_second)));
    }
  }
  if (calls.empty()) return longest;
  for (const Calls& one : narrow) {
    for (const std::string_view action : {one.making, one.removing}) {
      if (action.empty()) continue;
      const Duration queue = limits_->wait_of(caller_.region(), one.service, action, true, now);
      longest = std::max(longest, queue - usual_queue);
    }
  }
  return longest;
}

void Admission::let_in(const CallEstimate& calls) {
  for (const auto& [action, count] : calls)
    bucket(action).tokens -= count;
}

Task<> Admission::enter(CallEstimate calls, std::function<void(Duration)> on_wait) {
  if (!limits_ || calls.empty()) co_return;
  bool told = false;
  if (door_.available() == 0) {
    // Others wait already: at least as long as the first of them.
    told = true;
    on_wait(std::max(noticeable, wait_for(calls)));
  }
  co_await door_.acquire();
  const Closing closing(door_);
  for (;;) {
    const Duration wait = wait_for(calls);
    if (wait <= Duration::zero()) break;
    if (!told && wait >= noticeable) on_wait(wait);
    told = told || wait >= noticeable;
    co_await caller_.clock().sleep_for(wait);
  }
  let_in(calls);
}

}  // namespace albatross
