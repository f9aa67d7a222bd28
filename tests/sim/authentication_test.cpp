#include "albatross/sigv4/signer.hpp"

#include "account.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace albatross::sim::test {
namespace {

const WallTime signing_time{std::chrono::seconds{1'767'225'600}};

struct Signing {
  std::string secret = default_secret_access_key;
  std::string key = default_access_key_id;
  std::string token;
  std::string region = "us-east-1";
  WallTime at = signing_time;
};

/// GetCallerIdentity (or DescribeVpcs for ec2), signed.
http::Request signed_request(const std::string& service, const Signing& signing = {}) {
  http::Request request;
  if (service == "elasticfilesystem") {
    request.target = "/2015-02-01/file-systems";
  } else {
    const bool ec2 = service == "ec2";
    request = form_request(service, ec2 ? "2016-11-15" : "2011-06-15",
                           ec2 ? "DescribeVpcs" : "GetCallerIdentity", {});
  }
  request.origin.host = "127.0.0.1";
  request.origin.port = 4566;
  request.origin.tls = false;
  const std::string host = request.origin.authority();
  std::vector<sigv4::HeaderView> headers{{"host", host}};
  for (const auto& header : request.headers)
    headers.push_back({header.name, header.value});
  const auto mark = request.target.find('?');
  const sigv4::RequestView view{request.method, std::string_view(request.target).substr(0, mark),
                                "", headers, request.body};
  const Credentials keys{signing.key, Secret(signing.secret), Secret(signing.token)};
  const auto made = sigv4::sign_headers(view, keys, {signing.at, signing.region, service});
  request.headers.add("X-Amz-Date", made.amz_date);
  if (!made.security_token.empty())
    request.headers.add("X-Amz-Security-Token", made.security_token);
  request.headers.add("Authorization", made.authorization);
  return request;
}

struct Refusal {
  int status = 0;
  std::string body;
  http::Response response;
  bool says(const std::string& text) const { return body.find(text) != std::string::npos; }
};

Refusal ask(const http::Request& request, Cloud& cloud) {
  auto response = cloud.handle(request, TimePoint{}, signing_time);
  return {response.status, response.body, response};
}

Refusal ask(const http::Request& request) {
  Cloud cloud;
  return ask(request, cloud);
}

TEST(Authentication, AcceptsAGoodSignatureForEachProtocol) {
  for (const char* service : {"ec2", "sts", "elasticfilesystem"}) {
    EXPECT_EQ(ask(signed_request(service)).status, 200) << service;
  }
}

TEST(Authentication, RefusesAWrongSecretInTheServicesWords) {
  Signing wrong;
  wrong.secret = "nonsense";
  const auto ec2 = ask(signed_request("ec2", wrong));
  EXPECT_EQ(ec2.status, 401);
  EXPECT_TRUE(ec2.says("<Response><Errors><Error><Code>AuthFailure</Code>"));
  const auto sts = ask(signed_request("sts", wrong));
  EXPECT_EQ(sts.status, 403);
  EXPECT_TRUE(sts.says("<Code>SignatureDoesNotMatch</Code>"));
  const auto efs = ask(signed_request("elasticfilesystem", wrong));
  EXPECT_EQ(efs.status, 403);
  EXPECT_EQ(efs.response.headers.find("x-amzn-errortype").value_or(""),
            "InvalidSignatureException:");
  EXPECT_TRUE(efs.body.starts_with("{\"message\":"));
}

TEST(Authentication, RefusesAChangedBody) {
  auto request = signed_request("sts");
  request.body += "&X=1";
  EXPECT_TRUE(ask(request).says("SignatureDoesNotMatch"));
}

TEST(Authentication, TellsAWrongClockApartByWordsAndDate) {
  Signing late;
  late.at = signing_time - std::chrono::minutes{6};
  const auto sts = ask(signed_request("sts", late));
  EXPECT_TRUE(
      sts.says("Signature expired: 20251231T235400Z is now earlier than 20251231T235500Z "
               "(20260101T000000Z - 5 min.)"));
  EXPECT_EQ(sts.response.headers.find("Date").value_or(""), "Thu, 01 Jan 2026 00:00:00 GMT");
  EXPECT_TRUE(ask(signed_request("ec2", late)).says("<Code>RequestExpired</Code>"));
  Signing early;
  early.at = signing_time + std::chrono::minutes{6};
  EXPECT_TRUE(ask(signed_request("sts", early)).says("Signature not yet current"));
  EXPECT_EQ(ask(signed_request("ec2", early)).status, 401);
  Signing almost;
  almost.at = signing_time - std::chrono::minutes{4};
  EXPECT_EQ(ask(signed_request("sts", almost)).status, 200);
}

TEST(Authentication, RefusesUnknownKeysTokensAndRegions) {
  Signing unknown;
  unknown.key = "AKIANOBODY";
  EXPECT_TRUE(ask(signed_request("sts", unknown)).says("InvalidClientTokenId"));
  EXPECT_TRUE(ask(signed_request("ec2", unknown)).says("AuthFailure"));
  Signing token;
  token.token = "never given out";
  EXPECT_TRUE(ask(signed_request("sts", token)).says("InvalidClientTokenId"));
  Signing elsewhere;
  elsewhere.region = "eu-west-1";
  EXPECT_EQ(ask(signed_request("ec2", elsewhere)).status, 401);
}

TEST(Authentication, RefusesWhatIsNotSigned) {
  auto request = signed_request("sts");
  request.headers.remove("Authorization");
  request.origin.host = "sts.us-east-1.amazonaws.com";
  EXPECT_TRUE(ask(request).says("MissingAuthenticationToken"));
  auto broken = signed_request("sts");
  broken.headers.set("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/sts/d");
  EXPECT_TRUE(ask(broken).says("IncompleteSignature"));
}

TEST(Authentication, RefusesAServiceThatIsNotSimulated) {
  EXPECT_TRUE(ask(signed_request("lambda")).says("This service is not simulated"));
}

TEST(Authentication, SessionsEnd) {
  CloudOptions options;
  Cloud cloud(options);
  Account account;  // only to build the request
  http::Request create = signed_request("sts");
  World& world = cloud.world();
  (void)world;
  const auto sign = [&](http::Request request, const std::string& service) {
    const std::string host = request.origin.authority();
    const std::vector<sigv4::HeaderView> headers{{"host", host}};
    const sigv4::RequestView view{request.method, "/", "", headers, request.body};
    const auto made =
        sigv4::sign_headers(view, cloud.credentials(), {signing_time, "us-east-1", service});
    request.headers.add("X-Amz-Date", made.amz_date);
    request.headers.add("Authorization", made.authorization);
    return request;
  };
  const auto answer = cloud.handle(
      sign(form_request("sts", "2011-06-15", "GetSessionToken", {{"DurationSeconds", "900"}}),
           "sts"),
      TimePoint{}, signing_time);
  ASSERT_EQ(answer.status, 200) << answer.body;
  pugi::xml_document xml;
  xml.load_buffer(answer.body.data(), answer.body.size());
  const auto keys =
      xml.child("GetSessionTokenResponse").child("GetSessionTokenResult").child("Credentials");
  Signing session;
  session.key = keys.child("AccessKeyId").text().get();
  session.secret = keys.child("SecretAccessKey").text().get();
  session.token = keys.child("SessionToken").text().get();
  EXPECT_EQ(ask(signed_request("sts", session), cloud).status, 200);
  session.at = signing_time + std::chrono::minutes{15};
  const auto late = cloud.handle(signed_request("sts", session), TimePoint{}, session.at);
  EXPECT_NE(late.body.find("<Code>ExpiredToken</Code>"), std::string::npos) << late.body;
}

}  // namespace
}  // namespace albatross::sim::test
