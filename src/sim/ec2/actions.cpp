#include "sim/ec2/lists.hpp"

namespace albatross::sim {

std::span<const std::span<const Action>> ec2_actions() {
  static const std::span<const Action> lists[] = {
      ec2::vpc_actions(),
      ec2::subnet_actions(),
      ec2::gateway_actions(),
      ec2::route_actions(),
      ec2::security_group_actions(),
      ec2::security_rule_actions(),
      ec2::interface_actions(),
      ec2::catalog_actions(),
      ec2::instance_actions(),
      ec2::instance_attribute_actions(),
      ec2::console_actions(),
      ec2::instance_setting_actions(),
      ec2::profile_association_actions(),
      ec2::key_pair_actions(),
      ec2::launch_actions(),
      ec2::volume_actions(),
      ec2::tag_actions(),
      ec2::region_actions(),
  };
  return lists;
}

}  // namespace albatross::sim
