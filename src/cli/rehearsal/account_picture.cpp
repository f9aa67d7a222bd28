#include "cli/rehearsal/account_picture.hpp"

#include "albatross/runtime/concurrency.hpp"

#include <algorithm>

namespace albatross::cli {
namespace {

// They either work promptly or not at all.
constexpr Duration patience = std::chrono::seconds{20};

Task<> ask_identity(AwsClients& aws, AccountPicture& out) {
  sts::GetCallerIdentityRequest request;
  auto answer = co_await aws.sts.get_caller_identity(std::move(request));
  out.account = answer.account;
}

Task<> ask_zones(AwsClients& aws, AccountPicture& out) {
  ec2::DescribeAvailabilityZonesRequest request;
  request.filters = {ec2::Filter{"zone-type", {"availability-zone"}},
                     ec2::Filter{"state", {"available"}}};
  auto answer = co_await aws.ec2.describe_availability_zones(std::move(request));
  out.zones.clear();
  for (const auto& zone : answer.availability_zones)
    out.zones.push_back(zone.zone_name.substr(std::min(out.region.size(), zone.zone_name.size())));
  std::sort(out.zones.begin(), out.zones.end());
}

Task<> ask_default_vpc(AwsClients& aws, AccountPicture& out) {
  ec2::DescribeVpcsRequest request;
  request.filters = {ec2::Filter{"is-default", {"true"}}};
  auto answer = co_await aws.ec2.describe_vpcs(std::move(request));
  out.default_vpc = !answer.vpcs.empty();
}

Task<> ask_subnets(AwsClients& aws, const NetworkSpec& network, AccountPicture& out) {
  ec2::DescribeSubnetsRequest request;
  request.subnet_ids = network.subnet_ids;
  if (network.subnet_ids.empty()) {
    request.filters = {ec2::Filter{"vpc-id", {network.vpc_id}}};
    request.max_results = 1000;
  }
  auto subnets = co_await aws.ec2.all_subnets(std::move(request));
  for (const ec2::Subnet& subnet : subnets)
    out.network_zones.push_back(subnet.availability_zone);
}

Task<> ask_all(AwsClients& aws, const Stack& stack, AccountPicture& out) {
  std::vector<Task<>> tasks;
  tasks.push_back(ask_identity(aws, out));
  tasks.push_back(ask_zones(aws, out));
  tasks.push_back(ask_default_vpc(aws, out));
  if (stack.network.mode == NetworkSpec::Mode::existing) {
    tasks.push_back(ask_subnets(aws, stack.network, out));
  }
  co_await when_all(std::move(tasks));
}

}  // namespace

Task<AccountPicture> look_at_account(AwsClients& aws, Clock& clock, const Stack& stack,
                                     std::string region) {
  AccountPicture out;
  out.region = std::move(region);
  auto all = ask_all(aws, stack, out);
  co_await with_deadline(clock, std::move(all), Deadline::after(clock, patience));
  out.seen = true;
  co_return out;
}

}  // namespace albatross::cli
