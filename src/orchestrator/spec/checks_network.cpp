#include "orchestrator/spec/checks.hpp"

#include <string>
#include <vector>

namespace albatross::spec {
namespace {

constexpr std::size_t most_tags = 40;
constexpr auto subnets = "network.subnets";
constexpr auto zones = "network.zones";

void check_repeats(const std::vector<std::string>& items, const std::string& path,
                   Reading& reading) {
  if (!reading.sound(path)) return;
  each_repeated(items, [&](std::size_t second, std::size_t) {
    reading.complain_about(item_path(path, second), path + " has " + items[second] + " twice");
  });
}

void check_mode(const Stack& stack, Reading& reading) {
  const bool creates = stack.network.mode == NetworkSpec::Mode::create;
  if (!reading.sound("network.vpc")) return;
  if (creates && reading.given(subnets))
    reading.complain_about(subnets,
                           "network.subnets name existing subnets, but vpc: create makes new ones; "
                           "expected network.zones, or the id of the subnets' VPC");
  if (!creates && reading.given("network.cidr"))
    reading.complain_about("network.cidr",
                           "network.cidr is for a VPC that is created; expected vpc: create with "
                           "it");
  if (reading.given(subnets) && reading.given(zones))
    reading.complain_about(zones,
                           "network.zones has no effect beside network.subnets; expected one of "
                           "them");
}

void check_zones(const Stack& stack, Reading& reading) {
  if (stack.region.empty() || !reading.sound("region")) return;
  for (std::size_t i = 0; i < stack.network.zones.size(); ++i) {
    const auto& zone = stack.network.zones[i];
    const std::string path = item_path(zones, i);
    if (!reading.sound(path) || zone.starts_with(stack.region)) continue;
    reading.complain_about(
        path, path + " is '" + zone + "'; expected a zone of the region " + stack.region);
  }
}

void check_enough_for_load_balancer(const Stack& stack, Reading& reading) {
  if (!stack.load_balancer.enabled) return;
  const auto complain_if_one = [&](const char* path, std::size_t size, const char* what) {
    if (!reading.given(path) || !reading.sound(path) || size >= 2) return;
    reading.complain_about(path, std::string(path) + " has " + std::to_string(size) + " item" +
                                     "; expected at least two " + what + ", for the load balancer");
  };
  complain_if_one(subnets, stack.network.subnet_ids.size(), "subnets, in different zones");
  complain_if_one(zones, stack.network.zones.size(), "zones");
}

}  // namespace

void check_network(const Stack& stack, Reading& reading) {
  check_mode(stack, reading);
  check_repeats(stack.network.subnet_ids, subnets, reading);
  check_repeats(stack.network.zones, zones, reading);
  check_zones(stack, reading);
  check_enough_for_load_balancer(stack, reading);
  if (stack.tags.size() > most_tags)
    reading.complain_about("tags", "tags has " + std::to_string(stack.tags.size()) +
                                       " tags; expected at most 40, the rest of AWS's 50 are for "
                                       "Albatross");
}

}  // namespace albatross::spec
