#include "albatross/clients/ssm.hpp"
#include "albatross/clients/sts.hpp"

#include "wire_bench.hpp"

#include <chrono>

namespace albatross::test {
namespace {

template <class Operation, class Request>
void expect_sent(const std::string& sample, Operation operation, Request request) {
  expect_like_botocore<sts::Client>("sts", sample, operation, std::move(request));
}

TEST(Sts, SendsAsBotocoreDoes) {
  using namespace sts;
  expect_sent("GetCallerIdentity", &Client::get_caller_identity, GetCallerIdentityRequest{});
  expect_sent("AssumeRole", &Client::assume_role,
              AssumeRoleRequest{.role_arn = "arn:aws:iam::123456789012:role/r",
                                .role_session_name = "session",
                                .duration_seconds = 900,
                                .external_id = "ext",
                                .serial_number = "arn:aws:iam::1:mfa/x",
                                .token_code = "123456",
                                .source_identity = "me",
                                .policy = R"({"a":1})",
                                .policy_arns = {"arn:aws:iam::aws:policy/P-policies"},
                                .tags = {{"k", "v"}}});
  expect_sent("AssumeRoleWithWebIdentity", &Client::assume_role_with_web_identity,
              AssumeRoleWithWebIdentityRequest{"arn:aws:iam::123456789012:role/r", "session",
                                               Secret("a.b.c"), 900});
  expect_sent("DecodeAuthorizationMessage", &Client::decode_authorization_message,
              DecodeAuthorizationMessageRequest{"abc-_="});
}

TEST(Sts, WebIdentityIsSentUnsignedAndNothingElseIs) {
  WireBench<sts::Client> web({answer(200, "<AssumeRoleWithWebIdentityResponse/>")});
  web.run(&sts::Client::assume_role_with_web_identity, sts::AssumeRoleWithWebIdentityRequest{});
  EXPECT_FALSE(web.requests().at(0).headers.find("authorization"));
  WireBench<sts::Client> plain({answer(200, "<AssumeRoleResponse/>")});
  plain.run(&sts::Client::assume_role, sts::AssumeRoleRequest{});
  EXPECT_TRUE(plain.requests().at(0).headers.find("authorization"));
}

TEST(Sts, ReadsTemporaryCredentials) {
  WireBench<sts::Client> bench({answer(200, R"(<AssumeRoleResponse><AssumeRoleResult><Credentials>
    <AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>secret/+</SecretAccessKey><SessionToken>tok==</SessionToken>
    <Expiration>2026-01-05T11:00:00Z</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId>
    <Arn>arn:s</Arn></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>)")});
  const auto role = bench.run(&sts::Client::assume_role, sts::AssumeRoleRequest{});
  ASSERT_TRUE(role);
  EXPECT_EQ(role->credentials.credentials.access_key_id, "ASIA1");
  EXPECT_EQ(role->credentials.credentials.secret_access_key.reveal(), "secret/+");
  EXPECT_EQ(role->credentials.credentials.session_token.reveal(), "tok==");
  using namespace std::chrono;
  EXPECT_EQ(role->credentials.expiration, sys_days{2026y / 1 / 5} + 11h);
  EXPECT_EQ(role->assumed_role_arn, "arn:s");
}

TEST(Sts, AnExpirationThatIsNoTimeIsMalformed) {
  WireBench<sts::Client> bench({answer(200,
                                       "<AssumeRoleResponse><Credentials><Expiration>soon</"
                                       "Expiration></Credentials></AssumeRoleResponse>")});
  EXPECT_FALSE(bench.run(&sts::Client::assume_role, sts::AssumeRoleRequest{}));
  ASSERT_TRUE(bench.error());
  EXPECT_EQ(bench.error()->code(), "Response.malformed");
}

TEST(Ssm, SendsAsBotocoreDoes) {
  expect_like_botocore<ssm::Client>("ssm", "GetParameter", &ssm::Client::get_parameter,
                                    ssm::GetParameterRequest{"/aws/service/x", true});
  expect_like_botocore<ssm::Client>("ssm", "GetParameters", &ssm::Client::get_parameters,
                                    ssm::GetParametersRequest{{"/a", "/b"}, true});
}

TEST(Ssm, NamesItsActionInAHeader) {
  WireBench<ssm::Client> bench(
      {answer(200, R"({"Parameter":{"Name":"/x","Value":"ami-1","Version":12}})")});
  const auto parameter = bench.run(&ssm::Client::get_parameter, ssm::GetParameterRequest{"/x"});
  ASSERT_TRUE(parameter);
  EXPECT_EQ(parameter->parameter.value.reveal(), "ami-1");
  EXPECT_EQ(parameter->parameter.version, 12);
  const auto& headers = bench.requests().at(0).headers;
  EXPECT_EQ(headers.find("x-amz-target"), "AmazonSSM.GetParameter");
  EXPECT_EQ(headers.find("content-type"), "application/x-amz-json-1.1");
  EXPECT_EQ(bench.requests().at(0).body, R"({"Name":"/x"})");
}

TEST(Ssm, UnknownNamesAreListedAndNoError) {
  WireBench<ssm::Client> bench({answer(200, R"({"Parameters":[],"InvalidParameters":["/a"]})")});
  const auto found = bench.run(&ssm::Client::get_parameters, ssm::GetParametersRequest{{"/a"}});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->invalid_parameters, std::vector<std::string>{"/a"});
}

}  // namespace
}  // namespace albatross::test
