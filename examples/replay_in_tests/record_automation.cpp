// record_automation DIR STACK COUNT: runs the automation for real and records it in DIR.
//
// Region, credentials and endpoint come from the environment, as everywhere in Albatross.
#include "automation.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <albatross/clients/default_credentials.hpp>
#include <albatross/clients/exchange_rules.hpp>
#include <albatross/http/beast_transport.hpp>
#include <albatross/http/recorder.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

namespace {

using namespace albatross;

Task<> run(ec2::Client& ec2, Clock& clock, std::string stack, std::size_t count) {
  const std::vector<std::string> ids = co_await wait_for_instances(ec2, clock, stack, count);
  for (const std::string& id : ids)
    std::printf("%s\n", id.c_str());
}

void record(const std::string& directory, const std::string& stack, std::size_t count) {
  boost::asio::io_context context{1};
  SystemClock clock;
  SystemEntropy entropy;
  const AwsConfig config = load_aws_config(system_environment(), system_file_reader());

  // The one addition: a recorder, and a transport that passes everything on to it.
  AwsExchangeRules rules;
  http::Recorder recorder(directory, rules, clock);
  http::BeastTransport network(clock);
  http::RecordingTransport transport(network, recorder);

  const auto credentials =
      make_default_credentials(CredentialsContext(clock, entropy, transport), config);
  ApiCaller::Options options;
  options.region = config.region;
  options.endpoints = config.endpoints;
  ApiCaller caller(clock, entropy, transport, *credentials, options);
  ec2::Client ec2(caller);
  std::exception_ptr error;
  boost::asio::co_spawn(context, run(ec2, clock, stack, count),
                        [&](std::exception_ptr failure) { error = failure; });
  context.run();
  if (error) std::rethrow_exception(error);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: record_automation DIR STACK COUNT\n");
    return 2;
  }
  try {
    record(argv[1], argv[2], static_cast<std::size_t>(std::strtoul(argv[3], nullptr, 10)));
    return 0;
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
    return 1;
  }
}
