#include "account.hpp"
#include "sim/iam/policy.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace albatross::sim::test {
namespace {

using iam::Decision;

constexpr const char* reader =
    R"({"Statement":[{"Effect":"Allow","Action":["ec2:Describe*","elasticloadbalancing:*",)"
    R"("iam:SimulatePrincipalPolicy"],"Resource":"*"},)"
    R"({"Effect":"Deny","Action":"elasticloadbalancing:Delete*","Resource":"*"}]})";

constexpr const char* user = "arn:aws:iam::123456789012:user/albatross";

CloudOptions as_reader() {
  CloudOptions options;
  options.caller_policy = reader;
  return options;
}

TEST(Policy, DenyWinsAndNothingIsAllowedByItself) {
  EXPECT_EQ(iam::decide({reader}, "ec2:DescribeVpcs", "*"), Decision::allowed);
  EXPECT_EQ(iam::decide({reader}, "EC2:describevpcs", "*"), Decision::allowed);
  EXPECT_EQ(iam::decide({reader}, "ec2:RunInstances", "*"), Decision::implicit_deny);
  EXPECT_EQ(iam::decide({reader}, "elasticloadbalancing:DeleteRule", "*"), Decision::explicit_deny);
  EXPECT_EQ(iam::decide({"not json", "{}"}, "ec2:DescribeVpcs", "*"), Decision::implicit_deny);
}

TEST(Policy, LooksAtResourcesAndExceptions) {
  const std::string one = R"({"Statement":{"Effect":"Allow","NotAction":"iam:*",)"
                          R"("Resource":"arn:aws:s3:::mine/*"}})";
  EXPECT_EQ(iam::decide({one}, "s3:GetObject", "arn:aws:s3:::mine/a"), Decision::allowed);
  EXPECT_EQ(iam::decide({one}, "s3:GetObject", "arn:aws:s3:::yours/a"), Decision::implicit_deny);
  EXPECT_EQ(iam::decide({one}, "iam:GetRole", "arn:aws:s3:::mine/a"), Decision::implicit_deny);
  EXPECT_EQ(iam::decide({one}, "s3:GetObject", ""), Decision::allowed) << "for some resource";
}

TEST(Permissions, CannotBeMadeOfWhatIsNoPolicy) {
  for (const char* wrong : {"{", "[]", R"({"Version":"2012-10-17"})", R"({"Statement":"all"})",
                            R"({"Statement":[{"Effect":"Permit","Action":"*","Resource":"*"}]})",
                            R"({"Statement":[{"Effect":"Allow","Resource":"*"}]})",
                            R"({"Statement":[{"Effect":"Allow","Action":["ec2:*"]}]})"}) {
    CloudOptions options;
    options.caller_policy = wrong;
    EXPECT_THROW(Cloud{options}, std::invalid_argument) << wrong;
  }
}

TEST(Permissions, AreRefusedInEachServicesWords) {
  Account account(as_reader());
  EXPECT_EQ(account.ec2("DescribeVpcs").code(), "");
  const auto launch = account.ec2("RunInstances", {{"MinCount", "1"}, {"MaxCount", "1"}});
  EXPECT_EQ(launch.code(), "UnauthorizedOperation");
  EXPECT_EQ(launch.status(), 403);
  EXPECT_NE(launch.message().find("no identity-based policy allows the ec2:RunInstances action"),
            std::string::npos);
  const auto removal = account.elb("DeleteRule", {{"RuleArn", "x"}});
  EXPECT_EQ(removal.code(), "AccessDenied");
  EXPECT_NE(removal.message().find("explicit deny"), std::string::npos);
  EXPECT_EQ(account.efs("GET", "file-systems").code(), "AccessDeniedException");
  EXPECT_EQ(account.efs("GET", "file-systems").status(), 403);
  EXPECT_EQ(account.ssm("GetParameter", R"({"Name":"/x"})").status(), 400);
  EXPECT_EQ(account.sts("GetCallerIdentity").code(), "") << "needs no permission";
}

TEST(Permissions, AreWhatADryRunTells) {
  const Params dry = {{"CidrBlock", "10.0.0.0/16"}, {"DryRun", "true"}};
  Account free;
  EXPECT_EQ(free.ec2("CreateVpc", dry).code(), "DryRunOperation");
  Account bound(as_reader());
  EXPECT_EQ(bound.ec2("CreateVpc", dry).code(), "UnauthorizedOperation");
}

TEST(Permissions, AreSimulatedAsTheyAreHeldTo) {
  Account account(as_reader());
  const auto answer = account.iam("SimulatePrincipalPolicy",
                                  {{"PolicySourceArn", user},
                                   {"ActionNames.member.1", "ec2:DescribeVpcs"},
                                   {"ActionNames.member.2", "ec2:RunInstances"},
                                   {"ActionNames.member.3", "elasticloadbalancing:DeleteRule"}});
  EXPECT_EQ(answer.texts("member/EvalDecision"),
            (std::vector<std::string>{"allowed", "implicitDeny", "explicitDeny"}));
  EXPECT_EQ(answer.texts("member/EvalActionName").size(), 3U);
}

TEST(Permissions, OfAStrangerAreNotSimulated) {
  Account account;
  const auto code = [&](const std::string& arn, const std::string& action) {
    return account
        .iam("SimulatePrincipalPolicy",
             {{"PolicySourceArn", arn}, {"ActionNames.member.1", action}})
        .code();
  };
  EXPECT_EQ(code(user, "ec2:DescribeVpcs"), "");
  EXPECT_EQ(code("arn:aws:iam::123456789012:role/none", "ec2:DescribeVpcs"), "NoSuchEntity");
  EXPECT_EQ(code("arn:aws:sts::123456789012:assumed-role/a/b", "ec2:DescribeVpcs"), "InvalidInput");
  EXPECT_EQ(code(user, "DescribeVpcs"), "InvalidInput");
}

TEST(Permissions, OfARoleBindItsSessions) {
  Account account;
  const auto role = account.iam(
      "CreateRole",
      {{"RoleName", "ci"},
       {"AssumeRolePolicyDocument", R"({"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",)"
                                    R"("Principal":{"AWS":"*"}}]})"}});
  account.iam("PutRolePolicy",
              {{"RoleName", "ci"},
               {"PolicyName", "read"},
               {"PolicyDocument",
                R"({"Statement":[{"Effect":"Allow","Action":"ec2:Describe*","Resource":"*"}]})"}});
  const auto session =
      account.sts("AssumeRole", {{"RoleArn", role.text("Role/Arn")}, {"RoleSessionName", "run"}});
  const auto key = session.text("Credentials/AccessKeyId");
  ASSERT_FALSE(key.empty());
  const auto as_role = [&](const std::string& action, const Params& params) {
    auto request = form_request("ec2", "2016-11-15", action, params);
    request.headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=" + key +
                                             "/20260101/us-east-1/ec2/aws4_request");
    return account.send(std::move(request)).code();
  };
  EXPECT_EQ(as_role("DescribeVpcs", {}), "");
  EXPECT_EQ(as_role("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}), "UnauthorizedOperation");
  account.iam("AttachRolePolicy",
              {{"RoleName", "ci"}, {"PolicyArn", "arn:aws:iam::aws:policy/AmazonEC2FullAccess"}});
  EXPECT_EQ(as_role("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}), "");
  EXPECT_EQ(account.ec2("CreateVpc", {{"CidrBlock", "10.1.0.0/16"}}).code(), "")
      << "the user is bound by nothing";
}

}  // namespace
}  // namespace albatross::sim::test
