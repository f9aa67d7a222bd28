#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace albatross {

/// The AWS services that Albatross calls.
enum class Service : std::uint8_t {
  ec2,
  elbv2,
  efs,
  iam,
  sts,
  ssm,
  dynamodb,
  acm,
  service_quotas,
};

/// How a service speaks (aws-sdk "protocol").
enum class Protocol : std::uint8_t { ec2_query, query, rest_json, json };

/// The fixed facts of a service.
struct ServiceInfo {
  Service service;
  /// For people and events: "EC2", "ELBv2".
  std::string_view name;
  Protocol protocol;
  /// "2016-11-15".
  std::string_view version;
  /// The service part of the credential scope: "elasticloadbalancing".
  std::string_view signing_name;
  /// First label of the standard host name: "ec2".
  std::string_view endpoint_prefix;
  /// The SERVICE in AWS_ENDPOINT_URL_<SERVICE>: "ELASTIC_LOAD_BALANCING_V2".
  std::string_view environment_id;
  /// X-Amz-Target prefix and content type of the JSON protocols: "AmazonSSM", "1.1"; else empty.
  std::string_view json_target;
  std::string_view json_version;
};

/// The facts of that service; they live as long as the program.
const ServiceInfo& info(Service service);

/// All of them, in the order of the enumeration.
std::span<const Service> all_services();

}  // namespace albatross
