#include "sim/core/json_body.hpp"
#include "sim/core/quotas.hpp"

#include <array>

namespace albatross::sim {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<const char*, const char*>, 5> services{{
    {"ec2", "Amazon Elastic Compute Cloud (Amazon EC2)"},
    {"vpc", "Amazon Virtual Private Cloud (Amazon VPC)"},
    {"elasticloadbalancing", "Elastic Load Balancing (ELB)"},
    {"elasticfilesystem", "Amazon Elastic File System (EFS)"},
    {"iam", "AWS Identity and Access Management (IAM)"},
}};

const char* name_of(std::string_view service) {
  for (const auto& [code, name] : services) {
    if (service == code) return name;
  }
  return nullptr;
}

Json quota_json(const World& world, const Quota& quota, bool as_default) {
  return {{"ServiceCode", quota.service},
          {"ServiceName", name_of(quota.service)},
          {"QuotaArn", cat("arn:", world.options.partition, ":servicequotas:", world.options.region,
                           ":", as_default ? std::string_view() : world.options.account, ":",
                           quota.service, "/", quota.code)},
          {"QuotaCode", quota.code},
          {"QuotaName", quota.name},
          {"Value", as_default ? quota.value : world.quota(quota.code)},
          {"Unit", "None"},
          {"Adjustable", quota.adjustable},
          {"GlobalQuota", quota.global},
          {"QuotaAppliedAtLevel", "ACCOUNT"}};
}

std::string service_code(const Json& body) {
  std::string code = required_text(body, "ServiceCode", "IllegalArgumentException");
  if (name_of(code) == nullptr) {
    refuse("NoSuchResourceException", cat("The service code ", code, " does not exist"));
  }
  return code;
}

void get(Call& call, bool as_default) {
  const Json body = json_body(call);
  const std::string service = service_code(body);
  const std::string code = required_text(body, "QuotaCode", "IllegalArgumentException");
  const Quota* quota = find_quota(code);
  if (quota == nullptr || service != quota->service) {
    refuse("NoSuchResourceException",
           cat("The request failed because the specified service quota does not exist."));
  }
  call.json = Json{{"Quota", quota_json(call.world, *quota, as_default)}}.dump();
}

std::string page_of(const Json& body, const std::vector<Json>& all, const char* list) {
  return json_page(body, all, {"MaxResults", 100, "NextToken", list},
                   "InvalidPaginationTokenException")
      .dump();
}

void list(Call& call, bool as_default) {
  const Json body = json_body(call);
  const std::string service = service_code(body);
  std::vector<Json> found;
  for (const Quota& quota : quotas()) {
    if (service == quota.service) found.push_back(quota_json(call.world, quota, as_default));
  }
  call.json = page_of(body, found, "Quotas");
}

void list_services(Call& call) {
  std::vector<Json> found;
  for (const auto& [code, name] : services)
    found.push_back({{"ServiceCode", code}, {"ServiceName", name}});
  call.json = page_of(json_body(call), found, "Services");
}

constexpr Action actions[] = {
    {"GetServiceQuota", [](Call& call) { get(call, false); }},
    {"GetAWSDefaultServiceQuota", [](Call& call) { get(call, true); }},
    {"ListServiceQuotas", [](Call& call) { list(call, false); }},
    {"ListAWSDefaultServiceQuotas", [](Call& call) { list(call, true); }},
    {"ListServices", list_services},
};

}  // namespace

std::span<const std::span<const Action>> service_quota_actions() {
  static const std::span<const Action> lists[] = {actions};
  return lists;
}

}  // namespace albatross::sim
