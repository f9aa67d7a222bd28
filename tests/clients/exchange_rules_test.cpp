#include "albatross/clients/exchange_rules.hpp"

#include "albatross/http/message.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace albatross {
namespace {

using http::Headers;
using http::Request;
using http::Response;

Request request_to(const std::string& url, const std::string& method, Headers headers,
                   const std::string& body) {
  Request request;
  const http::Url parsed = http::parse_url(url);
  request.origin = parsed.origin;
  request.target = parsed.target;
  request.method = method;
  request.headers = std::move(headers);
  request.body = body;
  return request;
}

Headers signed_for(const std::string& service, const std::string& type) {
  return {{"Content-Type", type},
          {"X-Amz-Date", "20260101T000000Z"},
          {"X-Amz-Security-Token", "IQoJsecrettokenIQoJ=="},
          {"Authorization",
           "AWS4-HMAC-SHA256 Credential=ASIAQWERTYUIOP123456/20260101/us-east-1/" + service +
               "/aws4_request, SignedHeaders=host;x-amz-date, Signature=abcdef01"}};
}

Request form(const std::string& service, const std::string& body) {
  return request_to("http://127.0.0.1:4566/", "POST",
                    signed_for(service, "application/x-www-form-urlencoded; charset=utf-8"), body);
}

std::string all_of(const Request& request) {
  std::string out = request.method + " " + request.target + "\n";
  for (const http::Header& header : request.headers)
    out += header.name + ": " + header.value + "\n";
  return out + request.body;
}

std::string answer(AwsExchangeRules& rules, const Request& request, const std::string& body) {
  Response response{200, "OK", {}, body};
  rules.redact(request, response);
  return response.body;
}

TEST(AwsExchangeRules, NamesOperations) {
  const AwsExchangeRules rules;
  EXPECT_EQ(rules.title(form("ec2", "Action=DescribeVpcs&Version=2016-11-15")), "ec2 DescribeVpcs");
  EXPECT_EQ(rules.title(form("elasticloadbalancing", "Version=1&Action=CreateRule")),
            "elbv2 CreateRule");
  EXPECT_EQ(rules.title(request_to("http://h/2015-02-01/file-systems/fs-01/policy?x=1", "PUT",
                                   signed_for("elasticfilesystem", "application/json"), "{}")),
            "efs PUT /file-systems/*/policy");
  Headers json = signed_for("ssm", "application/x-amz-json-1.1");
  json.add("X-Amz-Target", "AmazonSSM.GetParameter");
  EXPECT_EQ(rules.title(request_to("http://h/", "POST", json, "{}")), "ssm GetParameter");
  EXPECT_EQ(rules.title(request_to("http://169.254.169.254/latest/api/token", "PUT", {}, "")),
            "metadata PUT /latest/api/token");
  EXPECT_EQ(rules.title(request_to("https://portal.sso.eu-west-1.amazonaws.com/federation/x", "GET",
                                   {}, "")),
            "portal GET /federation/x");
}

TEST(AwsExchangeRules, KnowsWhatOnlyFetchesCredentials) {
  EXPECT_TRUE(AwsExchangeRules::fetches_credentials(form("sts", "Action=AssumeRole&RoleArn=x")));
  EXPECT_TRUE(AwsExchangeRules::fetches_credentials(
      request_to("http://169.254.169.254/latest/api/token", "PUT", {}, "")));
  EXPECT_FALSE(AwsExchangeRules::fetches_credentials(form("sts", "Action=GetCallerIdentity")));
}

// Every secret that goes in, by every way in which it can come along.
TEST(AwsExchangeRules, LetsNoSecretThrough) {
  AwsExchangeRules rules;
  rules.add_secret("known-beforehand");
  std::string out;
  const auto send = [&](Request request, const std::string& body) {
    rules.redact(request);
    out += all_of(request) + "\n" + answer(rules, request, body) + "\n";
  };
  send(form("ec2",
            "Action=RunInstances&UserData=c2VjcmV0IHVzZXIgZGF0YQ%3D%3D&ClientToken=t-1"
            "&Note=known-beforehand"),
       "<R><ownerId>998877665544</ownerId><userData><value>bW9yZSB1c2VyIGRhdGE=</value></userData>"
       "<keyMaterial>-----BEGIN RSA-----</keyMaterial></R>");
  send(form("sts",
            "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A998877665544%3Arole%2Fops"
            "&ExternalId=external-0815&TokenCode=424242&WebIdentityToken=eyJweb.identity"),
       "<A><AccessKeyId>ASIAZZZZZZZZZZZZZZZZ</AccessKeyId>"
       "<SecretAccessKey>wJalrXUtnFEMI/K7MDENG</SecretAccessKey>"
       "<SessionToken>FwoGZXIvYXdzEXAMPLETOKEN</SessionToken>"
       "<Arn>arn:aws:sts::998877665544:assumed-role/ops/me</Arn>"
       "<UserId>AROAXXXXXXXXXXXXXXXXX:me</UserId></A>");
  // What was a secret there is one here too.
  send(form("ec2", "Action=X&Echo=FwoGZXIvYXdzEXAMPLETOKEN"),
       "<Error><Message>bad key wJalrXUtnFEMI/K7MDENG of 998877665544</Message></Error>");
  send(request_to("http://169.254.169.254/latest/api/token", "PUT", {}, ""), "AQAEAimdstoken==");
  send(request_to("http://169.254.169.254/latest/meta-data/iam/security-credentials/r", "GET",
                  {{"X-aws-ec2-metadata-token", "AQAEAimdstoken=="}}, ""),
       R"({"Code":"Success","AccessKeyId":"ASIAYYYYYYYYYYYYYYYY","SecretAccessKey":"imds/secret",)"
       R"("Token" : "imds.session.token","Expiration":"2026-01-01T06:00:00Z"})");
  send(request_to("https://portal.sso.us-east-1.amazonaws.com/federation/credentials?role_name=r",
                  "GET", {{"x-amz-sso_bearer_token", "sso-bearer-token"}}, ""),
       R"({"roleCredentials":{"secretAccessKey":"sso/secret","sessionToken":"sso.session"}})");
  send(request_to("https://oidc.us-east-1.amazonaws.com/token", "POST",
                  {{"Content-Type", "application/json"}},
                  R"({"clientSecret":"oidc-client","refreshToken":"oidc-refresh"})"),
       R"({"accessToken":"oidc-access","idToken":"oidc-id"})");
  send(request_to("http://127.0.0.1/creds", "GET", {{"Authorization", "container-bearer"}}, ""),
       R"({"Password":["a-pass\"phrase",{"x":"deep-secret"},-47110815.5],"Ok":"kept","N":1})");
  send(request_to("http://h/", "POST", signed_for("ssm", "application/x-amz-json-1.1"),
                  R"({"Name":"/db","WithDecryption":true})"),
       R"({"Parameter":{"Name":"/db","Type":"SecureString","Value":"ssm-secret"}})");
  send(request_to("https://h/x?X-Amz-Signature=0123abcd&X-Amz-Security-Token=query-token%2B1&a=1",
                  "GET", {{"Cookie", "session=c00kie"}}, ""),
       "");
  for (const char* secret :
       {"c2VjcmV0IHVz",  "bW9yZSB1c2Vy", "BEGIN RSA",        "998877665544", "known-beforehand",
        "external-0815", "424242",       "eyJweb",           "ASIA",         "wJalrXUtnFEMI",
        "FwoGZXIvYXdz",  "AROAXXXX",     "imdstoken",        "imds/secret",  "imds.session",
        "sso-bearer",    "sso/secret",   "sso.session",      "oidc-client",  "oidc-refresh",
        "oidc-access",   "oidc-id",      "container-bearer", "phrase\"",     "deep-secret",
        "ssm-secret",    "0123abcd",     "query-token",      "c00kie",       "abcdef01",
        "IQoJ",          "47110815"}) {
    const std::size_t at = out.find(secret);
    const bool stand_in = at != std::string::npos && out.substr(at + 4, 7) == "EXAMPLE";
    EXPECT_TRUE(at == std::string::npos || stand_in) << secret << " in\n" << out.substr(at, 60);
  }
  EXPECT_NE(out.find("\"Ok\":\"kept\",\"N\":1}"), std::string::npos);
  EXPECT_NE(out.find("Credential=ASIAEXAMPLE000000001/20260101/us-east-1/ec2/aws4_request"),
            std::string::npos);
  EXPECT_NE(out.find("\"Code\":\"Success\""), std::string::npos);
  EXPECT_NE(out.find("role_name=r"), std::string::npos);
}

TEST(AwsExchangeRules, ReplacesAccountNumbersEverywhereByTheSame) {
  AwsExchangeRules rules;
  Request request = form("iam", "Action=GetRole&RoleName=arn%3Aaws%3Aiam%3A%3A111122223333%3Ar");
  rules.redact(request);
  EXPECT_EQ(request.body, "Action=GetRole&RoleName=arn%3Aaws%3Aiam%3A%3A123456789012%3Ar");
  EXPECT_EQ(rules.redact_text("arn:aws:iam::444455556666:role/x and 111122223333, bucket-"
                              "444455556666 policy %3A111122223333%3A"),
            "arn:aws:iam::124456789012:role/x and 123456789012, bucket-124456789012 policy "
            "%3A123456789012%3A");
  EXPECT_EQ(rules.redact_text("1111222233334 11112222333 a111122223333 i-0a111122223333b"),
            "1111222233334 11112222333 a111122223333 i-0a111122223333b");
  // A real account that looks like a stand-in which is taken already.
  EXPECT_EQ(rules.redact_text("123456789012 777788889999"), "125456789012 126456789012");
}

TEST(AwsExchangeRules, RedactingTwiceChangesNothing) {
  AwsExchangeRules recorder;
  Request request = form("ec2", "Action=RunInstances&UserData=c2VjcmV0&A=arn%3A%3A999988887777");
  recorder.redact(request);
  const std::string body = answer(
      recorder, request, "<R><ownerId>999988887777</ownerId><id>AROAABCDEFGHIJKLMNOP</id></R>");
  const std::string once = all_of(request);
  AwsExchangeRules replayer;
  replayer.redact(request);
  EXPECT_EQ(all_of(request), once);
  EXPECT_EQ(answer(replayer, request, body), body);
}

std::string value_of(const std::vector<http::RequestMember>& members, const std::string& name) {
  for (const http::RequestMember& member : members) {
    if (member.name == name) return (member.distinguishing ? "" : "~") + member.value;
  }
  return "absent";
}

TEST(AwsExchangeRules, ComparesWhatIsAskedForAndNotWhenOrWhere) {
  const AwsExchangeRules rules;
  Request one =
      form("ec2",
           "Action=RunInstances&ImageId=ami-1&ClientToken=abc&UserData=eA%3D%3D"
           "&TagSpecification.1.Tag.1.Value=v&Filter.1.Name=client-token&Filter.1.Value.1="
           "abc");
  Request two =
      form("ec2",
           "Action=RunInstances&ImageId=ami-1&ClientToken=xyz&UserData=eA%3D%3D"
           "&TagSpecification.1.Tag.1.Value=v&Filter.1.Name=client-token&Filter.1.Value.1="
           "xyz");
  two.origin = http::parse_url("https://ec2.us-east-1.amazonaws.com").origin;
  two.headers.set("X-Amz-Date", "20270101T000000Z");
  EXPECT_EQ(rules.members(one), rules.members(two));
  const auto members = rules.members(one);
  EXPECT_EQ(value_of(members, "ClientToken"), "~(any)");
  EXPECT_EQ(value_of(members, "ImageId"), "ami-1");
  EXPECT_EQ(value_of(members, "region"), "us-east-1");
  EXPECT_EQ(value_of(members, "TagSpecification.1.Tag.1.Value"), "~v");

  const Request json =
      request_to("http://h/2015-02-01/mount-targets?Max=1", "POST",
                 signed_for("elasticfilesystem", "application/json"),
                 R"({"SubnetId":"subnet-1","SecurityGroups":["sg-1","sg-2"],"CreationToken":"t"})");
  const auto parts = rules.members(json);
  EXPECT_EQ(value_of(parts, "path"), "/2015-02-01/mount-targets");
  EXPECT_EQ(value_of(parts, "?Max"), "1");
  EXPECT_EQ(value_of(parts, "SecurityGroups.2"), "sg-2");
  EXPECT_EQ(value_of(parts, "CreationToken"), "~(any)");
}

TEST(AwsExchangeRules, TellsReadsFromChanges) {
  const AwsExchangeRules rules;
  EXPECT_TRUE(rules.is_read(form("ec2", "Action=DescribeVpcs")));
  EXPECT_FALSE(rules.is_read(form("ec2", "Action=CreateVpc")));
  EXPECT_TRUE(rules.is_read(request_to("http://h/x", "GET", {}, "")));
  EXPECT_FALSE(rules.is_read(request_to("http://h/x", "DELETE", {}, "")));
}

}  // namespace
}  // namespace albatross
