#include "account.hpp"

#include <gtest/gtest.h>

namespace albatross::sim::test {
namespace {

TEST(TargetHealth, FollowsTheLoadBalancerTheBootAndTheFirstCheck) {
  Account account;
  const Stack stack = build_stack(account);
  EXPECT_EQ(target_state(account, stack), "initial");
  EXPECT_EQ(target_reason(account, stack), "Elb.RegistrationInProgress");
  account.pass(139s);  // the load balancer becomes active 150 s after its creation
  EXPECT_EQ(target_reason(account, stack), "Elb.InitialHealthChecking");
  account.pass(15s);  // half an interval later comes the first check
  EXPECT_EQ(target_state(account, stack), "healthy");
  EXPECT_EQ(target_reason(account, stack), "");
}

TEST(TargetHealth, IsUnusedWithoutAListener) {
  Account account;
  const Stack stack = build_stack(account);
  account.elb("DeleteListener", {{"ListenerArn", stack.listener}});
  EXPECT_EQ(target_state(account, stack), "unused");
  EXPECT_EQ(target_reason(account, stack), "Target.NotInUse");
}

TEST(TargetHealth, TimesOutWhileTheInstancesGroupIsClosed) {
  Account account;
  const Stack stack = build_stack(account);
  account.ec2("RevokeSecurityGroupIngress", {{"GroupId", stack.app_group},
                                             {"IpPermissions.1.IpProtocol", "tcp"},
                                             {"IpPermissions.1.FromPort", "8080"},
                                             {"IpPermissions.1.ToPort", "8080"},
                                             {"IpPermissions.1.IpRanges.1.CidrIp", "0.0.0.0/0"}});
  account.pass(250s);
  EXPECT_EQ(target_state(account, stack), "unhealthy");
  EXPECT_EQ(target_reason(account, stack), "Target.Timeout");
}

TEST(TargetHealth, OpensWhenARuleNamesTheLoadBalancersGroup) {
  Account account;
  const Stack stack = build_stack(account);
  account.ec2("RevokeSecurityGroupIngress", {{"GroupId", stack.app_group},
                                             {"IpPermissions.1.IpProtocol", "tcp"},
                                             {"IpPermissions.1.FromPort", "8080"},
                                             {"IpPermissions.1.ToPort", "8080"},
                                             {"IpPermissions.1.IpRanges.1.CidrIp", "0.0.0.0/0"}});
  account.ec2("AuthorizeSecurityGroupIngress",
              {{"GroupId", stack.app_group},
               {"IpPermissions.1.IpProtocol", "tcp"},
               {"IpPermissions.1.FromPort", "8000"},
               {"IpPermissions.1.ToPort", "8090"},
               {"IpPermissions.1.Groups.1.GroupId", stack.alb_group}});
  account.pass(170s);
  EXPECT_EQ(target_state(account, stack), "healthy");
}

TEST(TargetHealth, NeedsTheLoadBalancersOwnEgress) {
  Account account;
  const Stack stack = build_stack(account);
  account.ec2("RevokeSecurityGroupEgress", {{"GroupId", stack.alb_group},
                                            {"IpPermissions.1.IpProtocol", "-1"},
                                            {"IpPermissions.1.IpRanges.1.CidrIp", "0.0.0.0/0"}});
  account.pass(250s);
  EXPECT_EQ(target_reason(account, stack), "Target.Timeout");
}

TEST(TargetHealth, FallsAfterTheUnhealthyThresholdAndRecoversAfterTheHealthyOne) {
  Account account;
  const Stack stack = build_stack(account);
  account.pass(160s);
  ASSERT_EQ(target_state(account, stack), "healthy");
  account.cloud.set_service(stack.instance, 8080, false, account.now);
  account.pass(61s);  // two checks have failed at the most: the threshold is three
  EXPECT_EQ(target_state(account, stack), "healthy");
  account.pass(30s);
  EXPECT_EQ(target_state(account, stack), "unhealthy");
  EXPECT_EQ(target_reason(account, stack), "Target.FailedHealthChecks");
  account.cloud.set_service(stack.instance, 8080, true, account.now);
  account.pass(30s);
  EXPECT_EQ(target_state(account, stack), "unhealthy") << "one check is not enough to come back";
  account.pass(30s);
  EXPECT_EQ(target_state(account, stack), "healthy");
}

TEST(TargetHealth, DoesNotDependOnHowOftenSomebodyLooks) {
  Account often, once;
  const Stack watched = build_stack(often);
  const Stack alone = build_stack(once);
  for (int second = 0; second < 400; ++second) {
    if (second == 200) {
      often.cloud.set_service(watched.instance, 8080, false, often.now);
      once.cloud.set_service(alone.instance, 8080, false, once.now);
    }
    target_state(often, watched);
    often.pass(1s);
    once.pass(1s);
  }
  EXPECT_EQ(target_state(often, watched), "unhealthy");
  EXPECT_EQ(target_state(often, watched), target_state(once, alone));
}

TEST(TargetHealth, SaysWhichStateAStoppedInstanceIsIn) {
  Account account;
  const Stack stack = build_stack(account);
  account.ec2("StopInstances", {{"InstanceId.1", stack.instance}});
  account.pass(40s);
  EXPECT_EQ(target_state(account, stack), "unused");
  EXPECT_EQ(target_reason(account, stack), "Target.InvalidState");
}

TEST(TargetHealth, NeedsAZoneThatTheLoadBalancerIsIn) {
  Account account;
  const Stack stack = build_stack(account);
  const auto subnets = account.default_subnets();
  account.elb("SetSubnets", {{"LoadBalancerArn", stack.load_balancer},
                             {"Subnets.member.1", subnets[1]},
                             {"Subnets.member.2", subnets[2]}});
  EXPECT_EQ(target_reason(account, stack), "Target.NotInUse");
}

TEST(TargetHealth, ReportsCodesThatTheMatcherDoesNotTake) {
  Account account;
  const Stack stack = build_stack(account);
  account.elb("ModifyTargetGroup",
              {{"TargetGroupArn", stack.target_group}, {"Matcher.HttpCode", "301-302"}});
  account.pass(250s);
  EXPECT_EQ(target_reason(account, stack), "Target.ResponseCodeMismatch");
}

TEST(TargetHealth, DrainsForTheDeregistrationDelay) {
  Account account;
  const Stack stack = build_stack(account);
  account.pass(200s);
  account.elb("DeregisterTargets",
              {{"TargetGroupArn", stack.target_group}, {"Targets.member.1.Id", stack.instance}});
  EXPECT_EQ(target_state(account, stack), "draining");
  account.pass(299s);
  EXPECT_EQ(target_state(account, stack), "draining");
  account.pass(1s);
  EXPECT_EQ(target_state(account, stack), "");
}

TEST(TargetHealth, ComesBackWhenRegisteredAgainWhileDraining) {
  Account account;
  const Stack stack = build_stack(account);
  account.pass(200s);
  const Params target{{"TargetGroupArn", stack.target_group},
                      {"Targets.member.1.Id", stack.instance}};
  account.elb("DeregisterTargets", target);
  account.elb("RegisterTargets", target);
  EXPECT_EQ(target_state(account, stack), "initial");
  account.pass(400s);
  EXPECT_EQ(target_state(account, stack), "healthy") << "the old delay must not remove it";
}

TEST(TargetHealth, IsUnknownForWhatWasNeverRegistered) {
  Account account;
  const Stack stack = build_stack(account);
  const auto answer = account.elb("DescribeTargetHealth", {{"TargetGroupArn", stack.target_group},
                                                           {"Targets.member.1.Id", stack.instance},
                                                           {"Targets.member.1.Port", "9"}});
  EXPECT_EQ(answer.text("TargetHealth/Reason"), "Target.NotRegistered");
}

TEST(TargetHealth, CanBePlannedNeverToComeForAReason) {
  Account account;
  FaultRule rule;
  rule.kind = FaultKind::never_healthy;
  rule.match = "demo";
  rule.code = "Target.ResponseCodeMismatch";
  rule.message = "Health checks failed with these codes: [503]";
  account.cloud.faults().add(rule);
  const Stack stack = build_stack(account);
  account.pass(600s);
  EXPECT_EQ(target_state(account, stack), "unhealthy");
  EXPECT_EQ(target_reason(account, stack), "Target.ResponseCodeMismatch");
  EXPECT_EQ(account.cloud.faults().injected(FaultKind::never_healthy), 1U);
}

TEST(TargetHealth, ComesFromProbesWhenTheDataPlaneDecides) {
  CloudOptions options;
  options.external_health = true;
  Account account(options);
  const Stack stack = build_stack(account);
  account.pass(300s);
  EXPECT_EQ(target_state(account, stack), "initial");
  account.cloud.report_probe(stack.target_group, stack.instance, 8080, {true, "", ""}, account.now);
  EXPECT_EQ(target_state(account, stack), "healthy");
  const Probe refused{false, "Target.FailedHealthChecks", "Health checks failed"};
  for (int i = 0; i < 3; ++i) {
    account.cloud.report_probe(stack.target_group, stack.instance, 8080, refused, account.now);
  }
  EXPECT_EQ(target_state(account, stack), "unhealthy");
}

}  // namespace
}  // namespace albatross::sim::test
