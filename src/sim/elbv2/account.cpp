#include "sim/core/quotas.hpp"
#include "sim/elbv2/common.hpp"
#include "sim/elbv2/ssl_policies.hpp"

#include <algorithm>
#include <array>

namespace albatross::sim::elbv2 {
namespace {

struct Policy {
  const char* name;
  std::array<const char*, 4> protocols;
};

constexpr const char* v10 = "TLSv1";
constexpr const char* v11 = "TLSv1.1";
constexpr const char* v12 = "TLSv1.2";
constexpr const char* v13 = "TLSv1.3";

constexpr Policy policies[] = {
    {"ELBSecurityPolicy-2016-08", {v10, v11, v12, nullptr}},
    {"ELBSecurityPolicy-TLS13-1-2-2021-06", {v12, v13, nullptr, nullptr}},
    {"ELBSecurityPolicy-TLS13-1-2-Res-2021-06", {v12, v13, nullptr, nullptr}},
    {"ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06", {v12, v13, nullptr, nullptr}},
    {"ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", {v12, v13, nullptr, nullptr}},
    {"ELBSecurityPolicy-TLS13-1-1-2021-06", {v11, v12, v13, nullptr}},
    {"ELBSecurityPolicy-TLS13-1-0-2021-06", {v10, v11, v12, v13}},
    {"ELBSecurityPolicy-TLS13-1-3-2021-06", {v13, nullptr, nullptr, nullptr}},
    {"ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", {v12, v13, nullptr, nullptr}},
    {"ELBSecurityPolicy-TLS-1-2-2017-01", {v12, nullptr, nullptr, nullptr}},
    {"ELBSecurityPolicy-TLS-1-2-Ext-2018-06", {v12, nullptr, nullptr, nullptr}},
    {"ELBSecurityPolicy-TLS-1-1-2017-01", {v11, v12, nullptr, nullptr}},
    {"ELBSecurityPolicy-FS-2018-06", {v10, v11, v12, nullptr}},
    {"ELBSecurityPolicy-FS-1-2-Res-2020-10", {v12, nullptr, nullptr, nullptr}},
};

bool speaks(const Policy& policy, std::string_view protocol) {
  return std::any_of(policy.protocols.begin(), policy.protocols.end(),
                     [&](const char* p) { return p != nullptr && p == protocol; });
}

void write_policy(Call& call, const Policy& policy) {
  Xml& out = call.out;
  out.leaf("Name", policy.name);
  out.in("SslProtocols", [&] {
    for (const char* protocol : policy.protocols) {
      if (protocol != nullptr) out.leaf("member", protocol);
    }
  });
  int priority = 0;
  const auto cipher = [&](const char* name) {
    out.in("member", [&] {
      out.leaf("Name", name);
      out.leaf("Priority", ++priority);
    });
  };
  out.in("Ciphers", [&] {
    if (speaks(policy, v13)) {
      cipher("TLS_AES_128_GCM_SHA256");
      cipher("TLS_AES_256_GCM_SHA384");
      cipher("TLS_CHACHA20_POLY1305_SHA256");
    }
    if (speaks(policy, v12)) {
      cipher("ECDHE-ECDSA-AES128-GCM-SHA256");
      cipher("ECDHE-RSA-AES128-GCM-SHA256");
      cipher("ECDHE-ECDSA-AES256-GCM-SHA384");
      cipher("ECDHE-RSA-AES256-GCM-SHA384");
    }
  });
  out.in("SupportedLoadBalancerTypes", [&] {
    out.leaf("member", "application");
    out.leaf("member", "network");
  });
}

void describe_policies(Call& call) {
  const auto names = call.params["Names"].texts();
  for (const auto name : names) {
    if (!is_ssl_policy(name)) {
      refuse("SSLPolicyNotFound", cat("SSL policy '", name, "' not found"));
    }
  }
  call.out.in("SslPolicies", [&] {
    for (const Policy& policy : policies) {
      const bool wanted =
          names.empty() || std::find(names.begin(), names.end(), policy.name) != names.end();
      if (wanted) call.out.in("member", [&] { write_policy(call, policy); });
    }
  });
}

void describe_limits(Call& call) {
  static constexpr std::pair<const char*, int> limits[] = {
      {"application-load-balancers", 50},
      {"network-load-balancers", 50},
      {"target-groups", 3000},
      {"targets-per-application-load-balancer", 1000},
      {"target-groups-per-application-load-balancer", 100},
      {"target-groups-per-action-on-application-load-balancer", 5},
      {"target-id-registrations-per-application-load-balancer", 1000},
      {"targets-per-target-group", 1000},
      {"listeners-per-application-load-balancer", 50},
      {"rules-per-application-load-balancer", 100},
      {"condition-values-per-alb-rule", 5},
      {"condition-wildcards-per-alb-rule", 6},
      {"certificates-per-application-load-balancer", 25},
  };
  // What a quota holds to here is told as the quota has it.
  static constexpr std::pair<std::string_view, const char*> held_to[] = {
      {"application-load-balancers", quota::load_balancers},
      {"target-groups", quota::target_groups},
      {"listeners-per-application-load-balancer", quota::listeners_of_load_balancer},
  };
  call.out.in("Limits", [&] {
    for (const auto& [name, usual] : limits) {
      int most = usual;
      for (const auto& [limit, code] : held_to)
        if (limit == name) most = static_cast<int>(call.world.quota(code));
      call.out.in("member", [&, &limit = name, most] {
        call.out.leaf("Name", limit);
        call.out.leaf("Max", most);
      });
    }
  });
}

/// The tags of anything that has an ARN here.
Tags& tags_of(Call& call, std::string_view arn) {
  if (arn.find(":loadbalancer/") != std::string_view::npos) return load_balancer_of(call, arn).tags;
  if (arn.find(":targetgroup/") != std::string_view::npos) return target_group_of(call, arn).tags;
  if (arn.find(":listener/") != std::string_view::npos) return listener_of(call, arn).tags;
  if (arn.find(":listener-rule/") != std::string_view::npos) return rule_of(call, arn).tags;
  refuse("ValidationError", cat("'", arn, "' is not a valid load balancer ARN"));
}

void check_arn_count(const std::vector<std::string_view>& arns) {
  if (arns.size() > 20) {
    refuse("ValidationError", "Cannot have more than 20 resources described");
  }
}

void add_tags(Call& call) {
  const auto arns = call.params["ResourceArns"].texts();
  const Tags added = read_tags(call.params["Tags"]);
  check_arn_count(arns);
  for (const auto arn : arns) {
    Tags merged = added;
    const Tags& old = tags_of(call, arn);
    merged.insert(old.begin(), old.end());
    if (merged.size() > 50) {
      refuse("TooManyTags", "You've reached the limit on the number of tags per resource");
    }
  }
  for (const auto arn : arns) {
    for (const auto& [key, value] : added)
      tags_of(call, arn)[key] = value;
  }
}

void remove_tags(Call& call) {
  const auto arns = call.params["ResourceArns"].texts();
  for (const auto arn : arns)
    tags_of(call, arn);
  for (const auto arn : arns) {
    Tags& tags = tags_of(call, arn);
    for (const auto key : call.params["TagKeys"].texts()) {
      const auto it = tags.find(key);
      if (it != tags.end()) tags.erase(it);
    }
  }
}

void describe_tags(Call& call) {
  const auto arns = call.params["ResourceArns"].texts();
  check_arn_count(arns);
  for (const auto arn : arns)
    tags_of(call, arn);
  call.out.in("TagDescriptions", [&] {
    for (const auto arn : arns) {
      call.out.in("member", [&] {
        call.out.leaf("ResourceArn", arn);
        call.out.in("Tags", [&] {
          for (const auto& [key, value] : tags_of(call, arn)) {
            call.out.in("member", [&, &k = key, &v = value] {
              call.out.leaf("Key", k);
              call.out.leaf("Value", v);
            });
          }
        });
      });
    }
  });
}

constexpr Action actions[] = {
    {"DescribeSSLPolicies", describe_policies},
    {"DescribeAccountLimits", describe_limits},
    {"AddTags", add_tags},
    {"RemoveTags", remove_tags},
    {"DescribeTags", describe_tags},
};

}  // namespace

bool is_ssl_policy(std::string_view name) {
  return std::any_of(std::begin(policies), std::end(policies),
                     [&](const Policy& policy) { return policy.name == name; });
}

std::span<const Action> account_actions() {
  return actions;
}

}  // namespace albatross::sim::elbv2
