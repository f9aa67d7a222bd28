#include "account.hpp"

#include <gtest/gtest.h>

#include <map>

namespace albatross::sim::test {
namespace {

FaultRule rule_of(FaultKind kind, const std::string& action = "*") {
  FaultRule rule;
  rule.kind = kind;
  rule.action = action;
  return rule;
}

TEST(Faults, SkipThenHitThenAreUsedUp) {
  Account account;
  FaultRule rule = rule_of(FaultKind::throttle, "Describe*");
  rule.service = "ec2";
  rule.skip = 1;
  rule.times = 2;
  const auto index = account.cloud.faults().add(rule);
  std::vector<std::string> codes;
  for (int i = 0; i < 5; ++i)
    codes.push_back(account.ec2("DescribeVpcs").code());
  EXPECT_EQ(codes,
            (std::vector<std::string>{"", "RequestLimitExceeded", "RequestLimitExceeded", "", ""}));
  EXPECT_EQ(account.cloud.faults().hits(index), 2U);
  EXPECT_EQ(account.elb("DescribeLoadBalancers").code(), "");
}

TEST(Faults, SpeakEachServicesWords) {
  Account account;
  FaultRule rule = rule_of(FaultKind::throttle);
  rule.times = FaultRule::forever;
  account.cloud.faults().add(rule);
  EXPECT_EQ(account.ec2("DescribeVpcs").status(), 503);
  EXPECT_EQ(account.elb("DescribeLoadBalancers").code(), "Throttling");
  EXPECT_EQ(account.efs("GET", "file-systems").status(), 429);
  EXPECT_EQ(account.ssm("GetParameter", "{}").code(), "ThrottlingException");
}

TEST(Faults, ApiErrorsAndHtmlPagesComeAsAsked) {
  Account account;
  FaultRule error = rule_of(FaultKind::api_error, "DescribeVpcs");
  error.code = "InternalError";
  error.message = "boom";
  error.status = 500;
  account.cloud.faults().add(error);
  FaultRule page = rule_of(FaultKind::http_error, "DescribeSubnets");
  account.cloud.faults().add(page);
  const auto refused = account.ec2("DescribeVpcs");
  EXPECT_EQ(refused.status(), 500);
  EXPECT_EQ(refused.message(), "boom");
  const auto html = account.ec2("DescribeSubnets");
  EXPECT_EQ(html.status(), 503);
  EXPECT_TRUE(html.response.body.starts_with("<html>"));
}

TEST(Faults, OfTheWayAreForTransportsOnly) {
  Account account;
  account.cloud.faults().add(rule_of(FaultKind::reset_before, "CreateVpc"));
  EXPECT_EQ(account.ec2("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}).code(), "");
  const auto request =
      form_request("ec2", "2016-11-15", "CreateVpc", {{"CidrBlock", "10.0.0.0/16"}});
  const auto exchange = account.cloud.exchange(request, account.now, WallTime{});
  ASSERT_TRUE(exchange.fault.has_value());
  EXPECT_EQ(exchange.fault->kind, FaultKind::reset_before);
  EXPECT_EQ(account.ec2("DescribeVpcs").texts("vpcSet/item/vpcId").size(), 2U)
      << "it took no effect";
}

TEST(Faults, ALostAnswerTookEffect) {
  Account account;
  account.cloud.faults().add(rule_of(FaultKind::lost_answer, "CreateVpc"));
  const auto request =
      form_request("ec2", "2016-11-15", "CreateVpc", {{"CidrBlock", "10.0.0.0/16"}});
  EXPECT_EQ(account.cloud.exchange(request, account.now, WallTime{}).fault->kind,
            FaultKind::lost_answer);
  EXPECT_EQ(account.ec2("DescribeVpcs").texts("vpcSet/item/vpcId").size(), 2U);
}

TEST(Faults, AMalformedBodyIsNoXml) {
  Account account;
  account.cloud.faults().add(rule_of(FaultKind::malformed_body));
  EXPECT_TRUE(account.ec2("DescribeVpcs").response.body.starts_with("<<<"));
}

TEST(Faults, AtRandomAreTheSameForTheSameSeed) {
  const auto run = [](std::uint64_t seed) {
    Account account;
    FaultRates rates;
    rates.seed = seed;
    rates.throttle = 0.2;
    rates.internal_error = 0.1;
    account.cloud.faults().set_rates(rates);
    std::string codes;
    for (int i = 0; i < 200; ++i)
      codes += account.ec2("DescribeVpcs").code() + ",";
    return std::pair(codes, account.cloud.faults().total_injected());
  };
  const auto [codes, injected] = run(1);
  EXPECT_EQ(codes, run(1).first);
  EXPECT_NE(codes, run(2).first);
  EXPECT_GT(injected, 30U);
  EXPECT_LT(injected, 100U);
}

TEST(FaultFile, IsReadWhole) {
  FaultPlan plan;
  plan.load_json(R"({"rules": [
    {"kind": "delay", "service": "ec2", "action": "Run*", "skip": 1, "times": "forever", "delay": 1.5},
    {"kind": "capacity", "match": "us-east-1a"}],
    "rates": {"seed": 9, "throttle": 0.25, "longest_delay": 2}})");
  ASSERT_EQ(plan.rules().size(), 2U);
  EXPECT_EQ(plan.rules()[0].delay, std::chrono::milliseconds{1500});
  EXPECT_EQ(plan.rules()[0].times, FaultRule::forever);
  EXPECT_EQ(plan.rules()[1].match, "us-east-1a");
  EXPECT_EQ(plan.rates().throttle, 0.25);
}

TEST(FaultFile, NamesWhatIsWrongAndThenChangesNothing) {
  const std::map<std::string, std::string> cases{
      {"{", "not JSON"},
      {R"({"rule": []})", "unknown member 'rule'"},
      {R"({"rules": [{"kind": "throttle"}, {"kind": "sabotage"}]})", "rules[1].kind"},
      {R"({"rules": [{"kind": "delay", "delay": "long"}]})", "rules[0].delay"},
      {R"({"rates": {"throttle": 2}})", "rates.throttle"},
  };
  for (const auto& [text, words] : cases) {
    FaultPlan plan;
    try {
      plan.load_json(text);
      ADD_FAILURE() << text;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
    }
    EXPECT_TRUE(plan.empty());
  }
}

TEST(Throttling, FollowsTheTokenBuckets) {
  CloudOptions options;
  options.throttling = true;
  Account account(options);
  int admitted = 0;
  while (account.ec2("DescribeVpcs").code().empty())
    ++admitted;
  EXPECT_EQ(admitted, 50 * 0 + 100);
  account.pass(1s);
  EXPECT_EQ(account.ec2("DescribeVpcs").code(), "");
  int creations = 0;
  while (account.elb("CreateLoadBalancer", {{"Name", "x"}}).code() == "ValidationError")
    ++creations;
  EXPECT_EQ(creations, 10);
}

TEST(Calls, AreRememberedWithoutSecretsAndBounded) {
  CloudOptions options;
  options.call_history = 3;
  Account account(options);
  for (int i = 0; i < 5; ++i)
    account.ec2("DescribeVpcs");
  account.ec2("RunInstances", {{"UserData", "c2VjcmV0"}, {"ImageId", "ami-1"}});
  const auto& calls = account.cloud.calls();
  ASSERT_EQ(calls.size(), 3U);
  EXPECT_EQ(account.cloud.total_calls(), 6U);
  EXPECT_EQ(calls.back().action, "RunInstances");
  EXPECT_EQ(calls.back().error_code, "MissingParameter");
  EXPECT_EQ(calls.back().parameters, "ImageId=ami-1");
}

TEST(Determinism, SameSeedSameBytes) {
  const auto run = [](std::uint64_t seed) {
    CloudOptions options;
    options.seed = seed;
    Account account(options);
    const Stack stack = build_stack(account);
    account.pass(300s);
    std::string bytes =
        account.elb("DescribeTargetHealth", {{"TargetGroupArn", stack.target_group}}).response.body;
    return bytes + account.ec2("DescribeInstances").response.body;
  };
  EXPECT_EQ(run(1), run(1));
  EXPECT_NE(run(1), run(2));
}

}  // namespace
}  // namespace albatross::sim::test
