#include "sim/core/quotas.hpp"

namespace albatross::sim {
namespace {

constexpr Quota table[] = {
    {"ec2", quota::standard_vcpus,
     "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 1280},
    {"ec2", "L-DB2E81BA", "Running On-Demand G and VT instances", 64},
    {"ec2", "L-417A185B", "Running On-Demand P instances", 64},
    {"ec2", "L-0263D0A3", "EC2-VPC Elastic IPs", 5},
    {"vpc", quota::vpcs, "VPCs per Region", 5},
    {"vpc", quota::internet_gateways, "Internet gateways per Region", 5},
    {"vpc", quota::subnets_of_vpc, "Subnets per VPC", 200},
    {"vpc", quota::security_groups, "VPC security groups per Region", 2500},
    {"vpc", "L-0EA8095F", "Inbound or outbound rules per security group", 60},
    {"vpc", "L-2AFB9258", "Security groups per network interface", 5},
    {"vpc", "L-DF5E4CA3", "Network interfaces per Region", 5000},
    {"elasticloadbalancing", quota::load_balancers, "Application Load Balancers per Region", 50},
    {"elasticloadbalancing", quota::target_groups, "Target Groups per Region", 3000},
    {"elasticloadbalancing", quota::listeners_of_load_balancer,
     "Listeners per Application Load Balancer", 50},
    {"elasticfilesystem", quota::file_systems, "File systems per account", 1000},
    {"iam", quota::roles, "Roles per account", 1000, true, true},
    {"iam", quota::instance_profiles, "Instance profiles per account", 1000, true, true},
};

}  // namespace

std::span<const Quota> quotas() {
  return table;
}

const Quota* find_quota(std::string_view code) {
  for (const Quota& quota : table) {
    if (code == quota.code) return &quota;
  }
  return nullptr;
}

}  // namespace albatross::sim
