// call_ec2 [TAG=VALUE]: lists the running instances of the region, or those with that tag.
//
// Region, credentials and endpoint are found as the AWS CLI finds them.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <albatross/clients/api_error.hpp>
#include <albatross/clients/default_credentials.hpp>
#include <albatross/clients/ec2.hpp>
#include <albatross/http/beast_transport.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace albatross;

ec2::DescribeInstancesRequest running_instances(const std::string& tag) {
  ec2::DescribeInstancesRequest request;
  request.filters.push_back({"instance-state-name", {"running"}});
  const std::size_t equals = tag.find('=');
  if (equals != std::string::npos)
    request.filters.push_back({"tag:" + tag.substr(0, equals), {tag.substr(equals + 1)}});
  return request;
}

// With g++ 12 a co_await stands alone in its statement, and what a coroutine is given is a named
// object that is moved in: docs/embedding.md says why.
Task<> list_instances(ec2::Client& ec2, Clock& clock, std::string tag) {
  auto request = running_instances(tag);
  const CallOptions within(Deadline::after(clock, std::chrono::seconds{30}));
  const std::vector<ec2::Instance> found = co_await ec2.all_instances(std::move(request), within);
  for (const ec2::Instance& each : found) {
    std::printf("%s  %s  %s  %s\n", each.instance_id.c_str(), each.instance_type.c_str(),
                each.placement.availability_zone.c_str(), each.private_ip_address.c_str());
  }
}

void list(const std::string& tag) {
  boost::asio::io_context context{1};
  SystemClock clock;
  SystemEntropy entropy;
  const AwsConfig config = load_aws_config(system_environment(), system_file_reader());
  http::BeastTransport transport(clock);
  const auto credentials =
      make_default_credentials(CredentialsContext(clock, entropy, transport), config);
  ApiCaller::Options options;
  options.region = config.region;
  options.endpoints = config.endpoints;
  options.retry = config.retry;
  ApiCaller caller(clock, entropy, transport, *credentials, options);
  ec2::Client ec2(caller);

  std::exception_ptr error;
  boost::asio::co_spawn(context, list_instances(ec2, clock, tag),
                        [&](std::exception_ptr failure) { error = failure; });
  context.run();
  if (error) std::rethrow_exception(error);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    list(argc > 1 ? argv[1] : "");
    return 0;
  } catch (const ApiError& refused) {
    // What AWS said, and what it means: a class to decide by, and whether it may have happened.
    std::fprintf(stderr, "%s: %s (%s, request id %s)\n", refused.code().c_str(),
                 refused.message().c_str(), to_string(refused.error_class()).data(),
                 refused.request_id().c_str());
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
  }
  return 1;
}
