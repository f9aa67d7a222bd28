#include "albatross/clients/endpoints.hpp"

#include "clients/partitions.hpp"

#include <algorithm>
#include <stdexcept>

namespace albatross {
namespace {

bool is_host_label(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), plain);
}

/// In us-gov the plain hosts are FIPS hosts already, except EFS, which has its own.
bool plain_host_is_fips(Service service, const Partition& partition,
                        const EndpointOptions& options) {
  return partition.id == "aws-us-gov" && !options.use_dual_stack && service != Service::efs;
}

std::string regional_host(Service service, std::string_view region, const Partition& partition,
                          const EndpointOptions& options) {
  // EFS has a shorter name under the dual-stack domains of the three large partitions.
  const bool short_efs_name =
      service == Service::efs && options.use_dual_stack &&
      (partition.id == "aws" || partition.id == "aws-cn" || partition.id == "aws-us-gov");
  std::string host(short_efs_name ? "efs" : info(service).endpoint_prefix);
  if (options.use_fips && !plain_host_is_fips(service, partition, options)) host += "-fips";
  host += '.';
  host += region;
  host += '.';
  host += options.use_dual_stack ? partition.dual_stack_suffix : partition.dns_suffix;
  return host;
}

const std::string& override_for(Service service, const EndpointOptions& options) {
  const auto own = options.service_urls.find(service);
  return own != options.service_urls.end() && !own->second.empty() ? own->second : options.url;
}

void apply_override(Endpoint& endpoint, const std::string& url, const EndpointOptions& options) {
  if (options.use_fips || options.use_dual_stack) {
    throw std::invalid_argument(
        "FIPS and dual-stack endpoints cannot be combined with the endpoint " + url +
        ": leave out one of the two");
  }
  http::Url parsed;
  try {
    parsed = http::parse_url(url);
  } catch (const std::invalid_argument& problem) {
    throw std::invalid_argument("endpoint '" + url + "': " + problem.what());
  }
  if (parsed.target.find('?') != std::string::npos) {
    throw std::invalid_argument("endpoint '" + url + "': must not have a query");
  }
  endpoint.origin = std::move(parsed.origin);
  endpoint.path_prefix = std::move(parsed.target);
  while (!endpoint.path_prefix.empty() && endpoint.path_prefix.back() == '/') {
    endpoint.path_prefix.pop_back();
  }
}

}  // namespace

Endpoint resolve_endpoint(Service service, std::string_view region,
                          const EndpointOptions& options) {
  if (!is_host_label(region)) {
    throw std::invalid_argument("'" + std::string(region) +
                                "' cannot be a region: lower-case letters, digits and '-' only");
  }
  const Partition& partition = partition_of(region);
  Endpoint endpoint;
  endpoint.signing_name = info(service).signing_name;
  if (service == Service::iam) {
    GlobalHost global = iam_host(partition, options);
    endpoint.origin.host = std::move(global.host);
    endpoint.signing_region = global.signing_region;
  } else {
    endpoint.origin.host = regional_host(service, region, partition, options);
    endpoint.signing_region = region;
  }
  const std::string& url = override_for(service, options);
  if (!url.empty()) apply_override(endpoint, url, options);
  return endpoint;
}

}  // namespace albatross
