#include "sim/core/json_body.hpp"
#include "sim/core/quotas.hpp"

#include <algorithm>
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

void list(Call& call, bool as_default) {
  const Json body = json_body(call);
  const std::string service = service_code(body);
  const std::string after = body.value("NextToken", "");
  const auto size = static_cast<std::size_t>(std::clamp(body.value("MaxResults", 100), 1, 100));
  Json found = Json::array();
  Json answer;
  bool begun = after.empty();
  for (const Quota& quota : quotas()) {
    if (service != quota.service) continue;
    if (begun && found.size() == size) {
      answer["NextToken"] = found.back()["QuotaCode"];
      break;
    }
    if (begun) found.push_back(quota_json(call.world, quota, as_default));
    begun = begun || after == quota.code;
  }
  if (!begun) refuse("InvalidPaginationTokenException", "The pagination token is not valid");
  answer["Quotas"] = std::move(found);
  call.json = answer.dump();
}

void list_services(Call& call) {
  Json found = Json::array();
  for (const auto& [code, name] : services)
    found.push_back({{"ServiceCode", code}, {"ServiceName", name}});
  call.json = Json{{"Services", std::move(found)}}.dump();
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
