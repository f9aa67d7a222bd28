// Tests an automation that deploys, against a simulated AWS within the same process: no network, no
// waiting (time is virtual), the same run every time, and whatever is to go wrong goes wrong.
//
// Use the test framework that you have; this is plain C++ so that nothing else is needed.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <albatross/orchestrator/deployer.hpp>
#include <albatross/orchestrator/stack_file.hpp>
#include <albatross/runtime/virtual_clock.hpp>
#include <albatross/sim/cloud.hpp>
#include <albatross/sim/transport.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace albatross;

const char* const stack_file = R"(
name: shop
region: us-east-1
instances: {count: 2, type: t3.micro}
services: {web: {port: 8080}}
load_balancer: true
)";

/// The automation that is to be tested: deploys, and gives the address, or why there is none.
Task<std::string> bring_up(Deployer& deployer, Stack stack) {
  auto run = deployer.deploy(std::move(stack), [](const Event&) {});
  const RunResult result = co_await std::move(run);
  if (result.failure) co_return "failed: " + result.failure->code;
  co_return std::get<std::string>(result.stack.outputs.at("dns_name"));
}

/// A simulated account, and everything between it and the automation.
struct SimulatedAccount {
  boost::asio::io_context context{1};
  VirtualClock clock{context};
  SeededEntropy entropy{1};
  sim::Cloud cloud;
  sim::SimTransport transport{cloud, clock};
  StaticCredentials credentials{cloud.credentials()};
  ApiCaller caller{clock, entropy, transport, credentials, in_us_east_1()};
  MemoryStore store;
  Deployer deployer{caller, store, entropy, "test"};

  static ApiCaller::Options in_us_east_1() {
    ApiCaller::Options options;
    options.region = "us-east-1";
    return options;
  }

  std::string bring_up_shop() {
    const auto nothing = [](const std::string&) { return std::optional<std::string>(); };
    Stack stack = parse_stack(stack_file, "shop.yaml", nothing);
    std::string outcome;
    boost::asio::co_spawn(context, bring_up(deployer, std::move(stack)),
                          [&](std::exception_ptr failure, std::string address) {
                            outcome = failure ? "thrown" : address;
                          });
    clock.drive();
    return outcome;
  }

  std::size_t count(const std::string& type) const {
    std::size_t found = 0;
    for (const sim::Item& item : cloud.inventory(clock.now()))
      found += item.type == type ? 1 : 0;
    return found;
  }
};

bool check(bool ok, const char* what) {
  std::printf("%s: %s\n", ok ? "ok" : "FAILED", what);
  return ok;
}

bool it_comes_up() {
  SimulatedAccount account;
  const std::string address = account.bring_up_shop();
  const TimePoint end = account.clock.now();
  bool ok = check(address.starts_with("shop-alb-"), "it gives the load balancer's address");
  ok &= check(account.count("instance") == 2, "the account holds two instances");
  ok &= check(end - TimePoint{} > std::chrono::minutes{2}, "minutes have passed, in virtual time");
  return ok;
}

bool a_lost_answer_makes_nothing_twice() {
  SimulatedAccount account;
  sim::FaultRule lost;
  lost.kind = sim::FaultKind::lost_answer;
  lost.action = "RunInstances";
  account.cloud.faults().add(lost);
  const std::string address = account.bring_up_shop();
  bool ok = check(account.cloud.faults().hits(0) == 1, "an answer of RunInstances was lost");
  ok &= check(address.starts_with("shop-alb-"), "it comes up all the same");
  ok &= check(account.count("instance") == 2, "with two instances, not three");
  return ok;
}

bool a_refusal_is_told() {
  SimulatedAccount account;
  sim::FaultRule refused;
  refused.kind = sim::FaultKind::api_error;
  refused.action = "CreateLoadBalancer";
  refused.code = "TooManyLoadBalancers";
  account.cloud.faults().add(refused);
  bool ok = check(account.bring_up_shop() == "failed: TooManyLoadBalancers", "AWS's code is told");
  ok &= check(account.count("load-balancer") == 0, "no load balancer is left");
  return ok;
}

}  // namespace

int main() {
  bool ok = it_comes_up();
  ok &= a_lost_answer_makes_nothing_twice();
  ok &= a_refusal_is_told();
  return ok ? 0 : 1;
}
