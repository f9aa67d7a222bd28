#include "account.hpp"
#include "sim/fault_members.hpp"

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

TEST(Faults, OfAnActionMeanTheCallsThatDoSomething) {
  FaultPlan plan;
  FaultRule rule;
  rule.action = "RunInstances";
  plan.add(rule);
  EXPECT_FALSE(plan.next_call("ec2", "RunInstances", true, "", true)) << "a dry run";
  EXPECT_TRUE(plan.next_call("ec2", "RunInstances", true));
  FaultRule any;
  plan.add(any);
  EXPECT_TRUE(plan.next_call("ec2", "RunInstances", true, "", true)) << "a rule for all calls";
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

TEST(FaultFile, NamesEveryMistakeWithItsPlaceAndThenChangesNothing) {
  const std::map<std::string, std::string> cases{
      {"{", "1:2: not JSON: syntax error"},
      {"[]", "1:1: expected an object"},
      {R"({"rule": []})", "1:2: rule: a fault plan has no such member; it has rules, rates"},
      {"{\"rules\": [{\"kind\": \"throttle\"},\n {\"kind\": \"sabotage\"}]}",
       "2:11: rules[1].kind: 'sabotage' is no kind of fault; kinds are api_error, throttle"},
      {R"({"rules": [{"kind": "delay", "delay": "long"}]})",
       "1:39: rules[0].delay: expected a number"},
      {R"({"rules": [{"kind": "delay"}]})", "1:12: rules[0]: needs delay, in seconds"},
      {R"({"rules": [{"kind": "throttle", "status": 500}]})",
       "1:33: rules[0].status: a fault of kind throttle has no such member"},
      {R"({"rules": [{"kind": "throttle", "action": "RunInstance"}]})",
       "1:43: rules[0].action: no action that is simulated is called 'RunInstance'"},
      {R"({"rules": [{"kind": "throttle", "service": "s3"}]})", "1:44: rules[0].service: 's3'"},
      {R"({"rules": [{"kind": "throttle", "times": 1.5}]})", "rules[0].times: expected a whole"},
      {R"({"rules": [{"kind": "throttle", "times": 1, "times": 2}]})",
       "1:45: rules[0].times: given"},
      {R"({"rules": [{"match": "a"}]})", "1:12: rules[0]: needs a kind"},
      {"{\"rates\":\n  {\"throttle\": 2}}", "2:16: rates.throttle: too large a number"},
  };
  for (const auto& [text, words] : cases) {
    FaultPlan plan;
    try {
      plan.load_json(text);
      ADD_FAILURE() << text;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(words), std::string::npos)
          << error.what() << "\nfor " << text;
    }
    EXPECT_TRUE(plan.empty());
  }
}

TEST(FaultFile, SaysAllMistakesAtOnceInTheOrderOfTheText) {
  FaultPlan plan;
  try {
    plan.load_json(
        "{\"rules\": [{\"kind\": \"x\"},\n{\"kind\": \"stall\", \"skip\": -1}],\n\"more\": 1}");
    ADD_FAILURE();
  } catch (const FaultPlanError& error) {
    ASSERT_EQ(error.problems().size(), 3U) << error.what();
    EXPECT_EQ(error.problems()[0].line, 1U);
    EXPECT_EQ(error.problems()[1].message, "rules[1].skip: too small a number");
    EXPECT_EQ(error.problems()[2].line, 3U);
  }
}

TEST(FaultFile, ReadsWhatItWrote) {
  FaultRule rule = rule_of(FaultKind::clock_skew, "Describe*");
  rule.service = "ec2";
  rule.skip = 2;
  rule.times = FaultRule::forever;
  rule.skew = -std::chrono::minutes{20};
  FaultPlan plan;
  plan.load_json("{\"rules\": [" + to_json(rule) + "]}");
  ASSERT_EQ(plan.rules().size(), 1U);
  EXPECT_EQ(to_json(plan.rules()[0]), to_json(rule));
  EXPECT_EQ(plan.rules()[0].skew, rule.skew);
}

TEST(FaultFile, EveryKindCanBeWrittenAndRead) {
  const auto names = fault_kind_names();
  EXPECT_EQ(names.size(), 15U);
  for (const auto name : names) {
    const auto kind = parse_fault_kind(name);
    ASSERT_TRUE(kind.has_value());
    EXPECT_EQ(to_string(*kind), name);
    EXPECT_FALSE(members_of(*kind).empty());
  }
}

TEST(Faults, CredentialsExpireMidwayAndStayExpired) {
  Account account;
  FaultRule rule = rule_of(FaultKind::credentials_expired);
  rule.skip = 2;
  account.cloud.faults().add(rule);
  const auto call = [&](const std::string& key, const std::string& service) {
    auto request = form_request(service, service == "ec2" ? "2016-11-15" : "2015-12-01",
                                service == "ec2" ? "DescribeVpcs" : "DescribeLoadBalancers", {});
    request.headers.set("Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/us-east-1/" +
                            (service == "ec2" ? "ec2" : "elasticloadbalancing") + "/aws4_request");
    return account.send(std::move(request)).code();
  };
  EXPECT_EQ(call("OLD", "ec2"), "");
  EXPECT_EQ(call("OLD", "ec2"), "");
  EXPECT_EQ(call("OLD", "ec2"), "RequestExpired");
  EXPECT_EQ(call("OLD", "elb"), "ExpiredToken") << "each service in its own words";
  EXPECT_EQ(call("NEW", "ec2"), "") << "fresh credentials are good";
}

TEST(Faults, AClockThatIsAheadRefusesSignaturesAndSaysItsTime) {
  Account account;
  FaultRule rule = rule_of(FaultKind::clock_skew, "DescribeVpcs");
  rule.skew = std::chrono::hours{1};
  account.cloud.faults().add(rule);
  const auto date = [&] {
    return std::string(account.ec2("DescribeVpcs").response.headers.find("date").value_or(""));
  };
  const std::string skewed = date();
  const std::string straight = date();
  EXPECT_NE(skewed, straight);
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
