// automation_test DIR: tests the automation against what AWS answered when DIR was recorded.
//
// Use the test framework that you have; this is plain C++ so that nothing else is needed.
#include "automation.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <albatross/clients/exchange_rules.hpp>
#include <albatross/http/replay.hpp>
#include <albatross/runtime/virtual_clock.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace {

using namespace albatross;

bool check(bool ok, const char* what) {
  std::printf("%s: %s\n", ok ? "ok" : "FAILED", what);
  return ok;
}

/// What came of one run of the automation.
struct Outcome {
  std::vector<std::string> ids;
  std::string error;
  std::string diff;
  std::size_t unused = 0;
  double seconds = 0;
};

Task<> run(ec2::Client& ec2, Clock& clock, std::string stack, Outcome& outcome) {
  outcome.ids = co_await wait_for_instances(ec2, clock, std::move(stack), 2);
}

Outcome replay(const std::string& directory, const std::string& stack) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);  // minutes of waiting cost nothing
  SeededEntropy entropy(1);
  AwsExchangeRules rules;
  http::ReplayTransport transport(http::load_recording(directory), rules, clock);

  StaticCredentials credentials(Credentials{"AKIDTEST", Secret("of no use"), Secret()});
  ApiCaller::Options options;
  options.region = "us-east-1";
  ApiCaller caller(clock, entropy, transport, credentials, options);
  ec2::Client ec2(caller);
  Outcome outcome;
  const TimePoint start = clock.now();
  std::exception_ptr error;
  boost::asio::co_spawn(context, run(ec2, clock, stack, outcome),
                        [&](std::exception_ptr failure) { error = failure; });
  clock.drive();
  try {
    if (error) std::rethrow_exception(error);
  } catch (const http::ReplayMismatch& mismatch) {
    outcome.error = mismatch.what();
    outcome.diff = mismatch.diff();
  }
  outcome.unused = transport.unused().size();
  outcome.seconds = std::chrono::duration<double>(clock.now() - start).count();
  return outcome;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  bool ok = true;
  const Outcome good = replay(argv[1], "web");
  ok &= check(good.error.empty(), "it asks AWS what it asked when it was recorded");
  ok &= check(good.ids.size() == 2, "it finds both instances");
  ok &= check(good.unused == 0, "it asks as often");
  ok &= check(good.seconds >= 10, "it waited between two looks, in virtual time");

  const Outcome wrong = replay(argv[1], "wab");
  ok &= check(!wrong.error.empty(), "a request that differs is noticed");
  std::printf("%s\n%s", wrong.error.c_str(), wrong.diff.c_str());
  ok &= check(
      wrong.diff.find("- Filter.1.Value.1=web\n+ Filter.1.Value.1=wab\n") != std::string::npos,
      "and the parameter is named");
  return ok ? 0 : 1;
}
