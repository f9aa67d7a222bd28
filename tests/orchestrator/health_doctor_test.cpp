// Why targets are not healthy: each cause is made in the simulated account, and has to be the one
// that is told.

#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;

std::string stack_with(const std::string& more) {
  return R"(
name: shop
network: {vpc: create}
instances: {count: 1, type: t3.small)" +
         more + R"(}
services:
  web: {port: 8080, health: {path: /health, codes: "200-299", interval: 10s, timeout: 5s}}
load_balancer: {enabled: true}
timeouts: {health: 90s}
on_failure: keep
)";
}

std::string first_id(SimulatedRun& run, const std::string& type) {
  const auto found = run.inventory(type);
  return found.empty() ? std::string() : found.front().id;
}

/// Deploys and lets `spoil` happen when the instance has its id.
RunResult deploy_spoilt(SimulatedRun& run, const std::string& file,
                        const std::function<void()>& spoil) {
  run.on_event = [spoil](const Event& event) {
    if (event.type == EventType::resource_created && event.node == "instance.app.0") spoil();
  };
  RunResult out = run.deploy(stack_of(file));
  run.on_event = nullptr;
  return out;
}

std::string hint_of(const RunResult& result) {
  if (!result.failure || result.failure->targets.empty()) {
    ADD_FAILURE() << "no target failed: " << (result.failure ? result.failure->text() : "done");
    return {};
  }
  return result.failure->targets.front().hint;
}

void set_service(SimulatedRun& run, const sim::ServiceState& state) {
  run.cloud.set_service(first_id(run, "instance"), 0, state, run.clock.now());
}

/// Somebody else takes away what lets a port in.
Task<> revoke_port(AwsClients& aws, int port, std::string& group) {
  ec2::DescribeSecurityGroupRulesRequest look;
  look.max_results = 1000;
  auto rules = co_await aws.ec2.all_security_group_rules(std::move(look));
  for (const ec2::SecurityGroupRule& rule : rules) {
    if (rule.is_egress || rule.from_port != port) continue;
    group = rule.group_id;
    ec2::RevokeSecurityGroupIngressRequest revoke;
    revoke.group_id = rule.group_id;
    revoke.security_group_rule_ids = {rule.security_group_rule_id};
    co_await aws.ec2.revoke_security_group_ingress(std::move(revoke));
  }
}

TEST(HealthDoctor, NamesTheSecurityGroupThatHasLostItsRule) {
  SimulatedRun run;
  std::string app;
  run.on_event = [&](const Event& event) {
    if (event.type != EventType::resource_created || event.node != "ingress.app") return;
    run.beside([&app](AwsClients& aws) { return revoke_port(aws, 8080, app); });
  };
  const RunResult failed = run.deploy(stack_of(stack_with("")));
  run.on_event = nullptr;
  ASSERT_FALSE(app.empty());
  const std::string hint = hint_of(failed);
  EXPECT_NE(hint.find("Security group " + app + " of the instance has no rule"), std::string::npos)
      << hint;
  EXPECT_NE(hint.find("port 8080"), std::string::npos) << hint;
}

TEST(HealthDoctor, TellsAMatcherThatDoesNotTakeTheAnswer) {
  SimulatedRun run;
  const RunResult failed = deploy_spoilt(run, stack_with(""), [&] {
    sim::ServiceState state;
    state.status = 404;
    set_service(run, state);
  });
  const std::string hint = hint_of(failed);
  EXPECT_NE(hint.find("GET /health on port 8080 answers 404, and healthy is 200-299"),
            std::string::npos)
      << hint;
  EXPECT_NE(hint.find("does not know the path"), std::string::npos) << hint;
}

TEST(HealthDoctor, TellsAServiceThatWasNeverStarted) {
  SimulatedRun run;
  const RunResult failed = deploy_spoilt(run, stack_with(""), [&] {
    sim::ServiceState state;
    state.listening = false;
    set_service(run, state);
  });
  const std::string hint = hint_of(failed);
  EXPECT_NE(hint.find("user data have finished, but nothing takes connections on port 8080"),
            std::string::npos)
      << hint;
}

TEST(HealthDoctor, TellsAServiceThatHangs) {
  SimulatedRun run;
  const RunResult failed = deploy_spoilt(run, stack_with(""), [&] {
    sim::ServiceState state;
    state.hangs = true;
    set_service(run, state);
  });
  const std::string hint = hint_of(failed);
  EXPECT_NE(hint.find("gets no answer within 5 s"), std::string::npos) << hint;
}

TEST(HealthDoctor, TellsUserDataThatIsStillAtWork) {
  sim::CloudOptions options;
  options.times.instance_boot = std::chrono::minutes{20};
  options.times.load_balancer_active = std::chrono::minutes{9};
  SimulatedRun run(options);
  // Ten minutes into a boot of twenty cloud-init runs the user data.
  std::string live;
  run.on_event = [&](const Event& event) {
    for (const TargetState& target : event.targets) {
      if (target.state == "unhealthy") live = target.hint;
    }
  };
  const RunResult failed =
      run.deploy(stack_of(stack_with(", user_data: \"#!/bin/sh\\necho one\\n\"")));
  run.on_event = nullptr;
  const std::string hint = hint_of(failed);
  EXPECT_NE(hint.find("user data is still at work"), std::string::npos) << hint;
  EXPECT_EQ(live, hint) << "the same is told while it is waited for";
}

TEST(HealthDoctor, TellsUserDataThatFailedAndNotWhatItPrinted) {
  SimulatedRun run;
  const std::string data =
      ", user_data: \"#!/bin/sh\\necho password=hunter2\\necho 'cc_scripts_user.py[WARNING]: "
      "Failed to run module scripts-user'\\n\"";
  const RunResult failed = deploy_spoilt(run, stack_with(data), [&] {
    sim::ServiceState state;
    state.listening = false;
    set_service(run, state);
  });
  const std::string hint = hint_of(failed);
  EXPECT_NE(hint.find("user data ended with an error"), std::string::npos) << hint;
  EXPECT_EQ(failed.failure->text().find("hunter2"), std::string::npos);
  EXPECT_EQ(hint.find("hunter2"), std::string::npos);
}

TEST(HealthDoctor, IsThereInTheStatusOfARunningStack) {
  SimulatedRun run;
  ASSERT_EQ(run.deploy(stack_of(stack_with(""))).outcome, Outcome::done);
  sim::ServiceState down;
  down.listening = false;
  set_service(run, down);
  run.clock.drive_until(run.clock.now() + std::chrono::minutes{3});
  const StackStatus status = run.status("shop");
  ASSERT_EQ(status.targets.size(), 1U);
  EXPECT_EQ(status.targets.front().state, "unhealthy");
  EXPECT_NE(status.targets.front().hint.find("nothing takes connections"), std::string::npos)
      << status.targets.front().hint;
}

TEST(HealthDoctor, WithoutItsPermissionsSaysWhatAwsReasonAloneTells) {
  sim::CloudOptions options;
  options.caller_policy = R"({"Statement":[
    {"Effect":"Allow","Action":"*","Resource":"*"},
    {"Effect":"Deny","Action":["ec2:GetConsoleOutput"],"Resource":"*"}]})";
  SimulatedRun run(options);
  const RunResult failed = deploy_spoilt(run, stack_with(""), [&] {
    sim::ServiceState state;
    state.listening = false;
    set_service(run, state);
  });
  EXPECT_NE(hint_of(failed).find("refuses or breaks the connection"), std::string::npos)
      << hint_of(failed);
}

TEST(HealthDoctor, AsksSeldomWhileNothingChanges) {
  SimulatedRun run;
  deploy_spoilt(run, stack_with(""), [&] {
    sim::ServiceState state;
    state.listening = false;
    set_service(run, state);
  });
  std::size_t consoles = 0;
  for (const sim::CallRecord& call : run.cloud.calls())
    consoles += call.action == "GetConsoleOutput" ? 1U : 0U;
  EXPECT_GT(consoles, 0U);
  EXPECT_LE(consoles, 6U) << "90 s of waiting, a look every 20 s";
}

}  // namespace
}  // namespace albatross
