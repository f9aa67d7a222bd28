#pragma once

#include "orchestrator/spec/format.hpp"

#include <string>
#include <string_view>

/// The kinds of value that follow AWS's rules. Syntax only: whether a thing exists is asked later.
namespace albatross::spec {

Format<std::string> stack_name();
Format<std::string> service_name();
Format<std::string> region_name();
Format<std::string> zone_name();
Format<std::string> subnet_id();
/// "default", "create" or vpc-….
Format<std::string> vpc_choice();
Format<std::string> cidr_block();
/// A block that a VPC of several subnets can have.
Format<std::string> vpc_cidr();
Format<std::string> instance_type();
Format<std::string> image_id();
Format<std::string> key_pair_name();
Format<std::string> mount_path();
Format<std::string> health_check_path();
Format<std::string> status_codes();
Format<std::string> path_pattern();
Format<std::string> certificate_arn();
Format<std::string> security_group_id();
Format<std::string> file_system_id();
Format<std::string> instance_id();
/// An IPv4 or IPv6 block.
Format<std::string> any_cidr_block();

// Of Elastic Load Balancing: in balancing_formats.cpp.
Format<std::string> load_balancer_name();
Format<std::string> host_pattern();
Format<std::string> ssl_policy();
/// A load balancer's name or ARN.
Format<std::string> load_balancer_reference();
Format<std::string> http_method();
Format<std::string> header_name();
Format<std::string> header_value();
Format<std::string> query_text();
Format<std::string> redirect_host();
Format<std::string> redirect_path();
Format<std::string> redirect_query();
Format<std::string> response_body();
Format<std::string> cookie_name();
/// gRPC's status codes: "0", "0,12", "0-99".
Format<std::string> grpc_codes();
/// Of S3.
Format<std::string> bucket_name();
Format<std::string> log_prefix();

Format<std::string> tag_key();
/// The key of a tag that somebody gave something.
Format<std::string> any_tag_key();
Format<std::string> tag_value();
/// 1 or 2; whoever asks for the tier that does not exist yet is told so by its name.
Format<int> tier_number();

/// Whether the instance type has an Arm processor (t4g, m7gd, c6gn, a1, …).
bool is_arm_type(std::string_view instance_type);

}  // namespace albatross::spec
