#include "sim/core/throttle.hpp"

#include <algorithm>
#include <chrono>

namespace albatross::sim {
namespace {

bool reads(std::string_view action) {
  return action.starts_with("Describe") || action.starts_with("Get") || action.starts_with("List");
}

bool one_of(std::string_view action, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), action) != names.end();
}

}  // namespace

ApiError throttling_error(const Service& service) {
  const std::string_view name = service.name;
  if (name == "ec2") return {"RequestLimitExceeded", "Request limit exceeded.", 503};
  if (name == "efs") return {"ThrottlingException", "Rate exceeded", 429};
  if (name == "dynamodb") {
    return {"ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded.", 400};
  }
  if (service.protocol == Protocol::json) return {"ThrottlingException", "Rate exceeded", 400};
  return {"Throttling", "Rate exceeded", 400};
}

Throttle::Limit Throttle::limit_for(const Service& service, std::string_view action, bool paged) {
  const std::string_view name = service.name;
  if (name == "ec2") {
    if (reads(action)) {
      const bool costly = one_of(
          action, {"DescribeInstances", "DescribeInstanceStatus", "DescribeNetworkInterfaces",
                   "DescribeSecurityGroups", "DescribeVolumes"});
      return costly && !paged ? Limit{50, 10} : Limit{100, 20};
    }
    if (one_of(action, {"RunInstances", "StartInstances"})) return {5, 2};
    if (one_of(action, {"TerminateInstances", "CreateNetworkInterface", "DeleteNetworkInterface",
                        "ModifyInstanceMetadataOptions"}))
      return {100, 5};
    if (one_of(action, {"CreateTags", "DeleteTags"})) return {100, 10};
    return {50, 5};
  }
  if (name == "elbv2") {
    if (reads(action)) return {200, 50};
    if (one_of(action, {"CreateLoadBalancer", "SetSubnets"})) return {10, 0.2};
    if (one_of(action, {"RegisterTargets", "DeregisterTargets"})) return {20, 4};
    return {20, 3};
  }
  if (name == "sts") return {600, 600};
  if (name == "iam") return {30, 10};
  if (name == "dynamodb") return {40000, 40000};
  return {40, 20};
}

bool Throttle::take(const std::string& key, Limit limit, double tokens, TimePoint now) {
  auto [it, fresh] = buckets_.try_emplace(key, Bucket{limit.size, now});
  Bucket& bucket = it->second;
  const std::chrono::duration<double> passed = now - bucket.filled;
  bucket.tokens = std::min(limit.size, bucket.tokens + passed.count() * limit.refill);
  bucket.filled = now;
  // Who comes exactly when the token does is not refused for a sum of fractions that fell short.
  constexpr double rounding = 1e-6;
  if (bucket.tokens + rounding < tokens) return false;
  bucket.tokens -= tokens;
  return true;
}

void Throttle::admit(const Service& service, std::string_view action, std::size_t instances,
                     bool paged, TimePoint now) {
  const std::string key = cat(service.name, ":", action, paged ? "" : ":whole");
  bool admitted = take(key, limit_for(service, action, paged), 1, now);
  if (admitted && instances > 0) {
    const bool starts = one_of(action, {"RunInstances", "StartInstances"});
    admitted = take(key + ":instances", Limit{1000, starts ? 2.0 : 20.0},
                    static_cast<double>(instances), now);
  }
  if (!admitted) throw throttling_error(service);
}

}  // namespace albatross::sim
