#include "orchestrator/preflight/quota_usage.hpp"

#include "albatross/orchestrator/session.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace albatross {
namespace {

constexpr int page = 1000;
constexpr int balancing_page = 400;
constexpr Duration kept = std::chrono::minutes{1};

/// Spot instances and dedicated hosts count elsewhere.
std::size_t vcpus_against(std::string_view quota_code, const ec2::Instance& instance) {
  const QuotaId* counts = vcpu_quota_of(instance.instance_type);
  const bool elsewhere = !instance.instance_lifecycle.empty() ||
                         instance.placement.tenancy == "host" || counts == nullptr;
  if (elsewhere || counts->code != quota_code) return 0;
  return static_cast<std::size_t>(instance.cpu_options.core_count *
                                  instance.cpu_options.threads_per_core);
}

Task<std::size_t> count_vcpus(AwsClients& aws, std::string_view quota_code, bool all_pages,
                              CallOptions how) {
  ec2::DescribeInstancesRequest request;
  request.filters = {ec2::Filter{"instance-state-name", {"pending", "running"}}};
  request.max_results = page;
  std::vector<ec2::Reservation> found;
  if (all_pages) {
    found = co_await aws.ec2.all_reservations(std::move(request), std::move(how));
  } else {
    auto answer = co_await aws.ec2.describe_instances(std::move(request), std::move(how));
    found = std::move(answer.reservations);
  }
  std::size_t used = 0;
  for (const ec2::Reservation& reservation : found) {
    for (const ec2::Instance& instance : reservation.instances)
      used += vcpus_against(quota_code, instance);
  }
  co_return used;
}

template <class Item>
Task<std::size_t> count_items(Task<std::vector<Item>> listing) {
  const std::vector<Item> found = co_await std::move(listing);
  co_return found.size();
}

Task<std::size_t> count_application_load_balancers(Task<std::vector<elbv2::LoadBalancer>> listing) {
  const std::vector<elbv2::LoadBalancer> found = co_await std::move(listing);
  const auto application = [](const elbv2::LoadBalancer& one) { return one.type == "application"; };
  co_return static_cast<std::size_t>(std::count_if(found.begin(), found.end(), application));
}

/// As few pages as the service makes of it.
template <class Request>
Request in_large_pages() {
  Request request;
  if constexpr (requires { request.page_size; }) {
    request.page_size = balancing_page;
  } else {
    request.max_results = page;
  }
  return request;
}

Task<std::size_t> count(AwsClients& aws, std::string_view code, bool all_pages, CallOptions how) {
  if (code == quota::vpcs.code) {
    auto request = in_large_pages<ec2::DescribeVpcsRequest>();
    return count_items(aws.ec2.all_vpcs(std::move(request), std::move(how)));
  }
  if (code == quota::internet_gateways.code) {
    auto request = in_large_pages<ec2::DescribeInternetGatewaysRequest>();
    return count_items(aws.ec2.all_internet_gateways(std::move(request), std::move(how)));
  }
  if (code == quota::security_groups.code) {
    auto request = in_large_pages<ec2::DescribeSecurityGroupsRequest>();
    return count_items(aws.ec2.all_security_groups(std::move(request), std::move(how)));
  }
  if (code == quota::file_systems.code) {
    efs::DescribeFileSystemsRequest request;
    return count_items(aws.efs.all_file_systems(std::move(request), std::move(how)));
  }
  if (code == quota::target_groups.code) {
    auto request = in_large_pages<elbv2::DescribeTargetGroupsRequest>();
    return count_items(aws.elbv2.all_target_groups(std::move(request), std::move(how)));
  }
  if (code == quota::load_balancers.code) {
    auto request = in_large_pages<elbv2::DescribeLoadBalancersRequest>();
    return count_application_load_balancers(
        aws.elbv2.all_load_balancers(std::move(request), std::move(how)));
  }
  return count_vcpus(aws, code, all_pages, std::move(how));
}

Task<Batch<std::size_t>::Answers> counted(Task<std::size_t> counting, std::string key) {
  const std::size_t used = co_await std::move(counting);
  Batch<std::size_t>::Answers out;
  out.emplace(std::move(key), used);
  co_return out;
}

}  // namespace

QuotaUsage::Count& QuotaUsage::count_of(const QuotaId& quota) {
  const auto call = [this, code = quota.code](std::vector<std::string> keys, CallOptions how) {
    return counted(count(aws_, code, false, std::move(how)), std::move(keys.front()));
  };
  return counts_.try_emplace(quota.code, clock_, call).first->second;
}

Task<std::size_t> QuotaUsage::of(const QuotaId& quota, bool everything, CallOptions options) {
  if (everything || !shares_) {
    const std::size_t used = co_await count(aws_, quota.code, everything, std::move(options));
    co_return used;
  }
  Count& shared = count_of(quota);
  const bool known =
      shared.counted_at != TimePoint::min() && clock_.now() - shared.counted_at < kept;
  if (known) co_return shared.used;
  auto look = shared.batch.look(std::string(quota.code), std::move(options), false);
  const std::vector<std::size_t> found = co_await std::move(look);
  shared.used = found.front();
  shared.counted_at = clock_.now();
  co_return shared.used;
}

}  // namespace albatross
