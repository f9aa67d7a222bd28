#include "orchestrator/spec/checks.hpp"

#include <initializer_list>
#include <string>

namespace albatross::spec {
namespace {

constexpr auto existing_instances = "instances.existing";
constexpr std::size_t most_groups = 5;

/// Complains of members that say nothing beside another one.
void check_pointless(const std::string& section, std::initializer_list<const char*> members,
                     const std::string& because, Reading& reading) {
  for (const auto* member : members) {
    const std::string path = join_path(section, member);
    if (reading.given(path)) reading.complain_about(path, path + " has no effect " + because);
  }
}

/// What exists is in a VPC that exists.
void check_not_in_made_vpc(const Stack& stack, const std::string& path, Reading& reading) {
  if (stack.network.mode != NetworkSpec::Mode::create || !reading.given(path)) return;
  reading.complain_about(path, path +
                                   " exists already, so it cannot be in the VPC that network.vpc "
                                   "creates; expected the id of its VPC there, or nothing");
}

void check_existing_instances(const Stack& stack, Reading& reading) {
  if (!stack.instances.existing()) return;
  check_pointless("instances",
                  {"count", "type", "image", "key_name", "root_volume_gib", "public_ip", "ssh_from",
                   "security_groups", "user_data", "user_data_file"},
                  "on instances that exist", reading);
  if (stack.file_system.enabled && reading.sound("storage"))
    reading.complain_about("storage.efs",
                           "storage.efs has no effect on instances that exist: nobody would mount "
                           "it");
  check_not_in_made_vpc(stack, existing_instances, reading);
}

void check_groups(const Stack& stack, std::size_t count, const std::string& path,
                  Reading& reading) {
  check_not_in_made_vpc(stack, path, reading);
  if (count > most_groups && reading.sound(path))
    reading.complain_about(path,
                           path + " has " + std::to_string(count) + " groups; expected at most 5");
}

void check_existing_load_balancer(const Stack& stack, Reading& reading) {
  const auto& balancer = stack.load_balancer;
  if (balancer.existing.empty()) return;
  check_pointless(
      "load_balancer",
      {"name", "scheme", "ip_address_type", "allow_from", "security_groups", "attributes"},
      "on a load balancer that exists", reading);
  check_not_in_made_vpc(stack, "load_balancer.existing", reading);
  if (!reading.given("load_balancer.listeners"))
    reading.complain_about("load_balancer.existing",
                           "load_balancer.listeners is missing; a load balancer that exists "
                           "expects the listeners to add, or existing ones to add rules to");
}

void check_existing_listeners(const Stack& stack, Reading& reading) {
  const auto& all = stack.load_balancer.listeners;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string path = item_path("load_balancer.listeners", i);
    if (!all[i].existing) continue;
    if (stack.load_balancer.existing.empty())
      reading.complain_about(path + ".existing", path +
                                                     ".existing is true, but the load balancer is "
                                                     "made; expected load_balancer.existing");
    check_pointless(path,
                    {"default_service", "forward", "stickiness", "redirect", "fixed_response",
                     "certificate", "ssl_policy"},
                    "on a listener that exists", reading);
  }
}

void check_addresses(const Stack& stack, Reading& reading) {
  const auto& balancer = stack.load_balancer;
  const std::string type = "load_balancer.ip_address_type";
  const bool dual = balancer.ip_address_type == "dualstack";
  if (dual && stack.network.mode == NetworkSpec::Mode::create && reading.sound(type))
    reading.complain_about(type, type +
                                     " is 'dualstack', but a VPC that is created has IPv4 only; "
                                     "expected existing subnets with IPv6 in network.subnets");
  for (std::size_t i = 0; i < balancer.allow_from.size() && !dual; ++i) {
    const std::string path = item_path("load_balancer.allow_from", i);
    if (balancer.allow_from[i].find(':') == std::string::npos || !reading.sound(path)) continue;
    reading.complain_about(path, path +
                                     " is IPv6, but the load balancer has IPv4 only; expected "
                                     "ip_address_type: dualstack with it");
  }
}

void check_existing_files(const Stack& stack, Reading& reading) {
  if (stack.file_system.existing_id.empty()) return;
  check_pointless("storage.efs", {"encrypted", "performance_mode", "throughput_mode"},
                  "on a file system that exists", reading);
  const bool member = reading.given("storage.efs.existing");
  check_not_in_made_vpc(stack, member ? "storage.efs.existing" : "storage.efs", reading);
}

}  // namespace

void check_reuse(const Stack& stack, Reading& reading) {
  check_existing_instances(stack, reading);
  check_groups(stack, stack.instances.security_groups.size(), "instances.security_groups", reading);
  check_groups(stack, stack.load_balancer.security_groups.size(), "load_balancer.security_groups",
               reading);
  if (!stack.instances.security_groups.empty())
    check_pointless("instances", {"ssh_from"},
                    "beside groups that exist: their rules stay as they "
                    "are",
                    reading);
  if (!stack.load_balancer.security_groups.empty())
    check_pointless("load_balancer", {"allow_from"},
                    "beside groups that exist: their rules stay "
                    "as they are",
                    reading);
  check_existing_load_balancer(stack, reading);
  check_existing_listeners(stack, reading);
  check_addresses(stack, reading);
  check_existing_files(stack, reading);
}

}  // namespace albatross::spec
