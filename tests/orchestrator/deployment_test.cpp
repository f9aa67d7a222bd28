#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

std::vector<std::string> ids(const std::vector<sim::Item>& items) {
  std::vector<std::string> out;
  for (const sim::Item& item : items)
    out.push_back(item.id);
  return out;
}

TEST(Deployment, TierTwoGoesUpHealthyAndComesDownWithoutARest) {
  SimulatedRun run;
  const auto before = run.inventory();

  const RunResult up = run.deploy(stack_of(two_service_stack));

  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  EXPECT_EQ(up.stack.state, StackState::ready);
  EXPECT_EQ(run.inventory("instance").size(), 2U);
  EXPECT_EQ(run.inventory("load-balancer").size(), 1U);
  EXPECT_EQ(run.inventory("target-group").size(), 2U);
  const auto dns = std::get<std::string>(up.stack.outputs.at("dns_name"));
  EXPECT_NE(dns.find(".elb.amazonaws.com"), std::string::npos);
  EXPECT_EQ(std::get<std::string>(up.stack.outputs.at("url.web")), "http://" + dns + "/");
  EXPECT_EQ(std::get<std::string>(up.stack.outputs.at("url.api")), "http://" + dns + "/api/");
  for (const sim::Item& target : run.inventory("target"))
    EXPECT_EQ(target.state, "healthy");

  const RunResult down = run.destroy("shop");

  EXPECT_EQ(down.outcome, Outcome::done) << (down.failure ? down.failure->text() : "");
  EXPECT_EQ(run.inventory(), before);
}

TEST(Deployment, TakesAsLongAsItsCriticalPath) {
  SimulatedRun run;
  const RunResult up = run.deploy(stack_of(two_service_stack));
  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");

  // The load balancer provisions for 150 s from the moment at which the instances have ids; before
  // it lie the reads, the VPC, the profile's propagation; after it one health check. Steps in
  // sequence would take over 270 s (85 s mount targets, 57 s boot, 150 s load balancer).
  const double provisioning = 150;
  EXPECT_GT(run.last_run_seconds, provisioning);
  EXPECT_LT(run.last_run_seconds, provisioning + 50);
}

TEST(Deployment, StartsTheLoadBalancerWhenInstancesHaveIdsNotWhenTheyRun) {
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  const Event* balancer = run.event(EventType::resource_created, "load_balancer");
  const Event* launched = run.event(EventType::resource_created, "instance.app.0");
  const Event* running = run.event(EventType::resource_ready, "instance.app.0");
  ASSERT_TRUE(balancer != nullptr && launched != nullptr && running != nullptr);
  EXPECT_GT(balancer->elapsed, launched->elapsed);
  EXPECT_LT(balancer->elapsed, running->elapsed);
}

TEST(Deployment, ASecondDeployOfTheSameFileChangesNothing) {
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  const auto held = run.inventory();
  const auto calls = run.cloud.total_calls();

  const RunResult again = run.deploy(stack_of(two_service_stack));

  EXPECT_EQ(again.outcome, Outcome::done) << (again.failure ? again.failure->text() : "");
  EXPECT_EQ(run.inventory(), held);
  for (const sim::CallRecord& call : run.cloud.calls()) {
    if (call.number <= calls) continue;
    const bool reads = call.action.starts_with("Describe") || call.action.starts_with("Get") ||
                       call.action.starts_with("List");
    EXPECT_TRUE(reads) << call.action;
  }
}

TEST(Deployment, WithoutALoadBalancerItIsTierOneWithTheInstancesAddresses) {
  SimulatedRun run;
  const RunResult up = run.deploy(stack_of(R"(
name: plain
instances: {count: 2, type: t3.small}
services: {web: {port: 8080}}
load_balancer: {enabled: false}
)"));
  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  EXPECT_TRUE(run.inventory("load-balancer").empty());
  EXPECT_TRUE(run.inventory("target-group").empty());
  const auto urls = std::get<std::vector<std::string>>(up.stack.outputs.at("url.web"));
  EXPECT_EQ(urls.size(), 2U);
  EXPECT_TRUE(urls.front().ends_with(":8080/")) << urls.front();
  EXPECT_EQ(up.stack.outputs.count("dns_name"), 0U);
}

TEST(Deployment, ReusedNetworkIsNeverDeleted) {
  SimulatedRun run;
  const auto before = run.inventory();
  const RunResult up = run.deploy(stack_of(R"(
name: guest
instances: {count: 1, type: t3.small}
services: {web: {port: 8080}}
load_balancer: {enabled: true}
)"));
  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  EXPECT_EQ(run.inventory("vpc").size(), 1U);
  run.destroy("guest");
  EXPECT_EQ(run.inventory(), before);
  EXPECT_EQ(run.succeeded("DeleteVpc"), 0U);
  EXPECT_EQ(run.succeeded("DeleteSubnet"), 0U);
}

TEST(Deployment, AFailedLoadBalancerIsRolledBackInOrderAndTheInstancesStay) {
  SimulatedRun run;
  sim::FaultRule refuse;
  refuse.service = "elbv2";
  refuse.action = "CreateLoadBalancer";
  refuse.code = "TooManyLoadBalancers";
  refuse.message = "The maximum number of load balancers has been reached";
  run.cloud.faults().add(refuse);

  const RunResult failed = run.deploy(stack_of(two_service_stack));

  EXPECT_EQ(failed.outcome, Outcome::failed);
  ASSERT_TRUE(failed.failure.has_value());
  EXPECT_EQ(failed.failure->code, "TooManyLoadBalancers");
  EXPECT_EQ(failed.failure->message, "The maximum number of load balancers has been reached");
  EXPECT_FALSE(failed.failure->request_id.empty());
  EXPECT_FALSE(failed.failure->hint.empty());
  EXPECT_EQ(failed.failure->node, "load_balancer");
  EXPECT_EQ(failed.stack.state, StackState::rolled_back);
  EXPECT_TRUE(run.inventory("target-group").empty());
  EXPECT_TRUE(run.inventory("load-balancer").empty());
  const auto kept = ids(run.inventory("instance"));
  EXPECT_EQ(kept.size(), 2U);

  const RunResult again = run.deploy(stack_of(two_service_stack));

  EXPECT_EQ(again.outcome, Outcome::done) << (again.failure ? again.failure->text() : "");
  EXPECT_EQ(ids(run.inventory("instance")), kept);
  EXPECT_EQ(run.succeeded("RunInstances"), 2U);
}

TEST(Deployment, RollbackRemovesTargetsRulesListenersGroupsAndThenTheLoadBalancer) {
  SimulatedRun run;
  sim::FaultRule broken;
  broken.kind = sim::FaultKind::never_healthy;
  broken.match = "shop-api";
  broken.code = "Target.ResponseCodeMismatch";
  broken.message = "Health checks failed with these codes: [503]";
  broken.times = sim::FaultRule::forever;
  run.cloud.faults().add(broken);

  const RunResult failed = run.deploy(stack_of(two_service_stack));

  EXPECT_EQ(failed.outcome, Outcome::failed);
  std::vector<std::string> order;
  for (const sim::CallRecord& call : run.cloud.calls()) {
    const bool removes = call.action.starts_with("Delete") || call.action == "DeregisterTargets";
    if (removes && call.error_code.empty() && (order.empty() || order.back() != call.action)) {
      order.push_back(call.action);
    }
  }
  EXPECT_EQ(order, (std::vector<std::string>{"DeregisterTargets", "DeleteRule", "DeleteListener",
                                             "DeleteTargetGroup", "DeleteLoadBalancer"}));
  EXPECT_EQ(run.inventory("instance").size(), 2U);
}

TEST(Deployment, UnhealthyTargetsAreNamedWithStateReasonAndDescription) {
  SimulatedRun run;
  sim::FaultRule broken;
  broken.kind = sim::FaultKind::never_healthy;
  broken.match = "shop-api";
  broken.code = "Target.ResponseCodeMismatch";
  broken.message = "Health checks failed with these codes: [503]";
  broken.times = sim::FaultRule::forever;
  run.cloud.faults().add(broken);
  Stack stack = stack_of(two_service_stack);
  stack.on_failure = FailurePolicy::keep;

  const RunResult failed = run.deploy(stack);

  ASSERT_TRUE(failed.failure.has_value());
  EXPECT_EQ(failed.failure->node, "health.api");
  EXPECT_EQ(failed.failure->code, "Timeout");
  ASSERT_EQ(failed.failure->targets.size(), 2U);
  for (const TargetState& target : failed.failure->targets) {
    EXPECT_EQ(target.service, "api");
    EXPECT_TRUE(target.instance_node.starts_with("instance.app."));
    EXPECT_TRUE(target.instance_id.starts_with("i-"));
    EXPECT_EQ(target.port, 9090);
    EXPECT_EQ(target.state, "unhealthy");
    EXPECT_EQ(target.reason, "Target.ResponseCodeMismatch");
    EXPECT_EQ(target.description, "Health checks failed with these codes: [503]");
  }
  EXPECT_EQ(run.inventory("load-balancer").size(), 1U) << "kept by policy";
}

TEST(Deployment, AWrongSecretKeyIsRefusedAndNothingIsCreated) {
  SimulatedRun run;
  const auto before = run.inventory();
  Credentials wrong = run.cloud.credentials();
  wrong.secret_access_key = Secret("not-the-secret");
  run.credentials = wrong;

  const RunResult refused = run.deploy(stack_of(two_service_stack));

  EXPECT_EQ(refused.outcome, Outcome::failed);
  ASSERT_TRUE(refused.failure.has_value());
  EXPECT_TRUE(refused.failure->access_denied);
  EXPECT_TRUE(refused.failure->code == "SignatureDoesNotMatch" ||
              refused.failure->code == "AuthFailure" ||
              refused.failure->code == "InvalidSignatureException")
      << refused.failure->code;
  EXPECT_EQ(run.inventory(), before);
  EXPECT_TRUE(refused.resources.empty());
}

TEST(Deployment, TooFewSubnetsAreNamedBeforeAnythingIsCreated) {
  sim::CloudOptions one_zone;
  one_zone.zones = {"a"};
  SimulatedRun run(one_zone);
  const auto before = run.inventory();

  const RunResult refused = run.deploy(stack_of(R"(
name: narrow
instances: {count: 1, type: t3.small}
services: {web: {port: 8080}}
load_balancer: {enabled: true}
)"));

  ASSERT_TRUE(refused.failure.has_value());
  EXPECT_EQ(refused.failure->code, "TooFewSubnets");
  EXPECT_NE(refused.failure->message.find("us-east-1a"), std::string::npos)
      << refused.failure->message;
  EXPECT_EQ(run.inventory(), before);
}

TEST(Deployment, ACancelledRunFinishesWhatWasSentAndTheNextRunGoesOn) {
  SimulatedRun run;
  run.on_event = [&](const Event& event) {
    if (event.type == EventType::resource_created && event.node == "security_group.app") {
      run.cancel();
    }
  };
  const RunResult stopped = run.deploy(stack_of(two_service_stack));
  EXPECT_EQ(stopped.outcome, Outcome::interrupted);
  // Whatever exists is in the store, with its id.
  for (const ResourceRecord& record : stopped.resources) {
    EXPECT_FALSE(record.id.empty()) << record.node;
  }

  run.on_event = nullptr;
  const RunResult up = run.deploy(stack_of(two_service_stack));
  EXPECT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  EXPECT_EQ(run.succeeded("RunInstances"), 2U);
  EXPECT_EQ(run.succeeded("CreateVpc"), 1U);
}

TEST(Deployment, LostAnswersOfEveryCreateLeaveNoDuplicate) {
  for (const char* action : {"CreateVpc",
                             "CreateSubnet",
                             "CreateInternetGateway",
                             "AttachInternetGateway",
                             "CreateRouteTable",
                             "CreateRoute",
                             "AssociateRouteTable",
                             "CreateSecurityGroup",
                             "AuthorizeSecurityGroupIngress",
                             "CreateFileSystem",
                             "CreateMountTarget",
                             "CreateRole",
                             "CreateInstanceProfile",
                             "AddRoleToInstanceProfile",
                             "RunInstances",
                             "CreateLoadBalancer",
                             "CreateTargetGroup",
                             "CreateListener",
                             "CreateRule",
                             "RegisterTargets"}) {
    SimulatedRun run;
    const auto before = run.inventory();
    sim::FaultRule lost;
    lost.kind = sim::FaultKind::lost_answer;
    lost.action = action;
    run.cloud.faults().add(lost);

    const RunResult up = run.deploy(stack_of(two_service_stack));

    EXPECT_EQ(up.outcome, Outcome::done)
        << action << ": " << (up.failure ? up.failure->text() : "");
    EXPECT_EQ(run.cloud.faults().total_injected(), 1U) << action;
    EXPECT_EQ(run.inventory("instance").size(), 2U) << action;
    run.destroy("shop");
    EXPECT_EQ(run.inventory(), before) << action;
  }
}

TEST(Deployment, ALookThatFailsAfterALostAnswerIsRepeatedBeforeAnythingIsMadeAgain) {
  // Neither has a token or a name that is taken: sent again, it makes a second one.
  const std::vector<std::pair<std::string, std::string>> calls = {
      {"CreateVpc", "DescribeVpcs"}, {"CreateInternetGateway", "DescribeInternetGateways"}};
  for (const auto& [create, look] : calls) {
    SimulatedRun run;
    sim::FaultRule lost;
    lost.kind = sim::FaultKind::lost_answer;
    lost.action = create;
    run.cloud.faults().add(lost);
    sim::FaultRule blind;
    blind.kind = sim::FaultKind::http_error;
    blind.action = look;
    blind.times = 3;  // as often as one call is tried
    const std::size_t looks = run.cloud.faults().add(blind);

    const RunResult up = run.deploy(stack_of(two_service_stack));

    EXPECT_EQ(up.outcome, Outcome::done)
        << create << ": " << (up.failure ? up.failure->text() : "");
    EXPECT_EQ(run.cloud.faults().hits(looks), 3U) << look;
    EXPECT_EQ(run.succeeded(create), 1U) << create;
  }
}

TEST(Deployment, WhatIsNotThereIsNotWaitedForUntilTheStepsTimeIsUp) {
  SimulatedRun run;
  sim::FaultRule missing;
  missing.kind = sim::FaultKind::api_error;
  missing.action = "CreateListener";
  missing.code = "CertificateNotFound";
  missing.times = sim::FaultRule::forever;
  run.cloud.faults().add(missing);
  const RunResult up = run.deploy(stack_of(two_service_stack));
  ASSERT_TRUE(up.failure.has_value());
  EXPECT_EQ(up.failure->code, "CertificateNotFound");
  EXPECT_EQ(up.failure->node, "listener.http");
  const Event* failed = run.event(EventType::resource_failed, "listener.http");
  ASSERT_NE(failed, nullptr);
  EXPECT_LT(failed->elapsed, std::chrono::minutes{3});
}

TEST(Deployment, TheFirstCauseNamesItsNodeAlsoWhenALookIsRefused) {
  SimulatedRun run;
  sim::FaultRule denied;
  denied.kind = sim::FaultKind::api_error;
  denied.action = "DescribeFileSystems";
  denied.code = "AccessDeniedException";
  denied.status = 403;
  denied.times = sim::FaultRule::forever;
  run.cloud.faults().add(denied);
  const RunResult up = run.deploy(stack_of(two_service_stack));
  ASSERT_TRUE(up.failure.has_value());
  EXPECT_EQ(up.failure->code, "AccessDeniedException");
  EXPECT_EQ(up.failure->node, "file_system");
  EXPECT_TRUE(up.failure->access_denied);
}

TEST(Deployment, TheStoreHoldsNoSecret) {
  SimulatedRun run;
  const RunResult up = run.deploy(stack_of(two_service_stack));
  for (const ResourceRecord& record : up.resources) {
    for (const auto& [name, value] : record.properties) {
      if (const auto* text = std::get_if<std::string>(&value)) {
        EXPECT_EQ(text->find("hunter2"), std::string::npos) << record.node << " " << name;
      }
    }
  }
  for (const Event& event : run.events) {
    EXPECT_EQ(event.detail.find("hunter2"), std::string::npos);
  }
}

}  // namespace
}  // namespace albatross
