// A stack is ready when its services answer through the load balancer.

#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

/// An instance's services, once there is one.
void set_services(SimulatedRun& run, const sim::ServiceState& state) {
  for (const sim::Item& instance : run.inventory("instance"))
    run.cloud.set_service(instance.id, 0, state, run.clock.now());
}

TEST(Answer, OfEachServiceEndsADeployment) {
  SimulatedRun run;
  const RunResult up = run.deploy_and_ask(stack_of(two_service_stack));
  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  for (const char* node : {"answer.web", "answer.api"}) {
    const Event* ready = run.event(EventType::resource_ready, node);
    ASSERT_NE(ready, nullptr) << node;
    EXPECT_EQ(ready->state, "200");
    EXPECT_GT(ready->elapsed, run.event(EventType::resource_ready, "health.web")->elapsed);
  }
  for (const ResourceRecord& record : up.resources)
    EXPECT_NE(record.kind, "answer") << "nothing of it is kept";
}

TEST(Answer, IsNotAskedForWithoutAVisitorOrWhereTheFileDoesNotWantIt) {
  SimulatedRun run;
  ASSERT_EQ(run.deploy(stack_of(two_service_stack)).outcome, Outcome::done);
  EXPECT_EQ(run.event(EventType::resource_started, "answer.web"), nullptr);
  for (const char* member : {"probe: false", "scheme: internal", "allow_from: [198.51.100.0/24]"}) {
    SimulatedRun quiet;
    const RunResult up = quiet.deploy_and_ask(
        stack_of("name: quiet\ninstances: {count: 1, type: t3.small}\nservices: {web: {port: "
                 "8080}}\nload_balancer: {" +
                 std::string(member) + "}\n"));
    ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
    EXPECT_EQ(quiet.event(EventType::resource_started, "answer.web"), nullptr) << member;
  }
}

TEST(Answer, IsAskedForWhereTheFileSaysSo) {
  SimulatedRun run;
  const RunResult up = run.deploy_and_ask(
      stack_of("name: inner\ninstances: {count: 1, type: t3.small}\nservices: {web: {port: 8080}}\n"
               "load_balancer: {scheme: internal, probe: true}\n"));
  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  EXPECT_NE(run.event(EventType::resource_ready, "answer.web"), nullptr);
}

TEST(Answer, ThatNeverComesTakesNothingDownAndIsGoneOnWith) {
  SimulatedRun run;
  // Healthy by its own health port, and refusing what users ask for.
  const Stack stack = stack_of(R"(
name: deaf
instances: {count: 1, type: t3.small}
services: {web: {port: 8080, health: {port: 9000}}}
load_balancer: {enabled: true}
timeouts: {answer: 30s}
)");
  run.on_event = [&](const Event& event) {
    if (event.type != EventType::resource_created || event.node != "instance.app.0") return;
    sim::ServiceState refuses;
    refuses.listening = false;
    for (const sim::Item& instance : run.inventory("instance"))
      run.cloud.set_service(instance.id, 8080, refuses, run.clock.now());
  };

  const RunResult failed = run.deploy_and_ask(stack);
  run.on_event = nullptr;

  EXPECT_EQ(failed.outcome, Outcome::failed);
  ASSERT_TRUE(failed.failure);
  EXPECT_EQ(failed.failure->code, "NoAnswer");
  EXPECT_NE(failed.failure->message.find("502"), std::string::npos) << failed.failure->message;
  EXPECT_NE(failed.failure->message.find("GET http://deaf-alb"), std::string::npos);
  EXPECT_NE(failed.failure->hint.find("--no-probe"), std::string::npos);
  EXPECT_NE(failed.failure->hint.find("timeouts.answer"), std::string::npos);
  EXPECT_TRUE(failed.removed.empty());
  EXPECT_EQ(run.inventory("load-balancer").size(), 1U);
  EXPECT_EQ(failed.stack.state, StackState::failed);
  EXPECT_TRUE(failed.stack.outputs.contains("dns_name"));

  const std::uint64_t calls = run.cloud.total_calls();
  set_services(run, sim::ServiceState{});
  const RunResult again = run.deploy_and_ask(stack);
  EXPECT_EQ(again.outcome, Outcome::done) << (again.failure ? again.failure->text() : "");
  EXPECT_TRUE(run.mutations(calls).empty());
}

TEST(Answer, BehindHttpsCountsOnceACertificateIsShown) {
  SimulatedRun run;
  const RunResult up = run.deploy_and_ask(stack_of(
      "name: tls\ninstances: {count: 1, type: t3.small}\nservices: {web: {port: 8080}}\n"
      "load_balancer:\n  listeners:\n    - protocol: HTTPS\n      certificate: "
      "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000001\n"));
  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  ASSERT_NE(run.event(EventType::resource_ready, "answer.web"), nullptr);
}

TEST(Answer, IsWaitedForNoLongerAfterCtrlC) {
  SimulatedRun run;
  const Stack stack = stack_of(R"(
name: deaf
instances: {count: 1, type: t3.small}
services: {web: {port: 8080, health: {port: 9000}}}
load_balancer: {enabled: true}
)");
  run.on_event = [&](const Event& event) {
    if (event.type == EventType::resource_created && event.node == "instance.app.0") {
      sim::ServiceState refuses;
      refuses.listening = false;
      for (const sim::Item& instance : run.inventory("instance"))
        run.cloud.set_service(instance.id, 8080, refuses, run.clock.now());
    }
    if (event.type == EventType::waiting && event.node == "answer.web") run.cancel();
  };
  const RunResult stopped = run.deploy_and_ask(stack);
  EXPECT_EQ(stopped.outcome, Outcome::interrupted);
  EXPECT_EQ(run.inventory("load-balancer").size(), 1U);
}

}  // namespace
}  // namespace albatross
