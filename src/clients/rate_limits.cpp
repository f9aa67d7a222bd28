#include "albatross/clients/rate_limits.hpp"

#include <algorithm>
#include <array>

namespace albatross {
namespace {

using std::chrono::duration;

struct Named {
  std::string_view action;
  RateLimit limit;
};

/// EC2 gives every action a bucket of its own; these are not of the usual size.
constexpr std::array ec2_actions{
    Named{"RunInstances", {5, 2}},
    Named{"StartInstances", {5, 2}},
    Named{"TerminateInstances", {100, 5}},
    Named{"CreateNetworkInterface", {100, 5}},
    Named{"DeleteNetworkInterface", {100, 5}},
    Named{"CreateVolume", {100, 5}},
    Named{"AssociateIamInstanceProfile", {100, 5}},
    Named{"CreateLaunchTemplateVersion", {100, 5}},
    Named{"ModifyInstanceMetadataOptions", {100, 5}},
    Named{"CreateTags", {100, 10}},
    Named{"DeleteTags", {100, 10}},
    Named{"CreateNatGateway", {10, 1}},
    Named{"DeleteNatGateway", {10, 1}},
    Named{"CreateVpcEndpoint", {4, 0.3}},
    Named{"CreateDefaultVpc", {1, 1}},
    Named{"CreateDefaultSubnet", {1, 1}},
};
constexpr RateLimit ec2_reading{100, 20};
constexpr RateLimit ec2_changing{50, 5};
/// Without ids, filter and page size these read everything there is.
constexpr RateLimit ec2_reading_all{50, 10};
constexpr std::array<std::string_view, 7> ec2_large{
    "DescribeInstances",      "DescribeInstanceStatus", "DescribeNetworkInterfaces",
    "DescribeSecurityGroups", "DescribeSnapshots",      "DescribeSpotInstanceRequests",
    "DescribeVolumes"};

ApiClass ec2_class(std::string_view action, bool narrowed) {
  const auto* const named =
      std::find_if(ec2_actions.begin(), ec2_actions.end(),
                   [&](const Named& candidate) { return candidate.action == action; });
  if (named != ec2_actions.end()) return {std::string(action), named->limit};
  if (!action.starts_with("Describe") && !action.starts_with("Get")) {
    return {std::string(action), ec2_changing};
  }
  const bool large = std::find(ec2_large.begin(), ec2_large.end(), action) != ec2_large.end();
  if (large && !narrowed) return {std::string(action) + " of all", ec2_reading_all};
  return {std::string(action), ec2_reading};
}

/// Load balancing has one bucket for each kind of action.
ApiClass elbv2_class(std::string_view action) {
  if (action.starts_with("Describe")) return {"reading", {200, 50}};
  if (action == "CreateLoadBalancer" || action == "SetSubnets")
    return {"load balancers", {10, 0.2}};
  if (action == "RegisterTargets" || action == "DeregisterTargets") return {"targets", {20, 4}};
  return {"changing", {20, 3}};
}

/// Rounded up: never early.
Duration turn_after(double seconds) {
  return std::chrono::ceil<Duration>(duration<double>(seconds));
}

}  // namespace

ApiClass api_class(Service service, std::string_view action, bool narrowed) {
  switch (service) {
    case Service::ec2:
      return ec2_class(action, narrowed);
    case Service::elbv2:
      return elbv2_class(action);
    case Service::sts:
      return {"all", {600, 600}};
    case Service::ssm:
      return {"all", {40, 40}};
    case Service::efs:
    case Service::iam:
    case Service::dynamodb:
    case Service::acm:
    case Service::service_quotas:
      break;
  }
  return {};
}

std::string ApiRateLimits::key(const std::string& region, Service service, const ApiClass& of) {
  return region + '/' + std::string(info(service).name) + '/' + of.name;
}

Duration ApiRateLimits::take(const std::string& region, Service service, std::string_view action,
                             bool narrowed, TimePoint now) {
  const ApiClass of = api_class(service, action, narrowed);
  if (of.limit.burst <= 0) return Duration::zero();
  Bucket& bucket =
      buckets_.try_emplace(key(region, service, of), Bucket{of.limit, of.limit.burst, now})
          .first->second;
  const double elapsed = duration<double>(now - bucket.filled_at).count();
  bucket.tokens = std::min(of.limit.burst, bucket.tokens + elapsed * of.limit.per_second);
  bucket.filled_at = now;
  bucket.tokens -= 1;
  if (bucket.tokens >= 0) return Duration::zero();
  return turn_after(-bucket.tokens / of.limit.per_second);
}

Duration ApiRateLimits::wait_of(const std::string& region, Service service, std::string_view action,
                                bool narrowed, TimePoint now) const {
  const auto found = buckets_.find(key(region, service, api_class(service, action, narrowed)));
  if (found == buckets_.end()) return Duration::zero();
  const Bucket& bucket = found->second;
  const double elapsed = duration<double>(now - bucket.filled_at).count();
  const double left = bucket.tokens + elapsed * bucket.limit.per_second - 1;
  if (left >= 0) return Duration::zero();
  return turn_after(-left / bucket.limit.per_second);
}

void ApiRateLimits::give_back(const std::string& region, Service service, std::string_view action,
                              bool narrowed) {
  const ApiClass of = api_class(service, action, narrowed);
  const auto bucket = buckets_.find(key(region, service, of));
  if (bucket == buckets_.end()) return;
  bucket->second.tokens = std::min(of.limit.burst, bucket->second.tokens + 1);
}

}  // namespace albatross
