#pragma once

#include <string_view>

namespace albatross {

/// One of AWS's quotas (Service Quotas).
struct QuotaId {
  std::string_view service;
  std::string_view code;
  std::string_view name;
};

namespace quota {
inline constexpr QuotaId vpcs{"vpc", "L-F678F1CE", "VPCs per Region"};
inline constexpr QuotaId internet_gateways{"vpc", "L-A4707A72", "Internet gateways per Region"};
inline constexpr QuotaId security_groups{"vpc", "L-E79EC296", "VPC security groups per Region"};
inline constexpr QuotaId load_balancers{"elasticloadbalancing", "L-53DA6B97",
                                        "Application Load Balancers per Region"};
inline constexpr QuotaId target_groups{"elasticloadbalancing", "L-B22855CB",
                                       "Target Groups per Region"};
inline constexpr QuotaId file_systems{"elasticfilesystem", "L-848C634D",
                                      "File systems per account"};
}  // namespace quota

/// What the names of quotas on vCPUs end in.
inline constexpr std::string_view vcpu_words = "instances (vCPUs)";

/// The quota on vCPUs of running on-demand instances that an instance type counts against; null for
/// families that are not known here. Pure.
/// Source: Amazon EC2 User Guide, "EC2 On-Demand Instance quotas".
const QuotaId* vcpu_quota_of(std::string_view instance_type);

}  // namespace albatross
