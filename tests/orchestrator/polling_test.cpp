// How soon it is noticed that AWS is done, and how often AWS is asked until then.
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;
using namespace std::chrono_literals;

/// How often the account itself is looked at.
constexpr Duration granularity = 200ms;

double seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

constexpr const char* one_of_each = R"(
name: shop
network: {vpc: create}
storage: {efs: true}
instances: {count: 1, type: t3.small, image: ami-0a1b2c3d4e5f60001, user_data: "#!/bin/sh\nserve\n"}
services:
  web: {port: 8080, health: {path: /health, interval: 10s}, deregistration_delay: 20s}
load_balancer: {enabled: true, listeners: [{port: 80, default_service: web}]}
)";

/// Runs under observation: when the account changed, and when the run said so.
class Observed : public SimulatedRun {
 public:
  explicit Observed(sim::CloudOptions options) : SimulatedRun(std::move(options)) {
    on_event = [this](const Event& event) {
      const bool ready = event.type == EventType::resource_ready;
      const bool gone = event.type == EventType::resource_gone;
      const std::string kind = event.node.substr(0, event.node.find('.'));
      if (ready) noticed["ready " + kind] = clock.now();
      if (gone) noticed["gone " + kind] = clock.now();
      if (event.type == EventType::run_finished) over_ = true;
    };
  }

  void watch() {
    over_ = false;
    changed.clear();
    noticed.clear();
    beside([this](AwsClients&) { return look_on(); });
  }

  /// The last time that all things of a type came into a state, or went.
  std::map<std::string, TimePoint> changed;
  std::map<std::string, TimePoint> noticed;

  /// At most: it may have changed any time since the look before.
  double lag(const std::string& what, const std::string& in_the_account) const {
    return seconds(noticed.at(what) - changed.at(in_the_account) + granularity);
  }

 private:
  Task<> look_on() {
    std::map<std::string, std::string> before;
    while (!over_) {
      std::map<std::string, std::string> now;
      for (const sim::Item& item : inventory())
        now[item.type + " " + item.id + " " + item.name] = item.state;
      for (const auto& [thing, state] : now) {
        if (before[thing] != state) changed[type_of(thing) + " " + state] = clock.now();
      }
      for (const auto& [thing, state] : before) {
        if (!now.contains(thing)) changed[type_of(thing) + " gone"] = clock.now();
      }
      before = std::move(now);
      co_await clock.sleep_for(granularity);
    }
  }

  static std::string type_of(const std::string& thing) { return thing.substr(0, thing.find(' ')); }

  bool over_ = false;
};

/// Lags of one kind of wait.
struct Lags {
  std::vector<double> all;
  double mean() const {
    double sum = 0;
    for (const double lag : all)
      sum += lag;
    return sum / static_cast<double>(all.size());
  }
  double most() const { return *std::max_element(all.begin(), all.end()); }
};

void expect_prompt(const std::map<std::string, Lags>& waits) {
  for (const auto& [what, lags] : waits) {
    ASSERT_FALSE(lags.all.empty()) << what;
    EXPECT_LE(lags.mean(), 1.0) << what;
    EXPECT_LE(lags.most(), 2.0) << what;
    EXPECT_GE(*std::min_element(lags.all.begin(), lags.all.end()), 0.0) << what;
    ::testing::Test::RecordProperty("mean_" + what, std::to_string(lags.mean()));
    std::printf("  %-22s noticed after %.2f s on average, %.2f s at most\n", what.c_str(),
                lags.mean(), lags.most());
  }
}

/// No API that several things can be asked of in one call is asked twice in a second, but for looks
/// that are no polls (the number is how many there may be).
void expect_polite(const SimulatedRun& run, std::size_t others) {
  static const std::set<std::string> shared{"DescribeInstances", "DescribeFileSystems",
                                            "DescribeMountTargets", "DescribeNetworkInterfaces"};
  std::map<std::string, TimePoint> last;
  std::map<std::string, std::size_t> hasty;
  for (const sim::CallRecord& call : run.cloud.calls()) {
    if (!shared.contains(call.action)) continue;
    const auto before = last.find(call.action);
    if (before != last.end() && call.at - before->second < 1s) ++hasty[call.action];
    last[call.action] = call.at;
  }
  for (const auto& [action, count] : hasty)
    EXPECT_LE(count, others) << action;
}

/// Between, and beyond, what is seen of AWS: aws-typical durations, some odd part of a second each.
Duration spread(Duration from, Duration to, int step, int steps) {
  const auto odd = std::chrono::milliseconds{(step * 373) % 1000};
  return from + (to - from) * step / steps + odd;
}

TEST(Polling, NoticesWithinASecondOnAverageThatSomethingIsReady) {
  std::map<std::string, Lags> waits;
  constexpr int steps = 10;
  for (int step = 0; step < steps; ++step) {
    sim::CloudOptions options;
    sim::TimeCourse& times = options.times;
    times.instance_running = spread(2s, 60s, step, steps);
    times.file_system_available = spread(1s, 30s, step, steps);
    times.mount_target_available = spread(30s, 150s, step, steps);
    times.load_balancer_active = spread(60s, 300s, step, steps);
    times.instance_boot = spread(5s, 120s, step, steps);
    Observed run(options);
    run.watch();
    const RunResult up = run.deploy(stack_of(one_of_each));
    ASSERT_EQ(up.outcome, albatross::Outcome::done) << (up.failure ? up.failure->text() : "");
    waits["instance running"].all.push_back(run.lag("ready instance", "instance running"));
    waits["file system"].all.push_back(run.lag("ready file_system", "file-system available"));
    waits["mount targets"].all.push_back(run.lag("ready mount_target", "mount-target available"));
    waits["load balancer active"].all.push_back(
        run.lag("ready load_balancer", "load-balancer active"));
    waits["targets healthy"].all.push_back(run.lag("ready health", "target healthy"));
    expect_polite(run, 1);
  }
  expect_prompt(waits);
}

TEST(Polling, NoticesWithinASecondOnAverageThatSomethingIsGone) {
  std::map<std::string, Lags> waits;
  constexpr int steps = 10;
  for (int step = 0; step < steps; ++step) {
    sim::CloudOptions options;
    sim::TimeCourse& times = options.times;
    times.instance_terminated = spread(10s, 120s, step, steps);
    times.file_system_deleted = spread(1s, 20s, step, steps);
    times.mount_target_deleted = spread(5s, 90s, step, steps);
    times.load_balancer_interfaces = spread(10s, 150s, step, steps);
    Observed run(options);
    ASSERT_EQ(run.deploy(stack_of(one_of_each)).outcome, albatross::Outcome::done);
    run.watch();
    const RunResult down = run.destroy("shop");
    ASSERT_EQ(down.outcome, albatross::Outcome::done) << (down.failure ? down.failure->text() : "");
    waits["drained"].all.push_back(run.lag("gone registration", "target gone"));
    waits["instance terminated"].all.push_back(run.lag("gone instance", "instance gone"));
    waits["file system gone"].all.push_back(run.lag("gone file_system", "file-system gone"));
    waits["mount targets gone"].all.push_back(run.lag("gone mount_target", "mount-target gone"));
    waits["interfaces gone"].all.push_back(run.lag("gone load_balancer", "network-interface gone"));
  }
  expect_prompt(waits);
}

std::map<std::string, std::size_t> reads(const SimulatedRun& run) {
  std::map<std::string, std::size_t> out;
  for (const sim::CallRecord& call : run.cloud.calls()) {
    if (call.action.starts_with("Describe")) ++out[call.action];
  }
  return out;
}

TEST(Polling, OfManyStacksInOneProcessGrowsWithBatchesAndNotWithStacks) {
  sim::CloudOptions options;
  options.call_history = 100'000;
  options.quotas = {{"L-1216C47A", 1000}, {"L-F678F1CE", 100}, {"L-A4707A72", 100}};
  const auto with = [&](std::size_t count) {
    std::vector<Stack> stacks;
    for (std::size_t i = 0; i < count; ++i) {
      stacks.push_back(stack_of(one_of_each));
      stacks.back().name = "shop-" + std::to_string(i);
      stacks.back().load_balancer.name = "alb-" + std::to_string(i);
    }
    SimulatedRun run(options);
    for (const RunResult& up : run.deploy_all(stacks))
      EXPECT_EQ(up.outcome, albatross::Outcome::done) << (up.failure ? up.failure->text() : "");
    return reads(run);
  };
  const auto one = with(1);
  auto many = with(20);
  // Each stack asks once whether the name of its load balancer is free, and how many instances
  // there are, for the quotas. They do not all do the same at the same time: while one is looked at
  // closely, another may just have begun.
  many["DescribeLoadBalancers"] -= 20;
  many["DescribeInstances"] -= 20;
  for (const char* action : {"DescribeInstances", "DescribeLoadBalancers", "DescribeFileSystems"})
    EXPECT_LE(many.at(action), 2 * one.at(action)) << action;
}

}  // namespace
}  // namespace albatross
