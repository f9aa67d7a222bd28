// What the account may have at most, and how much of it is used.

#include "orchestrator/looks.hpp"
#include "orchestrator/preflight/answer.hpp"
#include "orchestrator/resources/support.hpp"

#include <cstdlib>
#include <utility>

namespace albatross {
void AccountQuestions::plan_quota_questions(std::vector<Task<>>& tasks) {
  const Needs& needs = scope_.needs;
  const bool all = scope_.everything;
  const std::size_t network = needs.network ? 1 : 0;
  if (needs.network || all) tasks.push_back(ask_quota(quota::vpcs, network));
  if (all) {
    tasks.push_back(ask_quota(quota::internet_gateways, network));
    tasks.push_back(ask_quota(quota::security_groups, needs.security_groups));
    tasks.push_back(ask_quota(quota::file_systems, needs.file_system ? 1 : 0));
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

Task<> AccountQuestions::ask_usage(QuotaId quota, std::optional<std::size_t>& into) {
  auto counting = aws_.looks->quotas().of(quota, scope_.everything, options_);
  auto asked =
      co_await answer(std::move(counting), std::string(quota.counted), std::string(quota.action));
  into = asked.found;
}

Task<> AccountQuestions::ask_quota(QuotaId quota, std::size_t needed) {
  std::optional<double> limit;
  std::optional<std::size_t> used;
  const auto ask_limit = [](AccountQuestions& self, QuotaId of,
                            std::optional<double>& into) -> Task<> {
    into = co_await self.limit_of(of);
  };
  std::vector<Task<>> both;
  both.push_back(ask_limit(*this, quota, limit));
  both.push_back(ask_usage(quota, used));
  co_await when_all(std::move(both));
  if (!limit) co_return;
  facts_.quotas.push_back({std::string(quota.name), std::string(quota.code), *limit, used, needed});
}

Task<> AccountQuestions::ask_vcpus() {
  const QuotaId* quota = vcpu_quota_of(stack_.instances.type);
  if (quota == nullptr) co_return;
  co_await ask_quota(*quota, 0);
}

/// ELB tells its own limits, all in one answer.
Task<> AccountQuestions::ask_balancing_limits() {
  std::optional<std::size_t> balancers;
  std::optional<std::size_t> groups;
  Asked<elbv2::DescribeAccountLimitsResponse> limits;
  const auto ask_limits = [](AccountQuestions& self, auto& into) -> Task<> {
    elbv2::DescribeAccountLimitsRequest request;
    request.page_size = 400;
    auto call = self.aws_.elbv2.describe_account_limits(std::move(request), self.options_);
    into = co_await self.answer(std::move(call), "load-balancing limits",
                                "elasticloadbalancing:DescribeAccountLimits");
  };
  std::vector<Task<>> tasks;
  tasks.push_back(ask_limits(*this, limits));
  if (scope_.needs.load_balancer || scope_.everything)
    tasks.push_back(ask_usage(quota::load_balancers, balancers));
  if (scope_.everything) tasks.push_back(ask_usage(quota::target_groups, groups));
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
