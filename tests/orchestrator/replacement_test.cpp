// What cannot be changed in place is replaced while the service goes on.
#include "orchestrator/wanted.hpp"
#include "support/service_watch.hpp"
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace albatross {
namespace {

using test::ServiceWatch;
using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

/// A deployed stack that is watched while it is changed.
struct Changing {
  Changing() : watch(run.cloud) {
    const RunResult up = run.deploy(stack_of(two_service_stack));
    EXPECT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
    watch.look(run.clock.now());
    EXPECT_TRUE(watch.was_serving());
    run.on_event = [this](const Event&) { watch.look(run.clock.now()); };
    calls = run.cloud.total_calls();
    run.events.clear();
  }

  void to(const Stack& stack) {
    const RunResult changed = run.deploy(stack);
    EXPECT_EQ(changed.outcome, Outcome::done) << (changed.failure ? changed.failure->text() : "");
    EXPECT_EQ(watch.outages(), std::vector<std::string>());
    for (const ResourceRecord& record : changed.resources)
      EXPECT_FALSE(record.superseded()) << record.node << " is left";
  }

  void settles() {
    const auto before = run.cloud.total_calls();
    run.events.clear();
    run.on_event = nullptr;
    const RunResult again = run.deploy(current);
    EXPECT_EQ(again.outcome, Outcome::done) << (again.failure ? again.failure->text() : "");
    EXPECT_EQ(run.mutations(before), std::vector<std::string>()) << changes_told();
    const RunResult down = run.destroy("shop");
    EXPECT_EQ(down.outcome, Outcome::done) << (down.failure ? down.failure->text() : "");
    EXPECT_TRUE(run.inventory("target-group").empty());
    EXPECT_TRUE(run.inventory("load-balancer").empty());
    EXPECT_TRUE(run.inventory("instance").empty());
    EXPECT_TRUE(run.inventory("file-system").empty());
  }

  std::string changes_told() const {
    std::string out;
    for (const Event& event : run.events) {
      const bool change =
          event.type == EventType::resource_replacing || event.type == EventType::resource_updated;
      if (change) out += event.node + ": " + event.detail + "\n";
    }
    return out;
  }

  std::vector<std::string> names(const std::string& type) {
    std::vector<std::string> out;
    for (const sim::Item& item : run.inventory(type))
      out.push_back(item.name);
    return out;
  }
  std::vector<std::string> ids(const std::string& type) {
    std::vector<std::string> out;
    for (const sim::Item& item : run.inventory(type))
      out.push_back(item.id);
    return out;
  }

  SimulatedRun run;
  ServiceWatch watch;
  std::uint64_t calls = 0;
  Stack current = stack_of(two_service_stack);
};

TEST(Replacement, AnotherPortIsServedByANewTargetGroupBeforeTheOldOneGoes) {
  Changing shop;
  shop.current.services[0].port = 8081;
  shop.to(shop.current);

  EXPECT_EQ(shop.run.inventory("target-group").size(), 2U);
  const Event* why = shop.run.event(EventType::resource_replacing, "target_group.web");
  ASSERT_NE(why, nullptr);
  EXPECT_EQ(why->detail, "port: 8080 -> 8081");
  EXPECT_EQ(shop.run.succeeded("CreateTargetGroup"), 3U);
  EXPECT_EQ(shop.run.succeeded("RunInstances"), 2U) << "instances stay";
  shop.settles();
}

TEST(Replacement, AnotherInstanceTypeLaunchesNewOnesBeforeTheOldOnesAreDrained) {
  Changing shop;
  const auto before = shop.ids("instance");
  shop.current.instances.type = "t3.large";
  shop.to(shop.current);

  const auto after = shop.ids("instance");
  ASSERT_EQ(after.size(), 2U);
  for (const std::string& id : after)
    EXPECT_EQ(std::count(before.begin(), before.end(), id), 0) << id;
  const auto actions = shop.run.mutations(shop.calls);
  const auto at = [&](const char* action) {
    return std::find(actions.begin(), actions.end(), action) - actions.begin();
  };
  EXPECT_LT(at("RunInstances"), at("RegisterTargets"));
  EXPECT_LT(at("RegisterTargets"), at("DeregisterTargets"));
  EXPECT_LT(at("DeregisterTargets"), at("TerminateInstances"));
  shop.settles();
}

TEST(Replacement, OtherUserDataIsANewLaunchAndIsNeverShown) {
  Changing shop;
  shop.current.instances.user_data = Secret("#!/bin/sh\nserve --password=hunter3\n");
  shop.to(shop.current);
  EXPECT_EQ(shop.run.succeeded("TerminateInstances"), 1U) << "both with one call";
  for (const Event& event : shop.run.events)
    EXPECT_EQ(event.detail.find("hunter"), std::string::npos) << event.detail;
  shop.settles();
}

TEST(Replacement, AnotherSchemeIsANewLoadBalancerWithTargetGroupsOfItsOwn) {
  Changing shop;
  shop.current.load_balancer.scheme = "internal";
  shop.to(shop.current);
  EXPECT_EQ(shop.run.inventory("load-balancer").size(), 1U);
  EXPECT_EQ(shop.run.inventory("target-group").size(), 2U);
  EXPECT_NE(shop.names("load-balancer"), std::vector<std::string>{"shop-alb"})
      << "the old one still had the name";
  EXPECT_EQ(shop.run.succeeded("RunInstances"), 2U) << "instances stay";
  shop.settles();
}

TEST(Replacement, ThereAndBackAgainEndsWhereItBegan) {
  Changing shop;
  const Stack original = shop.current;
  shop.current.services[0].port = 8081;
  shop.current.instances.type = "t3.large";
  shop.to(shop.current);
  shop.to(original);
  shop.current = original;
  EXPECT_EQ(shop.run.inventory("instance").size(), 2U);
  EXPECT_EQ(shop.run.inventory("target-group").size(), 2U);
  shop.settles();
}

TEST(Replacement, OneThatNeverGetsHealthyLeavesTheOldOneServing) {
  Changing shop;
  const auto before = shop.ids("instance");
  sim::FaultRule broken;
  broken.kind = sim::FaultKind::never_healthy;
  broken.match = "shop-web-*";
  broken.times = sim::FaultRule::forever;
  shop.run.cloud.faults().add(broken);
  shop.current.services[0].port = 8081;

  // The second time too: that the first change failed does not make it a first deployment.
  for (int i = 0; i < 2; ++i) {
    const RunResult failed = shop.run.deploy(shop.current);
    EXPECT_EQ(failed.outcome, Outcome::failed);
    EXPECT_EQ(shop.run.inventory("load-balancer").size(), 1U);
  }
  EXPECT_EQ(shop.watch.outages(), std::vector<std::string>());
  EXPECT_EQ(shop.ids("instance"), before);

  shop.run.cloud.faults().clear();
  shop.to(shop.current);
  shop.settles();
}

TEST(Replacement, AFileSystemIsNeverReplaced) {
  Changing shop;
  shop.current.file_system.encrypted = false;
  const RunResult refused = shop.run.deploy(shop.current);
  EXPECT_EQ(refused.outcome, Outcome::failed);
  ASSERT_TRUE(refused.failure.has_value());
  EXPECT_EQ(refused.failure->code, "CannotChange");
  EXPECT_NE(refused.failure->message.find("encrypted: true -> false"), std::string::npos);
  EXPECT_FALSE(refused.failure->hint.empty());
  EXPECT_EQ(shop.run.mutations(shop.calls), std::vector<std::string>());
}

TEST(Generations, AThingUnderTwoNamesKeepsTheNewerOne) {
  MemoryStore store;
  ResourceRecord record;
  record.stack = "shop";
  record.node = "target_group.web";
  record.id = "arn:1";
  std::vector<ResourceRecord> seen;
  auto work = [&]() -> Task<> {
    co_await store.put_resource(record);
    ResourceRecord twin = supersede(record);
    co_await store.put_resource(twin);
    ResourceRecord older = record;
    older.id = "arn:0";
    older.generation = 7;
    older = supersede(older);
    co_await store.put_resource(older);
    auto sorted_out = stored_resources(store, "shop");
    co_await std::move(sorted_out);
    seen = co_await store.resources("shop");
  };
  boost::asio::io_context context;
  boost::asio::co_spawn(context, work(), [](std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
  });
  context.run();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].node, "target_group.web");
  EXPECT_EQ(seen[1].node, "target_group.web@7");
}

}  // namespace
}  // namespace albatross
