// What the account may have at most, and how much of it is used.

#include "orchestrator/preflight/answer.hpp"
#include "orchestrator/resources/support.hpp"

#include <cstdlib>
#include <utility>

namespace albatross {
namespace {

// One page tells whether a quota of tens is reached; no more round trips for those of thousands.
constexpr int page = 1000;
constexpr int balancing_page = 400;

}  // namespace

void AccountQuestions::plan_quota_questions(std::vector<Task<>>& tasks) {
  const Needs& needs = scope_.needs;
  const bool all = scope_.everything;
  const std::size_t network = needs.network ? 1 : 0;
  if (needs.network || all) tasks.push_back(ask_quota(quota::vpcs, network, count_vpcs()));
  if (all) {
    tasks.push_back(ask_quota(quota::internet_gateways, network, count_gateways()));
    tasks.push_back(
        ask_quota(quota::security_groups, needs.security_groups, count_security_groups()));
    tasks.push_back(
        ask_quota(quota::file_systems, needs.file_system ? 1 : 0, count_file_systems()));
  }
  if (needs.load_balancer || needs.target_groups > 0 || (all && stack_.load_balancer.enabled))
    tasks.push_back(ask_balancing_limits());
}

Task<std::optional<double>> AccountQuestions::limit_of(QuotaId quota) {
  service_quotas::GetServiceQuotaRequest request;
  request.service_code = quota.service;
  request.quota_code = quota.code;
  auto call = aws_.service_quotas.get_service_quota(std::move(request), options_);
  auto asked = co_await answer(std::move(call), "the quota \"" + std::string(quota.name) + "\"",
                               "servicequotas:GetServiceQuota");
  std::optional<double> out;
  if (asked.found) out = asked.found->quota.value;
  co_return out;
}

Task<> AccountQuestions::ask_quota(QuotaId quota, std::size_t needed,
                                   Task<std::optional<std::size_t>> count) {
  std::optional<double> limit;
  std::optional<std::size_t> used;
  const auto ask_limit = [](AccountQuestions& self, QuotaId of,
                            std::optional<double>& into) -> Task<> {
    into = co_await self.limit_of(of);
  };
  const auto ask_count = [](Task<std::optional<std::size_t>> counting,
                            std::optional<std::size_t>& into) -> Task<> {
    into = co_await std::move(counting);
  };
  std::vector<Task<>> both;
  both.push_back(ask_limit(*this, quota, limit));
  both.push_back(ask_count(std::move(count), used));
  co_await when_all(std::move(both));
  if (!limit) co_return;
  facts_.quotas.push_back({std::string(quota.name), std::string(quota.code), *limit, used, needed});
}

Task<> AccountQuestions::ask_vcpus() {
  const QuotaId* quota = vcpu_quota_of(stack_.instances.type);
  if (quota == nullptr) co_return;
  co_await ask_quota(*quota, 0, vcpus_in_use(quota->code));
}

/// Spot instances and dedicated hosts count elsewhere.
Task<std::optional<std::size_t>> AccountQuestions::vcpus_in_use(std::string_view quota_code) {
  ec2::DescribeInstancesRequest request;
  request.filters = {ec2::Filter{"instance-state-name", {"pending", "running"}}};
  request.max_results = page;
  auto call = aws_.ec2.describe_instances(std::move(request), options_);
  auto asked = co_await answer(std::move(call), "vCPUs in use", "ec2:DescribeInstances");
  std::optional<std::size_t> out;
  if (!asked.found) co_return out;
  out = 0;
  for (const ec2::Reservation& reservation : asked.found->reservations) {
    for (const ec2::Instance& instance : reservation.instances) {
      const QuotaId* counts = vcpu_quota_of(instance.instance_type);
      const bool elsewhere = !instance.instance_lifecycle.empty() ||
                             instance.placement.tenancy == "host" || counts == nullptr;
      if (elsewhere || counts->code != quota_code) continue;
      const int vcpus = instance.cpu_options.core_count * instance.cpu_options.threads_per_core;
      *out += static_cast<std::size_t>(vcpus);
    }
  }
  co_return out;
}

Task<std::optional<std::size_t>> AccountQuestions::count_vpcs() {
  ec2::DescribeVpcsRequest request;
  request.max_results = page;
  auto call = aws_.ec2.describe_vpcs(std::move(request), options_);
  auto asked = co_await answer(std::move(call), "VPCs in use", "ec2:DescribeVpcs");
  std::optional<std::size_t> out;
  if (asked.found) out = asked.found->vpcs.size();
  co_return out;
}

Task<std::optional<std::size_t>> AccountQuestions::count_gateways() {
  ec2::DescribeInternetGatewaysRequest request;
  request.max_results = page;
  auto call = aws_.ec2.all_internet_gateways(std::move(request), options_);
  auto asked =
      co_await answer(std::move(call), "internet gateways in use", "ec2:DescribeInternetGateways");
  std::optional<std::size_t> out;
  if (asked.found) out = asked.found->size();
  co_return out;
}

Task<std::optional<std::size_t>> AccountQuestions::count_security_groups() {
  ec2::DescribeSecurityGroupsRequest request;
  request.max_results = page;
  auto call = aws_.ec2.all_security_groups(std::move(request), options_);
  auto asked =
      co_await answer(std::move(call), "security groups in use", "ec2:DescribeSecurityGroups");
  std::optional<std::size_t> out;
  if (asked.found) out = asked.found->size();
  co_return out;
}

Task<std::optional<std::size_t>> AccountQuestions::count_file_systems() {
  efs::DescribeFileSystemsRequest request;
  auto call = aws_.efs.all_file_systems(std::move(request), options_);
  auto asked = co_await answer(std::move(call), "file systems in use",
                               "elasticfilesystem:DescribeFileSystems");
  std::optional<std::size_t> out;
  if (asked.found) out = asked.found->size();
  co_return out;
}

Task<std::optional<std::size_t>> AccountQuestions::count_load_balancers() {
  elbv2::DescribeLoadBalancersRequest request;
  request.page_size = balancing_page;
  auto call = aws_.elbv2.describe_load_balancers(std::move(request), options_);
  auto asked = co_await answer(std::move(call), "load balancers in use",
                               "elasticloadbalancing:DescribeLoadBalancers");
  std::optional<std::size_t> out;
  if (!asked.found) co_return out;
  out = 0;
  for (const elbv2::LoadBalancer& balancer : asked.found->load_balancers)
    *out += balancer.type == "application" ? 1U : 0U;
  co_return out;
}

Task<std::optional<std::size_t>> AccountQuestions::count_target_groups() {
  elbv2::DescribeTargetGroupsRequest request;
  request.page_size = balancing_page;
  auto call = aws_.elbv2.describe_target_groups(std::move(request), options_);
  auto asked = co_await answer(std::move(call), "target groups in use",
                               "elasticloadbalancing:DescribeTargetGroups");
  std::optional<std::size_t> out;
  if (asked.found) out = asked.found->target_groups.size();
  co_return out;
}

/// ELB tells its own limits, all in one answer.
Task<> AccountQuestions::ask_balancing_limits() {
  std::optional<std::size_t> balancers;
  std::optional<std::size_t> groups;
  Asked<elbv2::DescribeAccountLimitsResponse> limits;
  const auto ask_limits = [](AccountQuestions& self, auto& into) -> Task<> {
    elbv2::DescribeAccountLimitsRequest request;
    request.page_size = balancing_page;
    auto call = self.aws_.elbv2.describe_account_limits(std::move(request), self.options_);
    into = co_await self.answer(std::move(call), "load-balancing limits",
                                "elasticloadbalancing:DescribeAccountLimits");
  };
  const auto count = [](Task<std::optional<std::size_t>> counting,
                        std::optional<std::size_t>& into) -> Task<> {
    into = co_await std::move(counting);
  };
  std::vector<Task<>> tasks;
  tasks.push_back(ask_limits(*this, limits));
  if (scope_.needs.load_balancer || scope_.everything)
    tasks.push_back(count(count_load_balancers(), balancers));
  if (scope_.everything) tasks.push_back(count(count_target_groups(), groups));
  co_await when_all(std::move(tasks));
  if (!limits.found) co_return;
  for (const elbv2::Limit& limit : limits.found->limits) {
    const double most = std::strtod(limit.max.c_str(), nullptr);
    const auto keep = [&](const QuotaId& quota, std::optional<std::size_t> used,
                          std::size_t needed) {
      facts_.quotas.push_back(
          {std::string(quota.name), std::string(quota.code), most, used, needed});
    };
    if (limit.name == "application-load-balancers")
      keep(quota::load_balancers, balancers, scope_.needs.load_balancer ? 1 : 0);
    if (limit.name == "target-groups")
      keep(quota::target_groups, groups, scope_.needs.target_groups);
  }
}

}  // namespace albatross
