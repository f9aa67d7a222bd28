#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/orchestrator/deployer.hpp"
#include "albatross/orchestrator/session.hpp"
#include "albatross/orchestrator/stack_file.hpp"
#include "albatross/runtime/concurrency.hpp"
#include "albatross/runtime/virtual_clock.hpp"
#include "albatross/sim/cloud.hpp"
#include "albatross/sim/transport.hpp"
#include "albatross/state/store.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace albatross::test {

/// The whole program but its command line, in one process under virtual time: a simulated account,
/// a store, and runs on them one after the other.
class SimulatedRun {
 public:
  /// @param latency of every call, there and back
  explicit SimulatedRun(sim::CloudOptions options = {}, std::uint64_t seed = 1,
                        Duration latency = std::chrono::milliseconds{200})
      : clock(context),
        entropy(seed),
        cloud(std::move(options)),
        transport(cloud, clock, latency) {}

  boost::asio::io_context context;
  VirtualClock clock;
  SeededEntropy entropy;
  sim::Cloud cloud;
  sim::SimTransport transport;
  MemoryStore store;
  std::vector<Event> events;
  /// Overrides the cloud's own access key.
  std::optional<Credentials> credentials;
  /// Called for every event; may cancel the run.
  std::function<void(const Event&)> on_event;

  RunResult deploy(const Stack& stack, RunOptions how = RunOptions()) {
    return run([&](Deployer& deployer) { return deployer.deploy(stack, sink(), how); });
  }
  /// As deploy(), with somebody who asks the load balancer.
  RunResult deploy_and_ask(const Stack& stack) {
    RunOptions how;
    how.visitors = [this](const http::Origin&) { return &transport; };
    return deploy(stack, how);
  }
  Preflight preflight(const Stack& stack) {
    Preflight out;
    run([&](Deployer& deployer) -> Task<RunResult> { return checked(deployer, stack, out); });
    return out;
  }
  StackStatus status(const std::string& name) {
    StackStatus out;
    run([&](Deployer& deployer) -> Task<RunResult> { return looked_at(deployer, name, out); });
    return out;
  }
  RunResult destroy(const std::string& name, RunOptions how = RunOptions()) {
    return run([&](Deployer& deployer) { return deployer.destroy(name, sink(), how); });
  }
  RunResult rollback(const std::string& name, RollbackScope scope) {
    return run([&](Deployer& deployer) { return deployer.rollback(name, scope, sink()); });
  }
  /// All at once, in one process.
  std::vector<RunResult> deploy_all(const std::vector<Stack>& stacks) {
    std::vector<RunResult> out(stacks.size());
    run([&](Deployer& deployer) { return deployed_together(deployer, stacks, out); });
    return out;
  }
  Plan plan(const Stack& stack) {
    Plan out;
    run([&](Deployer& deployer) -> Task<RunResult> { return planned(deployer, stack, out); });
    return out;
  }
  using Act = std::function<Task<>(AwsClients&)>;
  /// Calls that somebody else makes in the same account.
  void meanwhile(const Act& act) {
    beside(act);
    clock.drive();
  }
  /// The same, begun while a run goes on (from on_event).
  void beside(const Act& act) {
    neighbours_.push_back(std::make_unique<Neighbour>(*this));
    boost::asio::co_spawn(context, act(neighbours_.back()->aws), [](std::exception_ptr e) {
      EXPECT_FALSE(e) << "a call beside the run failed";
    });
  }
  /// What a first Ctrl-C does.
  void cancel() { signal_.emit(boost::asio::cancellation_type::terminal); }

  std::vector<sim::Item> inventory() { return cloud.inventory(clock.now()); }
  std::vector<sim::Item> inventory(const std::string& type) {
    std::vector<sim::Item> out;
    for (sim::Item& item : inventory()) {
      if (item.type == type) out.push_back(std::move(item));
    }
    return out;
  }
  /// Successful calls of an action so far.
  std::size_t succeeded(const std::string& action) const {
    std::size_t count = 0;
    for (const sim::CallRecord& call : cloud.calls()) {
      if (call.action == action && call.error_code.empty() && call.status / 100 == 2) ++count;
    }
    return count;
  }
  /// Actions other than looking since call number `since`, in order; failed ones too, but for dry
  /// runs.
  std::vector<std::string> mutations(std::uint64_t since = 0) const {
    std::vector<std::string> out;
    for (const sim::CallRecord& call : cloud.calls()) {
      const bool reads = call.action.starts_with("Describe") || call.action.starts_with("Get") ||
                         call.action.starts_with("List") || call.error_code == "DryRunOperation";
      if (call.number > since && !reads) out.push_back(call.action);
    }
    return out;
  }
  const Event* event(EventType type, const std::string& node) const {
    for (const Event& event : events) {
      if (event.type == type && event.node == node) return &event;
    }
    return nullptr;
  }
  /// How long the last run took, in virtual seconds, and when it ended.
  double last_run_seconds = 0;
  TimePoint last_run_end{};
  /// Changes answers on their way, by path: what the simulator never says.
  std::function<void(const std::string& path, std::string& body)> alter_answers;

 private:
  /// Hands answers on, changed by alter_answers.
  class Altering final : public http::Transport {
   public:
    explicit Altering(SimulatedRun& run) : run_(run) {}
    Task<http::Response> send(http::Request request, Deadline deadline) override {
      const std::string path = request.target;
      http::Response response = co_await run_.transport.send(std::move(request), deadline);
      if (run_.alter_answers) run_.alter_answers(path, response.body);
      co_return response;
    }

   private:
    SimulatedRun& run_;
  };

  static ApiCaller::Options caller_options(const SimulatedRun& run) {
    ApiCaller::Options options;
    options.region = run.cloud.options().region;
    return options;
  }

  /// Somebody else with the account's own key.
  struct Neighbour {
    explicit Neighbour(SimulatedRun& run)
        : provider(run.cloud.credentials()),
          caller(run.clock, run.entropy, run.transport, provider, caller_options(run)),
          aws(caller) {}
    StaticCredentials provider;
    ApiCaller caller;
    AwsClients aws;
  };

  Task<RunResult> deployed_together(Deployer& deployer, const std::vector<Stack>& stacks,
                                    std::vector<RunResult>& out) {
    std::vector<Task<>> runs;
    for (std::size_t i = 0; i < stacks.size(); ++i)
      runs.push_back(keep(deployer.deploy(stacks[i], sink()), out[i]));
    co_await when_all(std::move(runs));
    co_return RunResult();
  }

  static Task<> keep(Task<RunResult> run, RunResult& out) { out = co_await std::move(run); }

  static Task<RunResult> planned(Deployer& deployer, Stack stack, Plan& out) {
    Plan plan = co_await deployer.plan(std::move(stack));
    out = std::move(plan);
    co_return RunResult();
  }

  static Task<RunResult> checked(Deployer& deployer, Stack stack, Preflight& out) {
    Preflight found = co_await deployer.preflight(std::move(stack));
    out = std::move(found);
    co_return RunResult();
  }

  static Task<RunResult> looked_at(Deployer& deployer, std::string name, StackStatus& out) {
    StackStatus found = co_await deployer.status(std::move(name));
    out = std::move(found);
    co_return RunResult();
  }

  EventSink sink() {
    return [this](const Event& event) {
      events.push_back(event);
      if (on_event) on_event(event);
    };
  }

  RunResult run(const std::function<Task<RunResult>(Deployer&)>& start) {
    StaticCredentials provider(credentials.value_or(cloud.credentials()));
    Altering altering(*this);
    ApiCaller caller(clock, entropy, altering, provider, caller_options(*this));
    Deployer deployer(caller, store, entropy, "a test");
    std::optional<RunResult> result;
    std::exception_ptr error;
    const TimePoint start_time = clock.now();
    TimePoint end_time = start_time;
    auto done = [&](std::exception_ptr failure, RunResult value) {
      error = failure;
      result = std::move(value);
      end_time = clock.now();
    };
    boost::asio::co_spawn(context, start(deployer),
                          boost::asio::bind_cancellation_slot(signal_.slot(), done));
    clock.drive();
    last_run_end = end_time;
    last_run_seconds = std::chrono::duration<double>(end_time - start_time).count();
    if (error) std::rethrow_exception(error);
    if (!result) throw std::runtime_error("the run did not finish: it waits for nothing");
    return std::move(*result);
  }

  boost::asio::cancellation_signal signal_;
  std::vector<std::unique_ptr<Neighbour>> neighbours_;
};

/// A stack file in a test; mistakes in it fail the test by exception.
inline Stack stack_of(const std::string& text) {
  return parse_stack(text, "test.yaml", [](const std::string&) { return std::nullopt; });
}

/// Two instances and two services behind a load balancer, with storage, in a network of its own.
inline constexpr const char* two_service_stack = R"(
name: shop
network: {vpc: create}
storage: {efs: true}
instances: {count: 2, type: t3.small, user_data: "#!/bin/sh\nserve --password=hunter2\n"}
services:
  web: {port: 8080, health: {path: /health}}
  api: {port: 9090, health: {path: /ready}, route: {paths: ["/api/*"]}}
load_balancer: {enabled: true, listeners: [{port: 80, default_service: web}]}
)";

}  // namespace albatross::test
