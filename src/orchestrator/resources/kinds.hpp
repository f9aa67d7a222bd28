#pragma once

#include "albatross/orchestrator/kind.hpp"

/// Every kind of resource; each is defined in the file that bears its name.
namespace albatross::resources {

const Kind& vpc();
const Kind& vpc_dns_hostnames();
const Kind& subnet();
const Kind& internet_gateway();
const Kind& internet_gateway_attachment();
const Kind& route_table();
const Kind& route();
const Kind& route_table_association();
const Kind& security_group();
const Kind& security_group_rules();
const Kind& file_system();
const Kind& mount_target();
const Kind& role();
const Kind& role_policy();
const Kind& instance_profile();
const Kind& instance_profile_role();
const Kind& instance();
const Kind& load_balancer();
const Kind& load_balancer_attributes();
const Kind& target_group();
const Kind& target_group_attributes();
const Kind& registration();
const Kind& listener();
const Kind& listener_certificate();
const Kind& rule();
const Kind& target_health();
const Kind& answer();

}  // namespace albatross::resources
