#pragma once

#include "albatross/clients/service.hpp"
#include "albatross/http/message.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace albatross {

/// A group of regions with names of its own: "aws", "aws-cn", "aws-us-gov", …
struct Partition {
  std::string_view id;
  std::string_view dns_suffix;
  std::string_view dual_stack_suffix;
  /// Where the global services of the partition are signed: "us-east-1".
  std::string_view implicit_region;
};

/// The partition of a region; an unknown region counts as "aws". Pure.
const Partition& partition_of(std::string_view region);

/// Which of AWS's endpoints, or what in their place.
struct EndpointOptions {
  bool use_fips = false;
  bool use_dual_stack = false;
  /// One URL for all services (AWS_ENDPOINT_URL); empty for AWS itself.
  std::string url;
  /// Overrides by service, stronger than `url`.
  std::map<Service, std::string> service_urls;
};

/// Where a call goes and for what it is signed.
struct Endpoint {
  http::Origin origin;
  /// Put in front of the request's target; without a trailing '/'.
  std::string path_prefix;
  std::string signing_region;
  std::string_view signing_name;
};

/// Source: AWS General Reference, "AWS service endpoints". Pure.
/// @throws std::invalid_argument for an override that is no URL, or FIPS/dual-stack combined with
/// an override.
Endpoint resolve_endpoint(Service service, std::string_view region, const EndpointOptions& options);

}  // namespace albatross
