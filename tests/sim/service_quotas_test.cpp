#include "account.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <stdexcept>
#include <utility>

namespace albatross::sim::test {
namespace {

using Json = nlohmann::json;

Json body_of(const Answer& answer) {
  return Json::parse(answer.response.body);
}

double value_of(Account& account, const std::string& service, const std::string& code,
                const std::string& action = "GetServiceQuota") {
  const auto answer =
      account.quotas(action, Json{{"ServiceCode", service}, {"QuotaCode", code}}.dump());
  return body_of(answer)["Quota"]["Value"];
}

TEST(ServiceQuotas, TellWhatTheAccountMayHaveAndAwssDefault) {
  CloudOptions options;
  options.quotas["L-1216C47A"] = 6;
  Account account(options);
  EXPECT_EQ(value_of(account, "ec2", "L-1216C47A"), 6);
  EXPECT_EQ(value_of(account, "ec2", "L-1216C47A", "GetAWSDefaultServiceQuota"), 1280);
  EXPECT_EQ(value_of(account, "elasticloadbalancing", "L-53DA6B97"), 50);
  const auto quota = body_of(account.quotas(
      "GetServiceQuota", R"({"ServiceCode":"vpc","QuotaCode":"L-F678F1CE"})"))["Quota"];
  EXPECT_EQ(quota["QuotaArn"], "arn:aws:servicequotas:us-east-1:123456789012:vpc/L-F678F1CE");
  EXPECT_EQ(quota["QuotaName"], "VPCs per Region");
}

TEST(ServiceQuotas, AreWhatLoadBalancingTellsOfItsLimitsToo) {
  CloudOptions options;
  options.quotas["L-53DA6B97"] = 7;
  Account account(options);
  const auto limits = account.elb("DescribeAccountLimits").response.body;
  EXPECT_NE(limits.find("<Name>application-load-balancers</Name><Max>7</Max>"), std::string::npos)
      << limits;
  EXPECT_NE(limits.find("<Name>target-groups</Name><Max>3000</Max>"), std::string::npos);
}

TEST(ServiceQuotas, AreListedByPages) {
  Account account;
  std::vector<std::string> codes;
  Json token;
  do {
    Json ask = {{"ServiceCode", "vpc"}, {"MaxResults", 3}};
    if (token.is_string()) ask["NextToken"] = token;
    const Json page = body_of(account.quotas("ListServiceQuotas", ask.dump()));
    EXPECT_LE(page["Quotas"].size(), 3U);
    for (const auto& quota : page["Quotas"])
      codes.push_back(quota["QuotaCode"]);
    token = page.value("NextToken", Json());
  } while (token.is_string());
  EXPECT_EQ(codes.size(), 7U);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "L-F678F1CE"), 1);
}

TEST(ServiceQuotas, RefuseWhatIsNotThere) {
  Account account;
  const auto ask = [&](const std::string& body) {
    return account.quotas("GetServiceQuota", body).code();
  };
  EXPECT_EQ(ask(R"({"ServiceCode":"ec2","QuotaCode":"L-00000000"})"), "NoSuchResourceException");
  EXPECT_EQ(ask(R"({"ServiceCode":"none","QuotaCode":"L-1216C47A"})"), "NoSuchResourceException");
  EXPECT_EQ(ask(R"({"ServiceCode":"vpc","QuotaCode":"L-1216C47A"})"), "NoSuchResourceException");
  EXPECT_EQ(ask(R"({"ServiceCode":"ec2"})"), "IllegalArgumentException");
}

TEST(ServiceQuotas, AreOfServicesListedInPages) {
  Account account;
  Json ask = {{"MaxResults", 3}};
  const Json first = body_of(account.quotas("ListServices", ask.dump()));
  EXPECT_EQ(first["Services"].size(), 3U);
  ask["NextToken"] = first["NextToken"];
  const Json second = body_of(account.quotas("ListServices", ask.dump()));
  EXPECT_EQ(second["Services"].size(), 2U);
  EXPECT_FALSE(second.contains("NextToken"));
}

TEST(ServiceQuotas, OfUnknownCodesCannotBeGiven) {
  for (const auto& [code, value] : {std::pair{"L-00000000", 1.0}, std::pair{"L-F678F1CE", -1.0}}) {
    CloudOptions options;
    options.quotas[code] = value;
    EXPECT_THROW(Cloud{options}, std::invalid_argument) << code;
  }
}

TEST(ServiceQuotas, AreWhatCreationsAreHeldTo) {
  CloudOptions options;
  options.quotas = {{"L-F678F1CE", 2}, {"L-53DA6B97", 0}, {"L-1216C47A", 3}, {"L-B22855CB", 1}};
  Account account(options);
  EXPECT_EQ(account.ec2("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}).code(), "");
  EXPECT_EQ(account.ec2("CreateVpc", {{"CidrBlock", "10.1.0.0/16"}}).code(), "VpcLimitExceeded");
  const auto subnets = account.default_subnets();
  const Params balancer = {
      {"Name", "q"}, {"Subnets.member.1", subnets[0]}, {"Subnets.member.2", subnets[1]}};
  EXPECT_EQ(account.elb("CreateLoadBalancer", balancer).code(), "TooManyLoadBalancers");
  EXPECT_NE(account.launch(subnets[0], account.default_group()), "");
  const auto second = account.ec2("RunInstances", {{"ImageId", "ami-0a1b2c3d4e5f60001"},
                                                   {"InstanceType", "t3.micro"},
                                                   {"MinCount", "1"},
                                                   {"MaxCount", "1"}});
  EXPECT_EQ(second.code(), "VcpuLimitExceeded");
  EXPECT_NE(second.message().find("vCPU limit of 3"), std::string::npos);
}

}  // namespace
}  // namespace albatross::sim::test
