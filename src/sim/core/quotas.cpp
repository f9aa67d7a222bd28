#include "sim/core/quotas.hpp"

#include <stdexcept>

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

std::string known_codes() {
  std::string codes;
  for (const Quota& quota : table)
    codes += (codes.empty() ? "" : ", ") + std::string(quota.code);
  return codes;
}

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

void check_quotas(const std::map<std::string, double>& given) {
  for (const auto& [code, value] : given) {
    if (find_quota(code) == nullptr) {
      throw std::invalid_argument("there is no quota " + code + ": " + known_codes() +
                                  " are known");
    }
    if (!(value >= 0)) throw std::invalid_argument("quota " + code + " must be 0 or more");
  }
}

}  // namespace albatross::sim
