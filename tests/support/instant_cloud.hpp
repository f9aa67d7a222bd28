#pragma once

#include "albatross/sim/options.hpp"

/// For measuring the program itself: a cloud that takes no time, and a stack that needs all of it.
namespace albatross::test {

/// A cloud in which everything is ready, and gone, at once: what is left is the calls' own time.
inline sim::CloudOptions instant_cloud() {
  sim::CloudOptions options;
  sim::TimeCourse& times = options.times;
  times.vpc_available = times.subnet_available = times.visibility_lag = {};
  times.profile_propagation = times.instance_running = times.instance_boot = {};
  times.status_checks = times.instance_stopped = times.instance_terminated = {};
  times.load_balancer_active = times.load_balancer_gone = times.load_balancer_interfaces = {};
  times.target_registration = times.target_group_release = {};
  times.file_system_available = times.file_system_deleted = {};
  times.mount_target_available = times.mount_target_deleted = times.mount_target_resolvable = {};
  times.caller_seconds_divisor = 1'000'000;
  return options;
}

/// A network of its own with two public subnets, a file system with two mount targets, two
/// instances, three services behind a listener and two path rules.
inline constexpr const char* whole_stack = R"(
name: shop
region: us-east-1
network: {vpc: create, zones: [us-east-1a, us-east-1b]}
storage: {efs: true}
instances: {count: 2, type: t3.small, image: ami-0a1b2c3d4e5f60001, user_data: "#!/bin/sh\nserve\n"}
services:
  web: {port: 8080, health: {path: /health}}
  api: {port: 9090, health: {path: /ready}, route: {paths: ["/api/*"]}}
  admin: {port: 9091, health: {path: /ready}, route: {paths: ["/admin/*"]}}
load_balancer: {enabled: true, listeners: [{port: 80, default_service: web}]}
)";

}  // namespace albatross::test
