#pragma once

#include "albatross/clients/endpoints.hpp"

#include <string>
#include <string_view>

namespace albatross {

/// The one host of a global service in a partition, and the region it is signed for.
struct GlobalHost {
  std::string host;
  std::string_view signing_region;
};

/// Where IAM is. Overrides are not looked at. Pure.
GlobalHost iam_host(const Partition& partition, const EndpointOptions& options);

}  // namespace albatross
