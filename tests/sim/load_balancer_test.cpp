#include "account.hpp"

#include <gtest/gtest.h>

namespace albatross::sim::test {
namespace {

Params two_subnets(Account& account, const std::string& name = "demo") {
  const auto subnets = account.default_subnets();
  return {{"Name", name}, {"Subnets.member.1", subnets[0]}, {"Subnets.member.2", subnets[1]}};
}

std::string lb_state(Account& account) {
  return account.elb("DescribeLoadBalancers").text("State/Code");
}

TEST(LoadBalancer, ProvisionsThenIsActive) {
  Account account;
  account.elb("CreateLoadBalancer", two_subnets(account));
  EXPECT_EQ(lb_state(account), "provisioning");
  account.pass(149s);
  EXPECT_EQ(lb_state(account), "provisioning");
  account.pass(1s);
  EXPECT_EQ(lb_state(account), "active");
}

TEST(LoadBalancer, CanBePlannedToFail) {
  Account account;
  FaultRule rule;
  rule.kind = FaultKind::load_balancer_failed;
  rule.match = "de*";
  rule.message = "no capacity";
  account.cloud.faults().add(rule);
  account.elb("CreateLoadBalancer", two_subnets(account));
  account.pass(150s);
  EXPECT_EQ(lb_state(account), "failed");
  EXPECT_EQ(account.elb("DescribeLoadBalancers").text("State/Reason"), "no capacity");
}

TEST(LoadBalancer, HasAwsFormsOfNamesAndIds) {
  Account account;
  const auto made = account.elb("CreateLoadBalancer", two_subnets(account));
  const std::string arn = made.text("LoadBalancers/member/LoadBalancerArn");
  EXPECT_TRUE(
      arn.starts_with("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/demo/"))
      << arn;
  EXPECT_EQ(arn.size() - arn.rfind('/') - 1, 16U);
  const std::string dns = made.text("LoadBalancers/member/DNSName");
  EXPECT_TRUE(dns.starts_with("demo-") && dns.ends_with(".us-east-1.elb.amazonaws.com")) << dns;
  EXPECT_EQ(made.text("SecurityGroups/member"), account.default_group());
}

TEST(LoadBalancer, CreatedAgainWithTheSameSettingsIsTheSame) {
  Account account;
  const Params params = two_subnets(account);
  const auto first = account.elb("CreateLoadBalancer", params).text("LoadBalancerArn");
  EXPECT_EQ(account.elb("CreateLoadBalancer", params).text("LoadBalancerArn"), first);
  Params other = params;
  other.emplace_back("Scheme", "internal");
  EXPECT_EQ(account.elb("CreateLoadBalancer", other).code(), "DuplicateLoadBalancerName");
}

TEST(LoadBalancer, RefusesBadNames) {
  Account account;
  for (const char* name : {"-a", "a-", "a_b", "internal-x", "aaaaaaaaaabbbbbbbbbbccccccccccddd"}) {
    EXPECT_EQ(account.elb("CreateLoadBalancer", two_subnets(account, name)).code(),
              "ValidationError")
        << name;
  }
}

TEST(LoadBalancer, NeedsTwoZonesAndOneSubnetInEach) {
  Account account;
  const auto subnets = account.default_subnets();
  EXPECT_EQ(
      account.elb("CreateLoadBalancer", {{"Name", "x"}, {"Subnets.member.1", subnets[0]}}).code(),
      "ValidationError");
  EXPECT_EQ(
      account
          .elb("CreateLoadBalancer",
               {{"Name", "x"}, {"Subnets.member.1", subnets[0]}, {"Subnets.member.2", subnets[0]}})
          .code(),
      "InvalidConfigurationRequest");
  EXPECT_EQ(account
                .elb("CreateLoadBalancer", {{"Name", "x"},
                                            {"Subnets.member.1", subnets[0]},
                                            {"Subnets.member.2", "subnet-0123456789abcdef0"}})
                .code(),
            "SubnetNotFound");
}

TEST(LoadBalancer, NeedsEightFreeAddressesAndAGateway) {
  Account account;
  const std::string vpc =
      account.ec2("CreateVpc", {{"CidrBlock", "10.9.0.0/16"}}).text("vpc/vpcId");
  Params params{{"Name", "x"}};
  for (const auto& [cidr, zone] :
       {std::pair{"10.9.0.0/24", "us-east-1a"}, std::pair{"10.9.1.0/28", "us-east-1b"},
        std::pair{"10.9.2.0/24", "us-east-1b"}}) {
    const auto made = account.ec2(
        "CreateSubnet", {{"VpcId", vpc}, {"CidrBlock", cidr}, {"AvailabilityZone", zone}});
    params.emplace_back("Subnets.member." + std::to_string(params.size()),
                        made.text("subnet/subnetId"));
  }
  const Params narrow{params[0], params[1], params[2]};
  EXPECT_EQ(account.elb("CreateLoadBalancer", narrow).code(), "InvalidSubnet");
  const Params wide{params[0], params[1], {"Subnets.member.2", params[3].second}};
  const auto no_gateway = account.elb("CreateLoadBalancer", wide);
  EXPECT_EQ(no_gateway.message(), "VPC " + vpc + " has no internet gateway");
  Params internal = wide;
  internal.emplace_back("Scheme", "internal");
  EXPECT_EQ(account.elb("CreateLoadBalancer", internal).code(), "");
}

TEST(LoadBalancer, LeavesItsInterfacesBehindForAWhile) {
  Account account;
  const Stack stack = build_stack(account);
  account.elb("DeleteLoadBalancer", {{"LoadBalancerArn", stack.load_balancer}});
  account.pass(3s);
  EXPECT_EQ(account.elb("DescribeLoadBalancers", {{"Names.member.1", "demo"}}).code(),
            "LoadBalancerNotFound");
  EXPECT_EQ(account.ec2("DeleteSecurityGroup", {{"GroupId", stack.alb_group}}).code(),
            "DependencyViolation");
  const auto drop_subnet = [&] {
    return account.ec2("DeleteSubnet", {{"SubnetId", stack.subnet_b}}).code();
  };
  EXPECT_EQ(drop_subnet(), "DependencyViolation");
  const auto held =
      account.ec2("DescribeNetworkInterfaces",
                  {{"Filter.1.Name", "group-id"}, {"Filter.1.Value.1", stack.alb_group}});
  EXPECT_EQ(held.texts("networkInterfaceSet/item/networkInterfaceId").size(), 2U);
  EXPECT_TRUE(held.text("networkInterfaceSet/item/description").starts_with("ELB app/demo/"));
  account.pass(22s);
  EXPECT_EQ(account.ec2("DeleteSecurityGroup", {{"GroupId", stack.alb_group}}).code(), "");
  EXPECT_EQ(drop_subnet(), "");
}

TEST(LoadBalancer, DeletedTwiceIsNoError) {
  Account account;
  const Stack stack = build_stack(account);
  EXPECT_EQ(account.elb("DeleteLoadBalancer", {{"LoadBalancerArn", stack.load_balancer}}).code(),
            "");
  EXPECT_EQ(account.elb("DeleteLoadBalancer", {{"LoadBalancerArn", stack.load_balancer}}).code(),
            "");
}

TEST(LoadBalancer, IsKeptByDeletionProtection) {
  Account account;
  const Stack stack = build_stack(account);
  const Params protect{{"LoadBalancerArn", stack.load_balancer},
                       {"Attributes.member.1.Key", "deletion_protection.enabled"},
                       {"Attributes.member.1.Value", "true"}};
  EXPECT_EQ(account.elb("ModifyLoadBalancerAttributes", protect).code(), "");
  EXPECT_EQ(account.elb("DeleteLoadBalancer", {{"LoadBalancerArn", stack.load_balancer}}).code(),
            "OperationNotPermitted");
}

TEST(LoadBalancer, TakesOnlyKnownAttributesAndValues) {
  Account account;
  const Stack stack = build_stack(account);
  const auto modify = [&](const char* key, const char* value) {
    return account
        .elb("ModifyLoadBalancerAttributes", {{"LoadBalancerArn", stack.load_balancer},
                                              {"Attributes.member.1.Key", key},
                                              {"Attributes.member.1.Value", value}})
        .code();
  };
  EXPECT_EQ(modify("idle_timeout.timeout_seconds", "120"), "");
  EXPECT_EQ(modify("idle_timeout.timeout_seconds", "0"), "ValidationError");
  EXPECT_EQ(modify("routing.http2.enabled", "yes"), "ValidationError");
  EXPECT_EQ(modify("no.such.key", "1"), "ValidationError");
  EXPECT_EQ(modify("access_logs.s3.enabled", "true"), "InvalidConfigurationRequest") << "where to?";
  EXPECT_EQ(modify("access_logs.s3.bucket", "logs"), "");
  EXPECT_EQ(modify("access_logs.s3.enabled", "true"), "");
}

TEST(TargetGroup, InUseCannotBeDeletedUntilAMomentAfterwards) {
  Account account;
  const Stack stack = build_stack(account);
  const Params group{{"TargetGroupArn", stack.target_group}};
  EXPECT_EQ(account.elb("DeleteTargetGroup", group).code(), "ResourceInUse");
  account.elb("DeleteListener", {{"ListenerArn", stack.listener}});
  EXPECT_EQ(account.elb("DeleteTargetGroup", group).code(), "ResourceInUse");
  account.pass(3s);
  EXPECT_EQ(account.elb("DeleteTargetGroup", group).code(), "");
}

TEST(TargetGroup, BelongsToOneLoadBalancerOnly) {
  Account account;
  const Stack stack = build_stack(account);
  const auto other = account.elb("CreateLoadBalancer", two_subnets(account, "other"));
  const auto refused = account.elb(
      "CreateListener", {{"LoadBalancerArn", other.text("LoadBalancerArn")},
                         {"Protocol", "HTTP"},
                         {"Port", "80"},
                         {"DefaultActions.member.1.Type", "forward"},
                         {"DefaultActions.member.1.TargetGroupArn", stack.target_group}});
  EXPECT_EQ(refused.code(), "TargetGroupAssociationLimit");
}

TEST(TargetGroup, IsIdempotentAndStrictAboutHealthChecks) {
  Account account;
  Params params{
      {"Name", "g"}, {"Protocol", "HTTP"}, {"Port", "80"}, {"VpcId", account.default_vpc()}};
  const auto first = account.elb("CreateTargetGroup", params).text("TargetGroupArn");
  EXPECT_EQ(account.elb("CreateTargetGroup", params).text("TargetGroupArn"), first);
  Params changed = params;
  changed.emplace_back("HealthCheckPath", "/x");
  EXPECT_EQ(account.elb("CreateTargetGroup", changed).code(), "DuplicateTargetGroupName");
  params[0].second = "h";
  for (const auto& bad :
       {std::pair{"HealthCheckIntervalSeconds", "5"}, std::pair{"HealthCheckIntervalSeconds", "4"},
        std::pair{"Matcher.HttpCode", "99"}, std::pair{"HealthCheckPath", "x"},
        std::pair{"HealthCheckPort", "0"}, std::pair{"HealthCheckProtocol", "TCP"},
        std::pair{"Matcher.GrpcCode", "0"}, std::pair{"Protocol", "SMTP"}}) {
    Params wrong = params;
    if (std::string(bad.first) == "Protocol") wrong.erase(wrong.begin() + 1);
    wrong.emplace_back(bad);
    EXPECT_EQ(account.elb("CreateTargetGroup", wrong).code(), "ValidationError") << bad.first;
  }
}

TEST(Targets, MustRunAndBeInTheVpc) {
  Account account;
  const Stack stack = build_stack(account);
  const std::string fresh = account.launch(stack.subnet_a, stack.app_group);
  const auto pending = account.elb(
      "RegisterTargets", {{"TargetGroupArn", stack.target_group}, {"Targets.member.1.Id", fresh}});
  EXPECT_EQ(pending.code(), "InvalidTarget");
  EXPECT_EQ(pending.message(),
            "The following targets are not in a running state and cannot be "
            "registered: '" +
                fresh + "'");
  EXPECT_EQ(account
                .elb("RegisterTargets", {{"TargetGroupArn", stack.target_group},
                                         {"Targets.member.1.Id", "i-0123456789abcdef0"}})
                .code(),
            "InvalidTarget");
}

Params rule(const Stack& stack, const std::string& priority, const std::string& path) {
  return {
      {"ListenerArn", stack.listener},
      {"Priority", priority},
      {"Conditions.member.1.Field", "path-pattern"},
      {"Conditions.member.1.PathPatternConfig.Values.member.1", path},
      {"Actions.member.1.Type", "forward"},
      {"Actions.member.1.ForwardConfig.TargetGroups.member.1.TargetGroupArn", stack.target_group},
      {"Actions.member.1.ForwardConfig.TargetGroups.member.1.Weight", "7"}};
}

TEST(Listener, OneToAPort) {
  Account account;
  const Stack stack = build_stack(account);
  Params params{{"LoadBalancerArn", stack.load_balancer},
                {"Protocol", "HTTP"},
                {"Port", "80"},
                {"DefaultActions.member.1.Type", "forward"},
                {"DefaultActions.member.1.TargetGroupArn", stack.target_group}};
  EXPECT_EQ(account.elb("CreateListener", params).text("ListenerArn"), stack.listener);
  params[3].second = "fixed-response";
  params[4] = {"DefaultActions.member.1.FixedResponseConfig.StatusCode", "404"};
  EXPECT_EQ(account.elb("CreateListener", params).code(), "DuplicateListener");
}

TEST(Listener, HttpsNeedsACertificate) {
  Account account;
  const Stack stack = build_stack(account);
  Params params{{"LoadBalancerArn", stack.load_balancer},
                {"Protocol", "HTTPS"},
                {"Port", "443"},
                {"DefaultActions.member.1.Type", "forward"},
                {"DefaultActions.member.1.TargetGroupArn", stack.target_group}};
  EXPECT_EQ(account.elb("CreateListener", params).code(), "ValidationError");
  params.emplace_back("Certificates.member.1.CertificateArn", "nonsense");
  EXPECT_EQ(account.elb("CreateListener", params).code(), "CertificateNotFound");
  params.back().second = "arn:aws:acm:us-east-1:123456789012:certificate/1";
  EXPECT_EQ(account.elb("CreateListener", params).text("SslPolicy"), "ELBSecurityPolicy-2016-08");
  params.emplace_back("SslPolicy", "no-such");
  EXPECT_EQ(account.elb("CreateListener", params).code(), "SSLPolicyNotFound");
}

TEST(Rules, PrioritiesAreUniqueAndTheDefaultStays) {
  Account account;
  const Stack stack = build_stack(account);
  const auto made = account.elb("CreateRule", rule(stack, "10", "/a/*"));
  EXPECT_EQ(made.text("Conditions/member/Values/member"), "/a/*");
  EXPECT_EQ(made.text("Actions/member/ForwardConfig/TargetGroups/member/Weight"), "7");
  EXPECT_EQ(account.elb("CreateRule", rule(stack, "10", "/b")).code(), "PriorityInUse");
  EXPECT_EQ(account.elb("CreateRule", rule(stack, "50001", "/b")).code(), "ValidationError");
  const auto all = account.elb("DescribeRules", {{"ListenerArn", stack.listener}});
  EXPECT_EQ(all.texts("Rules/member/Priority"), (std::vector<std::string>{"10", "default"}));
  const auto arns = all.texts("Rules/member/RuleArn");
  EXPECT_EQ(account.elb("DeleteRule", {{"RuleArn", arns[1]}}).code(), "OperationNotPermitted");
  EXPECT_EQ(account.elb("DeleteRule", {{"RuleArn", arns[0]}}).code(), "");
  EXPECT_EQ(account.elb("DeleteRule", {{"RuleArn", arns[0]}}).code(), "RuleNotFound");
}

TEST(Rules, SwapPrioritiesInOneCall) {
  Account account;
  const Stack stack = build_stack(account);
  const auto a = account.elb("CreateRule", rule(stack, "1", "/a")).text("RuleArn");
  const auto b = account.elb("CreateRule", rule(stack, "2", "/b")).text("RuleArn");
  const auto swapped =
      account.elb("SetRulePriorities", {{"RulePriorities.member.1.RuleArn", a},
                                        {"RulePriorities.member.1.Priority", "2"},
                                        {"RulePriorities.member.2.RuleArn", b},
                                        {"RulePriorities.member.2.Priority", "1"}});
  EXPECT_EQ(swapped.code(), "");
  EXPECT_EQ(account.elb("DescribeRules", {{"RuleArns.member.1", a}}).text("Priority"), "2");
  const auto clash = account.elb("SetRulePriorities", {{"RulePriorities.member.1.RuleArn", a},
                                                       {"RulePriorities.member.1.Priority", "1"}});
  EXPECT_EQ(clash.code(), "PriorityInUse");
}

TEST(Rules, AreStrictAboutWhatConditionsMayBe) {
  Account account;
  const Stack stack = build_stack(account);
  const auto code = [&](const Params& condition) {
    Params params{{"ListenerArn", stack.listener},
                  {"Priority", "7"},
                  {"Actions.member.1.Type", "forward"},
                  {"Actions.member.1.TargetGroupArn", stack.target_group}};
    for (const auto& [name, value] : condition)
      params.emplace_back("Conditions.member.1." + name, value);
    return account.elb("CreateRule", params).code();
  };
  const auto from = [&](const char* network) {
    return code({{"Field", "source-ip"}, {"SourceIpConfig.Values.member.1", network}});
  };
  const auto method = [&](const char* name) {
    return code(
        {{"Field", "http-request-method"}, {"HttpRequestMethodConfig.Values.member.1", name}});
  };
  EXPECT_EQ(from("home"), "ValidationError");
  EXPECT_EQ(method("get"), "ValidationError");
  EXPECT_EQ(code({{"Field", "http-header"},
                  {"HttpHeaderConfig.HttpHeaderName", "Host"},
                  {"HttpHeaderConfig.Values.member.1", "x"}}),
            "ValidationError");
  EXPECT_EQ(from("10.0.0.0/8"), "");
  EXPECT_EQ(account
                .elb("DescribeRules",
                     {{"ListenerArn", stack.listener}, {"RuleArns.member.1", stack.listener}})
                .code(),
            "ValidationError")
      << "either or";
  EXPECT_EQ(account
                .elb("DescribeListeners", {{"LoadBalancerArn", stack.load_balancer},
                                           {"ListenerArns.member.1", stack.listener}})
                .code(),
            "ValidationError");
  EXPECT_EQ(account
                .elb("DescribeListeners",
                     {{"LoadBalancerArn", stack.load_balancer}, {"Marker", "elsewhere"}})
                .code(),
            "ValidationError");
}

TEST(Elbv2Tags, AreUpsertedAndRemoved) {
  Account account;
  const Stack stack = build_stack(account);
  account.elb("AddTags", {{"ResourceArns.member.1", stack.target_group},
                          {"Tags.member.1.Key", "a"},
                          {"Tags.member.1.Value", "1"},
                          {"Tags.member.2.Key", "b"},
                          {"Tags.member.2.Value", ""}});
  account.elb("RemoveTags",
              {{"ResourceArns.member.1", stack.target_group}, {"TagKeys.member.1", "a"}});
  const auto tags = account.elb("DescribeTags", {{"ResourceArns.member.1", stack.target_group}});
  EXPECT_EQ(tags.texts("Tags/member/Key"), std::vector<std::string>{"b"});
}

TEST(Elbv2Errors, ListEverythingThatIsWrongAtOnce) {
  Account account;
  const auto answer =
      account.elb("CreateListener", {{"Protocol", "SMTP"}, {"Port", "0"}, {"Typo", "x"}});
  EXPECT_EQ(answer.code(), "ValidationError");
  EXPECT_TRUE(answer.message().starts_with("5 validation errors detected: ")) << answer.message();
  EXPECT_NE(answer.message().find("Value 'SMTP' at 'protocol' failed to satisfy constraint: Member "
                                  "must satisfy enum value set: [HTTP, HTTPS"),
            std::string::npos);
}

}  // namespace
}  // namespace albatross::sim::test
