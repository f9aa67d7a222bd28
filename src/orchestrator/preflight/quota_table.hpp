#pragma once

#include <string_view>

namespace albatross {

/// One of AWS's quotas (Service Quotas).
struct QuotaId {
  std::string_view service;
  std::string_view code;
  std::string_view name;
  /// What is counted against it, in words, and the IAM action that counting takes.
  std::string_view counted;
  std::string_view action;
};

namespace quota {
inline constexpr QuotaId vpcs{"vpc", "L-F678F1CE", "VPCs per Region", "VPCs in use",
                              "ec2:DescribeVpcs"};
inline constexpr QuotaId internet_gateways{"vpc", "L-A4707A72", "Internet gateways per Region",
                                           "internet gateways in use",
                                           "ec2:DescribeInternetGateways"};
inline constexpr QuotaId security_groups{"vpc", "L-E79EC296", "VPC security groups per Region",
                                         "security groups in use", "ec2:DescribeSecurityGroups"};
inline constexpr QuotaId load_balancers{
    "elasticloadbalancing", "L-53DA6B97", "Application Load Balancers per Region",
    "load balancers in use", "elasticloadbalancing:DescribeLoadBalancers"};
inline constexpr QuotaId target_groups{"elasticloadbalancing", "L-B22855CB",
                                       "Target Groups per Region", "target groups in use",
                                       "elasticloadbalancing:DescribeTargetGroups"};
inline constexpr QuotaId file_systems{"elasticfilesystem", "L-848C634D", "File systems per account",
                                      "file systems in use",
                                      "elasticfilesystem:DescribeFileSystems"};
}  // namespace quota

/// What the names of quotas on vCPUs end in.
inline constexpr std::string_view vcpu_words = "instances (vCPUs)";

/// The quota on vCPUs of running on-demand instances that an instance type counts against; null for
/// families that are not known here. Pure.
/// Source: Amazon EC2 User Guide, "EC2 On-Demand Instance quotas".
const QuotaId* vcpu_quota_of(std::string_view instance_type);

}  // namespace albatross
