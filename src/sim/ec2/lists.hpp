#pragma once

#include "sim/core/action.hpp"

#include <span>

/// The actions of each file of this folder, and what several of them name.
namespace albatross::sim::ec2 {

inline constexpr const char* dhcp_options_id = "dopt-0a1b2c3d4e5f60718";

std::span<const Action> vpc_actions();
std::span<const Action> subnet_actions();
std::span<const Action> gateway_actions();
std::span<const Action> route_actions();
std::span<const Action> security_group_actions();
std::span<const Action> security_rule_actions();
std::span<const Action> interface_actions();
std::span<const Action> catalog_actions();
std::span<const Action> instance_actions();
std::span<const Action> instance_attribute_actions();
std::span<const Action> console_actions();
std::span<const Action> instance_setting_actions();
std::span<const Action> profile_association_actions();
std::span<const Action> key_pair_actions();
std::span<const Action> launch_actions();
std::span<const Action> volume_actions();
std::span<const Action> tag_actions();
std::span<const Action> region_actions();

}  // namespace albatross::sim::ec2
