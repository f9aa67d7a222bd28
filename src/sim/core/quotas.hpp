#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

/// What an account may have at most, under the codes of Service Quotas. The actions that make
/// resources and the ones that tell the quotas read the same table (World::quota).
namespace albatross::sim {

struct Quota {
  const char* service;  // Service Quotas' service code
  const char* code;
  const char* name;
  double value;  // AWS's default, or what this account was given
  bool adjustable = true;
  bool global = false;
};

namespace quota {
inline constexpr const char* standard_vcpus = "L-1216C47A";
inline constexpr const char* vpcs = "L-F678F1CE";
inline constexpr const char* internet_gateways = "L-A4707A72";
inline constexpr const char* subnets_of_vpc = "L-407747CB";
inline constexpr const char* security_groups = "L-E79EC296";
inline constexpr const char* load_balancers = "L-53DA6B97";
inline constexpr const char* target_groups = "L-B22855CB";
inline constexpr const char* listeners_of_load_balancer = "L-B6DF7632";
inline constexpr const char* file_systems = "L-848C634D";
inline constexpr const char* roles = "L-FE177D64";
inline constexpr const char* instance_profiles = "L-6E65F664";
}  // namespace quota

std::span<const Quota> quotas();
/// Null when there is none of that code.
const Quota* find_quota(std::string_view code);
/// Throws std::invalid_argument on a code that is not in the table or a value that is none.
void check_quotas(const std::map<std::string, double>& given);

}  // namespace albatross::sim
