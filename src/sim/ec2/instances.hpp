#pragma once

#include "sim/ec2/common.hpp"

namespace albatross::sim::ec2 {

/// One <item> of an instancesSet.
void write_instance(Call& call, const Instance& instance);
/// A reservation with these instances: ids, groups and the instancesSet.
void write_reservation(Call& call, const std::string& id, const std::vector<Instance*>& instances);
/// Marks an instance for termination, with the reason that DescribeInstances will give.
void begin_termination(World& world, Instance& instance, TimePoint at, WallTime wall,
                       std::string code, std::string words);

}  // namespace albatross::sim::ec2
