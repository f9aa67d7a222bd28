#include "clients/partitions.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace albatross {
namespace {

constexpr std::size_t aws = 0;
constexpr std::array<Partition, 8> partitions{{
    {"aws", "amazonaws.com", "api.aws", "us-east-1"},
    {"aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1"},
    {"aws-us-gov", "amazonaws.com", "api.aws", "us-gov-west-1"},
    {"aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1"},
    {"aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1"},
    {"aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1"},
    {"aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"},
    {"aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1"},
}};

/// How the regions of the partitions begin, longest first; "aws" itself is the rest. What follows
/// must be "<word>-<number>".
struct Prefix {
  std::string_view text;
  std::size_t partition;
};
constexpr std::array<Prefix, 7> prefixes{{
    {"us-gov-", 2},
    {"us-iso-", 3},
    {"us-isob-", 4},
    {"eu-isoe-", 5},
    {"us-isof-", 6},
    {"eusc-de-", 7},
    {"cn-", 1},
}};

bool is_word_and_number(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == 0 || dash == std::string_view::npos || dash + 1 == text.size()) return false;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto word = [&](char c) {
    return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const std::string_view name = text.substr(0, dash);
  const std::string_view number = text.substr(dash + 1);
  return std::all_of(name.begin(), name.end(), word) &&
         std::all_of(number.begin(), number.end(), digit);
}

}  // namespace

const Partition& partition_of(std::string_view region) {
  for (const Prefix& prefix : prefixes) {
    if (region.starts_with(prefix.text) && is_word_and_number(region.substr(prefix.text.size()))) {
      return partitions[prefix.partition];
    }
  }
  constexpr std::string_view global = "-global";  // "aws-cn-global" stands for its partition
  if (region.ends_with(global)) {
    const std::string_view id = region.substr(0, region.size() - global.size());
    for (const Partition& partition : partitions) {
      if (partition.id == id) return partition;
    }
  }
  return partitions[aws];
}

GlobalHost iam_host(const Partition& partition, const EndpointOptions& options) {
  const std::string_view suffix =
      options.use_dual_stack ? partition.dual_stack_suffix : partition.dns_suffix;
  const std::string fips = options.use_fips ? "-fips." : ".";
  std::string middle;
  std::string_view region = partition.implicit_region;
  if (partition.id == "aws-us-gov") return {"iam.us-gov." + std::string(suffix), region};
  if (partition.id == "aws") {
    middle = options.use_dual_stack ? "global." : "";
  } else if (partition.id == "aws-cn") {
    // The FIPS names of China follow the general rule, the others are older than the rule.
    if (!options.use_fips) {
      middle = options.use_dual_stack ? "global." : "cn-north-1.";
      region = "cn-north-1";
    }
  } else if (!options.use_dual_stack) {
    const bool regional_fips = partition.id == "aws-iso" || partition.id == "aws-iso-b";
    if (!options.use_fips || regional_fips) middle = std::string(region) + ".";
  }
  return {"iam" + fips + middle + std::string(suffix), region};
}

}  // namespace albatross
