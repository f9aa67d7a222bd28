#include "ideal_deployment.hpp"

#include "albatross/clients/credentials_provider.hpp"
#include "albatross/orchestrator/deployer.hpp"
#include "albatross/orchestrator/stack_file.hpp"
#include "albatross/runtime/entropy.hpp"
#include "albatross/runtime/virtual_clock.hpp"
#include "albatross/sim/cloud.hpp"
#include "albatross/sim/transport.hpp"
#include "albatross/state/store.hpp"

#include "support/instant_cloud.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <optional>
#include <stdexcept>

namespace albatross::bench {

namespace {

constexpr std::chrono::milliseconds round_trip{100};

class VirtualAccount {
 public:
  /// By a process of its own, as far as waits are concerned: their beat begins with it.
  int trips(const std::function<Task<RunResult>(Deployer&)>& start) {
    Deployer deployer(caller_, store_, entropy_, "bench");
    std::optional<RunResult> result;
    const TimePoint begun = clock_.now();
    TimePoint ended = begun;
    boost::asio::co_spawn(context_, start(deployer),
                          [&](const std::exception_ptr&, RunResult value) {
                            result = std::move(value);
                            ended = clock_.now();
                          });
    clock_.drive();
    if (!result || result->outcome != Outcome::done) {
      throw std::runtime_error("the deployment under virtual time failed");
    }
    return static_cast<int>((ended - begun + round_trip / 2) / round_trip);
  }

 private:
  static ApiCaller::Options options() {
    ApiCaller::Options options;
    options.region = "us-east-1";
    return options;
  }

  boost::asio::io_context context_;
  VirtualClock clock_{context_};
  SeededEntropy entropy_{1};
  sim::Cloud cloud_{test::instant_cloud()};
  sim::SimTransport transport_{cloud_, clock_, round_trip};
  StaticCredentials credentials_{cloud_.credentials()};
  ApiCaller caller_{clock_, entropy_, transport_, credentials_, options()};
  MemoryStore store_;
};

}  // namespace

RoundTrips ideal_round_trips() {
  VirtualAccount account;
  const Stack stack =
      parse_stack(test::whole_stack, "bench.yaml", [](const std::string&) { return std::nullopt; });
  RunOptions how;
  how.drain = false;
  RoundTrips out;
  out.deploy = account.trips([&](Deployer& deployer) { return deployer.deploy(stack, nullptr); });
  out.destroy =
      account.trips([&](Deployer& deployer) { return deployer.destroy("shop", nullptr, how); });
  return out;
}

}  // namespace albatross::bench
